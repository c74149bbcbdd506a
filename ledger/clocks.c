/*
 * clocks.c - applies and reads running limits.
 */
#include "ledger/clocks.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/ids.h"
#include "ledger/projection.h"
#include "ledger/rows.h"
#include "ledger/unit_moves.h"

enum err_code clocks_meet(struct db *db, const char *case_id, const char *clock, int64_t at,
	const char *by, struct err *e)
{
	return db_run(db, ST_CLOCK_MEET,
		DB_ARGS(DB_TEXT(case_id), DB_TEXT(clock), DB_INT(at), DB_TEXT(by)), e);
}

/* By the first of the answers that are accepted now, when there is one. */
static enum err_code meet_by_first(
	struct db *db, const char *case_id, const char *clock, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char id[64] = "";
	int64_t at = 0;
	enum err_code rc = db_query(db, ST_RESPONSE_FIRST,
		DB_ARGS(DB_TEXT(case_id), DB_INT(strcmp(clock, "press") == 0)), &q, e);

	if (!rc && db_next(&q) && db_size(&q, 0) < sizeof id) {
		memcpy(id, db_text(&q, 0), db_size(&q, 0) + 1);
		at = db_int(&q, 1);
	}
	rc = db_end(&q, rc, e);
	return rc || !*id ? rc : clocks_meet(db, case_id, clock, at, id, e);
}

enum err_code clocks_unmeet(struct db *db, const char *case_id, const struct event *ev,
	const char *reason, struct err *e)
{
	enum err_code rc = db_run(db, ST_CLOCK_UNMET_NOTE,
		DB_ARGS(DB_TEXT(case_id), DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at),
			DB_TEXT(ev->actor_name), DB_TEXT(reason)),
		e);

	if (!rc)
		rc = db_run(
			db, ST_CLOCK_UNMEET, DB_ARGS(DB_TEXT(case_id), DB_TEXT(ev->subject)), e);
	if (!rc)
		rc = meet_by_first(db, case_id, "response", e);
	return rc ? rc : meet_by_first(db, case_id, "press", e);
}

bool clocks_is_met_by(const char *clock, bool press)
{
	return strcmp(clock, "response") == 0 || strcmp(clock, "order") == 0 ||
	       (press && strcmp(clock, "press") == 0);
}

static const char *str_or(const struct event *ev, const char *key, const char *otherwise)
{
	const char *s = events_str(ev, key);

	return s ? s : otherwise;
}

static int64_t int_or_0(const struct event *ev, const char *key)
{
	int64_t n = events_int(ev, key);

	return n == TIME_NONE ? 0 : n;
}

/* Version 1 lacks what is optional here. */
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
				DB_TIME(events_int(ev, "shown_from_published")),
				DB_TEXT(str_or(ev, "who", "")), DB_TEXT(str_or(ev, "ref", "")),
				DB_TEXT(str_or(ev, "roll", "none")), DB_INT(due_at),
				DB_TIME(events_int(ev, "near_at")),
				DB_INT(int_or_0(ev, "tentative")),
				DB_TEXT(str_or(ev, "calendar", "")), DB_INT(int_or_0(ev, "pauses")),
				DB_INT(int_or_0(ev, "extension_amount")),
				DB_TEXT(str_or(ev, "extension_unit", ""))),
			e);
	/* One that starts after the answer (a grade raised late) is met by it at once. */
	if (!rc && clocks_is_met_by(clock, true))
		rc = meet_by_first(db, ev->subject, clock, e);
	return rc;
}

/* --- what happens to a clock --- */

struct changed {
	const char *what;
	int64_t clock, at, due_before, due_after, amount;
	const char *unit, *reason;
};

