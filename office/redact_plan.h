/*
 * redact_plan.h - what an erasure takes away: the texts that it names, all others that hold the
 * same words, and items whole. For redact_ask.c, which counts it, and redact.c, which does it.
 */
#ifndef OFFICE_REDACT_PLAN_H
#define OFFICE_REDACT_PLAN_H

#include "ledger/list.h"
#include "ledger/redactions.h"
#include "office/act.h"
#include "office/redact.h"
#include "office/redact_order.h"

/* Names of what is no text of a record. */
#define REDACT_ITEM "item"
#define REDACT_FILE "file"

struct redact_plan {
	struct act *a;
	const struct redaction *r;
	struct list texts; /* struct erase_text: named and found, current ones */
	size_t named; /* of the texts, those that the ask itself names: they come first */
	struct list words; /* const char *: to be looked for everywhere */
	struct list items; /* int64_t: to be blanked whole */
	struct redact_order of; /* the order of a hotline; the subject is its number */
	struct list order_words; /* const char *: of that order */
	struct redact_counts *counts;
};

/* The whole order goes. */
bool redact_plan_whole_order(const struct redact_plan *p);

/* Evidence, and a case: what it was opened on is kept beside (DESIGN §5.4). */
bool redact_has_file(const char *id);

/* Lists in the act's arena; counts->texts and ->unlooked are set. Errors: a->rc. */
void redact_plan_make(struct redact_plan *p, struct act *a, const struct redaction *r,
	struct redact_counts *counts);

#endif
