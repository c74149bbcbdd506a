/*
 * promise.h - what a body commits itself to in a text, and until when (DESIGN §6.6, §7).
 *
 * A sentence (base/text.h; numbered from 1 as `commitment add --sentence N` does) is a
 * commitment when somebody who answers says that something will be done: 我局将…, 预计
 * 9月底前完成, 承诺15日之内退还. What was done, what the law or a procedure prescribes,
 * what the reader is asked to do, questions, thanks and plans given up are none. An
 * aspiration (我们将进一步加大力度) is a commitment without a date: a person refuses it.
 *
 * Its promises are the deadline phrases in it, each with the date it resolves to,
 * reckoned from the day the text was made public:
 *   9月底前, 12月20日前      that day itself; 10月前: the day before October begins
 *   9月, 下旬, 上半年, 年内   the last day of the period
 *   年初, 年中                the end of March, of June
 *   15天内, 三个月内          the first day is the one after publication (民法典 art. 201)
 *   N个工作日内               likewise, on working days; a period or a day never rolls over
 *   春节前, 国庆前            the day before
 *   近期, 法定时限内, 开学前   no date: undated; so 汛期后, 下学期, 暑假期间
 *   自即日起10日内, 三天后     reckoned from the day that is known
 *   今天下午5时, 31日24时前    the hour belongs to the phrase, the date is its day
 *   31日                       with no month named: the next such day
 *   尽快, 下一步, 适时 …      undated, told only where the sentence names no better limit
 *   12月20日以前, 自明年1月1日起 so too, where that day is still to come
 *   31日24时前, 2026-12-31前, 2026 年 12 月  one phrase; 本月, 本季度: this one, past or not
 * A phrase without a year is the next such day from the day of publication on, or from the
 * step before it (三季度末前…, 四季度…). A limit that runs from an event
 * (材料补齐后5个工作日内) has no date either, but keeps its kind; a short event is part of it.
 */
#ifndef MATCHER_PROMISE_H
#define MATCHER_PROMISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/str.h"

enum promise_due { PROMISE_DATE, PROMISE_WORKDAYS, PROMISE_UNDATED };

struct promise {
	size_t start, end; /* the phrase, in code points of the text */
	const char *phrase; /* as it stands there */
	char due[11]; /* "YYYY-MM-DD"; "" when there is none */
	enum promise_due kind;
};

struct promise_sentence {
	struct str text; /* borrowed from the input */
	struct promise *promises;
	size_t count;
	bool commitment; /* count is 0 when it is none */
};

/* The words it knows; immutable once made, NULL: no memory. */
struct promise_finder;
struct promise_finder *promise_finder_new(void);
void promise_finder_free(struct promise_finder *f);

/* Every sentence of a valid UTF-8 text, in order. `made`: the local day of publication,
 * in days since 1970-01-01. workdays NULL: Monday to Friday. All but the sentences' words
 * lives in the arena. ERR_LIMIT as normalise_text(). */
enum err_code promise_read(const struct promise_finder *f, struct str text, int64_t made,
	const struct calendar_workdays *workdays, struct arena *a, struct promise_sentence **out,
	size_t *count, struct err *e);

/* How many working days from publication on a phrase as above names (10个工作日内: 10); 0 when
 * its date comes of something else. */
enum err_code promise_workdays(const struct promise_finder *f, struct str phrase, struct arena *a,
	int *out, struct err *e);

/* "date", "workdays", "undated". */
const char *promise_due_name(enum promise_due kind);

#endif
