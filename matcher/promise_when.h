/*
 * promise_when.h - a period of the calendar as a phrase names it, and its last day;
 * inside matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_WHEN_H
#define MATCHER_PROMISE_WHEN_H

#include "matcher/promise_phrase.h"

enum promise_period {
	PERIOD_YEAR,
	PERIOD_YEAR_START, /* 年初: its first three months */
	PERIOD_HALF,
	PERIOD_QUARTER,
	PERIOD_SEASON, /* 春 March to May … 冬 December to February */
	PERIOD_MONTH,
	PERIOD_THIRD, /* 上旬 中旬 下旬 */
	PERIOD_DAY,
	PERIOD_FESTIVAL,
	PERIOD_DAYS, /* today + `index` */
	PERIOD_WEEK, /* Monday to Sunday of this week + `index`, or its `day` (1 to 7) */
	PERIOD_UNKNOWN, /* 开学, 汛期: no date without the local calendar */
};

struct promise_when {
	enum promise_period period;
	int year; /* 0: not named */
	int month; /* 0: not named; 13 is January of the year after */
	int day;
	int index; /* which half, third, quarter, season, festival, week */
	bool before; /* … 前 */
	bool after; /* … 后: no limit */
	bool stretch; /* …至…: the end of it */
	bool bare; /* 25日前 with nothing before it that makes it a day of the month */
	bool sum; /* 1至8月: what figures are told of */
	bool season; /* 汛期: 后 tells when as well; 通车后 tells of an event */
	bool during; /* … 期间, or a term named as the time of an act: 下学期 */
};

/* PROMISE_NO_DAY when it cannot be known or is no date (2月30日). */
int64_t promise_when_due(const struct promise_when *w, const struct promise_reckon *r);
/* Its first day is not yet to come; so, too, when that cannot be known. */
bool promise_when_has_begun(const struct promise_when *w, const struct promise_reckon *r);
/* `amount` months after a day: the same day of the month, or the month's last. */
int64_t promise_add_months(int64_t day, int64_t amount);

#endif
