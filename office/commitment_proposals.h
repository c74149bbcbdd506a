/*
 * commitment_proposals.h - a later date of a promise, and 无法兑现: one person proposes,
 * another approves (DESIGN §6.2, §6.6). Both hold logins of their own.
 *
 * The page that tells the public is captured from the proposal on, so that an approval does
 * not come before anybody could see it. Until it is approved a proposal is nothing: gate,
 * orders and figures treat the promise as before.
 */
#ifndef OFFICE_COMMITMENT_PROPOSALS_H
#define OFFICE_COMMITMENT_PROPOSALS_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

struct office_proposal {
	const char *commitment; /* as typed */
	const char *to; /* "YYYY-MM-DD": a later date; NULL: it cannot be kept */
	const char *reason;
	const char *url; /* where the public is told; of a later date it may be NULL */
	const char *screenshot; /* of a channel that cannot be captured, or NULL */
};

/* Whether a later date will count: approved and public before the date that counts so far. */
enum office_extended_why {
	OFFICE_EXTENDED_UNTOLD, /* no: no page was named */
	OFFICE_EXTENDED_UNREGISTERED, /* no: the page is on no registered channel */
	OFFICE_EXTENDED_LATE, /* no: that date is over */
	OFFICE_EXTENDED_WAITS, /* once its page was captured by the end of `until` */
	OFFICE_EXTENDED_COUNTS, /* it is captured */
};

struct office_proposed {
	char id[IDS_SIZE], evidence[IDS_SIZE]; /* evidence "": none is captured */
	char to[11]; /* the later date; "": it cannot be kept */
	char until[11]; /* the date that counted so far */
	enum office_extended_why why; /* of a later date */
	bool captured; /* the page is */
};

/* ERR_REFUSED while another proposal about the promise waits. */
enum err_code office_commitment_propose(struct office *o, const struct office_proposal *in,
	struct office_proposed *out, struct err *e);
/* By a supervisor who is not the one who proposed it. later_date: which of the two is meant,
 * so that nobody approves one for the other. */
enum err_code office_commitment_approve(struct office *o, const char *typed, bool later_date,
	struct office_proposed *out, struct err *e);
/* What waits is dropped; 无法兑现 that is approved is taken back until its page is captured. */
enum err_code office_commitment_withdraw(struct office *o, const char *typed, bool later_date,
	const char *reason, char id[IDS_SIZE], struct err *e);

#endif
