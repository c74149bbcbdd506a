/*
 * commitment_proposals.c - what waits for a second person: projection and reading.
 */
#include "ledger/commitment_proposals.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/commitments.h"
#include "ledger/events.h"
#include "ledger/list.h"
#include "ledger/projection.h"
#include "ledger/texts.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static enum err_code propose(
	struct db *db, const struct event *ev, const char *what, const char *date, struct err *e)
{
	const char *reason;
	enum err_code rc = events_need_str(ev, "reason_text", &reason, e);

	if (!rc)
		rc = db_run(db, ST_PROPOSED_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(what), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(date),
				DB_TEXT(reason), DB_TEXT(or_empty(events_str(ev, "url_text"))),
				DB_TEXT(or_empty(events_str(ev, "evidence_id")))),
			e);
	return rc ? rc : commitments_touch(db, ev, e);
}

static enum err_code apply_extension(struct db *db, const struct event *ev, struct err *e)
{
	const char *date;
	enum err_code rc = events_need_str(ev, "new_date", &date, e);

	return rc ? rc : propose(db, ev, PROPOSED_EXTEND, date, e);
}

static enum err_code apply_cannot(struct db *db, const struct event *ev, struct err *e)
{
	return propose(db, ev, PROPOSED_CANNOT, "", e);
}

/* By what was approved, or made void. */
static enum err_code apply_ended(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_PROPOSED_END, DB_ARGS(DB_TEXT(ev->subject)), e);
}

static enum err_code apply_dropped(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = apply_ended(db, ev, e);

	if (!rc && db_changes(db) != 1)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld drops a proposal that nobody made"),
			(long long)ev->seq);
	return rc ? rc : commitments_touch(db, ev, e);
}

static enum err_code read_all(struct db *db, struct db_rows *q, enum err_code rc, struct arena *a,
	struct commitment_proposal **out, size_t *count, struct err *e)
{
	struct list l;

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(q)) {
		struct commitment_proposal *x = list_add(&l);
		if (!x) {
			rc = err_nomem(e);
			break;
		}
		x->commitment = arena_strdup(a, db_text(q, 0));
		x->what = arena_strdup(a, db_text(q, 1));
		x->at = db_int(q, 2);
		x->by = arena_strdup(a, db_text(q, 3));
		x->by_name = arena_strdup(a, db_text(q, 4));
		x->new_date = arena_strdup(a, db_text(q, 5));
		x->reason_digest = arena_strdup(a, db_text(q, 6));
		x->url_digest = arena_strdup(a, db_text(q, 7));
		x->evidence = arena_strdup(a, db_text(q, 8));
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(q, rc, e);
	for (size_t i = 0; !rc && i < l.count; i++) {
		struct commitment_proposal *x = &(*out)[i];
		rc = texts_get(db, x->reason_digest, a, &x->reason, e);
		if (!rc)
			rc = texts_get(db, x->url_digest, a, &x->url, e);
	}
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code commitment_proposals_get(struct db *db, const char *commitment, struct arena *a,
	struct commitment_proposal *out, struct err *e)
{
	static const struct commitment_proposal none = {.commitment = "",
		.what = "",
		.by = "",
		.by_name = "",
		.new_date = "",
		.reason_digest = "",
		.url_digest = "",
		.evidence = ""};
	struct db_rows q = DB_ROWS_NONE;
	struct commitment_proposal *list = NULL;
	size_t count = 0;
	enum err_code rc = db_query(db, ST_PROPOSED_GET, DB_ARGS(DB_TEXT(commitment)), &q, e);

	rc = read_all(db, &q, rc, a, &list, &count, e);
	*out = !rc && count ? list[0] : none;
	return rc;
}

enum err_code commitment_proposals_all(struct db *db, struct arena *a,
	struct commitment_proposal **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_PROPOSED_ALL, DB_NO_ARGS, &q, e);

	return read_all(db, &q, rc, a, out, count, e);
}

static const struct projection_kind kinds[] = {
	{"commitment.extension_proposed/1", apply_extension},
	{"commitment.cannot_proposed/1", apply_cannot},
	{"commitment.proposal_dropped/1", apply_dropped},
	{"commitment.extended/2", apply_ended},
	{"commitment.cannot/1", apply_ended},
	{"commitment.verified/1", apply_ended},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"commitment_proposals", "commitment"},
	{NULL, NULL},
};

const struct projection_module commitment_proposals_projection = {kinds, tables};
