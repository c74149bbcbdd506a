/*
 * date.c - which form a date has, and the last step to a moment.
 */
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "crawler/date_private.h"

/* ---- small readers ---- */

void date_skip_space(struct str *c)
{
	while (c->n && str_is_space((unsigned char)c->p[0]))
		*c = str_sub(*c, 1, c->n);
}

bool date_skip_text(struct str *c, const char *text)
{
	if (c->n == 0 || str_lower(c->p[0]) != str_lower(text[0]))
		return false;
	size_t n = strlen(text);
	if (c->n < n || strncasecmp(c->p, text, n) != 0)
		return false;
	*c = str_sub(*c, n, c->n);
	return true;
}

bool date_skip_any(struct str *c, const char *const *texts)
{
	for (; *texts; texts++)
		if (date_skip_text(c, *texts))
			return true;
	return false;
}

bool date_at_end(struct str c)
{
	date_skip_space(&c);
	return c.n == 0;
}

void date_guess_year(const struct date_context *x, struct date_parts *p)
{
	int64_t today = time_days_from_civil(x->today.year, x->today.month, x->today.day);

	p->year = x->today.year;
	if (time_is_date(p->year, p->month, p->day) &&
		time_days_from_civil(p->year, p->month, p->day) > today + 1)
		p->year--;
}

bool date_read_number(struct str *c, int max_digits, int *value, int *digits)
{
	int v = 0, n = 0;

	while (n < max_digits && (size_t)n < c->n && str_is_digit((unsigned char)c->p[n]))
		v = v * 10 + (c->p[n++] - '0');
	if (n == 0)
		return false;
	*c = str_sub(*c, (size_t)n, c->n);
	*value = v;
	*digits = n;
	return true;
}

/* ---- zone ---- */

struct zone_name {
	const char *name;
	int minutes;
};

static const struct zone_name zone_names[] = {
	{"utc", 0},
	{"gmt", 0},
	{"ut", 0},
	{"wet", 0},
	{"est", -300},
	{"edt", -240},
	{"et", -300},
	{"cdt", -300},
	{"ct", -360},
	{"mst", -420},
	{"mdt", -360},
	{"mt", -420},
	{"pst", -480},
	{"pdt", -420},
	{"pt", -480},
	{"at", -240},
	{"ast", -240},
	{"adt", -180},
	{"akst", -540},
	{"akdt", -480},
	{"hst", -600},
	{"nst", -210},
	{"ndt", -150},
	{"bst", 60},
	{"west", 60},
	{"cet", 60},
	{"met", 60},
	{"mez", 60},
	{"cest", 120},
	{"mest", 120},
	{"mesz", 120},
	{"eet", 120},
	{"sast", 120},
	{"eest", 180},
	{"msk", 180},
	{"msd", 240},
	{"pkt", 300},
	{"ist", 330},
	{"ict", 420},
	{"wib", 420},
	{"hkt", 480},
	{"sgt", 480},
	{"awst", 480},
	{"bjt", 480},
	{"pht", 480},
	{"jst", 540},
	{"kst", 540},
	{"acst", 570},
	{"aest", 600},
	{"aedt", 660},
	{"nzst", 720},
	{"nzdt", 780},
	{"brt", -180},
	{"art", -180},
	{"clt", -240},
	{"brst", -120},
	{"idt", 180},
};

/* One letter is UTC (RFC 5322, 4.3): RFC 822 had their signs the wrong way round, so that
 * nobody can tell what is meant. j does not exist. */
static bool is_military(char c)
{
	c = str_lower(c);
	return c >= 'a' && c <= 'z' && c != 'j';
}

/* +08:00 +0800 +8 -0530; unusual minus signs too. */
static bool read_offset(struct str *c, struct date_parts *p)
{
	struct str rest = *c;
	int sign, hours, minutes = 0, digits;

	if (date_skip_text(&rest, "+"))
		sign = 1;
	else if (date_skip_text(&rest, "-") || date_skip_text(&rest, "−"))
		sign = -1;
	else
		return false;
	if (sign < 0)
		date_skip_text(&rest, "-"); /* one publisher writes --0700 */
	date_skip_space(&rest);
	if (!date_read_number(&rest, 4, &hours, &digits))
		return false;
	if (digits >= 3) {
		minutes = hours % 100;
		hours /= 100;
	} else if (date_skip_text(&rest, ":")) {
		if (!date_read_number(&rest, 2, &minutes, &digits))
			return false;
		date_skip_text(&rest, ":00");
	}
	if (hours > 24 || minutes > 59)
		return false;
	p->has_zone = true;
	p->offset = sign * (hours * 3600 + minutes * 60);
	*c = rest;
	return true;
}

static size_t word_length(struct str c)
{
	size_t n = 0;

	while (n < c.n && str_is_alpha((unsigned char)c.p[n]))
		n++;
	return n;
}

