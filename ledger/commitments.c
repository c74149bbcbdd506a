/*
 * commitments.c - applies the events about promises; reading is in commitments_read.c.
 */
#include "ledger/commitments.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/projection.h"
#include "ledger/promises.h"
#include "ledger/unit_moves.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* The case that a commitment belongs to has changed too. */
static enum err_code touch_case(struct db *db, const struct event *ev, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char id[64] = "";
	enum err_code rc = db_query(db, ST_COMMITMENT_GET, DB_ARGS(DB_TEXT(ev->subject)), &q, e);

	if (!rc && db_next(&q) && db_size(&q, 1) < sizeof id)
		memcpy(id, db_text(&q, 1), db_size(&q, 1) + 1);
	rc = db_end(&q, rc, e);
	if (!rc && !*id)
		return err_set(e, ERR_INTEGRITY, _("event %lld: there is no commitment %s"),
			(long long)ev->seq, ev->subject);
	return rc ? rc : cases_touch(db, id, ev, e);
}

enum err_code commitments_touch(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_COMMITMENT_BUMP, DB_ARGS(DB_TEXT(ev->subject)), e);

	return rc ? rc : touch_case(db, ev, e);
}

struct added {
	int64_t year, number, made_at;
	const char *case_id, *response, *unit, *quote;
};

static enum err_code read_added(const struct event *ev, struct added *c, struct err *e)
{
	enum err_code rc = events_need_int(ev, "year", &c->year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &c->number, e);
	if (!rc)
		rc = events_need_int(ev, "made_at", &c->made_at, e);
	if (!rc)
		rc = events_need_str(ev, "case_id", &c->case_id, e);
	if (!rc)
		rc = events_need_str(ev, "response_id", &c->response, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &c->unit, e);
	return rc ? rc : events_need_str(ev, "quote_text", &c->quote, e);
}

static enum err_code apply_added(struct db *db, const struct event *ev, struct err *e)
{
	struct added c;
	enum err_code rc = read_added(ev, &c, e);

	if (!rc)
		rc = projection_id_used(db, "CN", (int)c.year, c.number, e);
	if (!rc)
		rc = db_run(db, ST_COMMITMENT_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(c.year), DB_INT(c.number),
				DB_TEXT(c.case_id), DB_TEXT(c.response), DB_TEXT(c.unit),
				DB_TEXT(c.quote),
				DB_TEXT(or_empty(events_str(ev, "criterion_text"))),
				DB_INT(c.made_at), DB_TEXT(or_empty(events_str(ev, "due_date"))),
				DB_TIME(events_int(ev, "due_at")),
				DB_TEXT(or_empty(events_str(ev, "review_date"))),
				DB_TIME(events_int(ev, "review_at")),
				DB_TEXT(or_empty(events_str(ev, "review_rule"))), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	if (!rc && events_int(ev, "sentence") > 0)
		rc = promises_take(db, c.response, events_int(ev, "sentence"),
			events_str(ev, "phrases"), ev->subject, e);
	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code read_counted(
	const struct event *ev, struct commitment_record *c, const char **calendar, struct err *e)
{
	enum err_code rc = events_need_str(ev, "due_date", &c->due_date, e);

	if (!rc)
		rc = events_need_int(ev, "due_at", &c->due_at, e);
	if (!rc)
		rc = events_need_int(ev, "workdays", &c->workdays, e);
	if (!rc)
		rc = events_need_int(ev, "tentative", &c->tentative, e);
	return rc ? rc : events_need_str(ev, "calendar", calendar, e);
}

static enum err_code apply_counted(struct db *db, const struct event *ev, struct err *e)
{
	const char *calendar, *old = events_str(ev, "old_date");
	struct commitment_record c;
	enum err_code rc = read_counted(ev, &c, &calendar, e);

	if (!rc)
		rc = db_run(db, ST_COMMITMENT_COUNT,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(c.due_date), DB_INT(c.due_at),
				DB_INT(c.workdays), DB_TEXT(calendar), DB_INT(c.tentative)),
			e);
	if (rc || !old)
		return rc;
	return db_run(db, ST_COMMITMENT_DATE_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(old),
			DB_TEXT(c.due_date)),
		e);
}

