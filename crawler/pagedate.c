/*
 * pagedate.c - each text of the stretch is weighed as a date; the best one is taken.
 */
#include "crawler/pagedate.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "crawler/date.h"

#define LABEL_MAX 8 /* characters beside a date that stands for itself: "发布时间：", "[]" */
#define LINE_MAX_CHARS 30
#define LEADING_WEIGHT 7 /* of a date that opens its text */
#define CELL_WEIGHT 5 /* below a date with signs: eight digits may be a number of something */

/* ---- pieces of a date ---- */

enum piece_kind { PIECE_NONE, PIECE_DAY, PIECE_MONTH_DAY, PIECE_YEAR, PIECE_YEAR_MONTH };

struct piece {
	enum piece_kind kind;
	int year, month, day;
};

static bool take_number(struct str *s, size_t min, size_t max, int *value)
{
	size_t n = 0;

	*value = 0;
	while (n < s->n && n < max && str_is_digit((unsigned char)s->p[n]))
		*value = *value * 10 + (s->p[n++] - '0');
	if (n < min || (n < s->n && str_is_digit((unsigned char)s->p[n])))
		return false;
	*s = str_sub(*s, n, s->n);
	return true;
}

static bool take_one_of(struct str *s, const char *const *words)
{
	for (; *words; words++) {
		if (str_has_prefix(*s, *words)) {
			*s = str_trim(str_sub(*s, strlen(*words), s->n));
			return true;
		}
	}
	return false;
}

static const char *const between[] = {"-", "/", ".", "年", "月", NULL};
static const char *const behind_day[] = {"日", "号", NULL};
static const char *const behind_month[] = {"月", NULL};
static const char *const behind_year[] = {"年", NULL};

/* "2021", "2021年", "2021-04", "2021年4月" */
static struct piece year_piece(struct str s)
{
	struct piece p = {PIECE_NONE, 0, 0, 0}, none = p;

	if (!take_number(&s, 4, 4, &p.year) || p.year < 1990 || p.year > 2100)
		return none;
	p.kind = PIECE_YEAR;
	if (s.n == 0 || (str_is(s, "年") && take_one_of(&s, behind_year)))
		return p;
	if (!take_one_of(&s, between) || !take_number(&s, 1, 2, &p.month))
		return none;
	take_one_of(&s, behind_month);
	p.kind = PIECE_YEAR_MONTH;
	return s.n == 0 ? p : none;
}

/* "22", "22日", "04-21", "4月21日" */
static struct piece day_piece(struct str s)
{
	struct piece p = {PIECE_NONE, 0, 0, 0}, none = p;

	if (!take_number(&s, 1, 2, &p.day))
		return none;
	p.kind = PIECE_DAY;
	if (s.n == 0 || (take_one_of(&s, behind_day) && s.n == 0))
		return p;
	p.kind = PIECE_MONTH_DAY;
	p.month = p.day;
	if (!take_one_of(&s, between) || !take_number(&s, 1, 2, &p.day))
		return none;
	take_one_of(&s, behind_day);
	return s.n == 0 ? p : none;
}

static struct piece piece_of(struct str s)
{
	struct piece p = {PIECE_NONE, 0, 0, 0};

	if (s.n == 0 || s.n > 16 || !str_is_digit((unsigned char)s.p[0]))
		return p;
	p = year_piece(s);
	return p.kind ? p : day_piece(s);
}

/* Two neighbours that make a whole day, in either order. */
static bool join_pieces(
	struct piece a, struct piece b, const struct time_zone *zone, struct date_found *out)
{
	struct time_civil day = {0};

	if ((a.kind == PIECE_DAY && b.kind == PIECE_YEAR_MONTH) ||
		(a.kind == PIECE_MONTH_DAY && b.kind == PIECE_YEAR)) {
		struct piece swap = a;
		a = b;
		b = swap;
	}
	if (!(a.kind == PIECE_YEAR_MONTH && b.kind == PIECE_DAY) &&
		!(a.kind == PIECE_YEAR && b.kind == PIECE_MONTH_DAY))
		return false;
	day.year = a.year;
	day.month = a.kind == PIECE_YEAR ? b.month : a.month;
	day.day = b.day;
	*out = (struct date_found){.has_year = true};
	return time_is_date(day.year, day.month, day.day) &&
	       time_from_civil(&day, zone, &out->moment);
}

/* ---- weighing ---- */

struct search {
	const struct document_input *in;
	struct date_found *out;
	int best; /* 0: none yet */
	struct piece last;
	struct str last_text;
	size_t bytes;
};

static void propose(struct search *s, int weight, const struct date_found *d)
{
	if (weight <= s->best)
		return;
	s->best = weight;
	*s->out = *d;
}

/* A day without a year in a sentence tells of the matter: "9月28日，教育部发布了…". */
static bool is_in_sentence(struct str text, const struct date_found *d)
{
	size_t end = str_find(text, "\n", d->end), from = d->start;

	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	struct str line = str_sub(text, from, end);
	return !d->has_year && utf8_count(line.p, line.n) > LINE_MAX_CHARS &&
	       (str_find(line, "，", 0) < line.n || str_find(line, "。", 0) < line.n);
}