/* "Europe/Brussels", a name of the zone database; what it means is seen at the end. */
static bool read_zone_path(struct str *c, struct date_parts *p)
{
	size_t n = 0;
	bool slash = false;

	while (n < c->n && (str_is_alnum((unsigned char)c->p[n]) || strchr("/_+-", c->p[n])))
		slash = c->p[n++] == '/' || slash;
	if (!slash)
		return false;
	p->has_zone = true;
	p->zone_name = str_sub(*c, 0, n);
	*c = str_sub(*c, n, c->n);
	return true;
}

static bool read_zone_word(struct str *c, struct date_parts *p)
{
	size_t n = word_length(*c);
	struct str word = str_sub(*c, 0, n);
	int minutes = 0;
	bool known = n == 1 && is_military(word.p[0]);

	if (date_skip_text(c, "北京时间")) {
		p->has_zone = true;
		p->offset = 8 * 3600;
		return true;
	}

	for (size_t i = 0; i < sizeof zone_names / sizeof *zone_names && !known; i++)
		if (str_is_nocase(word, zone_names[i].name)) {
			known = true;
			minutes = zone_names[i].minutes;
		}
	p->is_cst = str_is_nocase(word, "cst");
	/* A name in capitals that nobody knows means UTC (RFC 2822 §4.3). */
	bool capitals = n >= 2 && n <= 5;
	for (size_t i = 0; i < n; i++)
		capitals = capitals && word.p[i] >= 'A' && word.p[i] <= 'Z';
	if (!known && !p->is_cst && !capitals && !str_is_nocase(word, "etc"))
		return read_zone_path(c, p);
	p->has_zone = true;
	p->offset = minutes * 60;
	*c = str_sub(*c, n, c->n);
	/* Etc/GMT is GMT. */
	if (n == 3 && str_is_nocase(word, "etc") && date_skip_text(c, "/"))
		return read_zone_word(c, p);
	/* GMT+8, UTC+08:00 */
	if (known && minutes == 0)
		read_offset(c, p);
	return true;
}

/* "(China Standard Time)" and "[Asia/Shanghai]" behind an offset. */
static void skip_comment(struct str *c)
{
	date_skip_space(c);
	if (c->n && (c->p[0] == '(' || c->p[0] == '[')) {
		size_t end = str_find(*c, c->p[0] == '(' ? ")" : "]", 0);
		*c = str_sub(*c, end < c->n ? end + 1 : c->n, c->n);
		date_skip_space(c);
	}
}

bool date_read_zone(struct str *c, struct date_parts *p)
{
	struct str rest = *c;

	date_skip_space(&rest);
	if (rest.n && rest.p[0] == '(') {
		struct str inner = str_sub(rest, 1, rest.n);
		if (read_zone_word(&inner, p) && inner.n && inner.p[0] == ')')
			rest = str_sub(inner, 1, inner.n);
	} else if (read_offset(&rest, p)) {
		date_skip_space(&rest);
		/* "+0800 CST" and "+0800 +08" say it twice. */
		struct date_parts unused = *p;
		if (!read_offset(&rest, &unused))
			read_zone_word(&rest, &unused);
	} else if (rest.n && !read_zone_word(&rest, p)) {
		return false;
	}
	skip_comment(&rest);
	/* "+0300 MSK m=+0.0021", as Go prints a time that was measured. */
	struct str monotonic = rest;
	if (date_skip_text(&monotonic, "m=") && monotonic.n && strchr("+-", monotonic.p[0]))
		rest = str_sub(rest, rest.n, rest.n);
	*c = rest;
	return true;
}

bool date_skip_bare_weekday(struct str *c)
{
	static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天", NULL};

	return date_skip_any(c, days);
}

bool date_skip_weekday(struct str *c)
{
	static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", "tues", "thur", "thurs", "weds", "mon", "tue", "wed", "thu",
		"fri", "sat", "sun"};
	static const char *const chinese[] = {"星期", "周", "週", "礼拜", "禮拜"};
	struct str rest = *c;
	size_t n = word_length(rest);
	bool found = false;

	for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
		found = str_is_nocase(str_sub(rest, 0, n), names[i]);
	if (found) {
		rest = str_sub(rest, n, rest.n);
	} else {
		for (size_t i = 0; i < sizeof chinese / sizeof *chinese && !found; i++)
			found = date_skip_text(&rest, chinese[i]);
		if (!found || rest.n < 3)
			return false;
		rest = str_sub(rest, 3, rest.n); /* 一 … 日, 天 */
	}
	while (rest.n && strchr(" \t\r\n,.;", rest.p[0]))
		rest = str_sub(rest, 1, rest.n);
	*c = rest;
	return true;
}

/* ---- the moment ---- */

static bool is_east_eight(const struct date_context *x)
{
	struct time_civil c;

	time_to_civil(x->now, x->zone, &c);
	return c.offset == 8 * 3600;
}

