/*
 * lookbacks.h - looks back at closed cases (回头看): planned when a case is closed, by the
 * rules of deadlines.conf; a relapse (反弹) opens a new case that is linked to the old one,
 * which stays closed: history is not rewritten.
 */
#ifndef OFFICE_LOOKBACKS_H
#define OFFICE_LOOKBACKS_H

#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/act.h"
#include "office/office.h"

/* Inside the act that closes a case: its looks back, after case.closed. */
void lookbacks_plan(struct act *a, const char *case_id);
/* Inside the act that opens a case from a story: when the story belonged to a closed case, the
 * new one is linked to it. */
void lookbacks_link_recurring(struct act *a, int64_t story, const char *case_id);

struct office_lookback {
	const char *subject; /* closed case, as typed */
	const char *result; /* 巩固 (holds) | 反弹 (rebound) */
	const char *note; /* what was found; required */
	const char *grade, *lead; /* of the new case; NULL: those of the old one */
};

struct office_looked {
	char id[IDS_SIZE], new_case[IDS_SIZE]; /* new_case "" when it holds */
	int64_t n, next_due; /* which one it was; the next one, TIME_NONE: none */
};

/* The earliest one that is planned, be it due or not. */
enum err_code office_lookback_done(struct office *o, const struct office_lookback *in,
	struct office_looked *out, struct err *e);

#endif
