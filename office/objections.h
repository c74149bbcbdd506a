/*
 * objections.h - objections against how a case was dealt with: of the public (公示异议), or
 * of a unit that asks for a review (复核, 国令733号 第17条). An open one holds closing.
 *
 * Who raised it, and who finished or closed the case or verified its promises, does not
 * decide (原督查人员回避).
 */
#ifndef OFFICE_OBJECTIONS_H
#define OFFICE_OBJECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

struct office_objection {
	const char *subject; /* case, as typed */
	const char *unit; /* that asks for a review; NULL: the public */
	const char *text; /* required; no names of private persons */
};

struct office_objected {
	char id[IDS_SIZE], case_id[IDS_SIZE];
	int64_t due; /* until when it must be decided; TIME_NONE: no rule */
	int unlisted_year; /* 暂定: the first year without holidays; 0 */
	bool upheld, reopened; /* the case is open again */
};

/* Of a closed case within the limit that deadlines.conf gives from its closing. */
enum err_code office_objection_add(struct office *o, const struct office_objection *in,
	struct office_objected *out, struct err *e);
/* result: upheld rejected, or 成立 不成立. Upheld: a finished or closed case is open again. */
enum err_code office_objection_decide(struct office *o, const char *typed, const char *result,
	const char *reason, struct office_objected *out, struct err *e);

#endif
