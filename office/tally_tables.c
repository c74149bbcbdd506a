/*
 * tally_tables.c - which figures there are, in which table, and what each one means.
 */
#include "office/tally_private.h"

#include "base/i18n.h"

#define COUNT(code, title, words)                                                                  \
	{                                                                                          \
		code, title, words, TALLY_COUNT, 0, 0                                              \
	}
#define HOURS(code, title, words)                                                                  \
	{                                                                                          \
		code, title, words, TALLY_HOURS, 0, 0                                              \
	}
#define RATE(code, title, words, n, of)                                                            \
	{                                                                                          \
		code, title, words, TALLY_RATE, n, of                                              \
	}
#define SIZE(a) (sizeof(a) / sizeof *(a))

static const struct tally_column total_columns[] = {
	[TOTAL_RAISED] = COUNT("raised", N_("rows raised"),
		N_("rows that came into the queue in the period for the first time")),
	[TOTAL_FALSE] =
		COUNT("false_alarms", N_("false alarms"), N_("decisions 误报 of the period")),
	[TOTAL_CASES] = COUNT(
		"cases", N_("to be answered"), N_("cases that were discovered in the period")),
	[TOTAL_DUE] = COUNT("due", N_("fallen due"),
		N_("of these, cases whose limit for the first answer has passed")),
	[TOTAL_ANSWERED] = COUNT(
		"answered", N_("answered"), N_("of the cases, those with an accepted answer")),
	[TOTAL_ON_TIME] = COUNT("on_time", N_("on time"),
		N_("of those due, cases whose first accepted answer was published within the "
		   "limit")),
	[TOTAL_LATE] = COUNT("late", N_("late"), N_("of those due, all others")),
	[TOTAL_RATE] = RATE("on_time_rate", N_("rate on time"),
		N_("on time ÷ fallen due; what is not due yet is not counted"), TOTAL_ON_TIME,
		TOTAL_DUE),
	[TOTAL_MEAN] = HOURS("hours_mean", N_("hours, mean"),
		N_("from the start of the clock to the publication of the first accepted answer; "
		   "0 when it was published before")),
	[TOTAL_MEDIAN] = HOURS("hours_median", N_("hours, median"),
		N_("the middle one; of two in the middle their mean")),
	[TOTAL_LONGEST] = HOURS("hours_longest", N_("hours, longest"), N_("the longest one")),
	[TOTAL_WITHDRAWN] = COUNT("acceptances_withdrawn", N_("acceptances taken back"),
		N_("of the cases' answers, acceptances that were taken back as mistakes until now; "
		   "figures that were printed before had counted them")),
};

static const struct tally_column queue_columns[] = {
	[QUEUE_CARRIED] = COUNT("carried", N_("carried in"),
		N_("rows that stood in the queue when the period began")),
	[QUEUE_RAISED] = COUNT("raised", N_("new"), N_("rows that came for the first time")),
	[QUEUE_RETURNED] = COUNT("returned", N_("came back"),
		N_("decided rows that came back because something changed (▲)")),
	[QUEUE_REOPENED] = COUNT(
		"reopened", N_("opened again"), N_("decided rows that a person opened again")),
	[QUEUE_UNDONE] = COUNT("undone", N_("taken back"),
		N_("rows whose dismissal by a rule line was taken back")),
	[QUEUE_SPLIT] = COUNT("split", N_("split off"), N_("rows made of a part of another")),
	[QUEUE_OUT] = COUNT("case", N_("to a case"), N_("rows that became a case")),
	[QUEUE_OUT + 1] = COUNT("merged", N_("merged"), N_("rows that joined a case")),
	[QUEUE_OUT + 2] = COUNT("passed_on", N_("passed on"), N_("not of our level: passed on")),
	[QUEUE_OUT + 3] = COUNT("lead_handed", N_("lead handed over"), N_("leads handed over")),
	[QUEUE_OUT + 4] = COUNT("noted", N_("noted"), N_("noted, no answer needed")),
	[QUEUE_OUT + 5] = COUNT("false_alarm", N_("false alarm"), N_("false alarms")),
	[QUEUE_OPEN] = COUNT("open", N_("carried on"),
		N_("rows in the queue when the period ended, or now; = carried in + all that came "
		   "- all that went out")),
};

static const struct tally_column case_columns[] = {
	[CASES_CARRIED] = COUNT("carried", N_("carried in"),
		N_("cases in hand when the period began: opened, not finished (办结)")),
	[CASES_OPENED] = COUNT("opened", N_("newly opened"), N_("cases opened in the period")),
	[CASES_REOPENED] = COUNT("reopened", N_("reopened"),
		N_("times that a finished or closed case was opened again in the period")),
	[CASES_FINISHED] = COUNT("finished", N_("finished"),
		N_("times that a case was finished (办结) in the period")),
	[CASES_OPEN] = COUNT("open", N_("carried on"),
		N_("cases in hand when the period ended, or now; = carried in + newly opened + "
		   "reopened "
		   "- finished")),
	[CASES_CLOSED] = COUNT("closed", N_("closed"),
		N_("cases closed (销号) in the period; they were finished before")),
};

