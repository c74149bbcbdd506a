/*
 * commitment_proposals.h - what waits for a second person: a later date of a promise, or
 * that it cannot be kept (DESIGN §6.2: who approves differs from who entered it).
 *
 * Kinds (subject: the commitment's id):
 *   commitment.extension_proposed/1 {new_date, reason_text, url_text, evidence_id}
 *   commitment.cannot_proposed/1    {reason_text, url_text, evidence_id}
 *   commitment.proposal_dropped/1   {what, reason_text}   withdrawn, or not approved
 * Approving is the event of the thing itself (commitment.extended/2, commitment.cannot/1, in
 * commitments.h) by the second person; it ends what waits, and so does a verification.
 * Table: commitment_proposals, at most one row a promise.
 */
#ifndef LEDGER_COMMITMENT_PROPOSALS_H
#define LEDGER_COMMITMENT_PROPOSALS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

#define PROPOSED_EXTEND "extend"
#define PROPOSED_CANNOT "cannot"

struct commitment_proposal {
	const char *commitment;
	const char *what; /* PROPOSED_EXTEND, PROPOSED_CANNOT; "": nothing waits */
	int64_t at;
	const char *by, *by_name; /* key and login of whoever proposed it */
	const char *new_date; /* "YYYY-MM-DD" or "" */
	const char *reason, *reason_digest; /* reason NULL: erased */
	const char *url, *url_digest; /* url NULL: none, or erased */
	const char *evidence; /* ZJ- id or "" */
};

/* what is "" when nothing waits. */
enum err_code commitment_proposals_get(struct db *db, const char *commitment, struct arena *a,
	struct commitment_proposal *out, struct err *e);
/* All that wait, the oldest first. */
enum err_code commitment_proposals_all(struct db *db, struct arena *a,
	struct commitment_proposal **out, size_t *count, struct err *e);

#endif
