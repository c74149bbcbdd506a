/*
 * name_index.c - open addressing, at most half full.
 */
#include "base/name_index.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 64

/* FNV-1a */
static size_t hash_of_name(const char *name)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

/* The slot of a name, or the free one where it would stand. */
static size_t slot_of(const uint32_t *slots, size_t room, const char *name,
	name_index_name *name_of, const void *table)
{
	size_t at = hash_of_name(name) & (room - 1);

	while (slots[at] && strcmp(name_of(table, slots[at] - 1), name) != 0)
		at = (at + 1) & (room - 1);
	return at;
}

void name_index_fini(struct name_index *ix)
{
	free(ix->slots);
	memset(ix, 0, sizeof *ix);
}

size_t name_index_find(
	const struct name_index *ix, const char *name, name_index_name *name_of, const void *table)
{
	size_t at;

	if (!ix->room)
		return NAME_INDEX_NONE;
	at = slot_of(ix->slots, ix->room, name, name_of, table);
	return ix->slots[at] ? (size_t)ix->slots[at] - 1 : NAME_INDEX_NONE;
}

static bool grow(struct name_index *ix, name_index_name *name_of, const void *table)
{
	size_t room = ix->room ? 2 * ix->room : ROOM_FIRST;
	uint32_t *slots = calloc(room, sizeof *slots);

	if (!slots)
		return false;
	for (size_t i = 0; i < ix->room; i++)
		if (ix->slots[i])
			slots[slot_of(slots, room, name_of(table, ix->slots[i] - 1), name_of,
				table)] = ix->slots[i];
	free(ix->slots);
	ix->slots = slots;
	ix->room = room;
	return true;
}

bool name_index_add(struct name_index *ix, size_t row, name_index_name *name_of, const void *table)
{
	size_t at;

	if (row >= NAME_INDEX_MAX || (2 * (ix->count + 1) > ix->room && !grow(ix, name_of, table)))
		return false;
	at = slot_of(ix->slots, ix->room, name_of(table, row), name_of, table);
	ix->slots[at] = (uint32_t)(row + 1);
	ix->count++;
	return true;
}