static const struct tally_column answer_columns[] = {
	[ANSWER_CASES] = COUNT("cases", N_("cases"),
		N_("cases discovered in the period; one that belongs to several rows counts in "
		   "each, and once in T1")),
	[ANSWER_DUE] = COUNT("due", N_("fallen due"),
		N_("of these, those whose limit has passed; T3: to the unit that was the lead when "
		   "it "
		   "passed, and to each co-unit")),
	[ANSWER_ANSWERED] =
		COUNT("answered", N_("answered"), N_("with an accepted answer (T3: of the unit)")),
	[ANSWER_ON_TIME] = COUNT("on_time", N_("on time"), N_("of those due, answered in time")),
	[ANSWER_LATE] = COUNT("late", N_("late"), N_("of those due, all others")),
	[ANSWER_RATE] = RATE(
		"on_time_rate", N_("rate"), N_("on time ÷ fallen due"), ANSWER_ON_TIME, ANSWER_DUE),
};

static const struct tally_column grade_columns[] = {
	[GRADE_LIMITS] = COUNT("limits", N_("limits"),
		N_("limits of the cases discovered in the period, by the grade that holds now")),
	[GRADE_DUE] = COUNT("due", N_("fallen due"), N_("of these, limits that have passed")),
	[GRADE_ON_TIME] = COUNT("on_time", N_("on time"), N_("of those due, met in time")),
	[GRADE_LATE] = COUNT("late", N_("late"), N_("of those due, all others")),
	[GRADE_RATE] = RATE(
		"on_time_rate", N_("rate"), N_("on time ÷ fallen due"), GRADE_ON_TIME, GRADE_DUE),
};

static const struct tally_column promise_columns[] = {
	[PROMISE_DUE] = COUNT("due", N_("fallen due"),
		N_("promises whose original date lies in the period and has passed")),
	[PROMISE_KEPT] = COUNT("kept", N_("kept in time"),
		N_("of those due, verified as done on or before the original date")),
	[PROMISE_KEPT_LATE] = COUNT("kept_late", N_("kept late"),
		N_("of those due, verified as done after the original date")),
	[PROMISE_EXTENDED] = COUNT("kept_extended", N_("kept as extended"),
		N_("of those kept late, done within an extension that was public before the date "
		   "it moved")),
	[PROMISE_BROKEN] = COUNT(
		"broken", N_("broken"), N_("of those due, neither done nor given up in public")),
	[PROMISE_PARTLY] = COUNT("partly", N_("partly done"),
		N_("of those broken, promises of which a part was told to be done; partly done is "
		   "not kept")),
	[PROMISE_CANNOT] = COUNT("cannot", N_("cannot be kept"),
		N_("of those due, given up with a published reason")),
	[PROMISE_RATE] = RATE("kept_rate", N_("rate kept in time"), N_("kept in time ÷ fallen due"),
		PROMISE_KEPT, PROMISE_DUE),
	[PROMISE_DONE] = COUNT("done", N_("kept in all"), N_("kept in time + kept late")),
	[PROMISE_DONE_RATE] = RATE("done_rate", N_("rate kept in all"),
		N_("kept in all ÷ fallen due"), PROMISE_DONE, PROMISE_DUE),
	[PROMISE_PUBLIC] = COUNT("published", N_("public"),
		N_("of those kept, whose fulfilment was captured on a registered channel")),
	[PROMISE_PUBLIC_RATE] = RATE("published_rate", N_("rate public"),
		N_("public ÷ kept in all"), PROMISE_PUBLIC, PROMISE_DONE),
	[PROMISE_UNDATED] = COUNT("undated", N_("without a date"),
		N_("promises without a date (未明确时限), made before the end of the period, that "
		   "were open then; in no rate")),
};

static const struct tally_column carried_columns[] = {
	[CARRIED_IN] = COUNT("carried", N_("carried in"),
		N_("promises that were not settled when the period began")),
	[CARRIED_ADDED] = COUNT("added", N_("added"), N_("promises entered in the period")),
	[CARRIED_SETTLED] = COUNT("settled", N_("done with"),
		N_("promises whose fulfilment, or the reason why not, became public and verified "
		   "in "
		   "the period")),
	[CARRIED_ON] = COUNT("open", N_("carried on"),
		N_("promises not settled when the period ended, or now; = carried in + added - "
		   "done with")),
};