/* The clock that the event is about and its due time until now. */
static enum err_code read_changed(
	struct db *db, const struct event *ev, const char *what, struct changed *c, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = events_need_int(ev, "clock", &c->clock, e);

	c->what = what;
	c->at = ev->at;
	c->unit = c->reason = "";
	c->amount = 0;
	if (!rc)
		rc = db_query(db, ST_CLOCK_GET, DB_ARGS(DB_INT(c->clock)), &q, e);
	if (!rc && db_next(&q)) {
		found = strcmp(db_text(&q, 2), ev->subject) == 0;
		c->due_before = c->due_after = db_int(&q, 9);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: %s has no clock %lld"),
			(long long)ev->seq, ev->subject, (long long)c->clock);
	return rc;
}

/* What a person did about a limit of a case changes the case. */
static enum err_code touch(struct db *db, const struct event *ev, struct err *e)
{
	struct ids id;

	if (!ids_parse(ev->subject, &id) || id.type != IDS_CASE)
		return ERR_OK;
	return cases_touch(db, ev->subject, ev, e);
}

static enum err_code keep_change(
	struct db *db, const struct event *ev, const struct changed *c, struct err *e)
{
	return db_run(db, ST_CLOCK_CHANGE_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(c->clock), DB_INT(c->at), DB_TEXT(c->what),
			DB_INT(c->due_before), DB_INT(c->due_after), DB_INT(c->amount),
			DB_TEXT(c->unit), DB_TEXT(ev->actor_name), DB_TEXT(c->reason)),
		e);
}

static enum err_code set_due(
	struct db *db, const struct event *ev, struct changed *c, struct err *e)
{
	enum err_code rc = events_need_int(ev, "due_at", &c->due_after, e);

	if (!rc)
		rc = db_run(db, ST_CLOCK_DUE,
			DB_ARGS(DB_INT(c->clock), DB_INT(c->due_after),
				DB_TIME(events_int(ev, "near_at")),
				DB_INT(int_or_0(ev, "tentative")),
				DB_TEXT(str_or(ev, "calendar", ""))),
			e);
	return rc ? rc : keep_change(db, ev, c, e);
}

/* Version 1 stood still when it was written down. */
static enum err_code apply_paused(struct db *db, const struct event *ev, struct err *e)
{
	struct changed c;
	int64_t at = events_int(ev, "at");
	enum err_code rc = read_changed(db, ev, "paused", &c, e);

	if (at != TIME_NONE)
		c.at = at;
	c.reason = str_or(ev, "third_party_text", "");
	if (!rc)
		rc = db_run(db, ST_CLOCK_PAUSE, DB_ARGS(DB_INT(c.clock), DB_INT(c.at)), e);
	if (!rc)
		rc = touch(db, ev, e);
	return rc ? rc : keep_change(db, ev, &c, e);
}

/* Version 1 ran on when it was written down. */
static enum err_code apply_resumed(struct db *db, const struct event *ev, struct err *e)
{
	struct changed c;
	int64_t at = events_int(ev, "at");
	enum err_code rc = read_changed(db, ev, "resumed", &c, e);

	if (at != TIME_NONE)
		c.at = at;
	if (!rc)
		rc = db_run(db, ST_CLOCK_RESUME, DB_ARGS(DB_INT(c.clock)), e);
	if (!rc)
		rc = touch(db, ev, e);
	return rc ? rc : set_due(db, ev, &c, e);
}

static enum err_code apply_extended(struct db *db, const struct event *ev, struct err *e)
{
	struct changed c;
	enum err_code rc = read_changed(db, ev, "extended", &c, e);

	if (!rc)
		rc = events_need_int(ev, "amount", &c.amount, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &c.unit, e);
	c.reason = str_or(ev, "reason_text", "");
	if (!rc)
		rc = db_run(db, ST_CLOCK_EXTENDED, DB_ARGS(DB_INT(c.clock)), e);
	if (!rc)
		rc = touch(db, ev, e);
	return rc ? rc : set_due(db, ev, &c, e);
}

