/*
 * scan.h - reading words and numbers from code points, one behind the other; inside
 * matcher/promise*.c only.
 *
 * What takes something moves `at` behind it; what does not take leaves `at` alone. A blank or
 * two before it are passed over.
 */
#ifndef MATCHER_SCAN_H
#define MATCHER_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan {
	const uint32_t *cp; /* of a shadow */
	size_t n, at;
};

struct scan_choice {
	const char *word;
	int value;
};

/* cp[i ...] goes on with this word (ASCII or Han): its length in code points, else 0. */
size_t scan_word_at(const uint32_t *cp, size_t n, size_t i, const char *word);
/* It goes on with one of the `count` words. */
bool scan_any_word_at(
	const uint32_t *cp, size_t n, size_t i, const char *const *words, size_t count);
#define ANY_WORD_AT(cp, n, i, list) scan_any_word_at(cp, n, i, list, sizeof(list) / sizeof *(list))

bool scan_take(struct scan *c, const char *word);
/* The first of the list that stands here; longer words come first in every list. */
bool scan_one(struct scan *c, const struct scan_choice *list, size_t count, int *value);
#define SCAN_ONE(c, list, value) scan_one(c, list, sizeof(list) / sizeof *(list), value)
/* 1 to max, in digits or Han numerals. */
bool scan_number(struct scan *c, int64_t max, int64_t *value);
/* - ~ 至 到: what stands between the ends of a stretch. */
bool scan_range_mark(struct scan *c);
/* 前, 之前 and 内, 之内, 以内, unless they begin another word (前往, 内部). */
bool scan_before(struct scan *c);
bool scan_within(struct scan *c);

#endif
