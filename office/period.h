/*
 * period.h - weeks, months, quarters and years of the office's calendar, for figures.
 *
 * A week is that of ISO 8601: from Monday on, named by the year of its Thursday.
 */
#ifndef OFFICE_PERIOD_H
#define OFFICE_PERIOD_H

#include <stdint.h>

#include "base/err.h"
#include "base/time.h"

enum period_kind { PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

struct period {
	enum period_kind kind;
	int year, n; /* n: week, month or quarter from 1; 1 of a year */
	int64_t first, end; /* days since 1970-01-01: its first, and the one after its last */
	int64_t from, to; /* local midnights of these: [from, to) */
	char name[16]; /* "2026-W39" "2026-09" "2026Q3" "2026" */
};

/* Of "week" "month" "quarter" "year"; ERR_USAGE. */
enum err_code period_kind_read(const char *word, enum period_kind *out, struct err *e);
/* The one that holds the moment. */
void period_at(enum period_kind kind, int64_t t, const struct time_zone *z, struct period *out);
/* A name as above (q and w may be small); ERR_USAGE. */
enum err_code period_read(enum period_kind kind, const char *name, const struct time_zone *z,
	struct period *out, struct err *e);
/* The one before, and that of the year before (of a week: 52 weeks before). */
void period_before(const struct period *p, const struct time_zone *z, struct period *out);
void period_year_before(const struct period *p, const struct time_zone *z, struct period *out);

#endif
