/*
 * clock_acts.h - what a person does about a limit of a case.
 */
#ifndef OFFICE_CLOCK_ACTS_H
#define OFFICE_CLOCK_ACTS_H

#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

struct office_extension {
	const char *case_id; /* as typed */
	const char *clock; /* name of a clock or of its rule */
	const char *by; /* "10 working days" */
	const char *reason;
};

struct office_extended {
	char case_id[IDS_SIZE];
	char clock[32];
	int64_t due, before; /* moments */
	int unlisted_year; /* not 0: 暂定 */
};

/* A supervisor's own login; refused when the rule allows none, more than it allows, a second
 * time, or when the limit is over. */
enum err_code office_case_extend(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e);

#endif
