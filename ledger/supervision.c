/*
 * supervision.c - applies and reads orders of supervision.
 */
#include "ledger/supervision.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/events.h"
#include "ledger/ids.h"
#include "ledger/projection.h"
#include "ledger/rows.h"
#include "ledger/unit_moves.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* --- applying --- */

/* The case that an order belongs to has changed too; a task has none. */
static enum err_code touch(struct db *db, const struct event *ev, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char id[IDS_SIZE] = "";
	bool found = false;
	enum err_code rc = db_query(db, ST_SUPERVISION_CASE, DB_ARGS(DB_TEXT(ev->subject)), &q, e);

	if (!rc && db_next(&q)) {
		found = db_size(&q, 0) < sizeof id;
		if (found)
			memcpy(id, db_text(&q, 0), db_size(&q, 0) + 1);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		return err_set(e, ERR_INTEGRITY, _("event %lld: there is no order %s"),
			(long long)ev->seq, ev->subject);
	return rc || !*id ? rc : cases_touch(db, id, ev, e);
}

struct issued {
	int64_t year, number, feedback;
	const char *subject, *level, *unit, *feedback_unit, *feedback_roll, *settles, *state;
};

static enum err_code read_issued(const struct event *ev, struct issued *o, struct err *e)
{
	enum err_code rc = events_need_int(ev, "year", &o->year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &o->number, e);
	if (!rc)
		rc = events_need_int(ev, "feedback_amount", &o->feedback, e);
	if (!rc)
		rc = events_need_str(ev, "feedback_unit", &o->feedback_unit, e);
	if (!rc)
		rc = events_need_str(ev, "feedback_roll", &o->feedback_roll, e);
	if (!rc)
		rc = events_need_str(ev, "subject", &o->subject, e);
	if (!rc)
		rc = events_need_str(ev, "level", &o->level, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &o->unit, e);
	if (!rc)
		rc = events_need_str(ev, "settles", &o->settles, e);
	return rc ? rc : events_need_str(ev, "state", &o->state, e);
}

static enum err_code add(
	struct db *db, const struct event *ev, const struct issued *o, struct err *e)
{
	bool issued = strcmp(o->state, "issued") == 0;

	return db_run(db, ST_SUPERVISION_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(o->year), DB_INT(o->number),
			DB_TEXT(o->subject), DB_TEXT(or_empty(events_str(ev, "case_id"))),
			DB_TEXT(or_empty(events_str(ev, "clock"))),
			DB_TEXT(or_empty(events_str(ev, "ref"))), DB_TEXT(o->level),
			DB_TEXT(o->unit), DB_TEXT(or_empty(events_str(ev, "told"))),
			DB_TIME(events_int(ev, "matter_due")),
			DB_TEXT(or_empty(events_str(ev, "basis"))),
			DB_TEXT(or_empty(events_str(ev, "reason_text"))), DB_INT(o->feedback),
			DB_TEXT(o->feedback_unit), DB_TEXT(o->feedback_roll), DB_TEXT(o->settles),
			DB_TEXT(o->state), DB_INT(ev->at), DB_TIME(issued ? ev->at : TIME_NONE),
			DB_TEXT(issued ? ev->actor_key : ""),
			DB_TEXT(issued ? ev->actor_name : "")),
		e);
}

static enum err_code apply_issued(struct db *db, const struct event *ev, struct err *e)
{
	struct issued o;
	enum err_code rc = read_issued(ev, &o, e);

	if (!rc)
		rc = projection_id_used(db, "DB", (int)o.year, o.number, e);
	if (!rc)
		rc = db_run(db, ST_SUPERVISION_OUTDO,
			DB_ARGS(DB_TEXT(o.subject), DB_TEXT(or_empty(events_str(ev, "clock"))),
				DB_TEXT(or_empty(events_str(ev, "ref"))),
				DB_TIME(events_int(ev, "matter_due")), DB_INT(ev->at),
				DB_TEXT(ev->actor_name)),
			e);
	if (!rc)
		rc = add(db, ev, &o, e);
	if (!rc)
		rc = db_run(db, ST_SUPERVISION_LINE_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(o.subject),
				DB_TEXT(or_empty(events_str(ev, "clock"))),
				DB_TEXT(or_empty(events_str(ev, "ref"))), DB_TEXT(o.level),
				DB_TIME(events_int(ev, "matter_due"))),
			e);
	return rc ? rc : touch(db, ev, e);
}

