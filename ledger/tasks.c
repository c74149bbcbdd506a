/*
 * tasks.c - applies the events about tasks; reading is in tasks_read.c.
 */
#include "ledger/tasks.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/projection.h"
#include "ledger/unit_moves.h"

static const char *text_of(const struct event *ev, const char *key)
{
	const char *s = events_str(ev, key);

	return s ? s : "";
}

static int64_t number_of(const struct event *ev, const char *key)
{
	int64_t n = events_int(ev, key);

	return n == TIME_NONE ? 0 : n;
}

static enum err_code bump(struct db *db, const struct event *ev, enum err_code rc, struct err *e)
{
	return rc ? rc : db_run(db, ST_TASK_BUMP, DB_ARGS(DB_TEXT(ev->subject)), e);
}

static enum err_code count_open(
	struct db *db, const struct event *ev, enum err_code rc, struct err *e)
{
	if (!rc)
		rc = db_run(db, ST_TASK_COUNT_OPEN, DB_ARGS(DB_TEXT(ev->subject)), e);
	return bump(db, ev, rc, e);
}

static enum err_code need_texts(const struct event *ev, const char *const *keys, struct err *e)
{
	const char *ignored;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && keys[i]; i++)
		rc = events_need_str(ev, keys[i], &ignored, e);
	return rc;
}

static enum err_code apply_added(struct db *db, const struct event *ev, struct err *e)
{
	static const char *const needed[] = {"plan", "item", "kind", "words_text", "made_on", NULL};
	int64_t year, number;
	enum err_code rc = events_need_int(ev, "year", &year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &number, e);
	if (!rc)
		rc = need_texts(ev, needed, e);
	if (!rc)
		rc = projection_id_used(db, "RW", (int)year, number, e);
	if (rc)
		return rc;
	return db_run(db, ST_TASK_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(year), DB_INT(number),
			DB_TEXT(text_of(ev, "plan")), DB_TEXT(text_of(ev, "item")),
			DB_TEXT(text_of(ev, "kind")), DB_TEXT(text_of(ev, "words_text")),
			DB_TEXT(text_of(ev, "made_on")), DB_TEXT(text_of(ev, "due_date")),
			DB_TIME(events_int(ev, "due_at")), DB_TEXT(text_of(ev, "period")),
			DB_TEXT(text_of(ev, "trigger_text")), DB_INT(number_of(ev, "limit_amount")),
			DB_TEXT(text_of(ev, "limit_unit")), DB_TEXT(text_of(ev, "note_text")),
			DB_TEXT(text_of(ev, "review_date")), DB_TIME(events_int(ev, "review_at")),
			DB_TEXT(text_of(ev, "review_rule")), DB_INT(ev->at),
			DB_TEXT(ev->actor_name)),
		e);
}

static enum err_code apply_revised(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_TASK_REVISE,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(text_of(ev, "words_text")),
			DB_TEXT(text_of(ev, "trigger_text")), DB_TEXT(text_of(ev, "note_text"))),
		e);
}

static enum err_code apply_assigned(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *role;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_str(ev, "role", &role, e);
	if (!rc)
		rc = db_run(db, ST_TASK_ASSIGN,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(unit), DB_TEXT(role),
				DB_TEXT(text_of(ev, "group")), DB_INT(number_of(ev, "n")),
				DB_INT(ev->at)),
			e);
	if (!rc)
		rc = db_run(
			db, ST_TASK_JOIN_LINES, DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(unit)), e);
	return count_open(db, ev, rc, e);
}

static enum err_code apply_released(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = db_run(db, ST_TASK_RELEASE,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(unit), DB_INT(ev->at)), e);
	if (!rc)
		rc = db_run(
			db, ST_TASK_LEAVE_LINES, DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(unit)), e);
	return count_open(db, ev, rc, e);
}

static enum err_code apply_opened(struct db *db, const struct event *ev, struct err *e)
{
	const char *ref = text_of(ev, "ref"), *unit = text_of(ev, "unit");
	enum err_code rc = db_run(db, ST_TASK_OPEN,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(ref), DB_INT(ev->seq), DB_INT(ev->at),
			DB_TEXT(text_of(ev, "from_date")), DB_TEXT(text_of(ev, "to_date")),
			DB_TEXT(text_of(ev, "due_date")), DB_TEXT(text_of(ev, "note_text")),
			DB_TIME(events_int(ev, "due_at")), DB_TEXT(unit)),
		e);

	if (!rc)
		rc = db_run(db, ST_TASK_OPEN_LINES,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(ref), DB_TEXT(unit)), e);
	return bump(db, ev, rc, e);
}

