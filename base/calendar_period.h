/*
 * calendar_period.h - months, quarters, halves and years of the calendar, as work is reported by
 * them.
 */
#ifndef BASE_CALENDAR_PERIOD_H
#define BASE_CALENDAR_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#define CALENDAR_PERIOD_SIZE 12

struct calendar_period {
	char ref[CALENDAR_PERIOD_SIZE]; /* "2021-07", "2021Q3", "2021H2", "2021" */
	char from[11], to[11]; /* its first and last day, "YYYY-MM-DD" */
};

/* The period of a kind ("month" "quarter" "half" "year") that the date lies in. False: no such
 * kind, or no date of the years 1970 to 9998. */
bool calendar_period_of(const char *kind, const char *date, struct calendar_period *out);
/* The one after it. */
bool calendar_period_next(
	const char *kind, const struct calendar_period *p, struct calendar_period *out);

#endif
