/*
 * evidence.c - applies and reads proof.
 */
#include "ledger/evidence.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

struct added {
	int64_t year, number;
	const char *subject, *purpose, *kind, *state;
};

static enum err_code read_added(const struct event *ev, struct added *x, struct err *e)
{
	enum err_code rc = events_need_int(ev, "year", &x->year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &x->number, e);
	if (!rc)
		rc = events_need_str(ev, "subject", &x->subject, e);
	if (!rc)
		rc = events_need_str(ev, "purpose", &x->purpose, e);
	if (!rc)
		rc = events_need_str(ev, "kind", &x->kind, e);
	return rc ? rc : events_need_str(ev, "state", &x->state, e);
}

static enum err_code apply_added(struct db *db, const struct event *ev, struct err *e)
{
	struct added x;
	enum err_code rc = read_added(ev, &x, e);

	if (!rc)
		rc = projection_id_used(db, "ZJ", (int)x.year, x.number, e);
	if (rc)
		return rc;
	return db_run(db, ST_EVIDENCE_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(x.year), DB_INT(x.number), DB_TEXT(x.subject),
			DB_TEXT(x.purpose), DB_TEXT(x.kind),
			DB_TEXT(or_empty(events_str(ev, "url_text"))),
			DB_TEXT(or_empty(events_str(ev, "channel"))),
			DB_TEXT(or_empty(events_str(ev, "file_text"))),
			DB_TEXT(or_empty(events_str(ev, "note_text"))),
			DB_TIME(events_int(ev, "size")),
			DB_TEXT(or_empty(events_str(ev, "digest"))), DB_TEXT(x.state),
			DB_INT(ev->at), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
			DB_TIME(events_int(ev, "captured_at"))),
		e);
}

/* A captured page makes the publication it stands for a fact. */
static enum err_code make_public(struct db *db, const struct event *ev, int64_t at, struct err *e)
{
	enum err_code rc =
		db_run(db, ST_COMMITMENT_CAPTURED, DB_ARGS(DB_TEXT(ev->subject), DB_INT(at)), e);

	if (!rc)
		rc = commitments_extension_captured(db, ev->subject, at, e);
	if (rc)
		return rc;
	return db_run(
		db, ST_COMMITMENT_CANNOT_CAPTURED, DB_ARGS(DB_TEXT(ev->subject), DB_INT(at)), e);
}

static enum err_code apply_captured(struct db *db, const struct event *ev, struct err *e)
{
	const char *sha256;
	int64_t at, size;
	enum err_code rc = events_need_int(ev, "captured_at", &at, e);

	if (!rc)
		rc = events_need_int(ev, "size", &size, e);
	if (!rc)
		rc = events_need_str(ev, "digest", &sha256, e);
	if (!rc)
		rc = db_run(db, ST_EVIDENCE_CAPTURED,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(at), DB_TEXT(sha256), DB_INT(size),
				DB_TEXT(or_empty(events_str(ev, "warc"))),
				DB_INT(events_int(ev, "warc_offset") == TIME_NONE
						? 0
						: events_int(ev, "warc_offset"))),
			e);
	return rc ? rc : make_public(db, ev, at, e);
}

static enum err_code apply_failed(struct db *db, const struct event *ev, struct err *e)
{
	const char *error;
	enum err_code rc = events_need_str(ev, "error", &error, e);

	if (rc)
		return rc;
	return db_run(db, ST_EVIDENCE_FAILED, DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(error)), e);
}

static enum err_code apply_confirmed(struct db *db, const struct event *ev, struct err *e)
{
	int64_t at;
	enum err_code rc = events_need_int(ev, "captured_at", &at, e);

	if (!rc)
		rc = db_run(db, ST_EVIDENCE_CONFIRMED,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(at), DB_TEXT(ev->actor_key),
				DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : make_public(db, ev, at, e);
}

static const struct projection_kind kinds[] = {
	{"evidence.added/1", apply_added},
	{"evidence.captured/1", apply_captured},
	{"evidence.failed/1", apply_failed},
	{"evidence.confirmed/1", apply_confirmed},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"evidence", "id"},
	{NULL, NULL},
};

const struct projection_module evidence_projection = {kinds, tables};

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct evidence_record *x = record;

	x->id = arena_strdup(a, db_text(q, 0));
	x->subject = arena_strdup(a, db_text(q, 1));
	x->purpose = arena_strdup(a, db_text(q, 2));
	x->kind = arena_strdup(a, db_text(q, 3));
	x->url = arena_strdup(a, db_text(q, 4));
	x->channel = arena_strdup(a, db_text(q, 5));
	x->file = arena_strdup(a, db_text(q, 6));
	x->note = arena_strdup(a, db_text(q, 7));
	x->size = db_int(q, 8);
	x->sha256 = arena_strdup(a, db_text(q, 9));
	x->state = arena_strdup(a, db_text(q, 10));
	x->added_at = db_int(q, 11);
	x->added_by = arena_strdup(a, db_text(q, 12));
	x->added_name = arena_strdup(a, db_text(q, 13));
	x->captured_at = db_int(q, 14);
	x->warc = arena_strdup(a, db_text(q, 15));
	x->warc_offset = db_int(q, 16);
	x->confirmed_name = arena_strdup(a, db_text(q, 17));
	x->error = arena_strdup(a, db_text(q, 18));
	x->checked_at = db_int(q, 19);
	x->link_state = arena_strdup(a, db_text(q, 20));
	x->link_since = db_int(q, 21);
	x->file_state = arena_strdup(a, db_text(q, 22));
	x->file_since = db_int(q, 23);
}

static const size_t texts[] = {offsetof(struct evidence_record, url),
	offsetof(struct evidence_record, file), offsetof(struct evidence_record, note)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct evidence_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts), e);
}

enum err_code evidence_get(
	struct db *db, const char *id, struct arena *a, struct evidence_record *out, struct err *e)
{
	struct evidence_record *list = NULL;
	size_t count = 0;
	enum err_code rc = read_all(db, ST_EVIDENCE_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no evidence %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code evidence_of(struct db *db, const char *subject, struct arena *a,
	struct evidence_record **out, size_t *count, struct err *e)
{
	if (!subject)
		return read_all(db, ST_EVIDENCE_PENDING, DB_NO_ARGS, a, out, count, e);
	return read_all(db, ST_EVIDENCE_OF, DB_ARGS(DB_TEXT(subject)), a, out, count, e);
}

enum err_code evidence_to_check(
	struct db *db, struct arena *a, struct evidence_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_EVIDENCE_TO_CHECK, DB_NO_ARGS, a, out, count, e);
}

enum err_code evidence_to_repair(
	struct db *db, struct arena *a, struct evidence_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_EVIDENCE_TO_REPAIR, DB_NO_ARGS, a, out, count, e);
}