static enum err_code apply_claimed(struct db *db, const struct event *ev, struct err *e)
{
	const char *done_on, *unit;
	enum err_code rc = events_need_str(ev, "done_on", &done_on, e);

	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = db_run(db, ST_COMMITMENT_CLAIM,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(done_on),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(unit)),
			e);
	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code apply_claim_refused(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_COMMITMENT_UNCLAIM, DB_ARGS(DB_TEXT(ev->subject)), e);

	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code apply_verified(struct db *db, const struct event *ev, struct err *e)
{
	const char *done_on;
	enum err_code rc = events_need_str(ev, "done_on", &done_on, e);

	if (!rc)
		rc = db_run(db, ST_COMMITMENT_VERIFY,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(done_on),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code apply_published(struct db *db, const struct event *ev, struct err *e)
{
	const char *evidence;
	enum err_code rc = events_need_str(ev, "evidence_id", &evidence, e);

	if (!rc)
		rc = db_run(db, ST_COMMITMENT_PUBLISH,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(evidence)), e);
	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code apply_cannot(struct db *db, const struct event *ev, struct err *e)
{
	const char *reason, *evidence;
	enum err_code rc = events_need_str(ev, "reason_text", &reason, e);

	if (!rc)
		rc = events_need_str(ev, "evidence_id", &evidence, e);
	if (!rc)
		rc = db_run(db, ST_COMMITMENT_CANNOT,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(reason),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(evidence)),
			e);
	if (!rc) /* its page may have been captured before a second person approved */
		rc = db_run(db, ST_COMMITMENT_CANNOT_TOLD, DB_ARGS(DB_TEXT(ev->subject)), e);
	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code apply_cannot_withdrawn(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc =
		db_run(db, ST_COMMITMENT_CANNOT_WITHDRAW, DB_ARGS(DB_TEXT(ev->subject)), e);

	return rc ? rc : touch_case(db, ev, e);
}

/* How /1 and /2 differ: whether it counts was said at once, or is told by a capture. */
static enum err_code extend(
	struct db *db, const struct event *ev, int64_t counts, const char *evidence, struct err *e)
{
	const char *old_date, *new_date, *reason;
	int64_t new_at;
	enum err_code rc = events_need_str(ev, "old_date", &old_date, e);

	if (!rc)
		rc = events_need_str(ev, "new_date", &new_date, e);
	if (!rc)
		rc = events_need_str(ev, "reason_text", &reason, e);
	if (!rc)
		rc = events_need_int(ev, "new_at", &new_at, e);
	if (!rc)
		rc = db_run(db, ST_COMMITMENT_EXTEND,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at),
				DB_TEXT(old_date), DB_TEXT(new_date), DB_INT(new_at),
				DB_TEXT(reason), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
				DB_TEXT(or_empty(events_str(ev, "url_text"))), DB_INT(counts),
				DB_TEXT(evidence)),
			e);
	return rc ? rc : commitments_touch(db, ev, e);
}

static enum err_code apply_extended(struct db *db, const struct event *ev, struct err *e)
{
	int64_t counts;
	enum err_code rc = events_need_int(ev, "counts", &counts, e);

	return rc ? rc : extend(db, ev, counts, "", e);
}

enum err_code commitments_extension_captured(
	struct db *db, const char *evidence, int64_t at, struct err *e)
{
	enum err_code rc = db_run(
		db, ST_COMMITMENT_EXTENSION_CAPTURED, DB_ARGS(DB_TEXT(evidence), DB_INT(at)), e);

	return rc ? rc : db_run(db, ST_COMMITMENT_EXTENSION_BUMP, DB_ARGS(DB_TEXT(evidence)), e);
}

/* Its page may have been captured before a second person approved: then the approval decides
 * whether it was in time. */
static enum err_code apply_extended_later(struct db *db, const struct event *ev, struct err *e)
{
	const char *page = or_empty(events_str(ev, "evidence_id"));
	struct db_rows q = DB_ROWS_NONE;
	int64_t at = TIME_NONE;
	enum err_code rc = extend(db, ev, 0, page, e);

	if (!rc)
		rc = db_query(db, ST_EVIDENCE_CAPTURED_AT, DB_ARGS(DB_TEXT(page)), &q, e);
	if (!rc && db_next(&q))
		at = db_int(&q, 0);
	rc = db_end(&q, rc, e);
	if (rc || at == TIME_NONE)
		return rc;
	return commitments_extension_captured(db, page, at > ev->at ? at : ev->at, e);
}

static enum err_code apply_progressed(struct db *db, const struct event *ev, struct err *e)
{
	const char *on_date, *unit;
	int64_t done, of;
	enum err_code rc = events_need_str(ev, "on_date", &on_date, e);

	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = events_need_int(ev, "share_done", &done, e);
	if (!rc)
		rc = events_need_int(ev, "share_of", &of, e);
	if (!rc)
		rc = db_run(db, ST_COMMITMENT_PROGRESS,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at),
				DB_TEXT(on_date), DB_TEXT(unit), DB_INT(done), DB_INT(of),
				DB_TEXT(or_empty(events_str(ev, "note_text"))),
				DB_TEXT(or_empty(events_str(ev, "evidence"))),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : commitments_touch(db, ev, e);
}

static enum err_code apply_reviewed(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_COMMITMENT_REVIEW,
		DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(or_empty(events_str(ev, "review_date"))),
			DB_TIME(events_int(ev, "review_at")), DB_TEXT("given")),
		e);

	return rc ? rc : touch_case(db, ev, e);
}

static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	return unit_moves_apply(db, ev, ST_UNIT_MOVE_PROMISES, e);
}

static const struct projection_kind kinds[] = {
	{"commitment.added/1", apply_added},
	{"commitment.counted/1", apply_counted},
	{"commitment.claimed/1", apply_claimed},
	{"commitment.claim_refused/1", apply_claim_refused},
	{"commitment.verified/1", apply_verified},
	{"commitment.published/1", apply_published},
	{"commitment.cannot/1", apply_cannot},
	{"commitment.cannot_withdrawn/1", apply_cannot_withdrawn},
	{"commitment.extended/1", apply_extended},
	{"commitment.extended/2", apply_extended_later},
	{"commitment.reviewed/1", apply_reviewed},
	{UNIT_TRANSFERRED, apply_transferred},
	{"commitment.progressed/1", apply_progressed},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"commitments", "id"},
	{"commitment_extensions", "commitment, seq"},
	{"commitment_progress", "commitment, seq"},
	{"commitment_dates", "commitment, seq"},
	{NULL, NULL},
};

const struct projection_module commitments_projection = {kinds, tables};
