/*
 * table_xlsx_sheet.c - the strings and the rows of a workbook (ECMA-376 part 1, 18.3
 * and 18.4).
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/table_private.h"

#define STRINGS_MAX 4000000
#define MERGES_MAX 100000
#define FILLS_MAX 4000000 /* cells looked at for merges */
#define ROW_MAX 1048576

/* --- texts: <t>, runs <r>, without phonetic runs <rPh> --- */

struct words {
	struct buf text;
	bool on; /* inside <t> or <v> */
	int phonetic;
};

static void words_start(struct words *w, const char *name)
{
	if (strcmp(name, "rPh") == 0)
		w->phonetic++;
	w->on = !w->phonetic && (strcmp(name, "t") == 0 || strcmp(name, "v") == 0);
}

static void words_end(struct words *w, const char *name)
{
	if (strcmp(name, "rPh") == 0)
		w->phonetic--;
	w->on = false;
}

static int hex_digit(char c)
{
	const char *all = "0123456789abcdef", *at = c ? strchr(all, str_lower(c)) : NULL;

	return at ? (int)(at - all) : -1;
}

/* _x000D_ stands for a character that XML cannot hold; in place. */
static void unescape(struct buf *b)
{
	size_t to = 0;

	for (size_t i = 0; i < b->len;) {
		const char *p = b->data + i;
		int cp = 0, digit = 0;
		for (int k = 2; k < 6 && i + 7 <= b->len && digit >= 0; k++) {
			digit = hex_digit(p[k]);
			cp = cp * 16 + digit;
		}
		if (i + 7 <= b->len && p[0] == '_' && p[1] == 'x' && p[6] == '_' && digit >= 0) {
			/* A lone surrogate or NUL becomes U+FFFD: three bytes for seven. */
			to += utf8_encode(cp ? (uint32_t)cp : UTF8_BAD, b->data + to);
			i += 7;
		} else {
			b->data[to++] = *p;
			i++;
		}
	}
	buf_truncate(b, to);
}

static struct str words_take(struct words *w)
{
	if (w->text.len && memchr(w->text.data, '_', w->text.len))
		unescape(&w->text);
	return (struct str){buf_str(&w->text), w->text.len};
}

/* --- shared strings --- */

struct string_reader {
	struct table_workbook *w;
	struct words words;
	enum err_code rc;
};

static void string_start(void *data, const char *name, const struct table_attr *attrs, size_t n)
{
	struct string_reader *r = data;

	(void)attrs;
	(void)n;
	if (strcmp(name, "si") == 0)
		buf_clear(&r->words.text);
	words_start(&r->words, name);
}

static void keep_string(struct string_reader *r, struct str text)
{
	struct table_strings *s = &r->w->strings;

	if (s->count == STRINGS_MAX) {
		r->rc = err_set(r->w->e, ERR_LIMIT, _("the workbook holds more than %d texts"),
			STRINGS_MAX);
		return;
	}
	if (s->count == s->room) {
		size_t room = s->room ? s->room * 2 : 1024;
		const char **bigger = realloc(s->at, room * sizeof *bigger);
		if (!bigger) {
			r->rc = err_nomem(r->w->e);
			return;
		}
		s->at = bigger;
		s->room = room;
	}
	s->at[s->count] = arena_strndup(r->w->arena, text.p, text.n);
	if (!s->at[s->count++])
		r->rc = table_no_room(r->w->arena, r->w->e);
}

static void string_end(void *data, const char *name)
{
	struct string_reader *r = data;

	words_end(&r->words, name);
	if (strcmp(name, "si") != 0 || r->rc)
		return;
	r->rc = buf_check(&r->words.text, _("a cell"), r->w->e);
	if (!r->rc)
		keep_string(r, words_take(&r->words));
}

static void string_text(void *data, const char *s, size_t n)
{
	struct string_reader *r = data;

	if (r->words.on)
		buf_add(&r->words.text, s, n);
}

enum err_code table_xlsx_strings(struct table_workbook *w, const char *part, struct err *e)
{
	struct string_reader r = {.w = w};
	const struct table_part_handler h = {string_start, string_end, string_text, &r, &r.rc};
	enum err_code rc;

	buf_init(&r.words.text, TABLE_CELL_MAX);
	rc = table_zip_parse(w->zip, part, &h, e);
	buf_fini(&r.words.text);
	return rc ? rc : r.rc;
}

/* --- rows --- */

struct merge {
	size_t column, first, last; /* rows */
};

