/*
 * duty.c - applies and reads shifts.
 */
#include "ledger/duty.h"

#include <stddef.h>

#include "base/i18n.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static enum err_code apply_started(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_DUTY_START,
		DB_ARGS(DB_INT(ev->seq), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
			DB_TEXT(or_empty(events_str(ev, "post"))), DB_INT(ev->at)),
		e);
}

static enum err_code apply_ended(struct db *db, const struct event *ev, struct err *e)
{
	int64_t started = 0, open = 0, late = 0;
	enum err_code rc = events_need_int(ev, "started", &started, e);

	if (!rc)
		rc = events_need_int(ev, "open", &open, e);
	if (!rc)
		rc = events_need_int(ev, "late", &late, e);
	if (rc)
		return rc;
	return db_run(db, ST_DUTY_END,
		DB_ARGS(DB_INT(started), DB_INT(ev->at), DB_INT(open), DB_INT(late),
			DB_TEXT(or_empty(events_str(ev, "handover_text"))),
			DB_TEXT(or_empty(events_str(ev, "note_text"))),
			DB_TEXT(or_empty(events_str(ev, "to")))),
		e);
}

static enum err_code apply_confirmed(struct db *db, const struct event *ev, struct err *e)
{
	int64_t started = 0;
	enum err_code rc = events_need_int(ev, "started", &started, e);

	if (rc)
		return rc;
	return db_run(db, ST_DUTY_CONFIRM,
		DB_ARGS(DB_INT(started), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
			DB_INT(ev->at)),
		e);
}

static const struct projection_kind kinds[] = {
	{"duty.started/1", apply_started},
	{"duty.ended/1", apply_ended},
	{"duty.confirmed/1", apply_confirmed},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"duty", "seq"},
	{NULL, NULL},
};

const struct projection_module duty_projection = {kinds, tables};

/* --- reading --- */

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct duty_shift *s = record;

	*s = (struct duty_shift){.number = db_int(q, 0),
		.actor = arena_strdup(a, db_text(q, 1)),
		.name = arena_strdup(a, db_text(q, 2)),
		.post = arena_strdup(a, db_text(q, 3)),
		.started_at = db_int(q, 4),
		.ended_at = db_int(q, 5),
		.open = db_int(q, 6),
		.late = db_int(q, 7),
		.handover = arena_strdup(a, db_text(q, 8)),
		.note = arena_strdup(a, db_text(q, 9)),
		.to_name = arena_strdup(a, db_text(q, 10)),
		.confirmed_by = arena_strdup(a, db_text(q, 11)),
		.confirmed_name = arena_strdup(a, db_text(q, 12)),
		.confirmed_at = db_int(q, 13)};
}

static const size_t texts[] = {
	offsetof(struct duty_shift, handover), offsetof(struct duty_shift, note)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct duty_shift **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts), e);
}

enum err_code duty_list(struct db *db, enum duty_which which, struct arena *a,
	struct duty_shift **out, size_t *count, struct err *e)
{
	return read_all(
		db, which == DUTY_ON ? ST_DUTY_ON : ST_DUTY_WAITING, DB_NO_ARGS, a, out, count, e);
}

enum err_code duty_since(struct db *db, int64_t since, struct arena *a, struct duty_shift **out,
	size_t *count, struct err *e)
{
	return read_all(db, ST_DUTY_SINCE, DB_ARGS(DB_INT(since)), a, out, count, e);
}

enum err_code duty_get(
	struct db *db, int64_t number, struct arena *a, struct duty_shift *out, struct err *e)
{
	struct duty_shift *list = NULL;
	size_t count = 0;
	enum err_code rc = read_all(db, ST_DUTY_GET, DB_ARGS(DB_INT(number)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no shift %lld"), (long long)number);
	if (!rc)
		*out = list[0];
	return rc;
}