/* A level is reached once about one due time. */
static enum err_code need_new_lines(struct db *db, const struct event *ev, struct err *e)
{
	int64_t twice = 0;
	enum err_code rc = db_get_int(
		db, ST_SUPERVISION_LINES_TWICE, DB_ARGS(DB_TEXT(ev->subject)), &twice, e);

	if (!rc && twice)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: %s orders what was ordered before"),
			(long long)ev->seq, ev->subject);
	return rc;
}

static enum err_code apply_issued_2(struct db *db, const struct event *ev, struct err *e)
{
	const char *lines;
	struct issued o;
	enum err_code rc = read_issued(ev, &o, e);

	if (!rc)
		rc = events_need_str(ev, "lines", &lines, e);
	if (!rc)
		rc = projection_id_used(db, "DB", (int)o.year, o.number, e);
	if (!rc)
		rc = add(db, ev, &o, e);
	if (!rc)
		rc = db_run(db, ST_SUPERVISION_LINES_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(lines), DB_TEXT(o.level)), e);
	if (!rc)
		rc = need_new_lines(db, ev, e);
	return rc ? rc : touch(db, ev, e);
}

static enum err_code apply_confirmed(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_SUPERVISION_CONFIRM,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(ev->actor_key),
			DB_TEXT(ev->actor_name)),
		e);

	return rc ? rc : touch(db, ev, e);
}

static enum err_code apply_answered(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *text;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_str(ev, "answer_text", &text, e);
	if (!rc)
		rc = db_run(db, ST_SUPERVISION_ANSWER,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(ev->actor_key),
				DB_TEXT(ev->actor_name), DB_TEXT(unit), DB_TEXT(text)),
			e);
	return rc ? rc : touch(db, ev, e);
}

static enum err_code end(struct db *db, const struct event *ev, const char *state,
	const char *result, const char *note, struct err *e)
{
	enum err_code rc = db_run(db, ST_SUPERVISION_END,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(state), DB_INT(ev->at),
			DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(result),
			DB_TEXT(or_empty(note))),
		e);

	return rc ? rc : touch(db, ev, e);
}

static enum err_code apply_settled(struct db *db, const struct event *ev, struct err *e)
{
	const char *result;
	enum err_code rc = events_need_str(ev, "result", &result, e);

	return rc ? rc : end(db, ev, "settled", result, events_str(ev, "note_text"), e);
}

static enum err_code apply_withdrawn(struct db *db, const struct event *ev, struct err *e)
{
	const char *reason;
	enum err_code rc = events_need_str(ev, "reason_text", &reason, e);

	return rc ? rc : end(db, ev, "withdrawn", "", reason, e);
}

static enum err_code apply_lapsed(struct db *db, const struct event *ev, struct err *e)
{
	const char *why;
	enum err_code rc = events_need_str(ev, "why", &why, e);

	return rc ? rc : end(db, ev, "lapsed", why, NULL, e);
}

static enum err_code apply_revived(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_SUPERVISION_REVIVE, DB_ARGS(DB_TEXT(ev->subject)), e);

	return rc ? rc : touch(db, ev, e);
}

/* What tells the lines of tasks apart names their unit, so that it has to follow. */
static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = unit_moves_apply(db, ev, ST_UNIT_MOVE_ORDERS, e);

	return rc ? rc : unit_moves_apply(db, ev, ST_UNIT_MOVE_ORDER_LINES, e);
}

static const struct projection_kind kinds[] = {
	{"order.issued/1", apply_issued},
	{"order.issued/2", apply_issued_2},
	{"order.confirmed/1", apply_confirmed},
	{"order.answered/1", apply_answered},
	{"order.settled/1", apply_settled},
	{"order.withdrawn/1", apply_withdrawn},
	{"order.lapsed/1", apply_lapsed},
	{"order.revived/1", apply_revived},
	{UNIT_TRANSFERRED, apply_transferred},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"supervision_orders", "id"},
	{"supervision_lines", "order_id, n"},
	{NULL, NULL},
};

const struct projection_module supervision_projection = {kinds, tables};

/* --- reading --- */

