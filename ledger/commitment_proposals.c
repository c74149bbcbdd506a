/*
 * commitment_proposals.c - what waits for a second person: projection and reading.
 */
#include "ledger/commitment_proposals.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/commitments.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

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

static void read_proposal(struct db_rows *q, struct arena *a, void *record)
{
	struct commitment_proposal *x = record;

	x->commitment = arena_strdup(a, db_text(q, 0));
	x->what = arena_strdup(a, db_text(q, 1));
	x->at = db_int(q, 2);
	x->by = arena_strdup(a, db_text(q, 3));
	x->by_name = arena_strdup(a, db_text(q, 4));
	x->new_date = arena_strdup(a, db_text(q, 5));
	x->reason = x->reason_digest = arena_strdup(a, db_text(q, 6));
	x->url = x->url_digest = arena_strdup(a, db_text(q, 7));
	x->evidence = arena_strdup(a, db_text(q, 8));
}

static const size_t proposal_texts[] = {
	offsetof(struct commitment_proposal, reason), offsetof(struct commitment_proposal, url)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct commitment_proposal **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_proposal, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(proposal_texts), e);
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
	struct commitment_proposal *list = NULL;
	size_t count = 0;
	enum err_code rc =
		read_all(db, ST_PROPOSED_GET, DB_ARGS(DB_TEXT(commitment)), a, &list, &count, e);

	*out = !rc && count ? list[0] : none;
	return rc;
}

enum err_code commitment_proposals_all(struct db *db, struct arena *a,
	struct commitment_proposal **out, size_t *count, struct err *e)
{
	return read_all(db, ST_PROPOSED_ALL, DB_NO_ARGS, a, out, count, e);
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
