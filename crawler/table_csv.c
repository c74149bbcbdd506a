/*
 * table_csv.c - CSV: RFC 4180, and what spreadsheet programs and offices make of it.
 */
#include <string.h>

#include "base/i18n.h"
#include "crawler/charset.h"
#include "crawler/table_private.h"

#define SAMPLE_BYTES ((size_t)64 << 10) /* looked at for the separator */
#define SAMPLE_LINES 32
#define UNCLOSED_MAX 16 /* quotes that are never closed; then quotes mean nothing */

static const char separators[] = {',', '\t', ';', '|'};

struct reader {
	struct str text;
	size_t at;
	char sep;
	int unclosed;
	size_t literal_until; /* quotes before this place mean themselves */
	struct buf field;
	struct table_build build;
};

/* --- web pages and other things named .csv or .xls --- */

static enum err_code refuse_markup(struct str text, struct err *e)
{
	static const char *const tags[] = {"<html", "<!doctype", "<table", "<?xml", "<head",
		"<meta", "<body", "<style", "<div", "<workbook", NULL};
	struct str head = str_trim(text);

	for (size_t i = 0; tags[i]; i++)
		if (str_is_nocase(str_sub(head, 0, strlen(tags[i])), tags[i]))
			return err_set(e, ERR_INPUT,
				_("this is a web page or XML that only calls itself a table: open "
				  "it "
				  "in a spreadsheet program and save as .xlsx"));
	return ERR_OK;
}

/* --- the separator --- */

/* "sep=;" as the first line is Excel's own word for it. */
static bool take_sep_line(struct reader *r)
{
	struct str head = str_sub(r->text, 0, 8);
	size_t end = str_find(head, "\n", 0);

	if (!str_is_nocase(str_sub(head, 0, 4), "sep=") || end == head.n || head.n < 6)
		return false;
	r->sep = head.p[4];
	r->at = end + 1;
	return true;
}

/* How many of each separator a line holds outside quotes; returns the end of the line. */
static size_t count_separators(struct str s, size_t at, size_t counts[sizeof separators])
{
	bool quoted = false;

	memset(counts, 0, sizeof separators * sizeof *counts);
	for (; at < s.n && (quoted || s.p[at] != '\n'); at++) {
		if (s.p[at] == '"')
			quoted = !quoted;
		for (size_t k = 0; !quoted && k < sizeof separators; k++)
			counts[k] += s.p[at] == separators[k];
	}
	return at + 1;
}

/* The one that most lines hold equally often; a tie is won by the earlier. */
static char guess_separator(struct str text)
{
	struct str s = str_sub(text, 0, SAMPLE_BYTES);
	size_t lines[SAMPLE_LINES][sizeof separators], n = 0, best = 0, best_score = 0;

	for (size_t at = 0; at < s.n && n < SAMPLE_LINES; n++)
		at = count_separators(s, at, lines[n]);
	for (size_t k = 0; k < sizeof separators; k++) {
		for (size_t i = 0; i < n; i++) {
			size_t same = 0, each = lines[i][k];
			for (size_t j = 0; j < n; j++)
				same += lines[j][k] == each;
			/* Equal lines first, then how many columns they make. */
			size_t score = each ? same * 1000 + (each < 1000 ? each : 999) : 0;
			if (score > best_score) {
				best_score = score;
				best = k;
			}
		}
	}
	return separators[best];
}

/* --- fields --- */

static bool is_end(const struct reader *r, size_t at)
{
	return at >= r->text.n || r->text.p[at] == r->sep || r->text.p[at] == '\n' ||
	       (r->text.p[at] == '\r' && (at + 1 >= r->text.n || r->text.p[at + 1] == '\n'));
}

/* A quoted field from its opening quote on; false when the quote is never closed. */
static bool read_quoted(struct reader *r)
{
	const char *p = r->text.p;
	size_t at = r->at + 1;
	bool broken = false; /* a line end was taken in */

	buf_clear(&r->field);
	for (;;) {
		const char *quote = memchr(p + at, '"', r->text.n - at);
		if (!quote)
			return false;
		size_t end = (size_t)(quote - p);
		buf_add(&r->field, p + at, end - at);
		broken = broken || memchr(p + at, '\n', end - at) != NULL;
		at = end + 1;
		if (at < r->text.n && p[at] == '"') {
			buf_add_char(&r->field, '"');
			at++;
			continue;
		}
		if (is_end(r, at))
			break;
		/* "abc"def, "abc" , : the quote was text, or blanks follow it. */
		size_t past = at;
		while (past < r->text.n && (p[past] == ' ' || (p[past] == '\t' && r->sep != '\t')))
			past++;
		if (is_end(r, past)) {
			at = past;
			break;
		}
		r->build.out->malformed = true;
		r->build.damaged = r->build.damaged || broken;
		buf_add_char(&r->field, '"');
	}
	r->at = at;
	return true;
}

static void read_plain(struct reader *r)
{
	size_t from = r->at;

	while (!is_end(r, r->at))
		r->at++;
	buf_clear(&r->field);
	buf_add(&r->field, r->text.p + from, r->at - from);
}

