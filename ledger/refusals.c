/*
 * refusals.c - applies and reads access.refused/1.
 */
#include "ledger/refusals.h"

#include <stddef.h>

#include "ledger/projection.h"
#include "ledger/rows.h"

static enum err_code apply_refused(struct db *db, const struct event *ev, struct err *e)
{
	const char *verb, *said;
	enum err_code rc = events_need_str(ev, "verb", &verb, e);

	if (!rc)
		rc = events_need_str(ev, "said_text", &said, e);
	if (rc)
		return rc;
	return db_run(db, ST_REFUSAL_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(ev->actor_key),
			DB_TEXT(ev->actor_name), DB_TEXT(ev->actor_role), DB_TEXT(verb),
			DB_TEXT(ev->subject), DB_TEXT(said)),
		e);
}

static const struct projection_kind kinds[] = {
	{"access.refused/1", apply_refused},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"refusals", "seq"},
	{NULL, NULL},
};

const struct projection_module refusals_projection = {kinds, tables};

enum err_code refusals_told(struct db *db, const char *actor_key, const char *verb,
	const char *subject, int64_t since, bool *out, struct err *e)
{
	int64_t seq;
	enum err_code rc = db_get_int(db, ST_REFUSAL_TOLD,
		DB_ARGS(DB_TEXT(actor_key), DB_TEXT(verb), DB_TEXT(subject), DB_INT(since)), &seq,
		e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct refusal *r = record;

	r->at = db_int(q, 0);
	r->by_name = arena_strdup(a, db_text(q, 1));
	r->role = arena_strdup(a, db_text(q, 2));
	r->verb = arena_strdup(a, db_text(q, 3));
	r->subject = arena_strdup(a, db_text(q, 4));
	r->said = arena_strdup(a, db_text(q, 5));
}

static const size_t refusal_texts[] = {offsetof(struct refusal, said)};

enum err_code refusals_since(struct db *db, int64_t since, struct arena *a, struct refusal **out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_REFUSALS_SINCE, DB_ARGS(DB_INT(since)), sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(refusal_texts), e);
}