static enum err_code mark_done(struct db *db, const struct event *ev, const char *on, struct err *e)
{
	return db_run(db, ST_TASK_DONE,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(text_of(ev, "ref")),
			DB_TEXT(text_of(ev, "unit")), DB_INT(ev->at), DB_TEXT(on),
			DB_TEXT(ev->actor_name)),
		e);
}

static enum err_code add_progress(
	struct db *db, const struct event *ev, const char *unit, const char *on, struct err *e)
{
	const char *ref = text_of(ev, "ref");
	int64_t done = number_of(ev, "share_done"), of = number_of(ev, "share_of");
	enum err_code rc = db_run(db, ST_TASK_PROGRESS,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_TEXT(ref), DB_TEXT(unit),
			DB_TEXT(on), DB_INT(ev->at), DB_TEXT(text_of(ev, "note_text")),
			DB_INT(done), DB_INT(of), DB_TEXT(ev->actor_name)),
		e);

	if (!rc && of > 0)
		rc = db_run(db, ST_TASK_SHARE,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(ref), DB_TEXT(unit), DB_INT(done),
				DB_INT(of)),
			e);
	return rc;
}

static enum err_code apply_progressed(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *on;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_str(ev, "on_date", &on, e);
	if (!rc)
		rc = add_progress(db, ev, unit, on, e);
	if (!rc && number_of(ev, "done") == 1)
		rc = mark_done(db, ev, on, e);
	return count_open(db, ev, rc, e);
}

static enum err_code apply_claimed(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *on;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_str(ev, "done_on", &on, e);
	if (!rc)
		rc = db_run(db, ST_TASK_CLAIM,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(text_of(ev, "ref")), DB_TEXT(unit),
				DB_INT(ev->at), DB_TEXT(on), DB_TEXT(ev->actor_key),
				DB_TEXT(ev->actor_name)),
			e);
	return bump(db, ev, rc, e);
}

static enum err_code apply_claim_refused(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = db_run(db, ST_TASK_UNCLAIM,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(text_of(ev, "ref")), DB_TEXT(unit)),
			e);
	return bump(db, ev, rc, e);
}

static enum err_code apply_verified(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *on;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_str(ev, "done_on", &on, e);
	if (!rc)
		rc = mark_done(db, ev, on, e);
	return count_open(db, ev, rc, e);
}

static enum err_code apply_reviewed(struct db *db, const struct event *ev, struct err *e)
{
	const char *date;
	enum err_code rc = events_need_str(ev, "review_date", &date, e);

	if (rc)
		return rc;
	return db_run(db, ST_TASK_REVIEW,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(date), DB_TIME(events_int(ev, "review_at")),
			DB_TEXT("given")),
		e);
}

static enum err_code apply_closed(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_TASK_CLOSE,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(ev->actor_name),
			DB_TEXT(text_of(ev, "note_text"))),
		e);
}

/* Lines that are not done follow their unit; where the other has one of the same it is that
 * one's, and what was claimed waits under the old name. */
static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	static const enum statement moves[] = {ST_TASK_MOVE_UNITS, ST_TASK_MOVE_UNITS_LEFT,
		ST_TASK_MOVE_LINES, ST_TASK_MOVE_LINES_LEFT, ST_TASK_MOVE_COUNT};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof moves / sizeof *moves; i++)
		rc = unit_moves_apply(db, ev, moves[i], e);
	return rc;
}

static const struct projection_kind kinds[] = {
	{"plan.imported/1", projection_nothing},
	{"task.added/1", apply_added},
	{"task.revised/1", apply_revised},
	{"task.assigned/1", apply_assigned},
	{"task.released/1", apply_released},
	{"task.opened/1", apply_opened},
	{"task.progressed/1", apply_progressed},
	{"task.claimed/1", apply_claimed},
	{"task.claim_refused/1", apply_claim_refused},
	{"task.verified/1", apply_verified},
	{"task.reviewed/1", apply_reviewed},
	{"task.closed/1", apply_closed},
	{UNIT_TRANSFERRED, apply_transferred},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"tasks", "id"},
	{"task_units", "task, unit"},
	{"task_occasions", "task, ref"},
	{"task_lines", "task, ref, unit"},
	{"task_progress", "task, seq"},
	{NULL, NULL},
};

const struct projection_module tasks_projection = {kinds, tables};
