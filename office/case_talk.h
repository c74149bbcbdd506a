/*
 * case_talk.h - the acts around a case besides its answers: consultations (会商),
 * questions to a third party, which stop the limits that allow it, leaders' instructions
 * (批示) with their limits, leads handed over (线索移交).
 *
 * Leaders and third parties are posts and bodies, never persons by name.
 */
#ifndef OFFICE_CASE_TALK_H
#define OFFICE_CASE_TALK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/cases.h"
#include "office/office.h"

struct office_consultation {
	const char *with[OFFICE_CO_UNITS_MAX]; /* units that took part */
	size_t with_count;
	int64_t held_at; /* TIME_NONE: now */
	const char *conclusion;
	const char *wording; /* 口径, or NULL */
	const char *grade, *reason; /* that it set, with why; or NULL */
	const char *lead; /* that it named (co-units stay); or NULL */
};

struct office_talked {
	char id[IDS_SIZE];
	int64_t n;
	int64_t due; /* TIME_NONE: no limit */
	int unlisted_year; /* 暂定: the first year without holidays; 0 */
	char rule[64]; /* of the limit */
	int64_t clocks; /* that stand still or run again */
};

enum err_code office_case_consult(struct office *o, const char *typed,
	const struct office_consultation *in, struct office_talked *out, struct err *e);
enum err_code office_case_ask(struct office *o, const char *typed, const char *third_party,
	const char *question, struct office_talked *out, struct err *e);
/* The question that is open. */
enum err_code office_case_answered(struct office *o, const char *typed, const char *answer,
	struct office_talked *out, struct err *e);

struct office_instruction {
	const char *post; /* 市长, 分管副市长 */
	const char *kind; /* 急件 一般 难件 */
	int64_t days; /* 0: the rule's limit */
	const char *text;
	const char *unit; /* NULL: the lead */
	int64_t given_at; /* TIME_NONE: now */
};

enum err_code office_case_instruct(struct office *o, const char *typed,
	const struct office_instruction *in, struct office_talked *out, struct err *e);
/* done_on NULL: today. The limit of the report starts. */
enum err_code office_case_instruction_done(struct office *o, const char *typed, int64_t n,
	const char *done_on, const char *report, struct office_talked *out, struct err *e);
enum err_code office_case_instruction_reported(
	struct office *o, const char *typed, int64_t n, struct office_talked *out, struct err *e);

/* on NULL: today. */
enum err_code office_case_handover(struct office *o, const char *typed, const char *to,
	const char *on, const char *note, struct office_talked *out, struct err *e);

#endif
