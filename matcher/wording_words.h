/*
 * wording_words.h - by which words the formal part of a text is known; inside
 * matcher/wording.c only.
 */
#ifndef MATCHER_WORDING_WORDS_H
#define MATCHER_WORDING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#define WORDING_WORD_MAX 6 /* characters of the longest word */

/* The bytes of the longest word that s[0..n), three bytes a character, begins with; 0: none. */
size_t wording_words_common(const char *s, size_t n);
size_t wording_words_phrase(const char *s, size_t n);
/* The character joins words: 的 了 和 … */
bool wording_words_is_joiner(const char han[3]);

bool wording_words_are_sorted(void); /* for the test */

#endif