static const struct tally_column unit_promise_columns[] = {
	[UNIT_PROMISE_DUE] = COUNT("due", N_("fallen due"),
		N_("as in T7, of the unit that held the promise when it fell due")),
	[UNIT_PROMISE_KEPT] = COUNT("kept", N_("kept in time"), N_("as in T7")),
	[UNIT_PROMISE_LATE] = COUNT("kept_late", N_("kept late"), N_("as in T7")),
	[UNIT_PROMISE_BROKEN] = COUNT("broken", N_("broken"), N_("as in T7")),
	[UNIT_PROMISE_CANNOT] = COUNT("cannot", N_("cannot be kept"), N_("as in T7")),
	[UNIT_PROMISE_RATE] = RATE("kept_rate", N_("rate kept in time"),
		N_("kept in time ÷ fallen due"), UNIT_PROMISE_KEPT, UNIT_PROMISE_DUE),
};

static const struct tally_column order_columns[] = {
	[ORDER_ISSUED] = COUNT(
		"issued", N_("issued"), N_("orders of supervision (督办单) issued in the period")),
	[ORDER_DUE] = COUNT("due", N_("feedback due"),
		N_("of these, orders whose limit for feedback has passed; not those that were "
		   "settled or withdrawn before it without an answer")),
	[ORDER_IN_TIME] = COUNT(
		"in_time", N_("fed back in time"), N_("of those due, answered within the limit")),
	[ORDER_LATE] = COUNT("late", N_("late"), N_("of those due, all others")),
	[ORDER_RATE] = RATE("in_time_rate", N_("rate"), N_("fed back in time ÷ feedback due"),
		ORDER_IN_TIME, ORDER_DUE),
	[ORDER_OPEN] = COUNT("open", N_("not settled"), N_("of those issued, not settled now")),
	[ORDER_TALKED] = COUNT("talked", N_("talks"), N_("of those issued, settled by a talk")),
	[ORDER_CIRCULATED] =
		COUNT("circulated", N_("circulars"), N_("of those issued, settled by a circular")),
};

static const struct tally_column lookback_columns[] = {
	[LOOKBACK_DUE] = COUNT("due", N_("fallen due"),
		N_("looks back (回头看) whose day lies in the period and has passed")),
	[LOOKBACK_DONE] = COUNT("done", N_("done"), N_("of these, done until now")),
	[LOOKBACK_DONE_LATE] = COUNT(
		"done_late", N_("done late"), N_("of those done, looks back after their day")),
	[LOOKBACK_HELD] = COUNT("held", N_("holds"), N_("of those done: it holds")),
	[LOOKBACK_REBOUNDS] = COUNT("rebounds", N_("relapses"),
		N_("of those done: a relapse, which became a case of its own")),
	[LOOKBACK_LATE] = COUNT("late", N_("not done"), N_("of those due, not done")),
};

static const struct tally_table tables[] = {
	[TALLY_TOTAL] = {"T1", N_("totals"), NULL, total_columns, SIZE(total_columns)},
	[TALLY_QUEUE] = {"T1-queue", N_("the queue"), NULL, queue_columns, SIZE(queue_columns)},
	[TALLY_CASES] = {"T1-cases", N_("cases in hand"), NULL, case_columns, SIZE(case_columns)},
	[TALLY_TOPIC] = {"T2", N_("by topic"), N_("TOPIC"), answer_columns, SIZE(answer_columns)},
	[TALLY_UNIT] = {"T3", N_("by responsible unit"), N_("UNIT"), answer_columns,
		SIZE(answer_columns)},
	[TALLY_PLACE] = {"T4", N_("by town"), N_("TOWN"), answer_columns, SIZE(answer_columns)},
	[TALLY_SOURCE] = {"T5", N_("by source"), N_("SOURCE"), answer_columns,
		SIZE(answer_columns)},
	[TALLY_GRADE] = {"T6", N_("limits by grade"), N_("GRADE"), grade_columns,
		SIZE(grade_columns)},
	[TALLY_PROMISE] = {"T7", N_("promises by due date"), NULL, promise_columns,
		SIZE(promise_columns)},
	[TALLY_CARRIED] = {"T7-carried", N_("promises carried over"), NULL, carried_columns,
		SIZE(carried_columns)},
	[TALLY_PROMISER] = {"T7-units", N_("promises by unit"), N_("UNIT"), unit_promise_columns,
		SIZE(unit_promise_columns)},
	[TALLY_ORDER] = {"T8", N_("supervision by level"), N_("LEVEL"), order_columns,
		SIZE(order_columns)},
	[TALLY_LOOKBACK] = {"T8-lookbacks", N_("looks back"), NULL, lookback_columns,
		SIZE(lookback_columns)},
};

const struct tally_table *tally_table_at(size_t i)
{
	return i < SIZE(tables) ? &tables[i] : NULL;
}
