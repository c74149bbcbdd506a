/*
 * search_index.c - filling the index of words.
 */
#include "office/search_index.h"

#include "base/time.h"
#include "ledger/search.h"
#include "office/search_text.h"

#define BATCH 200 /* documents a transaction */
#define BUDGET_MS 2000
#define WAIT_SECONDS 3600
#define WAITING_MAX 4000 /* texts that a search may have to read by itself */
#define SCRATCH_MAX ((size_t)512 << 20)

struct filling {
	struct office *office;
	struct db *db;
	struct normalise_table *table;
	struct arena *arena; /* of one batch */
	struct search_marks marks;
	int64_t horizon; /* what came later waits */
	int64_t added, in_batch;
	struct err *err;
};

static enum err_code add_one(struct filling *f, const struct search_doc *d)
{
	struct search_text title, body;
	enum err_code rc = search_text_read(f->table, d->title, f->arena, &title, f->err);

	if (!rc)
		rc = search_text_read(f->table, d->body, f->arena, &body, f->err);
	if (!rc)
		rc = search_add(f->db, d, title.s, title.n, body.s, body.n, f->err);
	f->added++;
	f->in_batch++;
	return rc;
}

/* --- what changed --- */

static enum err_code add_again(struct filling *f, enum search_origin origin, int64_t key)
{
	struct list docs;
	int64_t last;
	enum err_code rc;

	list_init(&docs, f->arena, sizeof(struct search_doc));
	rc = search_docs_read(f->db, origin, key, key, 1, &docs, &last, f->err);
	return rc || !docs.count ? rc : add_one(f, docs.items);
}

/* First all that is old dies, then the new words come in (see search_add()). */
static enum err_code renew(struct filling *f, enum search_origin origin)
{
	const int64_t *key;
	struct list keys;
	enum err_code rc;

	list_init(&keys, f->arena, sizeof *key);
	rc = search_dirty(f->db, origin, BATCH, &keys, f->err);
	key = keys.items;
	for (size_t i = 0; !rc && i < keys.count; i++)
		rc = search_kill(f->db, origin, key[i], f->err);
	for (size_t i = 0; !rc && i < keys.count; i++)
		rc = add_again(f, origin, key[i]);
	f->in_batch += (int64_t)keys.count;
	return rc;
}

static enum err_code renew_all(struct filling *f)
{
	enum err_code rc = ERR_OK;

	for (int i = 0; !rc && i < SEARCH_ORIGINS; i++)
		rc = renew(f, (enum search_origin)i);
	return rc;
}

/* --- what is new --- */

static enum err_code read_new(struct filling *f, enum search_origin origin, int64_t limit,
	struct list *docs, int64_t *last)
{
	list_init(docs, f->arena, sizeof(struct search_doc));
	return search_docs_read(f->db, origin, f->marks.done[origin] + 1, f->marks.last[origin],
		limit, docs, last, f->err);
}

/* The origin whose next document came in first: the last rows of the index are to be the
 * last that came in. SEARCH_ORIGINS: nothing is left. */
static enum err_code next_origin(struct filling *f, enum search_origin *out)
{
	int64_t first = INT64_MAX, last;
	enum err_code rc = ERR_OK;

	*out = SEARCH_ORIGINS;
	for (int i = 0; !rc && i < SEARCH_ORIGINS; i++) {
		const struct search_doc *d;
		struct list docs;
		if (f->marks.done[i] >= f->marks.last[i])
			continue;
		rc = read_new(f, (enum search_origin)i, 1, &docs, &last);
		d = docs.items;
		if (!rc && !docs.count)
			f->marks.done[i] = f->marks.last[i];
		else if (!rc && d->taken <= f->horizon && d->taken < first) {
			first = d->taken;
			*out = (enum search_origin)i;
		}
	}
	return rc;
}

static enum err_code add_new(struct filling *f)
{
	enum search_origin origin;
	struct list docs;
	int64_t last = 0;
	enum err_code rc = next_origin(f, &origin);

	if (rc || origin == SEARCH_ORIGINS)
		return rc;
	rc = read_new(f, origin, BATCH, &docs, &last);
	for (size_t i = 0; !rc && i < docs.count; i++) {
		const struct search_doc *d = (const struct search_doc *)docs.items + i;
		if (d->taken > f->horizon) {
			last = d->key - 1;
			break;
		}
		rc = add_one(f, d);
	}
	f->marks.done[origin] = last;
	return rc;
}

/* --- in batches --- */

/* Another form of words, or too many dead ones: all of it anew. */
static enum err_code begin_anew(struct filling *f)
{
	bool worn = false;
	enum err_code rc = search_is_worn(f->db, &worn, f->err);

	if (!rc && (worn || f->marks.version != SEARCH_VERSION))
		rc = search_forget_all(f->db, f->err);
	return rc ? rc : search_marks_get(f->db, &f->marks, f->err);
}

static int64_t horizon_of(const struct filling *f, bool all)
{
	int64_t waiting = 0;

	for (int i = 0; i < SEARCH_ORIGINS; i++)
		waiting += f->marks.last[i] - f->marks.done[i];
	return all || waiting > WAITING_MAX ? INT64_MAX : office_now(f->office) - WAIT_SECONDS;
}

static enum err_code one_batch(struct filling *f, bool all)
{
	enum err_code rc = db_begin_write(f->db, f->err);

	f->in_batch = 0;
	if (!rc)
		rc = search_marks_get(f->db, &f->marks, f->err);
	if (!rc)
		rc = begin_anew(f);
	f->horizon = horizon_of(f, all);
	if (!rc)
		rc = renew_all(f);
	if (!rc)
		rc = add_new(f);
	if (!rc)
		rc = search_marks_set(f->db, &f->marks, f->err);
	if (!rc)
		rc = db_commit(f->db, f->err);
	db_rollback(f->db);
	arena_reset(f->arena);
	return rc;
}

enum err_code office_search_catch_up(struct office *o, bool all, int64_t *added, struct err *e)
{
	struct filling f = {
		.office = o,
		.db = o->db,
		.table = normalise_table_new(),
		.arena = arena_new(SCRATCH_MAX),
		.err = e,
	};
	int64_t begun = time_monotonic_ms();
	enum err_code rc = f.table && f.arena ? ERR_OK : err_nomem(e);

	do {
		db_yield(o->db);
		if (!rc)
			rc = one_batch(&f, all);
	} while (!rc && f.in_batch && time_monotonic_ms() - begun < BUDGET_MS);
	if (added)
		*added = f.added;
	arena_free(f.arena);
	normalise_table_free(f.table);
	return rc;
}