static enum err_code apply_recomputed(struct db *db, const struct event *ev, struct err *e)
{
	struct changed c;
	enum err_code rc = read_changed(db, ev, "recomputed", &c, e);

	return rc ? rc : set_due(db, ev, &c, e);
}

static enum err_code apply_ended(struct db *db, const struct event *ev, struct err *e)
{
	struct changed c;
	const char *how;
	int64_t at;
	enum err_code rc = read_changed(db, ev, "ended", &c, e);

	if (!rc)
		rc = events_need_str(ev, "how", &how, e);
	if (!rc)
		rc = events_need_int(ev, "at", &at, e);
	if (!rc)
		rc = db_run(db, ST_CLOCK_END,
			DB_ARGS(DB_INT(c.clock), DB_TEXT(how), DB_TIME(at),
				DB_TEXT(str_or(ev, "by", ""))),
			e);
	return rc ? rc : keep_change(db, ev, &c, e);
}

static enum err_code apply_calendar(struct db *db, const struct event *ev, struct err *e)
{
	const char *hash, *years;
	int64_t changed;
	enum err_code rc = events_need_str(ev, "calendar", &hash, e);

	if (!rc)
		rc = events_need_str(ev, "years", &years, e);
	if (!rc)
		rc = events_need_int(ev, "changed", &changed, e);
	if (rc)
		return rc;
	return db_run(db, ST_CALENDAR_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(hash), DB_TEXT(years),
			DB_INT(changed)),
		e);
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
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(what), DB_INT(due_at), DB_INT(ev->seq),
			DB_INT(int_or_0(ev, "clock")), DB_TEXT(str_or(ev, "unit", "")),
			DB_TEXT(str_or(ev, "step", "due"))),
		e);
}

/* The limit of an instruction goes with it. */
static enum err_code apply_instruction_moved(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = db_run(db, ST_CLOCK_INSTRUCTION_MOVED,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_TEXT(unit)), e);
	return rc;
}

static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	return unit_moves_apply(db, ev, ST_UNIT_MOVE_LIMITS, e);
}

static const struct projection_kind kinds[] = {
	{"clock.started/1", apply_started},
	{"clock.started/2", apply_started},
	{"clock.paused/1", apply_paused},
	{"clock.paused/2", apply_paused},
	{"clock.resumed/1", apply_resumed},
	{"clock.resumed/2", apply_resumed},
	{"clock.extended/1", apply_extended},
	{"clock.recomputed/1", apply_recomputed},
	{"clock.ended/1", apply_ended},
	{"calendar.changed/1", apply_calendar},
	{"limit.reached/1", apply_reached},
	{"limit.reached/2", apply_reached},
	{"case.instruction_moved/1", apply_instruction_moved},
	{UNIT_TRANSFERRED, apply_transferred},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"clocks", "seq"},
	{"clock_changes", "clock, seq"},
	{"calendars", "seq"},
	{"limits_reached", "subject, what, due_at, clock, step, unit"},
	{NULL, NULL},
};

const struct projection_module clocks_projection = {kinds, tables};

/* --- reading --- */

static void read_clock(struct db_rows *q, struct arena *a, void *record)
{
	struct clock_record *c = record;

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
	c->who = arena_strdup(a, db_text(q, 14));
	c->ref = arena_strdup(a, db_text(q, 15));
	c->roll = arena_strdup(a, db_text(q, 16));
	c->first_due_at = db_int(q, 17);
	c->tentative = db_int(q, 18);
	c->calendar = arena_strdup(a, db_text(q, 19));
	c->pauses = db_int(q, 20) != 0;
	c->paused_at = db_int(q, 21);
	c->extension_amount = db_int(q, 22);
	c->extension_unit = arena_strdup(a, db_text(q, 23));
	c->extended = db_int(q, 24);
	c->near_at = db_int(q, 25);
}