/* As time_from_civil, in a zone by name. */
static bool from_civil_in(struct str name, const struct time_civil *c, int64_t *out)
{
	struct time_zone *zone = NULL;
	char text[64];

	if (name.n >= sizeof text)
		return false;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	bool ok = time_zone_open(text, &zone, NULL) == ERR_OK && time_from_civil(c, zone, out);
	time_zone_close(zone);
	return ok;
}

static bool to_moment(const struct date_parts *p, const struct date_context *x, int64_t *out)
{
	struct date_parts q = *p;
	int64_t extra = q.next_day ? 86400 : 0;

	if (q.moment_known) {
		*out = q.moment;
		return true;
	}
	if (q.hour == 24 && q.minute == 0 && q.second == 0) {
		q.hour = 0;
		extra += 86400;
	}
	if (q.second == 60) {
		extra += 1;
		q.second = 59;
	}
	if (q.year < 1 || !time_is_date(q.year, q.month, q.day) || q.hour > 23 || q.minute > 59 ||
		q.second > 59)
		return false;
	struct time_civil c = {q.year, q.month, q.day, q.hour, q.minute, q.second, 0};
	if (q.zone_name.n) {
		if (!from_civil_in(q.zone_name, &c, out))
			return false;
		*out += extra;
	} else if (q.has_zone) {
		int offset = q.is_cst ? (is_east_eight(x) ? 8 : -6) * 3600 : q.offset;
		if (!time_from_civil(&c, NULL, out))
			return false;
		*out += extra - offset;
	} else {
		if (!time_from_civil(&c, x->zone, out))
			return false;
		*out += extra;
	}
	struct time_civil check;
	time_to_civil(*out, NULL, &check);
	return check.year >= 1 && check.year <= 9999;
}

/* Digits and signs in full width, blanks of every kind, as ASCII. */
static void add_narrow(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned char *c = (const unsigned char *)s + i;
		if (n - i >= 3 && c[0] == 0xEF && c[1] == 0xBC && c[2] >= 0x81 && c[2] <= 0xBF) {
			buf_add_char(b, (char)(c[2] - 0x60));
			i += 2;
		} else if (n - i >= 3 && c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80) {
			buf_add_char(b, ' ');
			i += 2;
		} else if (n - i >= 3 && c[0] == 0xE2 && c[1] == 0x80 &&
			   (c[2] == 0x93 || c[2] == 0x94)) { /* – — */
			buf_add_char(b, '-');
			i += 2;
		} else if (n - i >= 2 && c[0] == 0xC2 && c[1] == 0xA0) {
			buf_add_char(b, ' ');
			i++;
		} else if (n - i > 2 && i > 0 && c[0] == 0xC2 && c[1] == 0xB7 &&
			   str_is_digit(c[-1]) && str_is_digit(c[2])) { /* 2021·06·25 */
			buf_add_char(b, '.');
			i++;
		} else {
			buf_add_char(b, s[i]);
		}
	}
}

/* [2021-06-25], 【6月25日】; a full stop behind. */
static struct str trim_marks(struct str s)
{
	static const char *const pairs[][2] = {{"[", "]"}, {"(", ")"}, {"【", "】"}, {"〔", "〕"}};

	s = str_trim(s);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (str_has_prefix(s, pairs[i][0]) && str_has_suffix(s, pairs[i][1]))
			return str_trim(str_sub(s, strlen(pairs[i][0]), s.n - strlen(pairs[i][1])));
	if (str_has_suffix(s, "。"))
		s.n -= strlen("。");
	return s;
}

static bool parse_any(const char *s, size_t n, struct date_context *x, int64_t *out)
{
	struct buf narrow;
	bool ok = false;

	if (n == 0 || n > DATE_TEXT_MAX || memchr(s, '\0', n))
		return false;
	time_to_civil(x->now, x->zone, &x->today);
	buf_init(&narrow, (size_t)DATE_TEXT_MAX * 2);
	add_narrow(&narrow, s, n);
	struct str text = trim_marks((struct str){buf_str(&narrow), narrow.len});
	for (int form = 0; form < 3 && !ok && !narrow.fault; form++) {
		struct date_parts p;
		memset(&p, 0, sizeof p);
		ok = form == 0   ? date_read_iso(text, x, &p)
		     : form == 1 ? date_read_words(text, x, &p)
				 : date_read_chinese(text, x, &p);
		ok = ok && to_moment(&p, x, out);
	}
	buf_fini(&narrow);
	return ok;
}

bool date_parse(const char *s, size_t n, int64_t now, const struct time_zone *zone, int64_t *out)
{
	struct date_context x = {.now = now, .zone = zone};
	struct date_parts p;

	memset(&p, 0, sizeof p);
	if (date_read_usual((struct str){s, n}, &p) && to_moment(&p, &x, out))
		return true;
	return parse_any(s, n, &x, out);
}
