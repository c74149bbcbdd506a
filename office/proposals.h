/*
 * proposals.h - what the office's own channels brought: is it the answer to an open
 * case (疑似回应), or the news that a promise was kept (疑似落实)? The program
 * proposes; a person takes the proposal, which enters the response or names the page
 * of the fulfilment, or dismisses it.
 */
#ifndef OFFICE_PROPOSALS_H
#define OFFICE_PROPOSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "ledger/items.h"
#include "ledger/proposals.h"
#include "office/intake.h"
#include "office/office.h"

#define PROPOSALS_LOOK_BACK_DAYS 14

/* Does the source belong to one of our own channels (政府网站, 政务新媒体)? Its items are
 * answers, not complaints: they raise no alerts. */
enum err_code proposals_is_own(struct office *o, const struct source *s, bool *out, struct err *e);

/* Inside db_begin_write(): compares an item of a registered channel with the open cases and
 * promises. r->verdict: what the rules found in it; text: title and text. */
enum err_code proposals_consider(
	const struct intake *in, const struct item_record *r, const char *text, struct err *e);
/* Inside db_begin_write(): the answer may be older than the case. Compares what the
 * channels published in the last PROPOSALS_LOOK_BACK_DAYS with one case. */
enum err_code proposals_look_back(struct office *o, const char *case_id, struct err *e);

struct proposal_taken {
	char id[IDS_SIZE]; /* of the response, or of the commitment */
	char case_id[IDS_SIZE];
};

/* Enters the item as the unit's response (unit NULL: who runs the channel, else the case's
 * lead), or as the page that tells the public of a kept promise. */
enum err_code office_proposal_take(
	struct office *o, int64_t id, const char *unit, struct proposal_taken *out, struct err *e);
enum err_code office_proposal_dismiss(struct office *o, int64_t id, struct err *e);

#endif
