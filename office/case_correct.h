/*
 * case_correct.h - a place or category of a case that was wrong or is known better later
 * (DESIGN §6.3). Grade: office_case_grade(); units: office_case_assign().
 */
#ifndef OFFICE_CASE_CORRECT_H
#define OFFICE_CASE_CORRECT_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

struct office_correction {
	const char *case_typed;
	const char *place; /* or NULL: as it is */
	const char *category; /* letters a-f: "b,d"; or NULL: as it is */
	const char *reason;
};

struct office_corrected {
	char id[IDS_SIZE];
	bool place, category; /* what changed */
	bool limits; /* another limit holds for the category; it runs from the original start */
	/* What units.conf suggests now that its lead does not: the unit, or "". */
	char lead[256];
};

/* A category for which other limits hold is corrected by a supervisor: nobody gives himself
 * more time. */
enum err_code office_case_correct(struct office *o, const struct office_correction *in,
	struct office_corrected *out, struct err *e);

#endif
