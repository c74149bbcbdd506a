/*
 * cases.c - applies the events about cases. What is read back is in cases_read.c.
 */
#include "ledger/cases.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/decisions.h"
#include "ledger/projection.h"
#include "ledger/unit_moves.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

enum err_code cases_touch(struct db *db, const char *id, const struct event *ev, struct err *e)
{
	return db_run(db, ST_CASE_TOUCH,
		DB_ARGS(DB_TEXT(id), DB_INT(ev->at), DB_TEXT(ev->actor_name), DB_TEXT(ev->kind)),
		e);
}

static enum err_code add_unit(
	struct db *db, const struct event *ev, int64_t n, const char *unit, struct err *e)
{
	return db_run(db, ST_CASE_UNIT_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(n), DB_TEXT(unit),
			DB_TEXT(n ? "co" : "lead"), DB_INT(ev->at)),
		e);
}

/* A unit that has held on in this role is not given the case again. */
static enum err_code give_unit(
	struct db *db, const struct event *ev, int64_t n, const char *unit, struct err *e)
{
	bool holds = false;
	enum err_code rc = cases_holds_as(db, ev->subject, unit, n == 0, &holds, e);

	return rc || holds ? rc : add_unit(db, ev, n, unit, e);
}

/* The lead and the co-units of an event hold the case from now on. */
static enum err_code add_units(
	struct db *db, const struct event *ev, const char *lead, struct err *e)
{
	const char *list = events_str(ev, "co");
	struct json *co = NULL;
	enum err_code rc = give_unit(db, ev, 0, lead, e);

	if (!rc && list)
		rc = json_read(list, str_of(list).n, &co, e);
	for (size_t i = 0; !rc && i < json_size(co); i++) {
		const char *unit = json_str(json_at(co, i));
		if (!unit)
			rc = err_set(e, ERR_INTEGRITY, _("event %lld: “co” is no list of names"),
				(long long)ev->seq);
		else
			rc = give_unit(db, ev, (int64_t)i + 1, unit, e);
	}
	json_free(co);
	return rc;
}

static enum err_code add_grade(
	struct db *db, const struct event *ev, const char *grade, struct err *e)
{
	return db_run(db, ST_CASE_GRADE_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(grade),
			DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
			DB_TEXT(or_empty(events_str(ev, "reason_text")))),
		e);
}

struct opened {
	int64_t year, number, story, raised_at, discovered_at, clock_start;
	const char *title, *grade, *lead, *level;
};

static enum err_code read_opened(const struct event *ev, struct opened *o, struct err *e)
{
	enum err_code rc = events_need_int(ev, "year", &o->year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &o->number, e);
	if (!rc)
		rc = events_need_int(ev, "story", &o->story, e);
	if (!rc)
		rc = events_need_int(ev, "raised_at", &o->raised_at, e);
	if (!rc)
		rc = events_need_int(ev, "discovered_at", &o->discovered_at, e);
	if (!rc)
		rc = events_need_int(ev, "clock_start", &o->clock_start, e);
	if (!rc)
		rc = events_need_str(ev, "title_text", &o->title, e);
	if (!rc)
		rc = events_need_str(ev, "grade", &o->grade, e);
	if (!rc)
		rc = events_need_str(ev, "lead", &o->lead, e);
	return rc ? rc : events_need_str(ev, "level", &o->level, e);
}

static enum err_code insert_case(
	struct db *db, const struct event *ev, const struct opened *o, struct err *e)
{
	return db_run(db, ST_CASE_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(o->year), DB_INT(o->number), DB_INT(o->story),
			DB_TEXT(o->title), DB_TEXT(or_empty(events_str(ev, "topics"))),
			DB_TEXT(o->grade), DB_TEXT(or_empty(events_str(ev, "suggested"))),
			DB_TEXT(or_empty(events_str(ev, "place"))),
			DB_TEXT(or_empty(events_str(ev, "category"))), DB_TEXT(o->level),
			DB_TEXT(o->lead), DB_TIME(events_int(ev, "published_at")),
			DB_INT(o->raised_at), DB_INT(o->discovered_at), DB_INT(o->clock_start),
			DB_INT(ev->at), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
			DB_TEXT(or_empty(events_str(ev, "coordinator")))),
		e);
}

static enum err_code apply_opened(struct db *db, const struct event *ev, struct err *e)
{
	struct opened o;
	enum err_code rc = read_opened(ev, &o, e);

	if (!rc)
		rc = projection_id_used(db, "YQ", (int)o.year, o.number, e);
	if (!rc)
		rc = insert_case(db, ev, &o, e);
	if (!rc)
		rc = add_units(db, ev, o.lead, e);
	if (!rc)
		rc = add_grade(db, ev, o.grade, e);
	if (!rc)
		rc = decisions_settle(db, ev, o.story, DECISIONS_CASE, ev->subject, e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

/* Who held it does so no longer; of the second version only those that are not named again
 * in their role. */
static enum err_code end_units(
	struct db *db, const struct event *ev, const char *lead, bool all, struct err *e)
{
	const char *co = events_str(ev, "co");

	if (all)
		return db_run(
			db, ST_CASE_UNITS_END, DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at)), e);
	return db_run(db, ST_CASE_UNITS_END_OTHERS,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(lead),
			DB_TEXT(co ? co : "[]")),
		e);
}