/* Quotes up to the end of this line, or from now on, mean themselves. */
static void give_up_quotes(struct reader *r)
{
	r->build.out->malformed = true;
	r->literal_until =
		++r->unclosed >= UNCLOSED_MAX ? r->text.n : str_find(r->text, "\n", r->at);
}

static void read_field(struct reader *r)
{
	size_t at = r->at;

	while (at < r->text.n && r->text.p[at] == ' ')
		at++;
	/* ="0123" is Excel's way to keep a number as text. */
	bool equals = at + 1 < r->text.n && r->text.p[at] == '=' && r->text.p[at + 1] == '"';
	if (at + equals < r->text.n && r->text.p[at + equals] == '"' && at >= r->literal_until) {
		size_t before = r->at;
		r->at = at + equals;
		if (read_quoted(r))
			return;
		r->at = before;
		give_up_quotes(r);
	}
	read_plain(r);
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!str_is_digit((unsigned char)s.p[i]))
			return false;
	return s.n > 0;
}

/* ="123" inside of quotes, and the apostrophe that marks a text. */
static struct str unwrap(struct str s)
{
	s = str_trim(s);
	if (s.n >= 3 && s.p[0] == '=' && s.p[1] == '"' && s.p[s.n - 1] == '"')
		return str_sub(s, 2, s.n - 1);
	if (s.n >= 2 && s.p[0] == '\'' && is_digits(str_sub(s, 1, s.n)))
		return str_sub(s, 1, s.n);
	return s;
}

bool table_is_lost(struct str s)
{
	size_t e = 0, tail;

	while (e < s.n && s.p[e] != 'E' && s.p[e] != 'e')
		e++;
	tail = e + 2;
	if (!e || tail >= s.n || s.p[e + 1] != '+' || !is_digits(str_sub(s, tail, s.n)))
		return false;
	if (!str_is_digit((unsigned char)s.p[0]) || (e > 1 && (s.p[1] != '.' || e < 3)))
		return false;
	return e == 1 || is_digits(str_sub(s, 2, e));
}

static void put_field(struct reader *r, size_t column)
{
	struct str s = unwrap((struct str){buf_str(&r->field), r->field.len});
	enum table_cell_kind kind = table_is_lost(s) ? TABLE_CELL_LOST : TABLE_CELL_TEXT;

	if (r->field.fault)
		r->build.rc = buf_check(&r->field, _("a cell"), r->build.e);
	table_build_cell(&r->build, column, table_build_text(&r->build, s), kind);
}

static void read_row(struct reader *r, size_t number)
{
	const char *p = r->text.p;

	table_build_row(&r->build, number);
	for (size_t column = 0; !r->build.rc; column++) {
		read_field(r);
		put_field(r, column);
		if (r->at >= r->text.n || p[r->at] != r->sep)
			break;
		r->at++;
	}
	if (r->at < r->text.n && p[r->at] == '\r')
		r->at++;
	if (r->at < r->text.n && p[r->at] == '\n')
		r->at++;
	table_build_end_row(&r->build, true);
}

/* Old Macintosh files end their lines with \r alone. */
static void make_newlines(struct buf *text)
{
	if (!text->len || memchr(text->data, '\n', text->len))
		return;
	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] == '\r')
			text->data[i] = '\n';
}

static enum err_code read_rows(
	struct str text, struct arena *arena, struct table_sheet *out, struct err *e)
{
	struct reader r = {.text = text};

	table_build_init(&r.build, arena, out, e);
	buf_init(&r.field, TABLE_BYTES_MAX * 4);
	if (!take_sep_line(&r))
		r.sep = guess_separator(text);
	for (size_t number = 1; !r.build.rc && r.at < text.n; number++)
		read_row(&r, number);
	buf_fini(&r.field);
	return r.build.rc;
}

enum err_code table_read_csv(const char *data, size_t n, const struct table_options *opt,
	struct arena *arena, struct table_sheet *out, struct err *e)
{
	const struct charset_hints hints = {
		.override = opt->charset, .content_type = opt->content_type};
	struct charset_result charset;
	struct buf text;
	enum err_code rc;

	if (opt->sheet)
		return err_set(e, ERR_NOT_FOUND, _("a CSV file has no sheets"));
	buf_init(&text, TABLE_BYTES_MAX * 4);
	rc = charset_to_utf8(data, n, &hints, &text, &charset, e);
	make_newlines(&text);
	struct str s = {buf_str(&text), text.len};
	if (!rc && str_trim(s).n == 0)
		rc = err_set(e, ERR_INPUT, _("the table is empty"));
	if (!rc)
		rc = refuse_markup(s, e);
	out->is_csv = true;
	if (!rc) {
		out->encoding = arena_strdup(arena, charset.name);
		out->malformed = charset.replaced || charset.contradicted;
		rc = out->encoding ? read_rows(s, arena, out, e) : err_nomem(e);
	}
	buf_fini(&text);
	return rc;
}
