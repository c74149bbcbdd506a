/*
 * counted.h - what a text counts: 34名工人, 拖欠工资86.5万元, 3个项目.
 *
 * Neutral: every number with a word that counts behind it, and the words around it within its
 * clause, which tell what is counted. Dates, hours, percentages are none; the killed and the
 * hurt are figures.h's.
 */
#ifndef MATCHER_COUNTED_H
#define MATCHER_COUNTED_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "matcher/normalise.h"

#define COUNTED_SCALE 10000 /* four decimals */
#define COUNTED_WORDS 16 /* code points around it */

enum counted_how { /* 已发放 and 拖欠 count different things */
	COUNTED_PLAIN,
	COUNTED_DONE, /* 已 */
	COUNTED_LEFT, /* 未, 尚, 剩, 余 */
	COUNTED_PART, /* 其中 */
};

struct counted {
	int64_t value; /* times COUNTED_SCALE, money in yuan */
	int unit; /* equal for units that count the same: 名 人 位 */
	enum counted_how how;
	uint32_t
		words[COUNTED_WORDS]; /* Han around it, what stands before and behind parted by 0 */
	size_t word_count;
	const char *text; /* "34名工人", "拖欠工资86万元", as the shadow has it */
	const char *amount; /* "34名" */
};

/* In order; everything lives in the arena. */
enum err_code counted_read(const struct shadow *s, struct arena *a, struct counted **out,
	size_t *count, struct err *e);

#endif
