/*
 * deadlines.h - deadlines.conf: every time limit of the office as data
 * (DESIGN §5.3, §6.4), with the paper it comes from.
 *
 * A section is a rule, its name [a-z0-9-]+ stands in events and in `show --why`.
 * Keys:
 *   clock       what the limit is for: deadline_clock_name(), see the table of words in
 *               deadlines.c for what each may start from
 *   grades      the grades it holds for         \
 *   categories  codes a to f of the matter       | absent: all
 *   types       kinds of request (诉求类型)      |
 *   kinds       急件, 一般, 难件; 提醒, 蓝 …    /
 *   limit       48 hours, 15 minutes, 30 days, 20 working days, year end
 *   at_least    the shortest that a person may choose instead of the limit
 *   extension   by how much it may be extended, once
 *   pauses      yes: while a third party is asked (征求第三方意见) it stands still
 *   start       what the clock runs from
 *   roll        none | next-workday: a limit in days that ends on a day off
 *   basis       the paper and its clause (required)
 * Hours and minutes are natural ones; working days are those of holidays.conf.
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
	DEADLINE_TRIAGE, /* a raised alert must be looked at */
	DEADLINE_RESPONSE, /* the first answer to the public */
	DEADLINE_PRESS, /* the press conference (新闻发布会) */
	DEADLINE_UNDATED, /* a promise without a date must be reviewed */
	DEADLINE_SIGN, /* a unit signs for its case (签收) */
	DEADLINE_RETURN, /* until when it may give the case back (退回) */
	DEADLINE_VERIFY, /* a claimed promise must be verified */
	DEADLINE_INSTRUCT, /* an instruction (批示) must be carried out */
	DEADLINE_REPORT, /* what was done must be reported */
	DEADLINE_CONSULT, /* a third party must answer */
	DEADLINE_ORDER, /* an order of a platform (工单) by its type */
	DEADLINE_TASK, /* a task of a plan */
	DEADLINE_PROGRESS, /* progress of a task, each period */
	DEADLINE_FEEDBACK, /* the answer to a supervision order */
	DEADLINE_LOOKBACK, /* a closed case must be looked at again (回头看) */
	DEADLINE_OBJECTION, /* an objection must be decided */
	DEADLINE_NOTICE, /* a decision must be told to who is concerned */
	DEADLINE_INFORM, /* who asked is told whether it is taken up (告知受理) */
	DEADLINE_CLOCKS
};

struct deadline {
	const char *rule; /* section name */
	const char *start; /* "raised", "discovered", "published", … */
	const char *basis;
	struct calendar_limit limit;
	struct calendar_limit at_least, extension; /* amount 0: none */
	enum calendar_roll roll;
	bool pauses;
	struct namelist grades, categories, types, kinds; /* count 0: every one */
	enum deadline_clock clock;
	int line;
};

/* What a limit is looked for; NULL or "": not said. */
struct deadline_query {
	enum deadline_clock clock;
	const char *grade, *category, *type, *kind, *start;
};

struct deadlines; /* immutable once loaded */

enum err_code deadlines_parse(
	const char *name, const char *text, size_t n, struct deadlines **out, struct err *e);
/* deadlines.conf along the home's order. */
enum err_code deadlines_load(const struct path_home *home, struct deadlines **out, struct err *e);
void deadlines_free(struct deadlines *d);

size_t deadlines_count(const struct deadlines *d);
const struct deadline *deadlines_at(const struct deadlines *d, size_t i);
/* The rule that fits: of several the one that names more of what was asked; a rule that
 * names what was not said does not fit; with `start` only those that run from it. NULL when there
 * is none. Two rules that answer the same question alike are refused when the file is read.
 * `category` may be several codes, joined with a comma: one of them is enough. */
const struct deadline *deadlines_pick(const struct deadlines *d, const struct deadline_query *q);
/* By clock and grade alone. */
const struct deadline *deadlines_find(
	const struct deadlines *d, enum deadline_clock clock, const char *grade);
/* By the name of the rule; NULL when there is none (any more). */
const struct deadline *deadlines_named(const struct deadlines *d, const char *rule);

/* The share of a limit, in percent, that is left when `tick` reminds of it; 0: never. */
int deadlines_remind(const struct deadlines *d);

/* "triage", "response", "press", "undated", …: the words of events and JSON. */
const char *deadline_clock_name(enum deadline_clock clock);
/* "48 hours", as the file may say it. Appends nothing on error. */
void deadline_add_limit(struct buf *b, const struct calendar_limit *limit);

#endif
