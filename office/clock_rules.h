/*
 * clock_rules.h - from deadlines.conf and holidays.conf to running clocks: inside an act
 * they start, stand still, are extended, end (DESIGN §6.4). Every due time is reckoned here
 * and carried by the event.
 */
#ifndef OFFICE_CLOCK_RULES_H
#define OFFICE_CLOCK_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/calendar.h"
#include "ledger/cases.h"
#include "ledger/clock_proposals.h"
#include "ledger/clocks.h"
#include "office/act.h"
#include "office/deadlines.h"

/* What a clock starts with; members left out: none. */
struct clock_start {
	const char *subject; /* case, commitment, task … */
	const char *who; /* the unit that must act; NULL: who holds the subject */
	const char *ref; /* which of several clocks of one kind: "2", "2021Q3" */
	const char *event; /* what happened then, a word of "start" in cli/words.c; NULL: the
			    * rule's */
	int64_t at; /* from when it runs */
	int64_t published; /* shown beside: counted from there; 0 or TIME_NONE: not */
	const struct deadline *rule;
	int amount; /* chosen by a person from at_least to the limit; 0: the limit */
};

/* The due time that a rule gives from `start`. */
void clock_rules_reckon(
	struct act *a, const struct deadline *rule, int64_t start, struct calendar_result *out);
/* Appends clock.started/2. *out (may be NULL): its due time; unlisted_year: 暂定. */
void clock_rules_begin(struct act *a, const struct clock_start *s, struct calendar_result *out);
/* As clock_rules_begin with the rule that fits the question; false, and nothing is done,
 * when deadlines.conf has none: limits that an office may do without. */
bool clock_rules_begin_if(struct act *a, const struct deadline_query *q, struct clock_start s,
	struct calendar_result *out);

/* Ends clocks that run or stand still: `how` "met" (done at `at` by `by`, a unit or an id) or
 * "void" (waits for nothing any more). who and ref NULL: whosever it is. */
void clock_rules_end(struct act *a, const char *subject, enum deadline_clock clock, const char *who,
	const char *ref, const char *how, int64_t at, const char *by);

/* The clocks of a subject whose rule says `pauses` stand still while a third party is asked.
 * One that is over its limit runs on. *count (may be NULL): how many. */
void clock_rules_pause(struct act *a, const char *subject, const char *third_party, int64_t *count);
/* They run on since `at`, at the latest since the third party's own limit passed: what it says
 * later holds nothing up (国令第711号 第三十二条). */
void clock_rules_resume(struct act *a, const char *subject, int64_t at, int64_t *count);
/* Before an answer of that time is accepted: what it meets ran on then, so that nobody is late
 * for the time in which a limit stood still. press: it is met by a press conference too. */
void clock_rules_resume_answered(struct act *a, const char *subject, bool press, int64_t at);

/* After the acceptance of an answer was taken back: what stood still until it, since a third party
 * was asked, stood still on, until that one answered or its own time was over; what other holidays
 * would have moved meanwhile is reckoned again. */
void clock_rules_run_on(struct act *a, const char *subject);

/* An extension is once, by no more than the rule's `extension`, before the limit is over; one
 * person proposes it, another approves it (whoever calls this has seen to that). `clock` is the
 * name of a clock or of a rule, or an order's number; `by` a limit like "10 working days". The
 * clock as it was before; NULL: refused. *due: with the extension. */
const struct clock_record *clock_rules_propose_extension(struct act *a, const char *subject,
	const char *clock, const char *by, const char *reason, struct calendar_result *due);
const struct clock_record *clock_rules_approve_extension(
	struct act *a, const struct clock_proposal *p, struct calendar_result *due);
const struct clock_record *clock_rules_named(struct act *a, const char *subject, const char *name);
/* NULL: it is gone. */
const struct clock_record *clock_rules_of_proposal(struct act *a, const struct clock_proposal *p);

/* Running clocks of another list of holidays are reckoned by the one that there is now; those
 * whose due time or 暂定 changes get an event. Adds to *changed. */
void clock_rules_recompute(struct act *a, int64_t *changed);

/* Every clock that a case of this grade has, from its original start, but those `kept`. c gives
 * published_at, discovered_at and clock_start. */
void clock_rules_start(struct act *a, const char *case_id, const struct case_record *c,
	const char *grade, const char *kept);
/* The clocks whose limit has passed and that this grade would give a later one, or none: what
 * was late under the grade of then stays late. Their names, joined with ","; *due: the limit of
 * the first, when there is one. */
const char *clock_rules_kept(
	struct act *a, const struct case_record *c, const char *grade, int64_t *due);
/* Another category would give the case other limits than it has by its own. */
bool clock_rules_differ(struct act *a, const struct case_record *c, const char *category);
/* The limits of the orders (工单) of a row that it has, by the kind of each; not of those that
 * have theirs in this case already, nor of what their sheets say is finished. */
void clock_rules_start_orders(struct act *a, const char *case_id, int64_t story);
/* Their kinds, joined with ",", for a deadline_query; "" when there are none. */
const char *clock_rules_order_types(struct act *a, int64_t story);

#endif
