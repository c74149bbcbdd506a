/*
 * table_private.h - shared by the readers of tables: putting rows together, and the
 * parts of a workbook.
 */
#ifndef CRAWLER_TABLE_PRIVATE_H
#define CRAWLER_TABLE_PRIVATE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "crawler/table.h"

/* --- rows being put together (table.c) --- */

struct table_build {
	struct arena *arena;
	struct table_sheet *out;
	struct table_cell *cells; /* of the current row, TABLE_COLUMNS_MAX of them */
	size_t used, number, room;
	bool damaged; /* the current row */
	enum err_code rc; /* the first failure; later calls do nothing */
	struct err *e;
};

/* The arena gave nothing: its maximum is reached, or there is no memory. */
enum err_code table_no_room(const struct arena *a, struct err *e);

void table_build_init(
	struct table_build *b, struct arena *arena, struct table_sheet *out, struct err *e);
void table_build_row(struct table_build *b, size_t number);
/* column from 0. text belongs to the arena; NULL or "" leaves the cell empty. */
void table_build_cell(
	struct table_build *b, size_t column, const char *text, enum table_cell_kind kind);
/* Text from outside: repaired, trimmed, copied; NULL when nothing is left. */
const char *table_build_text(struct table_build *b, struct str text);
/* whole: keep empty cells at the end too (their number tells in CSV). */
void table_build_end_row(struct table_build *b, bool whole);

/* --- the readers --- */

enum err_code table_read_csv(const char *data, size_t n, const struct table_options *opt,
	struct arena *arena, struct table_sheet *out, struct err *e);
enum err_code table_read_xlsx(const char *data, size_t n, const struct table_options *opt,
	struct arena *arena, struct table_sheet *out, struct err *e);
/* "1.2E+17": what a spreadsheet program makes of a long number. */
bool table_is_lost(struct str text);

/* --- number formats (table_style.c) --- */

enum table_style_kind { TABLE_STYLE_PLAIN, TABLE_STYLE_DATE, TABLE_STYLE_TIME, TABLE_STYLE_ZEROS };

struct table_style {
	enum table_style_kind kind;
	int zeros; /* digits that a code of zeros pads to */
};

/* Of a number format: its id and, for ids that the workbook defines, its code. */
struct table_style table_style_of(int id, const char *code);
/* The shown text of a number; *kind says what it is. value as stored ("4.4526E4"). */
void table_style_add(struct buf *out, struct str value, struct table_style style, bool since_1904,
	enum table_cell_kind *kind);

/* --- parts of a workbook (table_part.c) --- */

struct table_attr {
	struct str name, space, value; /* local name, namespace URI */
};

struct table_part_handler {
	/* Local names only. Any may be NULL. A handler that fails sets *failed. */
	void (*start)(void *data, const char *name, const struct table_attr *attrs, size_t n);
	void (*end)(void *data, const char *name);
	void (*text)(void *data, const char *s, size_t n);
	void *data;
	const enum err_code *failed; /* not ERR_OK: stop reading */
};

struct table_zip;

enum err_code table_zip_open(const char *data, size_t n, struct table_zip **out, struct err *e);
void table_zip_close(struct table_zip *z); /* NULL is fine */
bool table_zip_has(struct table_zip *z, const char *name);
/* ERR_NOT_FOUND (e untouched) when there is no such part. */
enum err_code table_zip_parse(
	struct table_zip *z, const char *name, const struct table_part_handler *h, struct err *e);
/* The attribute's value, copied and unescaped; NULL when absent. */
const char *table_attr_get(
	struct arena *a, const struct table_attr *attrs, size_t n, const char *name);
struct str table_attr_view(const struct table_attr *attrs, size_t n, const char *name);

/* --- one sheet (table_xlsx_sheet.c) --- */

struct table_strings {
	const char **at;
	size_t count, room;
};

struct table_workbook {
	struct table_zip *zip;
	struct arena *arena;
	struct table_strings strings;
	struct table_style *styles;
	size_t style_count;
	bool since_1904;
	struct err *e;
};

enum err_code table_xlsx_strings(struct table_workbook *w, const char *part, struct err *e);
enum err_code table_xlsx_sheet(
	struct table_workbook *w, const char *part, struct table_sheet *out, struct err *e);

#endif
