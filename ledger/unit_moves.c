/*
 * unit_moves.c - keeps which unit took over from which, and who held a promise when.
 */
#include "ledger/unit_moves.h"

#include <stddef.h>

#include "ledger/list.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

enum err_code unit_moves_apply(
	struct db *db, const struct event *ev, enum statement id, struct err *e)
{
	const char *from, *to;
	enum err_code rc = events_need_str(ev, "from", &from, e);

	if (!rc)
		rc = events_need_str(ev, "to", &to, e);
	if (rc)
		return rc;
	return db_run(db, id,
		DB_ARGS(DB_TEXT(from), DB_TEXT(to), DB_TEXT(or_empty(events_str(ev, "topic")))), e);
}

static enum err_code apply_added(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (rc)
		return rc;
	return db_run(db, ST_COMMITMENT_HELD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_TEXT(unit), DB_INT(ev->at)), e);
}

static enum err_code move_promises(struct db *db, const struct event *ev, const char *from,
	const char *to, const char *topic, struct err *e)
{
	enum err_code rc = db_run(db, ST_UNIT_MOVE_PROMISES_END,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(from), DB_TEXT(topic)), e);

	if (rc)
		return rc;
	return db_run(db, ST_UNIT_MOVE_PROMISES_GIVE,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(from), DB_TEXT(to)), e);
}

static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	const char *from, *to, *on, *why, *topic = or_empty(events_str(ev, "topic"));
	enum err_code rc = events_need_str(ev, "from", &from, e);

	if (!rc)
		rc = events_need_str(ev, "to", &to, e);
	if (!rc)
		rc = events_need_str(ev, "on", &on, e);
	if (!rc)
		rc = events_need_str(ev, "why", &why, e);
	if (!rc)
		rc = db_run(db, ST_UNIT_MOVE_ADD,
			DB_ARGS(DB_INT(ev->seq), DB_TEXT(from), DB_TEXT(to), DB_TEXT(on),
				DB_TEXT(why), DB_TEXT(topic),
				DB_TEXT(or_empty(events_str(ev, "document"))),
				DB_TEXT(or_empty(events_str(ev, "note_text"))), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	if (!rc)
		rc = move_promises(db, ev, from, to, topic, e);
	if (rc || events_int(ev, "plan") <= 0)
		return rc;
	return db_run(db, ST_UNIT_PLAN_END,
		DB_ARGS(DB_INT(events_int(ev, "plan")), DB_TEXT("done"), DB_INT(ev->seq)), e);
}

static enum err_code apply_planned(struct db *db, const struct event *ev, struct err *e)
{
	const char *from, *to, *on;
	enum err_code rc = events_need_str(ev, "from", &from, e);

	if (!rc)
		rc = events_need_str(ev, "to", &to, e);
	if (!rc)
		rc = events_need_str(ev, "on", &on, e);
	if (rc)
		return rc;
	return db_run(db, ST_UNIT_PLAN_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_TEXT(from), DB_TEXT(to), DB_TEXT(on),
			DB_TEXT(or_empty(events_str(ev, "topic"))),
			DB_TEXT(or_empty(events_str(ev, "document"))),
			DB_TEXT(or_empty(events_str(ev, "note_text"))), DB_INT(ev->at),
			DB_TEXT(ev->actor_name)),
		e);
}

static enum err_code apply_unplanned(struct db *db, const struct event *ev, struct err *e)
{
	int64_t plan;
	enum err_code rc = events_need_int(ev, "plan", &plan, e);

	if (rc)
		return rc;
	return db_run(db, ST_UNIT_PLAN_END,
		DB_ARGS(DB_INT(plan), DB_TEXT("withdrawn"), DB_INT(ev->seq)), e);
}

static const struct projection_kind kinds[] = {
	{"commitment.added/1", apply_added},
	{UNIT_TRANSFERRED, apply_transferred},
	{"unit.planned/1", apply_planned},
	{"unit.unplanned/1", apply_unplanned},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"unit_moves", "seq"},
	{"commitment_units", "commitment, seq"},
	{"unit_plans", "seq"},
	{NULL, NULL},
};

const struct projection_module unit_moves_projection = {kinds, tables};

/* --- reading --- */

static void read_move(struct db_rows *q, struct arena *a, void *record)
{
	struct unit_move *m = record;

	m->seq = db_int(q, 0);
	m->at = db_int(q, 1);
	m->from = arena_strdup(a, db_text(q, 2));
	m->to = arena_strdup(a, db_text(q, 3));
	m->on = arena_strdup(a, db_text(q, 4));
	m->why = arena_strdup(a, db_text(q, 5));
	m->topic = arena_strdup(a, db_text(q, 6));
	m->document = arena_strdup(a, db_text(q, 7));
	m->by_name = arena_strdup(a, db_text(q, 8));
	m->note = arena_strdup(a, db_text(q, 9));
}

static const size_t move_texts[] = {offsetof(struct unit_move, note)};

enum err_code unit_moves_all(
	struct db *db, struct arena *a, struct unit_move **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_UNIT_MOVES_ALL, DB_NO_ARGS, sizeof **out, read_move, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(move_texts), e);
}

static void read_plan(struct db_rows *q, struct arena *a, void *record)
{
	struct unit_plan *p = record;

	p->seq = db_int(q, 0);
	p->from = arena_strdup(a, db_text(q, 1));
	p->to = arena_strdup(a, db_text(q, 2));
	p->on = arena_strdup(a, db_text(q, 3));
	p->topic = arena_strdup(a, db_text(q, 4));
	p->document = arena_strdup(a, db_text(q, 5));
	p->at = db_int(q, 7);
	p->by_name = arena_strdup(a, db_text(q, 8));
	p->note = arena_strdup(a, db_text(q, 6));
}

static const size_t plan_texts[] = {offsetof(struct unit_plan, note)};

enum err_code unit_moves_planned(
	struct db *db, struct arena *a, struct unit_plan **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_UNIT_PLANS, DB_NO_ARGS, sizeof **out, read_plan, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(plan_texts), e);
}

enum err_code unit_moves_duties(
	struct db *db, const char *unit, const char *topic, struct unit_duties *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_UNIT_DUTIES, DB_ARGS(DB_TEXT(unit), DB_TEXT(topic)), &q, e);

	*out = (struct unit_duties){0, 0, 0, 0};
	if (!rc && db_next(&q))
		*out = (struct unit_duties){
			db_int(&q, 0), db_int(&q, 1), db_int(&q, 2), db_int(&q, 3)};
	return db_end(&q, rc, e);
}

enum err_code unit_moves_holders(
	struct db *db, struct arena *a, const char ***out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_UNIT_HOLDERS, DB_NO_ARGS, &q, e);

	return list_strings(&q, rc, a, out, count, e);
}

enum err_code unit_moves_holder_at(struct db *db, const char *commitment, int64_t at,
	struct arena *a, const char **out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(
		db, ST_COMMITMENT_HOLDER_AT, DB_ARGS(DB_TEXT(commitment), DB_INT(at)), &q, e);

	*out = "";
	if (!rc && db_next(&q))
		*out = arena_strdup(a, db_text(&q, 0));
	rc = db_end(&q, rc, e);
	return rc || *out ? rc : err_nomem(e);
}
