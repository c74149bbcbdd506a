/*
 * brief.h - what stands on paper about a case: the brief for the leaders (舆情专报) and
 * the sheet by which a unit gets it (交办单). Only reading; no event.
 *
 * Every text is masked (mask.h): paper leaves the house. NULL texts: none, or erased.
 */
#ifndef OFFICE_BRIEF_H
#define OFFICE_BRIEF_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/case_talk.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"
#include "ledger/responses.h"
#include "office/office.h"

#define BRIEF_EXCERPT_MAX 300 /* characters */

struct brief {
	struct case_record c; /* its title and place are masked */
	const char *source, *link, *excerpt; /* of the first alert */
	const char *together; /* classes of channels it is answered on, joined with 、; NULL: any */
	int64_t copies; /* besides the first, in all its rows */
	struct case_unit *units; /* all; those that hold it have no `until` */
	struct case_grade *grades; /* reasons masked */
	struct clock_record *clocks;
	struct response_record *responses;
	struct case_consultation *met; /* masked */
	struct case_instruction *told; /* masked */
	size_t unit_count, grade_count, clock_count, response_count, met_count, told_count;
};

/* The case as typed. All lives in the arena. */
enum err_code brief_case(
	struct office *o, const char *typed, struct arena *a, struct brief *out, struct err *e);
/* The running or met limit of this clock; who NULL: of whosever it is. NULL: there is none. */
const struct clock_record *brief_clock(const struct brief *b, const char *clock, const char *who);
/* The same by which of several it is: an order's number, "2" of an instruction. */
const struct clock_record *brief_clock_ref(
	const struct brief *b, const char *clock, const char *ref);
/* The words that all keep to: of the last consultation that had any; NULL. */
const char *brief_wording(const struct brief *b);

#endif
