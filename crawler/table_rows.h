/*
 * table_rows.h - the rows below the head as records: times read, personal data masked,
 * rows that cannot be taken refused with their number and the reason.
 *
 * Refused is a row that more cells than the head or unmatched quotes make doubtful (its
 * columns may have shifted), one whose mapped cells hold an error or a number that a
 * spreadsheet program cut ("1.2E+17"), and one without title and content, or of answers without
 * result.
 */
#ifndef CRAWLER_TABLE_ROWS_H
#define CRAWLER_TABLE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mask.h"
#include "base/time.h"
#include "crawler/document.h"
#include "crawler/table.h"
#include "crawler/table_map.h"

struct table_record {
	size_t row; /* as a spreadsheet program counts */
	const char *field[TABLE_FIELDS]; /* masked; NULL: empty. Links absolute. */
	int64_t published, accepted, finished; /* TIME_NONE: none, or not readable */
};

struct table_rows {
	struct table_record *records;
	size_t count;
	struct document_note *refused; /* rows that are not among the records */
	size_t refused_count;
	struct document_note *remarks; /* on records: a time or link that was not readable */
	size_t remark_count;
	struct mask_counts masked;
};

struct table_rows_options {
	const struct time_zone *zone;
	int64_t now; /* for relative dates */
	const char *url; /* base of links, or NULL */
	const struct table_mapping *mapping; /* whose numbers are kept; NULL */
	bool answers; /* a row needs its result, not a title or content */
};

/* Everything belongs to the arena. */
enum err_code table_rows_make(const struct table_sheet *sheet, const struct table_map *map,
	const struct table_rows_options *opt, struct arena *arena, struct table_rows *out,
	struct err *e);
/* A record as an item: number, link, title (else the content's first words), content; type, place
 * and source as lines of the summary; published, else accepted. */
enum err_code table_rows_item(const struct table_map *map, const struct table_record *r,
	struct arena *arena, struct item *out, struct err *e);

/* The door of document.h: a table as a document of items. paths.title, .link and .date
 * are heads, paths.items is the sheet's name. */
enum err_code table_document(
	const struct document_input *in, struct arena *arena, struct document *out, struct err *e);

#endif