struct sheet_reader {
	struct table_workbook *w;
	struct table_build build;
	struct words words;
	struct buf shown; /* a number's text */
	bool in_row, in_cell;
	size_t row, column; /* row from 1, column from 0 */
	char type[12]; /* of the cell: "s" "inlineStr" "str" "b" "e" "d" "" */
	size_t style;
	struct merge *merges;
	size_t merge_count, merge_room;
	enum err_code rc;
};

/* "AB12": the column from 0 and the row; what is missing stays as it is. */
static bool read_reference(struct str ref, size_t *column, size_t *row)
{
	size_t i = 0, c = 0;
	int64_t number;

	for (; i < ref.n && str_is_alpha((unsigned char)ref.p[i]) && i < 4; i++)
		c = c * 26 + (size_t)(str_lower(ref.p[i]) - 'a' + 1);
	if (!i || !str_to_int(str_sub(ref, i, ref.n), 1, ROW_MAX, &number))
		return false;
	*column = c - 1;
	*row = (size_t)number;
	return true;
}

static void start_row(struct sheet_reader *r, const struct table_attr *attrs, size_t n)
{
	int64_t number;

	/* Numbers only rise; one that does not is counted on. */
	if (str_to_int(table_attr_view(attrs, n, "r"), (int64_t)r->row + 1, ROW_MAX, &number))
		r->row = (size_t)number;
	else
		r->row++;
	r->in_row = true;
	r->column = 0;
	table_build_row(&r->build, r->row);
}

static void start_cell(struct sheet_reader *r, const struct table_attr *attrs, size_t n)
{
	struct str type = table_attr_view(attrs, n, "t");
	size_t column, row;
	int64_t style = 0;

	if (read_reference(table_attr_view(attrs, n, "r"), &column, &row))
		r->column = column;
	memset(r->type, 0, sizeof r->type);
	if (type.n && type.n < sizeof r->type)
		memcpy(r->type, type.p, type.n);
	str_to_int(table_attr_view(attrs, n, "s"), 0, 1000000, &style);
	r->style = (size_t)style;
	r->in_cell = true;
	buf_clear(&r->words.text);
}

static void keep_merge(struct sheet_reader *r, struct str ref)
{
	size_t colon = str_find(ref, ":", 0), c1, r1, c2, r2;

	if (!read_reference(str_sub(ref, 0, colon), &c1, &r1) ||
		!read_reference(str_sub(ref, colon + 1, ref.n), &c2, &r2) || r2 <= r1)
		return;
	if (r->merge_count == MERGES_MAX) {
		r->rc = err_set(r->w->e, ERR_LIMIT, _("the sheet has more than %d merged cells"),
			MERGES_MAX);
		return;
	}
	if (r->merge_count == r->merge_room) {
		size_t room = r->merge_room ? r->merge_room * 2 : 64;
		struct merge *bigger = realloc(r->merges, room * sizeof *bigger);
		if (!bigger) {
			r->rc = err_nomem(r->w->e);
			return;
		}
		r->merges = bigger;
		r->merge_room = room;
	}
	r->merges[r->merge_count++] = (struct merge){c1, r1, r2};
}

static void sheet_start(void *data, const char *name, const struct table_attr *attrs, size_t n)
{
	struct sheet_reader *r = data;

	if (strcmp(name, "row") == 0)
		start_row(r, attrs, n);
	else if (strcmp(name, "c") == 0 && r->in_row)
		start_cell(r, attrs, n);
	else if (strcmp(name, "mergeCell") == 0)
		keep_merge(r, table_attr_view(attrs, n, "ref"));
	else if (r->in_cell)
		words_start(&r->words, name);
}

/* --- what a cell says --- */

static void put_shared(struct sheet_reader *r, struct str value)
{
	int64_t i;
	const char *text;

	if (!str_to_int(str_trim(value), 0, STRINGS_MAX, &i) || (size_t)i >= r->w->strings.count) {
		r->rc = err_set(r->w->e, ERR_INPUT,
			_("the workbook is damaged: row %zu names a text that is not there"),
			r->row);
		return;
	}
	text = table_build_text(&r->build, str_of(r->w->strings.at[i]));
	table_build_cell(&r->build, r->column, text, TABLE_CELL_TEXT);
}

static void put_number(struct sheet_reader *r, struct str value)
{
	static const struct table_style plain = {TABLE_STYLE_PLAIN, 0};
	enum table_cell_kind kind;

	buf_clear(&r->shown);
	table_style_add(&r->shown, value,
		r->style < r->w->style_count ? r->w->styles[r->style] : plain, r->w->since_1904,
		&kind);
	table_build_cell(&r->build, r->column,
		table_build_text(&r->build, (struct str){buf_str(&r->shown), r->shown.len}), kind);
}

