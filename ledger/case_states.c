/*
 * case_states.c - keeps and reads the history of cases' states.
 */
#include "ledger/case_states.h"

#include "ledger/projection.h"
#include "ledger/rows.h"

static enum err_code enter(struct db *db, const struct event *ev, const char *state, struct err *e)
{
	return db_run(db, ST_CASE_STATE_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(state)), e);
}

static enum err_code apply_open(struct db *db, const struct event *ev, struct err *e)
{
	return enter(db, ev, "open", e);
}

static enum err_code apply_finished(struct db *db, const struct event *ev, struct err *e)
{
	return enter(db, ev, "finished", e);
}

static enum err_code apply_closed(struct db *db, const struct event *ev, struct err *e)
{
	return enter(db, ev, "closed", e);
}

static const struct projection_kind kinds[] = {
	{"case.opened/1", apply_open},
	{"case.opened/2", apply_open},
	{"case.reopened/1", apply_open},
	{"case.reopened/2", apply_open},
	{"case.finished/1", apply_finished},
	{"case.closed/1", apply_closed},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"case_states", "case_id, seq"},
	{NULL, NULL},
};

const struct projection_module case_states_projection = {kinds, tables};

static void read_state(struct db_rows *q, struct arena *a, void *record)
{
	struct case_state *s = record;

	s->case_id = arena_strdup(a, db_text(q, 0));
	s->seq = db_int(q, 1);
	s->at = db_int(q, 2);
	s->state = arena_strdup(a, db_text(q, 3));
}

enum err_code case_states_all(
	struct db *db, struct arena *a, struct case_state **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_CASE_STATES_ALL, DB_NO_ARGS, sizeof **out, read_state, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}
