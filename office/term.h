/*
 * term.h - the terms (期) that figures are told of: weeks, months, quarters and years of
 * the office's calendar.
 *
 * A week is that of ISO 8601: from Monday on, named by the year of its Thursday.
 */
#ifndef OFFICE_TERM_H
#define OFFICE_TERM_H

#include <stdint.h>

#include "base/err.h"
#include "base/time.h"

enum term_kind { TERM_WEEK, TERM_MONTH, TERM_QUARTER, TERM_YEAR };

struct term {
	enum term_kind kind;
	int year, n; /* n: week, month or quarter from 1; 1 of a year */
	int64_t first, end; /* days since 1970-01-01: its first, and the one after its last */
	int64_t from, to; /* local midnights of these: [from, to) */
	char name[16]; /* "2026-W39" "2026-09" "2026Q3" "2026" */
};

/* Of "week" "month" "quarter" "year"; ERR_USAGE. */
enum err_code term_kind_read(const char *word, enum term_kind *out, struct err *e);
/* The one that holds the moment. */
void term_at(enum term_kind kind, int64_t t, const struct time_zone *z, struct term *out);
/* A name as above (q and w may be small); ERR_USAGE. */
enum err_code term_read(enum term_kind kind, const char *name, const struct time_zone *z,
	struct term *out, struct err *e);
/* The one before, and that of the year before (of a week: 52 weeks before). */
void term_before(const struct term *p, const struct time_zone *z, struct term *out);
void term_year_before(const struct term *p, const struct time_zone *z, struct term *out);

#endif
