/*
 * tally_private.h - what the files of the tally share: the tables and their columns, and
 * rows that are being counted. For tally*.c alone.
 */
#ifndef OFFICE_TALLY_PRIVATE_H
#define OFFICE_TALLY_PRIVATE_H

#include "ledger/answerable.h"
#include "ledger/case_states.h"
#include "ledger/commitments.h"
#include "ledger/facts.h"
#include "ledger/list.h"
#include "office/tally.h"

enum { /* tables, in the order of tally_table_at() */
	TALLY_TOTAL,
	TALLY_QUEUE,
	TALLY_CASES,
	TALLY_TOPIC,
	TALLY_UNIT,
	TALLY_PLACE,
	TALLY_SOURCE,
	TALLY_GRADE,
	TALLY_PROMISE,
	TALLY_CARRIED,
	TALLY_PROMISER,
	TALLY_ORDER,
	TALLY_LOOKBACK,
	TALLY_TABLES
};

enum {
	TOTAL_RAISED,
	TOTAL_FALSE,
	TOTAL_CASES,
	TOTAL_DUE,
	TOTAL_ANSWERED,
	TOTAL_ON_TIME,
	TOTAL_LATE,
	TOTAL_RATE,
	TOTAL_MEAN,
	TOTAL_MEDIAN,
	TOTAL_LONGEST,
	TOTAL_WITHDRAWN,
};
enum {
	QUEUE_CARRIED,
	QUEUE_RAISED,
	QUEUE_RETURNED,
	QUEUE_REOPENED,
	QUEUE_UNDONE,
	QUEUE_SPLIT,
	QUEUE_OUT, /* six outcomes, as balance_outcome() */
	QUEUE_OPEN = QUEUE_OUT + 6
};
enum { CASES_CARRIED, CASES_OPENED, CASES_REOPENED, CASES_FINISHED, CASES_OPEN, CASES_CLOSED };
enum { ANSWER_CASES, ANSWER_DUE, ANSWER_ANSWERED, ANSWER_ON_TIME, ANSWER_LATE, ANSWER_RATE };
enum { GRADE_LIMITS, GRADE_DUE, GRADE_ON_TIME, GRADE_LATE, GRADE_RATE };
enum {
	PROMISE_DUE,
	PROMISE_KEPT,
	PROMISE_KEPT_LATE,
	PROMISE_EXTENDED,
	PROMISE_BROKEN,
	PROMISE_PARTLY,
	PROMISE_CANNOT,
	PROMISE_RATE,
	PROMISE_DONE,
	PROMISE_DONE_RATE,
	PROMISE_PUBLIC,
	PROMISE_PUBLIC_RATE,
	PROMISE_UNDATED
};
enum { CARRIED_IN, CARRIED_ADDED, CARRIED_SETTLED, CARRIED_ON };
enum {
	UNIT_PROMISE_DUE,
	UNIT_PROMISE_KEPT,
	UNIT_PROMISE_LATE,
	UNIT_PROMISE_BROKEN,
	UNIT_PROMISE_CANNOT,
	UNIT_PROMISE_RATE
};

enum {
	ORDER_ISSUED,
	ORDER_DUE,
	ORDER_IN_TIME,
	ORDER_LATE,
	ORDER_RATE,
	ORDER_OPEN,
	ORDER_TALKED,
	ORDER_CIRCULATED
};
enum {
	LOOKBACK_DUE,
	LOOKBACK_DONE,
	LOOKBACK_DONE_LATE,
	LOOKBACK_HELD,
	LOOKBACK_REBOUNDS,
	LOOKBACK_LATE
};

/* Read once for all periods. */
struct tally_facts {
	struct facts_case *cases;
	struct facts_limit *limits;
	struct answerable_holder *holders;
	struct answerable_answer *answers;
	struct case_state *states;
	struct commitment_record *promises;
	size_t case_count, limit_count, holder_count, answer_count, state_count, promise_count;
};

/* One period being counted. */
struct counting {
	const struct tally_facts *facts;
	struct office *office;
	struct arena *arena;
	struct err *err;
	enum err_code rc; /* the first failure; later steps do nothing */
	const struct term *period;
	const char *label; /* of its rows in tables of periods */
	int64_t asof, to; /* to: the end of the period, asof when that is earlier */
	bool whole; /* tables by topic, unit …, and the list of what is late */
	struct list *rows; /* of struct tally_row */
	struct list *late; /* of struct tally_late */
};

/* The row of a table, made with zeros when it is not there; NULL when memory is short. */
struct tally_row *tally_row_of(struct counting *c, int table, const char *label);
/* A new entry of T9. */
struct tally_late *tally_late_add(struct counting *c);

void tally_count_queue(struct counting *c);
void tally_count_cases(struct counting *c);
void tally_count_answers(struct counting *c);
void tally_count_promises(struct counting *c);
void tally_count_orders(struct counting *c);
void tally_count_lookbacks(struct counting *c);

#endif
