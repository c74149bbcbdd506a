/*
 * table.h - tables from outside, CSV and XLSX, as rows of cells.
 *
 * What a file is, its first bytes say, not its name. XLSX (ECMA-376): the first visible
 * sheet that has rows, or the one named; shared, inline and formula strings without
 * phonetic runs, numbers and dates by number format (1900 and 1904 systems), booleans,
 * errors; a cell merged over several rows counts for each of them. CSV (RFC 4180 and what
 * really comes): UTF-8, UTF-16, GB18030; comma, semicolon, tab or bar; quotes with line
 * ends; ="123". Old .xls, .xlsb, .ods and web pages named .xls are refused with the word
 * what to do instead.
 *
 * Everything is bounded: reaching a limit is ERR_LIMIT, never a silent cut. Nothing
 * outside the bytes is opened, no entity is expanded. All strings belong to the arena.
 */
#ifndef CRAWLER_TABLE_H
#define CRAWLER_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

#define TABLE_BYTES_MAX ((size_t)64 << 20) /* of the file */
#define TABLE_INFLATED_MAX ((size_t)256 << 20) /* of all parts read of a workbook */
#define TABLE_ROWS_MAX 100000
#define TABLE_COLUMNS_MAX 512
#define TABLE_CELL_MAX ((size_t)1 << 20) /* bytes of one cell */

enum table_cell_kind {
	TABLE_CELL_TEXT,
	TABLE_CELL_NUMBER,
	TABLE_CELL_TIME, /* "2021-06-25", "2021-06-25 09:30", "09:30:15" */
	TABLE_CELL_BOOL, /* "TRUE", "FALSE" */
	TABLE_CELL_ERROR, /* "#N/A" … */
	TABLE_CELL_LOST /* a long number whose last digits are gone: "1.2E+17" */
};

struct table_cell {
	const char *text; /* valid UTF-8, white space at its ends cut; NULL: empty */
	enum table_cell_kind kind;
};

struct table_row {
	size_t number; /* as a spreadsheet program counts, from 1 */
	struct table_cell *cells;
	size_t count; /* up to the last cell that is not empty, in CSV all that are there */
	bool damaged; /* CSV: quotes that do not match may have joined it with the next */
};

struct table_sheet {
	const char *name; /* NULL: CSV */
	const char *encoding; /* of CSV: "utf-8", "gb18030" …; XLSX: "utf-8" */
	struct table_row *rows; /* in order; empty rows are left out */
	size_t count;
	bool is_csv;
	bool malformed; /* readable, but not as it should be */
};

struct table_options {
	const char *sheet; /* name of the sheet; NULL: the first with rows */
	const char *charset; /* of CSV, as charset_hints; NULL */
	const char *content_type; /* NULL */
};

/* ERR_INPUT: no table, or one to be saved as .xlsx; ERR_NOT_FOUND: no such sheet (the
 * message names those there are). opt may be NULL. */
enum err_code table_read(const char *data, size_t n, const struct table_options *opt,
	struct arena *arena, struct table_sheet *out, struct err *e);

#endif
