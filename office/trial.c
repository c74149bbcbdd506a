/*
 * trial.c - the ledger's items of late, one after the other.
 */
#include "office/trial.h"

#include "base/i18n.h"
#include "ledger/items.h"
#include "office/intake.h"
#include "office/proposals.h"
#include "office/raise.h"

#define BATCH 512 /* ids read at once */
#define SCRATCH_MAX ((size_t)512 << 20)

struct walk {
	struct office *office;
	const struct trial_watch *watch;
	enum err_code (*each)(
		void *data, struct item_record *item, struct arena *scratch, struct err *e);
	void *data;
	struct arena *scratch;
	int64_t fetched, id; /* the last one read */
	int64_t ids[BATCH];
	size_t count, done, total;
};

static enum err_code read_ids(struct walk *w, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(w->office->db, ST_ITEM_FETCHED_SINCE,
		DB_ARGS(DB_INT(w->fetched), DB_INT(w->id), DB_INT(BATCH)), &q, e);

	w->count = 0;
	while (!rc && w->count < BATCH && db_next(&q)) {
		w->fetched = db_int(&q, 0);
		w->id = w->ids[w->count++] = db_int(&q, 1);
	}
	return db_end(&q, rc, e);
}

static enum err_code take(struct walk *w, int64_t id, struct err *e)
{
	struct item_record item;
	bool told = false;
	enum err_code rc;

	if (w->watch && sig_stop_asked(w->watch->sig))
		return err_set(e, ERR_STOPPED, _("stopped"));
	rc = items_get(w->office->db, id, w->scratch, &item, e);
	if (!rc && !*item.warc)
		rc = intake_is_told(w->office, item.source, &told, e);
	if (!rc && !told)
		rc = w->each(w->data, &item, w->scratch, e);
	arena_reset(w->scratch);
	w->done++;
	if (w->watch && w->watch->on_progress)
		w->watch->on_progress(w->watch->data, w->done, w->total);
	return rc;
}

enum err_code trial_items(struct office *o, int64_t since, const struct trial_watch *watch,
	enum err_code (*each)(
		void *data, struct item_record *item, struct arena *scratch, struct err *e),
	void *data, struct err *e)
{
	struct walk w = {.office = o,
		.watch = watch,
		.each = each,
		.data = data,
		.scratch = arena_new(SCRATCH_MAX),
		.fetched = since - 1,
		.id = INT64_MAX};
	int64_t total = 0;
	enum err_code rc = w.scratch ? db_get_int(o->db, ST_ITEM_FETCHED_COUNT,
					       DB_ARGS(DB_INT(since)), &total, e)
				     : err_nomem(e);

	w.total = (size_t)total;
	do {
		if (!rc)
			rc = read_ids(&w, e);
		for (size_t i = 0; !rc && i < w.count; i++)
			rc = take(&w, w.ids[i], e);
	} while (!rc && w.count == BATCH);
	arena_free(w.scratch);
	return rc;
}

/* --- into a backtest --- */

struct run {
	struct office *office;
	struct backtest *test;
};

const char *trial_group(const struct item_record *r, struct arena *a)
{
	if (r->story)
		return arena_printf(a, "S%lld", (long long)r->story);
	if (r->title_key)
		return arena_printf(a, "T%s", r->title_key);
	return r->url ? arena_printf(a, "U%s", r->url) : NULL;
}

static enum err_code judge(void *data, struct item_record *r, struct arena *scratch, struct err *e)
{
	struct run *run = data;
	struct backtest_item item = {.source = r->source};
	struct match_input input;
	struct intake in;
	const char *text;
	enum err_code rc = intake_of_item(run->office, r, scratch, &in, e);

	if (!rc)
		rc = proposals_is_own(run->office, in.source, &item.muted, e);
	if (!rc)
		rc = raise_text(run->office->db, scratch, r, &text, e);
	if (rc)
		return rc;
	raise_input(&in, r, text, &input);
	item.id = arena_printf(scratch, "I%lld", (long long)r->id);
	item.title = raise_title(&in, r, text);
	item.source = input.source;
	item.group = trial_group(r, scratch);
	return arena_failed(scratch) ? err_nomem(e)
				     : backtest_add(run->test, &item, &input, scratch, e);
}

enum err_code trial_run(struct office *o, int64_t since, const struct trial_watch *watch,
	struct backtest *b, struct err *e)
{
	struct run run = {o, b};

	return trial_items(o, since, watch, judge, &run, e);
}
