/*
 * yearpart.h - months, quarters, halves and years of the calendar, as work is reported by them.
 */
#ifndef BASE_YEARPART_H
#define BASE_YEARPART_H

#include <stdbool.h>
#include <stdint.h>

#define YEARPART_SIZE 12

struct yearpart {
	char ref[YEARPART_SIZE]; /* "2021-07", "2021Q3", "2021H2", "2021" */
	char from[11], to[11]; /* its first and last day, "YYYY-MM-DD" */
};

/* The period of a kind ("month" "quarter" "half" "year") that the date lies in. False: no such
 * kind, or no date of the years 1970 to 9998. */
bool yearpart_of(const char *kind, const char *date, struct yearpart *out);
/* The one after it. */
bool yearpart_next(const char *kind, const struct yearpart *p, struct yearpart *out);

#endif
