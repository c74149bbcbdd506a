/*
 * table_rows.c - from cells to records and items.
 */
#include "crawler/table_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "base/utf8.h"
#include "crawler/date.h"
#include "crawler/feedtext.h"
#include "crawler/htmltext.h"

#define SERIAL_MIN 32874 /* 1990, as spreadsheets count days */
#define SERIAL_MAX 73415 /* 2100 */
#define TITLE_FROM_TEXT 40 /* characters */

struct maker {
	const struct table_sheet *sheet;
	const struct table_map *map;
	const struct table_rows_options *opt;
	struct mask_keep keep;
	struct arena *arena;
	struct table_rows *out;
	struct feedtext words;
	struct buf masked;
	size_t refused_room, remark_room;
	enum err_code rc;
	struct err *e;
};

static const char *head_of(const struct maker *m, enum table_field f)
{
	return table_map_head(m->map, f);
}

static void note(struct maker *m, struct document_note **list, size_t *count, size_t *room,
	size_t row, const char *why)
{
	if (*count == *room) {
		size_t more = *room ? *room * 2 : 32;
		struct document_note *bigger = arena_array(m->arena, more, sizeof *bigger);
		if (bigger && *count)
			memcpy(bigger, *list, *count * sizeof *bigger);
		*list = bigger;
		*room = more;
	}
	if (!*list || !why) {
		m->rc = err_nomem(m->e);
		return;
	}
	(*list)[(*count)++] = (struct document_note){row, why};
}

static void refuse(struct maker *m, const struct table_row *row, const char *why)
{
	note(m, &m->out->refused, &m->out->refused_count, &m->refused_room, row->number, why);
}

static void remark(
	struct maker *m, const struct table_row *row, enum table_field f, const char *text)
{
	note(m, &m->out->remarks, &m->out->remark_count, &m->remark_room, row->number,
		arena_printf(m->arena, _("%s: “%.100s” cannot be read"), head_of(m, f), text));
}

/* --- rows that are no records --- */

static bool is_head_again(const struct maker *m, const struct table_row *row)
{
	size_t same = 0;

	for (size_t f = 0; f < TABLE_FIELDS; f++) {
		int k = m->map->column[f];
		if (k < 0)
			continue;
		if ((size_t)k >= row->count || !row->cells[k].text ||
			strcmp(row->cells[k].text, m->map->head[k]) != 0)
			return false;
		same++;
	}
	return same > 0;
}

/* In CSV a cell too many means that a text held the separator: every cell behind it
 * stands in the wrong column, a name perhaps in that of the place. */
static const char *shifted(const struct maker *m, const struct table_row *row)
{
	size_t n = row->count;

	while (n && !row->cells[n - 1].text)
		n--;
	if (row->damaged)
		return arena_strdup(m->arena, _("its quotes do not match"));
	if (!m->sheet->is_csv || n <= m->map->columns)
		return NULL;
	return arena_printf(m->arena,
		_("it has %zu cells, the head has %zu: a separator inside a text?"), n,
		m->map->columns);
}

static const char *bad_cell(const struct maker *m, const struct table_row *row)
{
	for (size_t f = 0; f < TABLE_FIELDS; f++) {
		int k = m->map->column[f];
		if (k < 0 || (size_t)k >= row->count || !row->cells[k].text)
			continue;
		if (row->cells[k].kind == TABLE_CELL_LOST)
			return arena_printf(m->arena,
				_("%s: %s is a long number that the spreadsheet program cut; make "
				  "the column text and enter it again"),
				head_of(m, (enum table_field)f), row->cells[k].text);
		if (row->cells[k].kind == TABLE_CELL_ERROR)
			return arena_printf(m->arena, _("%s: the cell holds the error %s"),
				head_of(m, (enum table_field)f), row->cells[k].text);
	}
	return NULL;
}

static const char *why_refused(const struct maker *m, const struct table_row *row)
{
	const char *why;

	if (is_head_again(m, row))
		return arena_strdup(m->arena, _("it is the head again"));
	why = shifted(m, row);
	return why ? why : bad_cell(m, row);
}

/* --- fields --- */

static bool is_one_line(enum table_field f)
{
	return f != TABLE_CONTENT && f != TABLE_RESULT;
}

static const char *masked(struct maker *m, const char *text)
{
	buf_clear(&m->masked);
	mask_add(&m->masked, text, strlen(text), &m->keep, &m->out->masked);
	if (m->masked.fault) {
		m->rc = buf_check(&m->masked, _("a cell"), m->e);
		return NULL;
	}
	return arena_strndup(m->arena, buf_str(&m->masked), m->masked.len);
}

static const char *link_of(struct maker *m, const struct table_row *row, const char *text)
{
	char *resolved = NULL;
	const char *link = NULL;

	if (url_is_http(text))
		return text;
	if (url_resolve(text, m->opt->url, &resolved, NULL) == ERR_OK && url_is_http(resolved))
		link = arena_strdup(m->arena, resolved);
	else
		remark(m, row, TABLE_LINK, text);
	free(resolved);
	return link;
}

