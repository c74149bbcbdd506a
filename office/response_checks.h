/*
 * response_checks.h - what is noticed about an answer when it is entered; inside
 * office/response*.c only.
 */
#ifndef OFFICE_RESPONSE_CHECKS_H
#define OFFICE_RESPONSE_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "ledger/cases.h"
#include "office/act.h"
#include "office/channels.h"
#include "office/responses.h"
#include "office/units.h"

/* What one `respond` works with. */
struct response_entry {
	const struct office_response *in;
	struct units *units;
	struct channels *channels;
	const struct unit *unit;
	const struct channel *on[OFFICE_LINKS_MAX];
	char *urls[OFFICE_LINKS_MAX]; /* canonical */
	struct case_record c;
	int64_t published_at;
	struct buf checks; /* names, joined with , */
	struct buf found; /* their reasons: lines CHECK<tab>REASON */
};

/* Inside an act: fills checks and found. Nothing is refused. */
void response_checks_run(struct act *a, struct response_entry *x);

#endif