static enum err_code read_clocks(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct clock_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_clock, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code clocks_of(struct db *db, const char *subject, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	return read_clocks(db, ST_CLOCKS_OF, DB_ARGS(DB_TEXT(subject)), a, out, count, e);
}

enum err_code clocks_running(struct db *db, int64_t until, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	return read_clocks(db, ST_CLOCKS_RUNNING, DB_ARGS(DB_INT(until)), a, out, count, e);
}

enum err_code clocks_passed(struct db *db, int64_t until, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	return read_clocks(db, ST_CLOCKS_PASSED, DB_ARGS(DB_INT(until)), a, out, count, e);
}

enum err_code clocks_near(struct db *db, int64_t now, struct arena *a, struct clock_record **out,
	size_t *count, struct err *e)
{
	return read_clocks(db, ST_CLOCKS_NEAR, DB_ARGS(DB_INT(now)), a, out, count, e);
}

enum err_code clocks_of_other_calendar(struct db *db, const char *calendar, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e)
{
	return read_clocks(
		db, ST_CLOCKS_OTHER_CALENDAR, DB_ARGS(DB_TEXT(calendar)), a, out, count, e);
}

static void read_change(struct db_rows *q, struct arena *a, void *record)
{
	struct clock_change *c = record;

	c->seq = db_int(q, 0);
	c->at = db_int(q, 1);
	c->what = arena_strdup(a, db_text(q, 2));
	c->due_before = db_int(q, 3);
	c->due_after = db_int(q, 4);
	c->amount = db_int(q, 5);
	c->unit = arena_strdup(a, db_text(q, 6));
	c->by_name = arena_strdup(a, db_text(q, 7));
	c->reason = db_text(q, 8) ? arena_strdup(a, db_text(q, 8)) : NULL;
}

enum err_code clocks_changes(struct db *db, int64_t clock, struct arena *a,
	struct clock_change **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_CLOCK_CHANGES, DB_ARGS(DB_INT(clock)), sizeof **out, read_change, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code clocks_count_tentative(struct db *db, int64_t *count, struct err *e)
{
	return db_get_int(db, ST_CLOCKS_TENTATIVE, DB_NO_ARGS, count, e);
}

enum err_code clocks_last_calendar(struct db *db, struct arena *a, const char **hash, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_CALENDAR_LAST, DB_NO_ARGS, &q, e);

	*hash = "";
	if (!rc && db_next(&q))
		*hash = arena_strdup(a, db_text(&q, 0));
	rc = db_end(&q, rc, e);
	return rc || *hash ? rc : err_nomem(e);
}

static void read_subject(struct db_rows *q, struct arena *a, void *record)
{
	*(const char **)record = arena_strdup(a, db_text(q, 0));
}

enum err_code clocks_asked_in_vain(struct db *db, int64_t now, struct arena *a, const char ***out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_CLOCKS_ASKED_IN_VAIN, DB_ARGS(DB_INT(now)),
		sizeof **out, read_subject, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

bool clocks_is_late(const struct clock_record *c, int64_t now)
{
	return (c->met_at == TIME_NONE ? now : c->met_at) > c->due_at;
}

enum err_code clocks_is_told(struct db *db, const char *subject, int64_t clock, int64_t due_at,
	const char *step, const char *unit, bool *told, struct err *e)
{
	int64_t seq;
	enum err_code rc = db_get_int(db, ST_LIMIT_IS_TOLD,
		DB_ARGS(DB_TEXT(subject), DB_INT(clock), DB_INT(due_at), DB_TEXT(step),
			DB_TEXT(unit)),
		&seq, e);

	*told = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code clocks_is_reached(struct db *db, const char *subject, const char *what,
	int64_t due_at, int64_t clock, bool *reached, struct err *e)
{
	int64_t seq;
	enum err_code rc = db_get_int(db, ST_LIMIT_IS_REACHED,
		DB_ARGS(DB_TEXT(subject), DB_TEXT(what), DB_INT(due_at), DB_INT(clock)), &seq, e);

	*reached = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