/* Exports of web forms hold HTML; what is no HTML keeps its lines. */
static enum feedtext_form form_of(enum table_field f, const char *text)
{
	if ((f == TABLE_CONTENT || f == TABLE_TITLE || f == TABLE_RESULT) &&
		htmltext_is_likely(text, strlen(text), HTMLTEXT_MARKUP))
		return FEEDTEXT_HTML;
	return FEEDTEXT_LINES;
}

static const char *field_of(struct maker *m, const struct table_row *row, enum table_field f)
{
	int k = m->map->column[f];
	const char *text = k >= 0 && (size_t)k < row->count ? row->cells[k].text : NULL;
	const char *tidy = NULL;

	if (!text || m->rc)
		return NULL;
	m->rc = feedtext_make(&m->words, m->arena, text, strlen(text), form_of(f, text),
		is_one_line(f), &tidy, m->e);
	if (!tidy || f == TABLE_NUMBER)
		return tidy;
	return f == TABLE_LINK ? link_of(m, row, tidy) : masked(m, tidy);
}

/* A time that lost its format on the way: days since the end of 1899, "46019.39583". */
static bool read_serial(const struct maker *m, struct str s, int64_t *out)
{
	size_t point = str_find(s, ".", 0);
	struct str fraction = str_sub(s, point + 1, s.n);
	struct time_civil c = {0};
	int64_t day, seconds = 0, scale = 1, part = 0;

	if (!str_to_int(str_sub(s, 0, point), SERIAL_MIN, SERIAL_MAX, &day) || fraction.n > 12 ||
		(fraction.n && !str_to_int(fraction, 0, INT64_MAX, &part)))
		return false;
	for (size_t i = 0; i < fraction.n; i++)
		scale *= 10;
	seconds = (part * 86400 + scale / 2) / scale;
	/* Five decimals leave a second's doubt: full minutes are meant. */
	if (seconds % 60 == 59 || seconds % 60 == 1)
		seconds = (seconds + 30) / 60 * 60;
	time_civil_from_days(time_days_from_civil(1899, 12, 30) + day + seconds / 86400, &c.year,
		&c.month, &c.day);
	seconds %= 86400;
	c.hour = (int)(seconds / 3600);
	c.minute = (int)(seconds / 60 % 60);
	c.second = (int)(seconds % 60);
	return time_from_civil(&c, m->opt->zone, out);
}

static int64_t time_of(
	struct maker *m, const struct table_row *row, const char *text, enum table_field f)
{
	int64_t t;

	if (!text)
		return TIME_NONE;
	if (date_parse(text, strlen(text), m->opt->now, m->opt->zone, &t) ||
		read_serial(m, str_of(text), &t))
		return t;
	remark(m, row, f, text);
	return TIME_NONE;
}

/* NULL: nothing that it needs. */
static const char *what_lacks(const struct maker *m, const struct table_record *r)
{
	if (m->opt->answers)
		return r->field[TABLE_RESULT] ? NULL : _("it has no words of an answer");
	return r->field[TABLE_TITLE] || r->field[TABLE_CONTENT]
		       ? NULL
		       : _("it has neither title nor content");
}

static void make_record(struct maker *m, const struct table_row *row)
{
	struct table_record *r = &m->out->records[m->out->count];

	for (size_t f = 0; f < TABLE_FIELDS; f++)
		r->field[f] = field_of(m, row, (enum table_field)f);
	if (m->rc)
		return;
	const char *why = what_lacks(m, r);
	if (why) {
		refuse(m, row, arena_strdup(m->arena, why));
		return;
	}
	r->row = row->number;
	r->published = time_of(m, row, r->field[TABLE_PUBLISHED], TABLE_PUBLISHED);
	r->accepted = time_of(m, row, r->field[TABLE_ACCEPTED], TABLE_ACCEPTED);
	r->finished = time_of(m, row, r->field[TABLE_FINISHED], TABLE_FINISHED);
	m->out->count++;
}

enum err_code table_rows_make(const struct table_sheet *sheet, const struct table_map *map,
	const struct table_rows_options *opt, struct arena *arena, struct table_rows *out,
	struct err *e)
{
	struct maker m = {
		.sheet = sheet, .map = map, .opt = opt, .arena = arena, .out = out, .e = e};

