/*
 * exchanges.c - records in turn, and where that does not do, the whole file at once.
 */
#include "office/exchanges.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define METADATA_MAX ((size_t)64 << 10) /* bytes; the fetcher makes none that are larger */

struct note { /* one record */
	const char *key; /* the exchange it belongs to */
	uint64_t offset;
	const struct warc_metadata *meta;
};

struct exchanges {
	const char *path;
	struct arena *group_arena; /* of the exchange at work */
	struct exchange group;
	/* The whole file, when it was looked over. */
	bool looked;
	struct arena *arena;
	struct note *notes;
	size_t count, room;
	struct exchange *rows; /* sorted by id */
	size_t row_count;
};

enum err_code exchanges_new(const char *path, struct exchanges **out, struct err *e)
{
	struct exchanges *x = calloc(1, sizeof *x);

	*out = NULL;
	if (!x)
		return err_nomem(e);
	x->path = path;
	x->arena = arena_new(ARENA_MAX_DEFAULT);
	x->group_arena = arena_new(ARENA_MAX_DEFAULT);
	if (!x->arena || !x->group_arena) {
		exchanges_free(x);
		return err_nomem(e);
	}
	*out = x;
	return ERR_OK;
}

void exchanges_free(struct exchanges *x)
{
	if (!x)
		return;
	arena_free(x->arena);
	arena_free(x->group_arena);
	free(x->notes);
	free(x->rows);
	free(x);
}

/* NULL: it names none and has no id, so that it belongs to nothing. */
static const char *key_of(const struct warc_record *rec)
{
	const char *key = rec->concurrent_to ? rec->concurrent_to : rec->id;

	return key && *key ? key : NULL;
}

/* Somebody else's metadata is not ours to understand: NULL. */
static enum err_code metadata_of(const struct warc_record *rec, struct arena *a,
	const struct warc_metadata **out, struct err *e)
{
	bool is_ours = rec->type == WARC_METADATA && rec->block_size <= METADATA_MAX;
	struct warc_metadata *meta = is_ours ? arena_alloc(a, sizeof *meta) : NULL;
	enum err_code rc = meta ? warc_metadata_parse(rec, a, meta, NULL) : ERR_INPUT;

	*out = rc ? NULL : meta;
	return rc == ERR_NOMEM || arena_failed(a) ? err_nomem(e) : ERR_OK;
}

static void add_offset(struct exchange *x, uint64_t offset)
{
	if (x->offset_count < EXCHANGES_OFFSETS)
		x->offsets[x->offset_count++] = offset;
}

/* --- the whole file --- */

static enum err_code add_note(struct exchanges *x, const struct warc_record *rec, struct err *e)
{
	const struct warc_metadata *meta;
	enum err_code rc;

	if (!key_of(rec))
		return ERR_OK;
	rc = metadata_of(rec, x->arena, &meta, e);
	if (rc)
		return rc;
	if (x->count == x->room) {
		size_t room = x->room ? x->room * 2 : 256;
		struct note *notes = reallocarray(x->notes, room, sizeof *notes);
		if (!notes)
			return err_nomem(e);
		x->notes = notes;
		x->room = room;
	}
	x->notes[x->count++] =
		(struct note){arena_strdup(x->arena, key_of(rec)), rec->offset, meta};
	return arena_failed(x->arena) ? err_nomem(e) : ERR_OK;
}

static int by_key(const void *a, const void *b)
{
	const struct note *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c ? c : (x->offset > y->offset) - (x->offset < y->offset);
}

static enum err_code make_rows(struct exchanges *x, struct err *e)
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
		add_offset(row, n->offset);
		if (n->meta)
			row->meta = n->meta;
	}
	return ERR_OK;
}

static enum err_code read_all(struct exchanges *x, struct warc_reader *r, struct err *e)
{
	struct warc_record rec;
	enum err_code rc = ERR_OK;

	warc_reader_skim(r, true);
	while (!rc) {
		memset(&rec, 0, sizeof rec);
		rc = warc_reader_next(r, &rec, e);
		if (rc == ERR_OK && rec.type != WARC_WARCINFO)
			rc = add_note(x, &rec, e);
		else if (rc == ERR_INPUT || rc == ERR_LIMIT)
			rc = ERR_OK;
	}
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code look_over(struct exchanges *x, struct err *e)
{
	struct warc_reader *r = NULL;
	enum err_code rc = x->looked ? ERR_OK : warc_reader_open(x->path, &r, e);

	if (rc || x->looked)
		return rc;
	rc = read_all(x, r, e);
	warc_reader_close(r);
	if (!rc)
		rc = make_rows(x, e);
	x->looked = !rc;
	return rc;
}

static int find_row(const void *key, const void *row)
{
	return strcmp(key, ((const struct exchange *)row)->id);
}

static enum err_code find_in_file(
	struct exchanges *x, const char *id, const struct exchange **out, struct err *e)
{
	enum err_code rc = look_over(x, e);

	if (!rc && x->row_count)
		*out = bsearch(id, x->rows, x->row_count, sizeof *x->rows, find_row);
	return rc;
}

/* --- in turn --- */

enum err_code exchanges_note(struct exchanges *x, const struct warc_record *rec,
	const struct exchange **out, struct err *e)
{
	const char *key = key_of(rec);
	const struct warc_metadata *meta = NULL;
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (!key)
		return ERR_OK;
	if (!x->group.id || strcmp(key, x->group.id) != 0) { /* another exchange begins */
		arena_reset(x->group_arena);
		x->group = (struct exchange){.id = arena_strdup(x->group_arena, key)};
	}
	/* One has a few records; of thousands that say they belong to it the rest is left. */
	if (x->group.offset_count < EXCHANGES_OFFSETS)
		rc = metadata_of(rec, x->group_arena, &meta, e);
	if (rc || arena_failed(x->group_arena))
		return err_nomem(e);
	if (meta)
		x->group.meta = meta;
	add_offset(&x->group, rec->offset);
	if (rec->type != WARC_RESPONSE && rec->type != WARC_METADATA && rec->type != WARC_REVISIT)
		return ERR_OK;
	if (!x->group.meta && rec->type != WARC_METADATA)
		return find_in_file(x, key, out, e);
	*out = &x->group;
	return ERR_OK;
}
