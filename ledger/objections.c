/*
 * objections.c - applies and reads objections.
 */
#include "ledger/objections.h"

#include <stddef.h>

#include "base/i18n.h"
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

static enum err_code apply_raised(struct db *db, const struct event *ev, struct err *e)
{
	const char *case_id = NULL, *source = NULL, *body = NULL;
	int64_t year, number = 0;
	enum err_code rc = events_need_int(ev, "year", &year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &number, e);
	if (!rc)
		rc = events_need_str(ev, "case_id", &case_id, e);
	if (!rc)
		rc = events_need_str(ev, "source", &source, e);
	if (!rc)
		rc = events_need_str(ev, "body_text", &body, e);
	if (!rc)
		rc = projection_id_used(db, "YY", (int)year, number, e);
	if (!rc)
		rc = db_run(db, ST_OBJECTION_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(year), DB_INT(number),
				DB_TEXT(case_id), DB_TEXT(source),
				DB_TEXT(or_empty(events_str(ev, "unit"))), DB_TEXT(body),
				DB_INT(ev->at), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : cases_touch(db, case_id, ev, e);
}

static enum err_code apply_decided(struct db *db, const struct event *ev, struct err *e)
{
	const char *result = NULL, *reason = NULL, *case_id = NULL;
	enum err_code rc = events_need_str(ev, "result", &result, e);

	if (!rc)
		rc = events_need_str(ev, "reason_text", &reason, e);
	if (!rc)
		rc = events_need_str(ev, "case_id", &case_id, e);
	if (!rc)
		rc = db_run(db, ST_OBJECTION_DECIDE,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(result), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(reason)),
			e);
	return rc ? rc : cases_touch(db, case_id, ev, e);
}

static enum err_code apply_reopened(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_CASE_UNCLOSE, DB_ARGS(DB_TEXT(ev->subject)), e);

	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static const struct projection_kind kinds[] = {
	{"objection.raised/1", apply_raised},
	{"objection.decided/1", apply_decided},
	{"case.reopened/2", apply_reopened},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"objections", "id"},
	{NULL, NULL},
};

const struct projection_module objections_projection = {kinds, tables};

/* --- reading --- */

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct objection_record *x = record;

	x->id = arena_strdup(a, db_text(q, 0));
	x->case_id = arena_strdup(a, db_text(q, 1));
	x->source = arena_strdup(a, db_text(q, 2));
	x->unit = arena_strdup(a, db_text(q, 3));
	x->body = arena_strdup(a, db_text(q, 4));
	x->raised_by = arena_strdup(a, db_text(q, 5));
	x->raised_name = arena_strdup(a, db_text(q, 6));
	x->state = arena_strdup(a, db_text(q, 7));
	x->decided_by = arena_strdup(a, db_text(q, 8));
	x->decided_name = arena_strdup(a, db_text(q, 9));
	x->reason = arena_strdup(a, db_text(q, 10));
	x->raised_at = db_int(q, 11);
	x->decided_at = db_int(q, 12);
	x->decide_due = db_int(q, 13);
	x->decide_tentative = db_int(q, 14);
}

static const size_t texts_of_row[] = {
	offsetof(struct objection_record, body), offsetof(struct objection_record, reason)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct objection_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_row), e);
}

enum err_code objections_get(
	struct db *db, const char *id, struct arena *a, struct objection_record *out, struct err *e)
{
	struct objection_record *list = NULL;
	size_t count = 0;
	enum err_code rc =
		read_all(db, ST_OBJECTION_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no objection %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code objections_list(struct db *db, bool open, struct arena *a,
	struct objection_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_OBJECTION_LIST, DB_ARGS(DB_INT(open)), a, out, count, e);
}

enum err_code objections_of(struct db *db, const char *case_id, struct arena *a,
	struct objection_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_OBJECTION_OF_CASE, DB_ARGS(DB_TEXT(case_id)), a, out, count, e);
}
