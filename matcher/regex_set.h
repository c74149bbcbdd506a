/*
 * regex_set.h - the characters that a part of a pattern may be, as far as it is worth
 * knowing: everything, or a few Han characters and perhaps all that are none.
 * Not for others than the regex_*.c of this room.
 */
#ifndef MATCHER_REGEX_SET_H
#define MATCHER_REGEX_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REGEX_SET_MAX 24 /* Han characters; with more it holds everything */

struct regex_set {
	bool all;
	bool other; /* all that are not Han */
	uint64_t may; /* a bit for the lowest six bits of each of these: */
	uint32_t han[REGEX_SET_MAX];
	size_t count;
};

/* U+3400-9FFF: none of these has an upper case. */
static inline bool regex_is_han(uint32_t cp)
{
	return cp >= 0x3400 && cp <= 0x9FFF;
}

void regex_set_add(struct regex_set *s, uint32_t cp);
void regex_set_join(struct regex_set *s, const struct regex_set *more);
bool regex_set_has(const struct regex_set *s, uint32_t cp);
bool regex_sets_meet(const struct regex_set *a, const struct regex_set *b);

/* What numbers are made of: all but Han, and 一二三…. */
bool regex_is_run(uint32_t cp);
/* Of such characters only. */
bool regex_set_in_runs(const struct regex_set *s);

#endif
