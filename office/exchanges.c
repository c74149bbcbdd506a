/*
 * exchanges.c - the first pass over a WARC file.
 */
#include "office/exchanges.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct note { /* one record */
	const char *key; /* the exchange it belongs to */
	uint64_t offset;
	const struct warc_metadata *meta;
};

struct exchanges {
	struct arena *arena;
	struct note *notes;
	size_t count, room;
	struct exchange *rows; /* sorted by id */
	size_t row_count;
};

static enum err_code add_note(struct exchanges *x, const struct warc_record *rec, struct err *e)
{
	const char *key = rec->concurrent_to ? rec->concurrent_to : rec->id;
	struct warc_metadata *meta = NULL;

	if (!key)
		return ERR_OK;
	if (x->count == x->room) {
		size_t room = x->room ? x->room * 2 : 256;
		struct note *notes = reallocarray(x->notes, room, sizeof *notes);
		if (!notes)
			return err_nomem(e);
		x->notes = notes;
		x->room = room;
	}
	if (rec->type == WARC_METADATA) {
		meta = arena_alloc(x->arena, sizeof *meta);
		/* Somebody else's metadata is not ours to understand. */
		if (meta && warc_metadata_parse(rec, x->arena, meta, NULL) != ERR_OK)
			meta = NULL;
	}
	x->notes[x->count].key = arena_strdup(x->arena, key);
	x->notes[x->count].offset = rec->offset;
	x->notes[x->count].meta = meta;
	x->count++;
	return arena_failed(x->arena) ? err_nomem(e) : ERR_OK;
}

static int by_key(const void *a, const void *b)
{
	const struct note *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c ? c : (x->offset > y->offset) - (x->offset < y->offset);
}

static enum err_code group(struct exchanges *x, struct err *e)
{
	if (!x->count)
		return ERR_OK;
	qsort(x->notes, x->count, sizeof *x->notes, by_key);
	x->rows = calloc(x->count, sizeof *x->rows);
	if (!x->rows)
		return err_nomem(e);
	for (size_t i = 0; i < x->count; i++) {
		const struct note *n = &x->notes[i];
		if (i == 0 || strcmp(n->key, n[-1].key) != 0)
			x->rows[x->row_count++].id = n->key;
		struct exchange *row = &x->rows[x->row_count - 1];
		if (row->offset_count < EXCHANGES_OFFSETS)
			row->offsets[row->offset_count++] = n->offset;
		if (n->meta)
			row->meta = n->meta;
	}
	return ERR_OK;
}

enum err_code exchanges_read(struct warc_reader *r, struct exchanges **out, struct err *e)
{
	struct exchanges *x = calloc(1, sizeof *x);
	struct warc_record rec;
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (!x || !(x->arena = arena_new(ARENA_MAX_DEFAULT))) {
		free(x);
		return err_nomem(e);
	}
	warc_reader_skim(r, true);
	while (!rc) {
		memset(&rec, 0, sizeof rec);
		rc = warc_reader_next(r, &rec, e);
		if (rc == ERR_OK && rec.type != WARC_WARCINFO)
			rc = add_note(x, &rec, e);
		else if (rc == ERR_INPUT || rc == ERR_LIMIT)
			rc = ERR_OK;
	}
	warc_reader_skim(r, false);
	if (rc == ERR_NOT_FOUND)
		rc = group(x, e);
	if (rc)
		exchanges_free(x);
	else
		*out = x;
	return rc;
}

void exchanges_free(struct exchanges *x)
{
	if (!x)
		return;
	arena_free(x->arena);
	free(x->notes);
	free(x->rows);
	free(x);
}

static int find_row(const void *key, const void *row)
{
	return strcmp(key, ((const struct exchange *)row)->id);
}

const struct exchange *exchanges_find(const struct exchanges *x, const char *id)
{
	if (!id || !x->row_count)
		return NULL;
	return bsearch(id, x->rows, x->row_count, sizeof *x->rows, find_row);
}
