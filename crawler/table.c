/*
 * table.c - what kind of table the bytes are, and rows as they are put together.
 */
#include "crawler/table.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/table_private.h"

#define ARENA_SMALL ((size_t)8 << 20) /* below, it is the system that has no memory */

enum err_code table_no_room(const struct arena *a, struct err *e)
{
	if (arena_used(a) < ARENA_SMALL)
		return err_nomem(e);
	return err_set(e, ERR_LIMIT, _("the table is too large to be read at once: split it"));
}

/* --- rows --- */

void table_build_init(
	struct table_build *b, struct arena *arena, struct table_sheet *out, struct err *e)
{
	memset(b, 0, sizeof *b);
	b->arena = arena;
	b->out = out;
	b->e = e;
	out->rows = NULL;
	out->count = 0;
	b->cells = arena_array(arena, TABLE_COLUMNS_MAX, sizeof *b->cells);
	if (!b->cells)
		b->rc = err_nomem(e);
}

void table_build_row(struct table_build *b, size_t number)
{
	b->used = 0;
	b->number = number;
	b->damaged = false;
}

void table_build_cell(
	struct table_build *b, size_t column, const char *text, enum table_cell_kind kind)
{
	if (b->rc)
		return;
	if (column >= TABLE_COLUMNS_MAX) {
		if (text && *text)
			b->rc = err_set(b->e, ERR_LIMIT, _("row %zu has more than %d columns"),
				b->number, TABLE_COLUMNS_MAX);
		return;
	}
	while (b->used <= column)
		b->cells[b->used++] = (struct table_cell){NULL, TABLE_CELL_TEXT};
	b->cells[column] = (struct table_cell){text && *text ? text : NULL, kind};
}

/* Length of the white space, or of a character nobody sees, at the front. */
static size_t blank_length(struct str s)
{
	size_t len;
	uint32_t cp;

	if (!s.n)
		return 0;
	cp = utf8_decode(s.p, s.n, &len);
	return utf8_is_space(cp) || cp == 0xFEFF || cp == 0x200B || cp < 0x20 ? len : 0;
}

static struct str trim(struct str s)
{
	size_t len;

	while ((len = blank_length(s)) > 0)
		s = str_sub(s, len, s.n);
	while (s.n) {
		size_t at = utf8_floor(s.p, s.n - 1);
		len = blank_length(str_sub(s, at, s.n));
		if (!len || at + len != s.n)
			break;
		s.n = at;
	}
	return s;
}

const char *table_build_text(struct table_build *b, struct str text)
{
	const char *kept = NULL;

	if (b->rc)
		return NULL;
	if (text.n > TABLE_CELL_MAX) {
		b->rc = err_set(b->e, ERR_LIMIT, _("a cell of row %zu is longer than %zu bytes"),
			b->number, TABLE_CELL_MAX);
		return NULL;
	}
	text = trim(text);
	if (!text.n)
		return NULL;
	if (utf8_is_valid(text.p, text.n) && !memchr(text.p, '\0', text.n)) {
		kept = arena_strndup(b->arena, text.p, text.n);
	} else {
		struct buf whole;
		buf_init(&whole, TABLE_CELL_MAX * 3 + 1);
		utf8_add_repaired(&whole, text.p, text.n);
		kept = whole.fault ? NULL : arena_strdup(b->arena, buf_str(&whole));
		buf_fini(&whole);
		b->out->malformed = true;
	}
	if (!kept)
		b->rc = table_no_room(b->arena, b->e);
	return kept;
}

static bool has_room(struct table_build *b)
{
	struct table_row *bigger;

	if (b->out->count < b->room)
		return true;
	b->room = b->room ? b->room * 2 : 256;
	bigger = arena_array(b->arena, b->room, sizeof *bigger);
	if (!bigger)
		return false;
	if (b->out->count)
		memcpy(bigger, b->out->rows, b->out->count * sizeof *bigger);
	b->out->rows = bigger;
	return true;
}

void table_build_end_row(struct table_build *b, bool whole)
{
	size_t n = b->used;
	struct table_row *row;

	while (n && !b->cells[n - 1].text)
		n--;
	if (b->rc || !n)
		return;
	n = whole ? b->used : n;
	if (b->out->count == TABLE_ROWS_MAX) {
		b->rc = err_set(b->e, ERR_LIMIT, _("the table has more than %d rows: split it"),
			TABLE_ROWS_MAX);
		return;
	}
	if (!has_room(b)) {
		b->rc = table_no_room(b->arena, b->e);
		return;
	}
	row = &b->out->rows[b->out->count];
	row->number = b->number;
	row->count = n;
	row->damaged = b->damaged;
	row->cells = arena_array(b->arena, n, sizeof *row->cells);
	if (!row->cells) {
		b->rc = table_no_room(b->arena, b->e);
		return;
	}
	memcpy(row->cells, b->cells, n * sizeof *row->cells);
	b->out->count++;
}

/* --- what is it? --- */

static bool begins(const char *data, size_t n, const char *magic, size_t length)
{
	return n >= length && memcmp(data, magic, length) == 0;
}

enum err_code table_read(const char *data, size_t n, const struct table_options *opt,
	struct arena *arena, struct table_sheet *out, struct err *e)
{
	static const struct table_options none = {NULL, NULL, NULL};

	memset(out, 0, sizeof *out);
	opt = opt ? opt : &none;
	if (n > TABLE_BYTES_MAX)
		return err_set(
			e, ERR_LIMIT, _("the table is larger than %zu bytes"), TABLE_BYTES_MAX);
	if (begins(data, n, "\xD0\xCF\x11\xE0", 4))
		return err_set(e, ERR_INPUT,
			_("this is an old .xls workbook, or one locked by a password: open it and "
			  "save as .xlsx, without password"));
	if (begins(data, n, "PK\x03\x04", 4) || begins(data, n, "PK\x05\x06", 4))
		return table_read_xlsx(data, n, opt, arena, out, e);
	if (begins(data, n, "%PDF", 4))
		return err_set(e, ERR_INPUT, _("this is a PDF file, no table"));
	return table_read_csv(data, n, opt, arena, out, e);
}