/* "2021-06-25T09:30:00" is written as other times are. */
static void put_iso(struct sheet_reader *r, struct str value)
{
	char *text = arena_strndup(r->w->arena, value.p, value.n);

	if (text && value.n > 10 && text[10] == 'T')
		text[10] = ' ';
	table_build_cell(&r->build, r->column, text, TABLE_CELL_TIME);
}

static void put_cell(struct sheet_reader *r)
{
	struct str value = words_take(&r->words);

	if (!value.n)
		return;
	if (strcmp(r->type, "s") == 0)
		put_shared(r, value);
	else if (strcmp(r->type, "b") == 0)
		table_build_cell(&r->build, r->column,
			str_is(str_trim(value), "0") ? "FALSE" : "TRUE", TABLE_CELL_BOOL);
	else if (strcmp(r->type, "e") == 0)
		table_build_cell(
			&r->build, r->column, table_build_text(&r->build, value), TABLE_CELL_ERROR);
	else if (strcmp(r->type, "d") == 0)
		put_iso(r, str_trim(value));
	else if (strcmp(r->type, "inlineStr") == 0 || strcmp(r->type, "str") == 0)
		table_build_cell(&r->build, r->column, table_build_text(&r->build, value),
			table_is_lost(str_trim(value)) ? TABLE_CELL_LOST : TABLE_CELL_TEXT);
	else
		put_number(r, value);
}

static void sheet_end(void *data, const char *name)
{
	struct sheet_reader *r = data;

	if (r->in_cell)
		words_end(&r->words, name);
	if (strcmp(name, "c") == 0 && r->in_cell) {
		r->in_cell = false;
		r->rc = buf_check(&r->words.text, _("a cell"), r->w->e);
		if (!r->rc)
			put_cell(r);
		r->column++;
	} else if (strcmp(name, "row") == 0) {
		r->in_row = r->in_cell = false;
		table_build_end_row(&r->build, false);
	}
	if (!r->rc)
		r->rc = r->build.rc;
}

static void sheet_text(void *data, const char *s, size_t n)
{
	struct sheet_reader *r = data;

	if (r->words.on && r->in_cell)
		buf_add(&r->words.text, s, n);
}

/* --- merged cells --- */

/* The first row whose number is at least this. */
static size_t find_row(const struct table_sheet *out, size_t number)
{
	size_t low = 0, high = out->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (out->rows[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum err_code set_cell(struct arena *a, struct table_row *row, size_t column,
	const struct table_cell *value, struct err *e)
{
	struct table_cell *wider;

	if (column < row->count) {
		if (!row->cells[column].text)
			row->cells[column] = *value;
		return ERR_OK;
	}
	wider = arena_array(a, column + 1, sizeof *wider);
	if (!wider)
		return table_no_room(a, e);
	memcpy(wider, row->cells, row->count * sizeof *wider);
	wider[column] = *value;
	row->cells = wider;
	row->count = column + 1;
	return ERR_OK;
}

static enum err_code fill_merge(struct sheet_reader *r, const struct merge *m,
	struct table_sheet *out, size_t *steps, struct err *e)
{
	size_t i = find_row(out, m->first);
	enum err_code rc = ERR_OK;
	struct table_cell value;

	if (i == out->count || out->rows[i].number != m->first || m->column >= out->rows[i].count ||
		!out->rows[i].cells[m->column].text)
		return ERR_OK;
	value = out->rows[i].cells[m->column];
	for (i++; !rc && i < out->count && out->rows[i].number <= m->last; i++) {
		if (++*steps > FILLS_MAX)
			return err_set(e, ERR_LIMIT, _("the sheet has too many merged cells"));
		rc = set_cell(r->w->arena, &out->rows[i], m->column, &value, e);
	}
	return rc;
}

enum err_code table_xlsx_sheet(
	struct table_workbook *w, const char *part, struct table_sheet *out, struct err *e)
{
	struct sheet_reader r = {.w = w};
	const struct table_part_handler h = {sheet_start, sheet_end, sheet_text, &r, &r.rc};
	size_t steps = 0;
	enum err_code rc;

	table_build_init(&r.build, w->arena, out, e);
	buf_init(&r.words.text, TABLE_CELL_MAX);
	buf_init(&r.shown, TABLE_CELL_MAX);
	rc = r.build.rc ? r.build.rc : table_zip_parse(w->zip, part, &h, e);
	if (!rc)
		rc = r.rc;
	for (size_t i = 0; !rc && i < r.merge_count; i++)
		rc = fill_merge(&r, &r.merges[i], out, &steps, e);
	free(r.merges);
	buf_fini(&r.words.text);
	buf_fini(&r.shown);
	return rc;
}
