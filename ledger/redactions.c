/*
 * redactions.c - erasures: their events and what they say.
 */
#include "ledger/redactions.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static enum err_code apply_asked(struct db *db, const struct event *ev, struct err *e)
{
	const char *digests = NULL;
	int64_t here = events_int(ev, "only_here");
	enum err_code rc = events_need_str(ev, "digests", &digests, e);

	return rc ? rc
		  : db_run(db, ST_REDACTION_ADD,
			    DB_ARGS(DB_INT(ev->seq), DB_TEXT(ev->subject),
				    DB_TEXT(or_empty(events_str(ev, "field"))), DB_TEXT(digests),
				    DB_TIME(events_int(ev, "span_start")),
				    DB_TIME(events_int(ev, "span_end")), DB_INT(here == 1),
				    DB_TEXT(or_empty(events_str(ev, "reason_text"))),
				    DB_TEXT(or_empty(events_str(ev, "document"))), DB_INT(ev->at),
				    DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			    e);
}

static enum err_code end(struct db *db, const struct event *ev, const char *state, struct err *e)
{
	int64_t ask = 0;
	enum err_code rc = events_need_int(ev, "ask", &ask, e);

	if (!rc)
		rc = db_run(db, ST_REDACTION_END,
			DB_ARGS(DB_INT(ask), DB_TEXT(state), DB_INT(ev->at), DB_TEXT(ev->actor_key),
				DB_TEXT(ev->actor_name)),
			e);
	if (!rc && db_changes(db) != 1)
		rc = err_set(e, ERR_INTEGRITY,
			_("event %lld ends an erasure that nobody asked for"), (long long)ev->seq);
	return rc;
}

static enum err_code apply_done(struct db *db, const struct event *ev, struct err *e)
{
	return end(db, ev, "done", e);
}

static enum err_code apply_refused(struct db *db, const struct event *ev, struct err *e)
{
	return end(db, ev, "refused", e);
}

static enum err_code apply_erased(struct db *db, const struct event *ev, struct err *e)
{
	const char *digest = NULL;
	enum err_code rc = events_need_str(ev, "digest", &digest, e);

	return rc ? rc
		  : db_run(db, ST_ERASED_ADD,
			    DB_ARGS(DB_TEXT(digest),
				    DB_TEXT(or_empty(events_str(ev, "replacement_text"))),
				    DB_INT(ev->seq), DB_INT(ev->at)),
			    e);
}

/* Known from the list of erasures only; the events that asked for it were lost. */
static enum err_code apply_file(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = db_run(db, ST_REDACTION_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_TEXT(ev->subject), DB_TEXT("file"), DB_TEXT("[]"),
			DB_NULL, DB_NULL, DB_INT(1), DB_TEXT(""), DB_TEXT(""), DB_INT(ev->at),
			DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
		e);

	return rc ? rc
		  : db_run(db, ST_REDACTION_END,
			    DB_ARGS(DB_INT(ev->seq), DB_TEXT("done"), DB_INT(ev->at),
				    DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			    e);
}

/* --- reading --- */

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct redaction *r = record;

	r->seq = db_int(q, 0);
	r->subject = arena_strdup(a, db_text(q, 1));
	r->field = arena_strdup(a, db_text(q, 2));
	r->digests = arena_strdup(a, db_text(q, 3));
	r->span_start = db_int(q, 4);
	r->span_end = db_int(q, 5);
	r->only_here = db_int(q, 6) == 1;
	r->reason = arena_strdup(a, db_text(q, 7));
	r->document = arena_strdup(a, db_text(q, 8));
	r->asked_at = db_int(q, 9);
	r->asked_by = arena_strdup(a, db_text(q, 10));
	r->asked_name = arena_strdup(a, db_text(q, 11));
	r->state = arena_strdup(a, db_text(q, 12));
	r->done_at = db_int(q, 13);
	r->done_by = arena_strdup(a, db_text(q, 14));
	r->done_name = arena_strdup(a, db_text(q, 15));
}

static const size_t texts_of_row[] = {offsetof(struct redaction, reason)};

static enum err_code collect(struct db *db, int64_t seq, bool waiting, struct arena *a,
	struct redaction **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_REDACTION_LIST, DB_ARGS(DB_TIME(seq), DB_INT(waiting)),
		sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_row), e);
}

enum err_code redactions_list(struct db *db, bool waiting, struct arena *a, struct redaction **out,
	size_t *count, struct err *e)
{
	return collect(db, TIME_NONE, waiting, a, out, count, e);
}

enum err_code redactions_get(
	struct db *db, int64_t seq, struct arena *a, struct redaction *out, struct err *e)
{
	struct redaction *list = NULL;
	size_t count = 0;
	enum err_code rc = collect(db, seq, false, a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(
			e, ERR_NOT_FOUND, _("nobody asked for an erasure %lld"), (long long)seq);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code redactions_of_file(struct db *db, const char *evidence, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_FILE_ERASED, DB_ARGS(DB_TEXT(evidence)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code redactions_verify(struct db *db, struct err *e)
{
	char *digest = NULL;
	enum err_code rc = db_get_text(db, ST_ERASED_UNORDERED, DB_NO_ARGS, &digest, e);

	if (!rc) {
		rc = err_set(e, ERR_INTEGRITY,
			_("the text %.12s… was erased and nobody ordered it"), digest);
	} else if (rc == ERR_NOT_FOUND) {
		rc = db_get_text(db, ST_ERASED_AGAIN, DB_NO_ARGS, &digest, e);
		if (!rc)
			rc = err_set(e, ERR_INTEGRITY,
				_("the text %.12s… was erased by order and is there again"),
				digest);
	}
	free(digest);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static const struct projection_kind kinds[] = {
	{"redaction.asked/1", apply_asked},
	{"redaction.asked/2", apply_asked},
	{"redaction.done/1", apply_done},
	{"redaction.refused/1", apply_refused},
	{"text.erased/1", apply_erased},
	{"file.erased/1", apply_file},
	{"retention.purged/1", projection_nothing},
	{"retention.clock_confirmed/1", projection_nothing},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"redactions", "seq"},
	{"erased_texts", "digest"},
	{NULL, NULL},
};

const struct projection_module redactions_projection = {kinds, tables};
