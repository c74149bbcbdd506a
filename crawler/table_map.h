/*
 * table_map.h - which column of a table is what, by the words in its head.
 *
 * The head is found below title rows: of the first TABLE_MAP_SEARCH rows the one with
 * most known words, or two rows together where the lower names parts of what stands above
 * it (CSV keeps a merged cell's words in its first row only). A mapping names heads that the table
 *of words does not know; it is kept as `mappings/NAME.conf`:
 *
 *	[table]
 *	sheet = 工单
 *	keep = 0855-8222333
 *	[columns]
 *	number = 业务流水号
 *	content = 事项描述 | 问题描述
 *	limit = -
 *
 * Columns of names, telephones, documents and addresses of persons are recognised and
 * never taken, whatever a mapping says.
 */
#ifndef CRAWLER_TABLE_MAP_H
#define CRAWLER_TABLE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "crawler/table.h"

#define TABLE_MAP_SEARCH 30
#define TABLE_MAP_NAMES_MAX 64
#define TABLE_MAP_KEEP_MAX 64

enum table_field {
	TABLE_NUMBER,
	TABLE_TITLE,
	TABLE_CONTENT,
	TABLE_TYPE,
	TABLE_PLACE,
	TABLE_UNIT,
	TABLE_PUBLISHED,
	TABLE_ACCEPTED,
	TABLE_LIMIT,
	TABLE_FINISHED,
	TABLE_RESULT,
	TABLE_SATISFACTION,
	TABLE_STATE,
	TABLE_LINK,
	TABLE_SOURCE,
	TABLE_FIELDS
};

/* "number", "title" …: in mappings and JSON. */
const char *table_field_name(enum table_field f);
bool table_field_from_name(const char *name, enum table_field *out);

/* What somebody said about a table; all strings borrowed. Zeroed: nothing. */
struct table_mapping {
	const char *sheet; /* NULL: the first with rows */
	struct {
		enum table_field field;
		const char *head; /* "-": this field is not taken */
	} names[TABLE_MAP_NAMES_MAX];
	size_t count;
	const char *keep[TABLE_MAP_KEEP_MAX]; /* numbers that are not masked */
	size_t keep_count;
};

/* Takes the words of a mapping file in; name is used in messages. Later names of a field
 * stand before earlier ones. Copies into the arena. */
enum err_code table_mapping_parse(const char *name, const char *text, size_t n, struct arena *arena,
	struct table_mapping *out, struct err *e);
/* "FIELD=HEAD", of a command line. */
enum err_code table_mapping_add(
	struct table_mapping *m, struct arena *arena, const char *word, struct err *e);
/* The file's text. */
void table_mapping_write(const struct table_mapping *m, struct buf *out);

enum table_column { TABLE_COLUMN_FIELD, TABLE_COLUMN_PRIVATE, TABLE_COLUMN_UNKNOWN };

struct table_map {
	size_t header; /* index of the head, of its lower row, among the rows */
	const char *head[TABLE_COLUMNS_MAX]; /* its words, borrowed from the sheet; or NULL */
	int column[TABLE_FIELDS]; /* -1: none */
	enum table_column kind[TABLE_COLUMNS_MAX]; /* of the columns of the head */
	size_t columns;
};

/* ERR_INPUT: no head was found, or it lacks what the mapping names; ERR_CONFIG: the
 * mapping names a column of personal data. m may be NULL. */
enum err_code table_map_find(const struct table_sheet *sheet, const struct table_mapping *m,
	struct table_map *out, struct err *e);
/* The words at the head of a field's column, "" when there is none. */
const char *table_map_head(const struct table_map *map, enum table_field f);
/* A head that names a person or how to reach one. */
bool table_map_is_private(const char *head);

#endif
