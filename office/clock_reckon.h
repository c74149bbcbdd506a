/*
 * clock_reckon.h - the due time of one clock with all that happened to it; inside
 * office/clock_*.c only.
 */
#ifndef OFFICE_CLOCK_RECKON_H
#define OFFICE_CLOCK_RECKON_H

#include <stddef.h>
#include <stdint.h>

#include "base/calendar.h"
#include "office/act.h"

struct clock_past {
	int64_t start;
	struct calendar_rule rule;
	const struct calendar_pause *pauses;
	const struct calendar_limit *extensions; /* each counts from the due time before */
	size_t pause_count, extension_count;
};

/* By today's list of holidays. */
void clock_reckon(struct act *a, const struct clock_past *past, struct calendar_result *out);
/* due_at, near_at, calendar, tentative: members of every event that sets a due time. */
void clock_put_due(struct act *a, int64_t start, const struct calendar_rule *rule,
	const struct calendar_result *due);

#endif
