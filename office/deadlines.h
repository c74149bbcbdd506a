/*
 * deadlines.h - deadlines.conf: every time limit of the office as data
 * (DESIGN §5.3, §6.4), with the paper it comes from.
 *
 * A section is a rule, its name [a-z0-9-]+ stands in events and in `show --why`.
 * Keys:
 *   clock   triage    a raised alert must be looked at
 *           response  the first answer to the public
 *           press     the press conference (新闻发布会)
 *           undated   a promise without a date must be reviewed
 *   grades  the grades it holds for; absent: all
 *   limit   48 hours, 15 minutes, 30 days
 *   start   raised | discovered | published; what the clock runs from
 *   roll    none; next-workday is not supported yet and refused
 *   basis   the paper and its clause (required)
 * Hours and minutes are natural ones. A limit in working days is refused with
 * "not yet supported" at its place in the file.
 */
#ifndef OFFICE_DEADLINES_H
#define OFFICE_DEADLINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/path.h"
#include "office/namelist.h"

enum deadline_clock {
	DEADLINE_TRIAGE,
	DEADLINE_RESPONSE,
	DEADLINE_PRESS,
	DEADLINE_UNDATED,
	DEADLINE_CLOCKS
};

struct deadline {
	const char *rule; /* section name */
	const char *start; /* "raised", "discovered", "published" */
	const char *basis;
	struct calendar_limit limit;
	struct namelist grades; /* count 0: every grade */
	enum deadline_clock clock;
	int line;
};

struct deadlines; /* immutable once loaded */

enum err_code deadlines_parse(
	const char *name, const char *text, size_t n, struct deadlines **out, struct err *e);
/* deadlines.conf along the home's order. */
enum err_code deadlines_load(const struct path_home *home, struct deadlines **out, struct err *e);
void deadlines_free(struct deadlines *d);

size_t deadlines_count(const struct deadlines *d);
const struct deadline *deadlines_at(const struct deadlines *d, size_t i);
/* The rule of a clock for a grade ("" or NULL: one that names no grade counts
 * too); NULL when there is none. Two rules for one clock and grade are refused
 * when the file is read. */
const struct deadline *deadlines_find(
	const struct deadlines *d, enum deadline_clock clock, const char *grade);

/* "triage", "response", "press", "undated": the words of events and JSON. */
const char *deadline_clock_name(enum deadline_clock clock);
/* "48 hours", as the file may say it. Appends nothing on error. */
void deadline_add_limit(struct buf *b, const struct calendar_limit *limit);

#endif