static enum err_code assign(struct db *db, const struct event *ev, bool all, struct err *e)
{
	const char *lead, *level;
	enum err_code rc = events_need_str(ev, "lead", &lead, e);

	if (!rc)
		rc = events_need_str(ev, "level", &level, e);
	if (!rc)
		rc = end_units(db, ev, lead, all, e);
	if (!rc)
		rc = db_run(db, ST_CASE_SET_LEAD,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(lead), DB_TEXT(level)), e);
	if (!rc)
		rc = add_units(db, ev, lead, e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_assigned(struct db *db, const struct event *ev, struct err *e)
{
	return assign(db, ev, true, e);
}

static enum err_code apply_assigned_2(struct db *db, const struct event *ev, struct err *e)
{
	bool final = events_int(ev, "final") == 1;
	enum err_code rc = assign(db, ev, false, e);

	if (rc)
		return rc;
	return db_run(db, ST_CASE_SET_FINAL,
		DB_ARGS(DB_TEXT(ev->subject),
			DB_TEXT(final ? or_empty(events_str(ev, "lead")) : ""),
			DB_TEXT(final ? ev->actor_name : ""),
			DB_TEXT(or_empty(events_str(ev, "coordinator")))),
		e);
}

static enum err_code set_grade(struct db *db, const struct event *ev, struct err *e)
{
	const char *grade;
	enum err_code rc = events_need_str(ev, "grade", &grade, e);

	if (!rc)
		rc = db_run(
			db, ST_CASE_SET_GRADE, DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(grade)), e);
	if (!rc)
		rc = add_grade(db, ev, grade, e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_graded(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = set_grade(db, ev, e);

	return rc ? rc : db_run(db, ST_CLOCK_REPLACE, DB_ARGS(DB_TEXT(ev->subject)), e);
}

static enum err_code apply_graded_2(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = set_grade(db, ev, e);

	return rc ? rc
		  : db_run(db, ST_CLOCK_REPLACE_BUT,
			    DB_ARGS(DB_TEXT(ev->subject),
				    DB_TEXT(or_empty(events_str(ev, "kept")))),
			    e);
}

static enum err_code apply_corrected(struct db *db, const struct event *ev, struct err *e)
{
	const char *place = events_str(ev, "place"), *category = events_str(ev, "category");
	enum err_code rc = ERR_OK;

	if (place)
		rc = db_run(
			db, ST_CASE_SET_PLACE, DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(place)), e);
	if (!rc && category)
		rc = db_run(db, ST_CASE_SET_CATEGORY,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(category)), e);
	if (!rc && events_int(ev, "limits") == 1)
		rc = db_run(db, ST_CLOCK_REPLACE_BUT,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(or_empty(events_str(ev, "kept")))),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_returned(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = db_run(db, ST_CASE_UNIT_END,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(unit), DB_INT(ev->at)), e);
	if (!rc)
		rc = db_run(db, ST_CASE_CAME_BACK, DB_ARGS(DB_TEXT(ev->subject)), e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_signed(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	int64_t at;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_int(ev, "at", &at, e);
	if (!rc)
		rc = db_run(db, ST_CASE_UNIT_SIGN,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(unit), DB_INT(at),
				DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_finished(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_CASE_FINISH,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(ev->actor_key),
			DB_TEXT(ev->actor_name)),
		e);

	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_reopened(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_CASE_REOPEN, DB_ARGS(DB_TEXT(ev->subject)), e);

	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_closed(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_CASE_CLOSE,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(ev->actor_key),
			DB_TEXT(ev->actor_name)),
		e);

	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	const char *from, *to, *level, *topic = or_empty(events_str(ev, "topic"));
	enum err_code rc = events_need_str(ev, "from", &from, e);

	if (!rc)
		rc = events_need_str(ev, "to", &to, e);
	if (!rc)
		rc = events_need_str(ev, "level", &level, e);
	if (!rc)
		rc = db_run(db, ST_UNIT_MOVE_CASES,
			DB_ARGS(DB_TEXT(from), DB_TEXT(to), DB_TEXT(topic), DB_TEXT(level),
				DB_INT(ev->at), DB_TEXT(ev->actor_name), DB_TEXT(ev->kind)),
			e);
	for (int i = 0; !rc && i < 2; i++)
		rc = db_run(db, i ? ST_UNIT_MOVE_HOLDERS_END : ST_UNIT_MOVE_HOLDERS_GIVE,
			DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(from), DB_TEXT(to),
				DB_TEXT(topic)),
			e);
	return rc;
}

static const struct projection_kind kinds[] = {
	{"case.opened/1", apply_opened},
	{"case.opened/2", apply_opened},
	{"case.assigned/1", apply_assigned},
	{"case.assigned/2", apply_assigned_2},
	{"case.graded/1", apply_graded},
	{"case.graded/2", apply_graded_2},
	{"case.corrected/1", apply_corrected},
	{"case.returned/1", apply_returned},
	{"case.returned/2", apply_returned},
	{"case.signed/1", apply_signed},
	{"case.finished/1", apply_finished},
	{"case.reopened/1", apply_reopened},
	{"case.closed/1", apply_closed},
	{UNIT_TRANSFERRED, apply_transferred},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"cases", "id"},
	{"case_units", "case_id, seq, n"},
	{"case_grades", "case_id, seq"},
	{NULL, NULL},
};

const struct projection_module cases_projection = {kinds, tables};
