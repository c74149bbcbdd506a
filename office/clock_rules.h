/*
 * clock_rules.h - from deadlines.conf to running clocks: inside an act, starts every
 * clock that a case of this grade has, from its original start (DESIGN §6.4).
 */
#ifndef OFFICE_CLOCK_RULES_H
#define OFFICE_CLOCK_RULES_H

#include <stdint.h>

#include "ledger/cases.h"
#include "office/act.h"
#include "office/deadlines.h"

/* c gives published_at, discovered_at and clock_start. */
void clock_rules_start(
	struct act *a, const char *case_id, const struct case_record *c, const char *grade);
/* One clock of a rule for any subject. from_published TIME_NONE: not shown. */
void clock_rules_append(struct act *a, const char *subject, const struct deadline *d,
	const char *start_event, int64_t start, int64_t due, int64_t from_published);

#endif
