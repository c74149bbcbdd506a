/*
 * clock_acts.h - extending a limit of a case takes two persons: one proposes it, a supervisor
 * who is another one approves it (经批准可延长; DESIGN §6.2). Both have logins of their own.
 */
#ifndef OFFICE_CLOCK_ACTS_H
#define OFFICE_CLOCK_ACTS_H

#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

struct office_extension {
	const char *case_id; /* as typed */
	const char *clock; /* name of a clock or of its rule, or an order's number; where only one
			    * extension waits NULL means that */
	const char *by; /* "10 working days"; of a proposal */
	const char *reason; /* of a proposal, of dropping it */
};

struct office_extended {
	char case_id[IDS_SIZE];
	char clock[32], ref[64]; /* ref: which of several; "" */
	int64_t due, before; /* moments: with the extension, without */
	int unlisted_year; /* not 0: 暂定 */
};

/* Refused when the rule allows none, more than it allows, a second time, when the limit is
 * over, or when one waits already. */
enum err_code office_case_extend(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e);
/* By another person, before the limit is over. */
enum err_code office_case_extend_approve(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e);
/* One's own proposal, or a supervisor's no; it needs a reason. */
enum err_code office_case_extend_withdraw(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e);

#endif
