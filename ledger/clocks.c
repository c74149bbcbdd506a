/*
 * clocks.c - applies and reads running limits.
 */
#include "ledger/clocks.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/list.h"
#include "ledger/projection.h"

enum err_code clocks_meet(struct db *db, const char *case_id, const char *clock, int64_t at,
	const char *by, struct err *e)
{
	return db_run(db, ST_CLOCK_MEET,
		DB_ARGS(DB_TEXT(case_id), DB_TEXT(clock), DB_INT(at), DB_TEXT(by)), e);
}

/* A clock that starts after the answer (a grade raised late) is met by it at once. */
static enum err_code meet_at_once(
	struct db *db, const struct event *ev, const char *clock, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char id[64] = "";
	int64_t at = 0;
	enum err_code rc = db_query(db, ST_RESPONSE_FIRST,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(strcmp(clock, "press") == 0)), &q, e);

	if (!rc && db_next(&q) && db_size(&q, 0) < sizeof id) {
		memcpy(id, db_text(&q, 0), db_size(&q, 0) + 1);
		at = db_int(&q, 1);
	}
	rc = db_end(&q, rc, e);
	return rc || !*id ? rc : clocks_meet(db, ev->subject, clock, at, id, e);
}

static enum err_code apply_started(struct db *db, const struct event *ev, struct err *e)
{
	const char *clock, *rule, *unit, *basis, *start_event;
	int64_t amount, start_at, due_at;
	enum err_code rc = events_need_str(ev, "clock", &clock, e);

	if (!rc)
		rc = events_need_str(ev, "rule", &rule, e);
	if (!rc)
		rc = events_need_int(ev, "amount", &amount, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = events_need_str(ev, "basis", &basis, e);
	if (!rc)
		rc = events_need_str(ev, "start_event", &start_event, e);
	if (!rc)
		rc = events_need_int(ev, "start_at", &start_at, e);
	if (!rc)
		rc = events_need_int(ev, "due_at", &due_at, e);
	if (!rc)
		rc = db_run(db, ST_CLOCK_ADD,
			DB_ARGS(DB_INT(ev->seq), DB_TEXT(clock), DB_TEXT(ev->subject),
				DB_TEXT(rule), DB_INT(amount), DB_TEXT(unit), DB_TEXT(basis),
				DB_TEXT(start_event), DB_INT(start_at), DB_INT(due_at),
				DB_TIME(events_int(ev, "shown_from_published"))),
			e);
	if (!rc && strcmp(clock, "undated") != 0)
		rc = meet_at_once(db, ev, clock, e);
	return rc;
}

static enum err_code apply_reached(struct db *db, const struct event *ev, struct err *e)
{
	const char *what;
	int64_t due_at;
	enum err_code rc = events_need_str(ev, "what", &what, e);

	if (!rc)
		rc = events_need_int(ev, "due_at", &due_at, e);
	if (rc)
		return rc;
	return db_run(db, ST_LIMIT_REACHED,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(what), DB_INT(due_at), DB_INT(ev->seq)), e);
}

static const struct projection_kind kinds[] = {
	{"clock.started/1", apply_started},
	{"limit.reached/1", apply_reached},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"clocks", "seq"},
	{"limits_reached", "subject, what, due_at"},
	{NULL, NULL},
};

const struct projection_module clocks_projection = {kinds, tables};

static enum err_code read_clocks(struct db_rows *q, enum err_code rc, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	struct list l;

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(q)) {
		struct clock_record *c = list_add(&l);
		if (!c) {
			rc = err_nomem(e);
			break;
		}
		c->seq = db_int(q, 0);
		c->clock = arena_strdup(a, db_text(q, 1));
		c->subject = arena_strdup(a, db_text(q, 2));
		c->rule = arena_strdup(a, db_text(q, 3));
		c->amount = db_int(q, 4);
		c->unit = arena_strdup(a, db_text(q, 5));
		c->basis = arena_strdup(a, db_text(q, 6));
		c->start_event = arena_strdup(a, db_text(q, 7));
		c->start_at = db_int(q, 8);
		c->due_at = db_int(q, 9);
		c->shown_from_published = db_int(q, 10);
		c->state = arena_strdup(a, db_text(q, 11));
		c->met_at = db_int(q, 12);
		c->met_by = arena_strdup(a, db_text(q, 13));
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(q, rc, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code clocks_of(struct db *db, const char *subject, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_CLOCKS_OF, DB_ARGS(DB_TEXT(subject)), &q, e);

	return read_clocks(&q, rc, a, out, count, e);
}

enum err_code clocks_running(struct db *db, int64_t until, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_CLOCKS_RUNNING, DB_ARGS(DB_INT(until)), &q, e);

	return read_clocks(&q, rc, a, out, count, e);
}

bool clocks_is_late(const struct clock_record *c, int64_t now)
{
	return (c->met_at == TIME_NONE ? now : c->met_at) > c->due_at;
}

enum err_code clocks_is_reached(struct db *db, const char *subject, const char *what,
	int64_t due_at, bool *reached, struct err *e)
{
	int64_t seq;
	enum err_code rc = db_get_int(db, ST_LIMIT_IS_REACHED,
		DB_ARGS(DB_TEXT(subject), DB_TEXT(what), DB_INT(due_at)), &seq, e);

	*reached = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