	memset(out, 0, sizeof *out);
	if (opt->mapping)
		m.keep = (struct mask_keep){opt->mapping->keep, opt->mapping->keep_count};
	out->records = arena_array(arena, sheet->count + 1, sizeof *out->records);
	if (!out->records)
		return err_nomem(e);
	feedtext_init(&m.words);
	buf_init(&m.masked, TABLE_CELL_MAX * 4);
	for (size_t i = map->header + 1; i < sheet->count && !m.rc; i++) {
		const char *why = why_refused(&m, &sheet->rows[i]);
		if (why)
			refuse(&m, &sheet->rows[i], why);
		else
			make_record(&m, &sheet->rows[i]);
	}
	buf_fini(&m.masked);
	feedtext_fini(&m.words);
	if (!m.rc && arena_failed(arena))
		m.rc = err_set(
			e, ERR_LIMIT, _("the table is too large to be read at once: split it"));
	return m.rc;
}

/* --- items --- */

/* Hotlines write no titles: the first words of the content are what it is called. */
static const char *title_of(const struct table_record *r, struct arena *arena)
{
	const char *text = r->field[TABLE_CONTENT];
	size_t n = text ? strlen(text) : 0, end;

	if (r->field[TABLE_TITLE] || !n)
		return r->field[TABLE_TITLE];
	end = utf8_offset(text, n, TITLE_FROM_TEXT);
	for (size_t i = 0; i < end; i++)
		if (text[i] == '\n')
			end = i;
	return arena_strndup(arena, text, end);
}

enum err_code table_rows_item(const struct table_map *map, const struct table_record *r,
	struct arena *arena, struct item *out, struct err *e)
{
	static const enum table_field lines[] = {TABLE_TYPE, TABLE_PLACE, TABLE_SOURCE};
	struct buf b;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	out->id = r->field[TABLE_NUMBER];
	out->link = r->field[TABLE_LINK];
	out->title = title_of(r, arena);
	out->content = r->field[TABLE_CONTENT];
	out->published = r->published != TIME_NONE ? r->published : r->accepted;
	out->updated = out->fetched = TIME_NONE;
	buf_init(&b, TABLE_CELL_MAX * 4);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (r->field[lines[i]])
			buf_addf(&b, "%s%s：%s", b.len ? "\n" : "", table_map_head(map, lines[i]),
				r->field[lines[i]]);
	rc = buf_check(&b, _("a cell"), e);
	if (!rc && b.len) {
		out->summary = arena_strdup(arena, buf_str(&b));
		rc = out->summary ? ERR_OK : err_nomem(e);
	}
	buf_fini(&b);
	return rc;
}

static enum err_code name_columns(
	const struct document_paths *p, struct table_mapping *m, struct err *e)
{
	const struct {
		const char *head;
		enum table_field field;
	} named[] = {{p->title, TABLE_TITLE}, {p->link, TABLE_LINK}, {p->date, TABLE_PUBLISHED}};

	m->sheet = p->items;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		if (!named[i].head)
			continue;
		if (table_map_is_private(named[i].head))
			return err_set(e, ERR_CONFIG,
				_("“%s” holds personal data and is never taken in"), named[i].head);
		m->names[m->count].field = named[i].field;
		m->names[m->count++].head = named[i].head;
	}
	return ERR_OK;
}

static enum err_code make_items(const struct table_map *map, const struct table_rows *rows,
	struct arena *arena, struct document *out, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (rows->count > DOCUMENT_ITEMS_MAX)
		return err_set(
			e, ERR_LIMIT, _("more than %d items in one document"), DOCUMENT_ITEMS_MAX);
	out->items = arena_array(arena, rows->count + 1, sizeof *out->items);
	if (!out->items)
		return err_nomem(e);
	for (size_t i = 0; !rc && i < rows->count; i++)
		rc = table_rows_item(map, &rows->records[i], arena, &out->items[out->count++], e);
	if (!rc && !item_mark_shared_links(out->items, out->count, arena))
		rc = err_nomem(e);
	return rc;
}

enum err_code table_document(
	const struct document_input *in, struct arena *arena, struct document *out, struct err *e)
{
	struct table_mapping mapping = {0};
	struct table_options opt = {.charset = in->charset, .content_type = in->content_type};
	const struct table_rows_options how = {
		.zone = in->zone, .now = in->now, .url = in->url, .mapping = &mapping};
	struct table_sheet sheet;
	struct table_map map;
	struct table_rows rows;
	enum err_code rc = name_columns(&in->paths, &mapping, e);

	memset(out, 0, sizeof *out);
	opt.sheet = mapping.sheet;
	if (!rc)
		rc = table_read(in->data, in->size, &opt, arena, &sheet, e);
	if (!rc)
		rc = table_map_find(&sheet, &mapping, &map, e);
	if (!rc)
		rc = table_rows_make(&sheet, &map, &how, arena, &rows, e);
	if (!rc)
		rc = make_items(&map, &rows, arena, out, e);
	if (rc)
		return rc == ERR_NOT_FOUND ? (e->code = ERR_INPUT) : rc;
	out->feed.encoding = sheet.encoding;
	out->feed.malformed = sheet.malformed || rows.refused_count;
	out->refused = rows.refused;
	out->refused_count = rows.refused_count;
	return ERR_OK;
}
