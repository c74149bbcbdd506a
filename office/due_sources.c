/*
 * due_sources.c - what falls due among rows of the queue, answers, promises and
 * evidence.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/clock_proposals.h"
#include "ledger/commitment_proposals.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/ids.h"
#include "ledger/responses.h"
#include "ledger/texts.h"
#include "office/due.h"

/* A queue may be long: only its overdue part is read, and for tick only what is new in it. */
enum err_code due_stories(struct due *d)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(
		d->db, ST_STORY_DUE, DB_ARGS(DB_INT(d->until), DB_INT(d->news)), &q, d->err);

	while (!rc && db_next(&q)) {
		struct due_entry x = {.what = "triage", .rule = "", .due_at = db_int(&q, 3)};
		x.subject = arena_printf(d->arena, "S%lld", (long long)db_int(&q, 0));
		x.unit = arena_strdup(d->arena, db_text(&q, 1));
		rc = texts_get(d->db, db_text(&q, 2), d->arena, &x.about, d->err);
		if (!rc)
			rc = x.subject && x.unit ? due_add(d, x) : err_nomem(d->err);
	}
	return db_end(&q, rc, d->err);
}

static enum err_code add_promise(struct due *d, const struct commitment_record *p)
{
	enum err_code rc = ERR_OK;

	if (commitments_is_settled(p))
		return ERR_OK;
	if (*p->due_date && p->due_at <= d->until && !commitments_is_done(p))
		rc = due_add(d, (struct due_entry){p->id, "due", p->quote, p->unit, "", p->due_at,
					p->tentative});
	if (!rc && p->review_at != TIME_NONE && p->review_at <= d->until)
		rc = due_add(d, (struct due_entry){p->id, "review", p->quote, p->unit,
					p->review_rule, p->review_at, 0});
	return rc;
}

static enum err_code add_failed_page(struct due *d, const struct commitment_record *p)
{
	if (commitments_is_settled(p) || strcmp(p->told, "failed") != 0)
		return ERR_OK;
	return due_add(d, (struct due_entry){p->id, "failed", p->quote, p->unit, "", TIME_NONE, 0});
}

/* Looks at each promise that a statement names; it may name more than are wanted. */
static enum err_code each_promise(struct due *d, enum statement id, const struct db_value *args,
	size_t n, enum err_code (*look)(struct due *, const struct commitment_record *))
{
	struct db_rows q = DB_ROWS_NONE;
	struct commitment_record p;
	enum err_code rc = db_query(d->db, id, args, n, &q, d->err);

	while (!rc && db_next(&q)) {
		rc = commitments_get(d->db, db_text(&q, 0), d->arena, &p, d->err);
		if (!rc)
			rc = look(d, &p);
	}
	return db_end(&q, rc, d->err);
}

enum err_code due_promises(struct due *d)
{
	return each_promise(d, ST_COMMITMENTS_DUE, DB_ARGS(DB_INT(d->until)), add_promise);
}

/* The page that should tell the public was given up by the fetcher: another one is needed. */
enum err_code due_failed_pages(struct due *d)
{
	return each_promise(d, ST_COMMITMENTS_FAILED, DB_NO_ARGS, add_failed_page);
}

/* What one person proposed about a promise and another has to approve. */
enum err_code due_approvals(struct due *d)
{
	struct commitment_proposal *list = NULL;
	struct commitment_record p;
	size_t count = 0;
	enum err_code rc = commitment_proposals_all(d->db, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		rc = commitments_get(d->db, list[i].commitment, d->arena, &p, d->err);
		if (!rc)
			rc = due_add(d, (struct due_entry){p.id, "approve", p.quote, p.unit, "",
						TIME_NONE, 0});
	}
	return rc;
}

/* Extensions of limits that another person has to approve. */
enum err_code due_extensions(struct due *d)
{
	struct clock_proposal *list = NULL;
	size_t count = 0;
	enum err_code rc = clock_proposals_of(d->db, NULL, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const char *about = arena_printf(d->arena, _("extension by %lld %s: %s"),
			(long long)list[i].amount, _(list[i].unit),
			list[i].reason ? list[i].reason : "");
		rc = !about ? err_nomem(d->err)
			    : due_add(d, (struct due_entry){list[i].subject, "approve", about, "",
						 "", TIME_NONE, 0});
	}
	return rc;
}

/* What waits for somebody without a limit of its own. */
enum err_code due_answers(struct due *d)
{
	struct response_record *answers = NULL;
	size_t count = 0;
	enum err_code rc = responses_pending(d->db, d->arena, &answers, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++)
		rc = due_add(d, (struct due_entry){answers[i].id, "decide", answers[i].body,
					answers[i].unit, "", TIME_NONE, 0});
	return rc;
}

enum err_code due_captures(struct due *d)
{
	struct evidence_record *proofs = NULL;
	size_t count = 0;
	enum err_code rc = evidence_of(d->db, NULL, d->arena, &proofs, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++)
		rc = due_add(d,
			(struct due_entry){proofs[i].id,
				strcmp(proofs[i].kind, "screenshot") == 0 ? "confirm" : "capture",
				proofs[i].url, "", "", TIME_NONE, 0});
	return rc;
}

/* The unit whose answer or promise it is; "" when it is of a case. */
static enum err_code unit_of(
	struct due *d, const struct evidence_record *x, const char **unit, struct err *e)
{
	struct commitment_record c;
	struct response_record r;
	struct ids id;
	enum err_code rc;

	*unit = "";
	if (!ids_parse(x->subject, &id))
		return ERR_OK;
	if (id.type == IDS_COMMITMENT) {
		rc = commitments_get(d->db, x->subject, d->arena, &c, e);
		*unit = rc ? "" : c.unit;
		return rc;
	}
	if (id.type != IDS_RESPONSE)
		return ERR_OK;
	rc = responses_get(d->db, x->subject, d->arena, &r, e);
	*unit = rc ? "" : r.unit;
	return rc;
}

/* The public does not find any more what it was told: the page is to be repaired. What we keep
 * of it is not what was taken in. A page that merely reads otherwise is only shown. */
static enum err_code add_repair(struct due *d, const struct evidence_record *x)
{
	const char *about = x->url ? x->url : x->file, *unit;
	enum err_code rc = unit_of(d, x, &unit, d->err);

	if (!rc && *x->link_state && strcmp(x->link_state, "changed") != 0)
		rc = due_add(d, (struct due_entry){.subject = x->id,
					.what = "repair",
					.about = about,
					.unit = unit,
					.rule = "",
					.due_at = TIME_NONE});
	if (!rc && *x->file_state)
		rc = due_add(d, (struct due_entry){.subject = x->id,
					.what = "file",
					.about = about,
					.unit = "",
					.rule = "",
					.due_at = TIME_NONE});
	return rc;
}

enum err_code due_repairs(struct due *d)
{
	struct evidence_record *list = NULL;
	size_t count = 0;
	enum err_code rc = evidence_to_repair(d->db, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++)
		rc = add_repair(d, &list[i]);
	return rc;
}
