/*
 * name_index.h - finding a row of a table by its name among many thousands.
 *
 * A hash table of row numbers beside the table, which keeps the names: the caller says
 * how to get at them. Rows are only ever added. A zeroed index is an empty one.
 */
#ifndef BASE_NAME_INDEX_H
#define BASE_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NAME_INDEX_NONE SIZE_MAX
#define NAME_INDEX_MAX ((size_t)1 << 28)

struct name_index {
	uint32_t *slots; /* row number + 1; 0: free */
	size_t room, count; /* room is a power of two */
};

typedef const char *name_index_name(const void *table, size_t row);

void name_index_fini(struct name_index *ix);
/* The row, or NAME_INDEX_NONE. */
size_t name_index_find(
	const struct name_index *ix, const char *name, name_index_name *name_of, const void *table);
/* The name of `row` is not there yet. False: no memory, or too many; nothing is changed. */
bool name_index_add(struct name_index *ix, size_t row, name_index_name *name_of, const void *table);

#endif