/* 0: no date of the row. */
static int weight_of(struct str text, const struct date_found *d)
{
	if (is_in_sentence(text, d))
		return 0;

	size_t beside =
		utf8_count(text.p, text.n) - utf8_count(text.p + d->start, d->end - d->start);
	struct str behind = str_sub(text, d->end, text.n);

	/* "2026-11-20 ... the summary of a hit" */
	if (d->has_year && d->start == 0 && behind.n && strchr(" .-", behind.p[0]))
		return LEADING_WEIGHT;
	int weight = beside <= LABEL_MAX ? 6 : beside <= LINE_MAX_CHARS ? 4 : 2;

	return weight + (d->has_year ? 1 : 0);
}

/* A clock that follows its day in an element of its own. */
static bool join_clock(const struct search *s, struct str clock, struct date_found *d)
{
	char both[64];
	struct date_found day;

	if (!s->best || s->out->has_time || clock.n < 4 || clock.n > 8 ||
		!memchr(clock.p, ':', clock.n) || s->last_text.n > 24 ||
		!date_find(s->last_text, 0, s->in->now, s->in->zone, &day) || day.has_time ||
		day.moment != s->out->moment)
		return false;
	snprintf(both, sizeof both, "%.*s %.*s", (int)s->last_text.n, s->last_text.p, (int)clock.n,
		clock.p);
	return date_find(str_of(both), 0, s->in->now, s->in->zone, d) && d->has_time;
}

static struct str without_brackets(struct str s)
{
	static const char *const opening[] = {"[", "(", "（", "【", "［", NULL};
	static const char *const closing[] = {"]", ")", "）", "】", "］", NULL};

	for (size_t i = 0; opening[i]; i++)
		if (str_has_prefix(s, opening[i]) && str_has_suffix(s, closing[i]))
			return str_trim(str_sub(s, strlen(opening[i]), s.n - strlen(closing[i])));
	return s;
}

/* Digits, also in full width, of a text that begins with the four of a year; 0: it does not. */
static size_t digits_after_year(struct str s)
{
	size_t digits = 0;
	int year = 0;

	for (size_t i = 0, len; i < s.n; i += len) {
		uint32_t cp = utf8_decode(s.p + i, s.n - i, &len);
		if (cp >= 0xFF10 && cp <= 0xFF19)
			cp -= 0xFF10 - '0';
		bool digit = cp >= '0' && cp <= '9';
		if (digits < 4 && !digit)
			return 0;
		if (digits < 4)
			year = year * 10 + (int)(cp - '0');
		digits += digit;
	}
	return year >= 1990 && year <= 2100 ? digits : 0;
}

/* A cell that holds nothing but a date in a form that running text is not searched for:
 * 20201122, ２０２０－１１－２２. */
static bool read_cell(const struct search *s, struct str text, struct date_found *d)
{
	struct str cell = without_brackets(text);
	size_t digits = cell.n <= 48 ? digits_after_year(cell) : 0;

	if (digits < 8 || digits > 14 || (digits == cell.n && digits != 8 && digits != 14) ||
		!date_parse(cell.p, cell.n, s->in->now, s->in->zone, &d->moment))
		return false;
	*d = (struct date_found){
		.end = text.n, .moment = d->moment, .has_year = true, .has_time = digits > 8};
	return d->moment <= s->in->now + 86400;
}

static void look_at(struct search *s, struct str text)
{
	struct date_found d;
	struct piece piece = piece_of(text);

	if (join_pieces(s->last, piece, s->in->zone, &d))
		propose(s, 8, &d);
	else if (date_find(text, 0, s->in->now, s->in->zone, &d))
		propose(s, weight_of(text, &d), &d);
	else if (join_clock(s, text, &d))
		propose(s, s->best + 1, &d);
	else if (read_cell(s, text, &d))
		propose(s, CELL_WEIGHT, &d);
	s->last = piece;
	s->last_text = text;
	s->bytes += text.n;
}

static struct str trimmed(struct str s)
{
	for (size_t len; s.n; s = str_sub(s, len, s.n))
		if (!utf8_is_space(utf8_decode(s.p, s.n, &len)))
			break;
	return str_trim(s);
}

/* ---- the whole ---- */

/* For dates that markup cuts in pieces of any kind. */
static bool find_in_line(const struct page *p, int from, int to, int except,
	const struct document_input *in, struct date_found *out)
{
	struct buf text;
	bool found;

	buf_init(&text, PAGEDATE_TEXT_MAX * 2);
	if (except >= from && except < to) {
		page_add_text_range(p, from, except, &text);
		buf_add_char(&text, '\n');
		from = page_node(p, except)->end;
	}
	page_add_text_range(p, from, to, &text);
	struct str s = {buf_str(&text), text.len};
	found = date_find(s, 0, in->now, in->zone, out) && !is_in_sentence(s, out);
	buf_fini(&text);
	return found;
}

bool pagedate_find(const struct page *p, int from, int to, int except,
	const struct document_input *in, struct date_found *out)
{
	struct search s = {.in = in, .out = out};
	int i = from;

	for (; i < to && s.bytes < PAGEDATE_TEXT_MAX; i++) {
		const struct page_node *node = page_node(p, i);
		const char *machine = node->tag == PAGE_TIME ? page_attr(p, i, "datetime") : NULL;
		if (node->hidden || i == except) {
			i = node->end - 1;
			continue;
		}
		struct str text = trimmed(machine ? str_of(machine) : node->text);
		if (text.n)
			look_at(&s, text);
	}
	return s.best || find_in_line(p, from, i, except, in, out);
}
