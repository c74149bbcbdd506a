/*
 * due_sources.c - what falls due among rows of the queue, answers, promises and
 * evidence.
 */
#include <string.h>

#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/responses.h"
#include "office/due.h"

enum err_code due_stories(struct due *d)
{
	struct story *list = NULL;
	size_t count = 0;
	enum err_code rc = alerts_queue(d->db, false, NULL, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const char *subject = arena_printf(d->arena, "S%lld", (long long)list[i].id);
		if (!subject)
			return err_nomem(d->err);
		if (list[i].review_due <= d->until)
			rc = due_add(d, (struct due_entry){subject, "triage", list[i].title,
						list[i].taken_name, "", list[i].review_due});
	}
	return rc;
}

enum err_code due_promises(struct due *d)
{
	struct commitment_record *list = NULL;
	size_t count = 0;
	enum err_code rc = commitments_due(d->db, d->until, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct commitment_record *p = &list[i];
		if (commitments_is_settled(p))
			continue;
		if (*p->due_date && p->due_at <= d->until && !commitments_is_done(p))
			rc = due_add(d,
				(struct due_entry){p->id, "due", p->quote, p->unit, "", p->due_at});
		if (!rc && p->review_at != TIME_NONE && p->review_at <= d->until)
			rc = due_add(d, (struct due_entry){p->id, "review", p->quote, p->unit,
						p->review_rule, p->review_at});
	}
	return rc;
}

/* The page that should tell the public was given up by the fetcher: another one is needed. */
enum err_code due_failed_pages(struct due *d)
{
	struct commitment_record *list = NULL;
	size_t count = 0;
	enum err_code rc = commitments_of(d->db, NULL, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct commitment_record *p = &list[i];
		if (!commitments_is_settled(p) && strcmp(p->told, "failed") == 0)
			rc = due_add(d, (struct due_entry){
						p->id, "failed", p->quote, p->unit, "", TIME_NONE});
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
					answers[i].unit, "", TIME_NONE});
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
				proofs[i].url, "", "", TIME_NONE});
	return rc;
}
