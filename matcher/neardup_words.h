/*
 * neardup_words.h - by which words boilerplate is known; inside matcher/neardup*.c only.
 *
 * A sentence seldom has one of them, and looking for every word at every character would
 * cost more than all the rest of a text: a filter over the first two characters of the
 * words says where it is worth looking.
 */
#ifndef MATCHER_NEARDUP_WORDS_H
#define MATCHER_NEARDUP_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NEARDUP_PAIRS 16384 /* bits */

struct neardup_words { /* immutable once made */
	uint64_t pair[NEARDUP_PAIRS / 64]; /* by neardup_words_pair() of a word's beginning */
	uint64_t tail; /* by the last byte of the first character of a tail */
};

void neardup_words_init(struct neardup_words *w);

static inline size_t neardup_words_pair(uint32_t cp, uint32_t next)
{
	return (cp << 7 ^ next) % NEARDUP_PAIRS;
}

/* False: no word begins with these two characters. */
static inline bool neardup_words_may_begin(
	const struct neardup_words *w, uint32_t cp, uint32_t next)
{
	size_t pair = neardup_words_pair(cp, next);

	return w->pair[pair / 64] >> pair % 64 & 1;
}

/* A sentence of at most so many tokens that holds a word of boilerplate says nothing about
 * the event. */
#define NEARDUP_BOILERPLATE_MAX 48

/* Courtesies of notices and replies often close the very sentence that says what is shut
 * off, where and when: only a short one without a number is nothing else. */
#define NEARDUP_COURTESY_MAX 20

/* False: no tail begins with this character. */
static inline bool neardup_words_may_tail(const struct neardup_words *w, uint32_t cp)
{
	return w->tail >> cp % 64 & 1;
}

/* All words are shorter, in characters. */
#define NEARDUP_WORDS_LENGTH 16

/* s[0..n) of shadow A begins with a word of boilerplate, or a courtesy if these count. */
bool neardup_words_begin(const char *s, size_t n, bool courtesies_too);
/* s[0..n), from the first character behind ASCII on, begins a line of the kind that lists
 * other texts: 相关阅读 … */
bool neardup_words_begin_tail(const char *s, size_t n);

#endif
