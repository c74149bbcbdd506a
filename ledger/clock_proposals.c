/*
 * clock_proposals.c - what waits for a second person: projection and reading.
 */
#include "ledger/clock_proposals.h"

#include "base/i18n.h"
#include "ledger/cases.h"
#include "ledger/events.h"
#include "ledger/ids.h"
#include "ledger/projection.h"
#include "ledger/rows.h"
#include "ledger/texts.h"

static enum err_code touch(struct db *db, const struct event *ev, struct err *e)
{
	struct ids id;

	if (!ids_parse(ev->subject, &id) || id.type != IDS_CASE)
		return ERR_OK;
	return cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_proposed(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *reason;
	int64_t clock, amount;
	enum err_code rc = events_need_int(ev, "clock", &clock, e);

	if (!rc)
		rc = events_need_int(ev, "amount", &amount, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = events_need_str(ev, "reason_text", &reason, e);
	if (!rc)
		rc = db_run(db, ST_CLOCK_PROPOSED_ADD,
			DB_ARGS(DB_INT(clock), DB_TEXT(ev->subject), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_INT(amount),
				DB_TEXT(unit), DB_TEXT(reason)),
			e);
	return rc ? rc : touch(db, ev, e);
}

/* By what was approved, or with the limit itself. */
static enum err_code apply_over(struct db *db, const struct event *ev, struct err *e)
{
	int64_t clock;
	enum err_code rc = events_need_int(ev, "clock", &clock, e);

	return rc ? rc : db_run(db, ST_CLOCK_PROPOSED_END, DB_ARGS(DB_INT(clock)), e);
}

static enum err_code apply_dropped(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = apply_over(db, ev, e);

	if (!rc && db_changes(db) != 1)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld drops a proposal that nobody made"),
			(long long)ev->seq);
	return rc ? rc : touch(db, ev, e);
}

static const struct projection_kind kinds[] = {
	{"clock.extension_proposed/1", apply_proposed},
	{"clock.extension_dropped/1", apply_dropped},
	{"clock.extended/1", apply_over},
	{"clock.ended/1", apply_over},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"clock_proposals", "clock"},
	{NULL, NULL},
};

const struct projection_module clock_proposals_projection = {kinds, tables};

static void read_proposal(struct db_rows *q, struct arena *a, void *record)
{
	struct clock_proposal *p = record;

	p->clock = db_int(q, 0);
	p->subject = arena_strdup(a, db_text(q, 1));
	p->at = db_int(q, 2);
	p->by = arena_strdup(a, db_text(q, 3));
	p->by_name = arena_strdup(a, db_text(q, 4));
	p->amount = db_int(q, 5);
	p->unit = arena_strdup(a, db_text(q, 6));
	p->reason_digest = arena_strdup(a, db_text(q, 7));
}

enum err_code clock_proposals_of(struct db *db, const char *subject, struct arena *a,
	struct clock_proposal **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_CLOCK_PROPOSALS,
		DB_ARGS(DB_TEXT(subject ? subject : "")), sizeof **out, read_proposal, a, &l, e);

	*out = l.items;
	*count = l.count;
	for (size_t i = 0; !rc && i < l.count; i++)
		rc = texts_get(db, (*out)[i].reason_digest, a, &(*out)[i].reason, e);
	return rc;
}
