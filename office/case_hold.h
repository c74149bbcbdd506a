/*
 * case_hold.h - a unit signs for a case (签收) or gives it back (退回).
 *
 * Giving back has a limit of its own (deadlines.conf, clock return), from the moment the
 * unit was given the case; later only a supervisor enters it. What --final settled is not
 * given back any more.
 */
#ifndef OFFICE_CASE_HOLD_H
#define OFFICE_CASE_HOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

#define OFFICE_UNIT_SIZE 320

struct office_held {
	char id[IDS_SIZE];
	char unit[OFFICE_UNIT_SIZE];
	int64_t returns; /* of the case, with this one */
	bool needs_final; /* a supervisor settles where it goes (procedure.conf) */
	bool lead; /* it was the lead: the office holds the case now */
};

/* unit NULL: --for. at TIME_NONE: now. */
enum err_code office_case_sign(struct office *o, const char *typed, const char *unit, int64_t at,
	struct office_held *out, struct err *e);
/* late: a supervisor enters it after its limit. */
enum err_code office_case_return(struct office *o, const char *typed, const char *unit,
	const char *reason, bool late, struct office_held *out, struct err *e);

#endif
