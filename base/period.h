/*
 * period.h - months, quarters, halves and years of the calendar, as work is reported by them.
 */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#define PERIOD_SIZE 12

struct period {
	char ref[PERIOD_SIZE]; /* "2021-07", "2021Q3", "2021H2", "2021" */
	char from[11], to[11]; /* its first and last day, "YYYY-MM-DD" */
};

/* The period of a kind ("month" "quarter" "half" "year") that the date lies in. False: no such
 * kind, or no date of the years 1970 to 9998. */
bool period_of(const char *kind, const char *date, struct period *out);
/* The one after it. */
bool period_next(const char *kind, const struct period *p, struct period *out);

#endif
