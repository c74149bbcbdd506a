/*
 * answerable.h - who held a case when a limit of it passed, whose lateness that is and who
 * must act: the one rule that the figures by unit, `show`, lists of what is due and orders of
 * supervision ask (DESIGN §6.3; 国办发〔2016〕61号 第一: 谁主管谁负责).
 *
 * Judged at the due time, or now while that has not come. The limit is the one that ran when it
 * passed: a grade that is lowered later does not take it away (case.graded/2).
 * - The lead that held the case then answers for it. When none did - the case was opened after
 *   its limit, or the office had it between two leads - the lateness is the office's (unit "").
 * - A co-unit that held it then owes an answer of its own (各按职责回应): one that keeps silent
 *   is as late as one that answers late.
 * - An order goes to the unit whose lateness it is, or that took over its duties; where it is
 *   the office's, to the first lead that came later, since only that one can act.
 */
#ifndef LEDGER_ANSWERABLE_H
#define LEDGER_ANSWERABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

/* Strings live in the arena they were read into. */
struct answerable_holder {
	const char *case_id, *unit;
	bool lead;
	bool moved; /* its duties went to the unit that holds from `until` on */
	int64_t n; /* its place among those that were given the case together */
	int64_t since, until; /* until TIME_NONE: holds */
};

struct answerable_answer { /* an accepted one */
	const char *case_id, *unit;
	int64_t published_at;
};

/* A case before one limit of it. */
struct answerable {
	const struct answerable_holder *holders; /* in the order they were given it */
	const struct answerable_answer *answers; /* by publication */
	size_t holder_count, answer_count;
	int64_t due; /* TIME_NONE: nothing runs, nobody is late */
	int64_t met_at; /* by whosever answer; TIME_NONE: not */
	int64_t now;
};

enum answerable_state {
	ANSWERABLE_NOT, /* it did not hold the case then */
	ANSWERABLE_OPEN, /* the limit has not passed, nothing came yet */
	ANSWERABLE_KEPT,
	ANSWERABLE_LATE,
};

/* When the question is judged: at the due time, or now. */
int64_t answerable_at(const struct answerable *x);
bool answerable_held(const struct answerable_holder *h, int64_t at);
/* The lead that held it then; NULL: the office. */
const struct answerable_holder *answerable_lead(const struct answerable *x);
/* When the unit's own first answer was published, under the name of today or that of before;
 * TIME_NONE: it has none. */
int64_t answerable_own(const struct answerable *x, const struct answerable_holder *h);
enum answerable_state answerable_judge(
	const struct answerable *x, const struct answerable_holder *h);
/* A co-unit that holds the case without an answer of its own, where it held the case when the
 * limit passed or nobody has answered yet. */
bool answerable_owes(const struct answerable *x, const struct answerable_holder *h);
/* One of its holders of that name does. */
bool answerable_unit_owes(const struct answerable *x, const char *unit);
/* The first of those whose duties `h` took over, `h` itself when it took over none. */
const struct answerable_holder *answerable_origin(
	const struct answerable *x, const struct answerable_holder *h);
/* The one of them that held the case when the limit is judged, `h` itself when none did. */
const struct answerable_holder *answerable_then(
	const struct answerable *x, const struct answerable_holder *h);
/* The office is late: no lead held the case and nobody's answer met the limit. */
bool answerable_office_is_late(const struct answerable *x);
/* To whom an order goes; "": no unit has come yet. */
const char *answerable_addressee(const struct answerable *x);

/* Of one case, of all for NULL: ordered by case. */
enum err_code answerable_holders(struct db *db, const char *case_id, struct arena *a,
	struct answerable_holder **out, size_t *count, struct err *e);
enum err_code answerable_answers(struct db *db, const char *case_id, struct arena *a,
	struct answerable_answer **out, size_t *count, struct err *e);
/* Holders and answers of a case; the limit is the caller's. */
enum err_code answerable_read(
	struct db *db, const char *case_id, struct arena *a, struct answerable *out, struct err *e);

#endif
