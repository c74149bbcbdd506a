/*
 * promise_phrase.h - one deadline phrase and its date; inside matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_PHRASE_H
#define MATCHER_PROMISE_PHRASE_H

#include "matcher/promise.h"

#define PROMISE_NO_DAY INT64_MIN

/* What dates are reckoned from. */
struct promise_reckon {
	int64_t made; /* days since 1970-01-01 */
	int year, month, day; /* of it */
	const struct calendar_workdays *workdays;
	const struct promise_begins *begins;
};

/* How firmly a phrase speaks of a time limit. */
enum promise_grip {
	GRIP_WEAK, /* 尽快, 适时: how, rather than when */
	GRIP_YEAR, /* 2019年: also the name of a budget, a plan */
	GRIP_TIME, /* 9月, 近期, 下周: also when something was */
	GRIP_DAY, /* 2026年9月1日: likewise, and more often so */
	GRIP_LIMIT, /* 9月底前, 15天内 */
};

struct promise_phrase {
	size_t from, to; /* code points of the shadow */
	int64_t due; /* or PROMISE_NO_DAY */
	enum promise_due kind;
	enum promise_grip grip;
	int workdays; /* N个工作日内, counted from the day of publication; else 0 */
	bool length; /* 15天内: from now on, whenever that is */
	bool from_day; /* 即日起10日内: 自 before it belongs to it */
	bool from_event; /* 验收合格后30日内: from what stands before it on */
	bool calendar; /* a month, a day, … rather than a year, 下周 or a length */
	bool yearless; /* no year is named: the next such day */
	bool bare; /* 25日前, at the head of a clause: a limit where something is promised */
	bool lasting; /* half a year or three months */
	bool unbegun; /* … which has not begun */
	bool later; /* 三天后: yet to come, when it is said */
	bool season; /* 暑假期间, 汛期后: named for its time, with no date */
	bool soon; /* it is near: were it past, a year would stand before it */
	bool ahead; /* yet to come, and named so: 明年, 2027年6月, 下周 */
};

/* Characters that a phrase may begin with, a bit each, of those below 0x10000. */
struct promise_begins {
	uint8_t bits[0x10000 / 8];
};

void promise_begins_init(struct promise_begins *b);
static inline bool promise_begins_has(const struct promise_begins *b, uint32_t cp)
{
	return cp < 0x10000 && (b->bits[cp / 8] >> cp % 8 & 1);
}

/* The longest phrase that begins at cp[i]. */
bool promise_phrase_at(const uint32_t *cp, size_t n, size_t i, const struct promise_reckon *r,
	struct promise_phrase *out);

#endif