bool supervision_is_open(const struct supervision_order *o)
{
	return strcmp(o->state, "proposed") == 0 || strcmp(o->state, "issued") == 0 ||
	       strcmp(o->state, "answered") == 0;
}

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct supervision_order *o = record;

	const char **texts[] = {&o->id, &o->subject, &o->case_id, &o->clock, &o->ref, &o->level,
		&o->unit, &o->told, &o->basis, &o->reason, &o->feedback_unit, &o->feedback_roll,
		&o->settles, &o->state, &o->issued_by, &o->issued_name, &o->answered_by,
		&o->answered_name, &o->answered_unit, &o->answer, &o->ended_by, &o->ended_name,
		&o->result, &o->note};
	int64_t *numbers[] = {&o->matter_due, &o->feedback_amount, &o->made_at, &o->issued_at,
		&o->answered_at, &o->ended_at, &o->feedback_due, &o->lines, &o->feedback_tentative,
		&o->matter_tentative};
	const int n = (int)(sizeof texts / sizeof *texts);

	for (int i = 0; i < n; i++)
		*texts[i] = arena_strdup(a, db_text(q, i));
	for (int i = 0; i < (int)(sizeof numbers / sizeof *numbers); i++)
		*numbers[i] = db_int(q, n + i);
}

static const size_t texts[] = {offsetof(struct supervision_order, reason),
	offsetof(struct supervision_order, answer), offsetof(struct supervision_order, note)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct supervision_order **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts), e);
}

enum err_code supervision_get(struct db *db, const char *id, struct arena *a,
	struct supervision_order *out, struct err *e)
{
	struct supervision_order *list = NULL;
	size_t count = 0;
	enum err_code rc =
		read_all(db, ST_SUPERVISION_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no order %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code supervision_list(struct db *db, bool open, struct arena *a,
	struct supervision_order **out, size_t *count, struct err *e)
{
	return read_all(
		db, open ? ST_SUPERVISION_OPEN : ST_SUPERVISION_ALL, DB_NO_ARGS, a, out, count, e);
}

enum err_code supervision_of_case(struct db *db, const char *case_id, struct arena *a,
	struct supervision_order **out, size_t *count, struct err *e)
{
	return read_all(db, ST_SUPERVISION_OF_CASE, DB_ARGS(DB_TEXT(case_id)), a, out, count, e);
}

enum err_code supervision_of_subject(struct db *db, const char *subject, struct arena *a,
	struct supervision_order **out, size_t *count, struct err *e)
{
	return read_all(db, ST_SUPERVISION_OF_SUBJECT, DB_ARGS(DB_TEXT(subject)), a, out, count, e);
}

enum err_code supervision_find(struct db *db, const struct supervision_matter *m, const char *level,
	char id[IDS_SIZE], struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_SUPERVISION_FIND,
		DB_ARGS(DB_TEXT(m->subject), DB_TEXT(m->clock), DB_TEXT(m->ref), DB_TEXT(level),
			DB_INT(m->due)),
		&q, e);

	*id = '\0';
	if (!rc && db_next(&q) && db_size(&q, 0) < IDS_SIZE)
		memcpy(id, db_text(&q, 0), db_size(&q, 0) + 1);
	rc = db_end(&q, rc, e);
	return rc || *id ? rc : ERR_NOT_FOUND;
}

static void read_line(struct db_rows *q, struct arena *a, void *record)
{
	struct supervision_matter *m = record;

	m->subject = arena_strdup(a, db_text(q, 0));
	m->clock = arena_strdup(a, db_text(q, 1));
	m->ref = arena_strdup(a, db_text(q, 2));
	m->due = db_int(q, 3);
}

enum err_code supervision_lines(struct db *db, const char *id, struct arena *a,
	struct supervision_matter **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_SUPERVISION_LINES, DB_ARGS(DB_TEXT(id)), sizeof **out, read_line, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code supervision_line_outdone(
	struct db *db, const char *id, size_t n, bool issued, bool *out, struct err *e)
{
	int64_t yes = 0;
	enum err_code rc = db_get_int(db, ST_SUPERVISION_LINE_OUTDONE,
		DB_ARGS(DB_TEXT(id), DB_INT((int64_t)n), DB_INT(issued)), &yes, e);

	*out = yes != 0;
	return rc;
}

static void read_id(struct db_rows *q, struct arena *a, void *record)
{
	*(const char **)record = arena_strdup(a, db_text(q, 0));
}

enum err_code supervision_reminders(struct db *db, const char *id, struct arena *a,
	const char ***out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_SUPERVISION_REMINDERS, DB_ARGS(DB_TEXT(id)),
		sizeof **out, read_id, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code supervision_is_grouped(
	struct db *db, const char *unit, const char *level, int64_t since, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_SUPERVISION_GROUPED,
		DB_ARGS(DB_TEXT(unit), DB_TEXT(level), DB_INT(since)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
