/*
 * lookbacks.c - applies and reads looks back and links between cases.
 */
#include "ledger/lookbacks.h"

#include <stddef.h>

#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* --- applying --- */

static enum err_code apply_planned(struct db *db, const struct event *ev, struct err *e)
{
	const char *rule = NULL;
	int64_t n, due = 0;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_int(ev, "due_at", &due, e);
	if (!rc)
		rc = events_need_str(ev, "rule", &rule, e);
	return rc ? rc
		  : db_run(db, ST_LOOKBACK_ADD,
			    DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_TEXT(rule), DB_INT(due)),
			    e);
}

static enum err_code apply_done(struct db *db, const struct event *ev, struct err *e)
{
	const char *result = NULL;
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_str(ev, "result", &result, e);
	if (!rc)
		rc = db_run(db, ST_LOOKBACK_DONE,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(result),
				DB_TEXT(or_empty(events_str(ev, "note_text"))),
				DB_TEXT(or_empty(events_str(ev, "new_case")))),
			e);
	/* The new case will have looks back of its own. */
	if (!rc && events_str(ev, "new_case"))
		rc = db_run(db, ST_LOOKBACK_VOID, DB_ARGS(DB_TEXT(ev->subject)), e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_linked(struct db *db, const struct event *ev, struct err *e)
{
	const char *to = NULL, *why = NULL;
	enum err_code rc = events_need_str(ev, "to", &to, e);

	if (!rc)
		rc = events_need_str(ev, "why", &why, e);
	return rc ? rc
		  : db_run(db, ST_LINK_ADD,
			    DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(to), DB_TEXT(why),
				    DB_INT(ev->seq)),
			    e);
}

static enum err_code apply_reopened(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_LOOKBACK_VOID, DB_ARGS(DB_TEXT(ev->subject)), e);
}

static const struct projection_kind kinds[] = {
	{"lookback.planned/1", apply_planned},
	{"lookback.done/1", apply_done},
	{"case.linked/1", apply_linked},
	{"case.reopened/2", apply_reopened},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"lookbacks", "case_id, n"},
	{"case_links", "case_id, to_case"},
	{NULL, NULL},
};

const struct projection_module lookbacks_projection = {kinds, tables};

/* --- reading --- */

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct lookback *x = record;

	x->case_id = arena_strdup(a, db_text(q, 0));
	x->rule = arena_strdup(a, db_text(q, 1));
	x->state = arena_strdup(a, db_text(q, 2));
	x->done_by = arena_strdup(a, db_text(q, 3));
	x->done_name = arena_strdup(a, db_text(q, 4));
	x->result = arena_strdup(a, db_text(q, 5));
	x->note = arena_strdup(a, db_text(q, 6));
	x->new_case = arena_strdup(a, db_text(q, 7));
	x->n = db_int(q, 8);
	x->due_at = db_int(q, 9);
	x->done_at = db_int(q, 10);
}

static const size_t texts_of_row[] = {offsetof(struct lookback, note)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct lookback **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_row), e);
}

enum err_code lookbacks_of(struct db *db, const char *case_id, struct arena *a,
	struct lookback **out, size_t *count, struct err *e)
{
	return read_all(db, ST_LOOKBACK_OF, DB_ARGS(DB_TEXT(case_id)), a, out, count, e);
}

enum err_code lookbacks_due(struct db *db, int64_t until, struct arena *a, struct lookback **out,
	size_t *count, struct err *e)
{
	return read_all(db, ST_LOOKBACK_DUE, DB_ARGS(DB_INT(until)), a, out, count, e);
}

static void read_link(struct db_rows *q, struct arena *a, void *record)
{
	struct case_link *x = record;

	x->case_id = arena_strdup(a, db_text(q, 0));
	x->to = arena_strdup(a, db_text(q, 1));
	x->why = arena_strdup(a, db_text(q, 2));
}

enum err_code lookbacks_links(struct db *db, const char *case_id, struct arena *a,
	struct case_link **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_LINKS_OF, DB_ARGS(DB_TEXT(case_id)), sizeof **out, read_link, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}
