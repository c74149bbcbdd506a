/*
 * suggest_words.h - which words of a false alarm tell it from the alerts that were true.
 *
 * A small statistic that can be explained: candidates are runs of two to six Chinese
 * characters and Latin words of the text; each is counted in the texts of alerts that were
 * decided, once a text. The merit of a word is its share of the false alarms less three times
 * the share of true alerts that it is expected in: as often as in those that were decided,
 * and as in items that raised nothing while few were. No dictionary says what a word is: one that
 * stands between different neighbours is, one that fills what lies between two marks or bare
 * grammar may be, and what begins or ends there perhaps; the rest are pieces of something and left
 * out. Where the same texts have the longer word, the shorter one is a piece of it.
 */
#ifndef OFFICE_SUGGEST_WORDS_H
#define OFFICE_SUGGEST_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

#define SUGGEST_WORDS_HAN_MAX 6 /* characters */
#define SUGGEST_WORDS_LATIN_MAX 24
#define SUGGEST_WORDS_NEIGHBOURS 8 /* different ones that are told apart */
#define SUGGEST_WORDS_TOPICS 64 /* that are told apart */

enum suggest_class { /* of a text */
	SUGGEST_FALSE, /* false alarms of the topic */
	SUGGEST_TRUE, /* its alerts that were decided otherwise */
	SUGGEST_FALSE_ELSEWHERE, /* the same of other topics */
	SUGGEST_TRUE_ELSEWHERE,
	SUGGEST_OPEN, /* not decided: shows how words are used, no more */
	SUGGEST_QUIET, /* items that raised nothing: shows how common a word is */
	SUGGEST_CLASSES
};

struct suggest_word {
	const char *text; /* in the arena */
	uint32_t cp[SUGGEST_WORDS_LATIN_MAX]; /* ASCII letters in lower case */
	size_t length; /* code points */
	bool latin, title; /* title: it stands there */
	bool begins, ends; /* where it was offered: a run of characters there does so too */
	size_t place; /* order in which the words were offered */
	size_t texts[SUGGEST_CLASSES]; /* that hold it */
	uint64_t topics; /* bits of the topics of the false alarms that hold it */
	/* Behind and before it; 0: an end or a mark. */
	uint32_t before[SUGGEST_WORDS_NEIGHBOURS], after[SUGGEST_WORDS_NEIGHBOURS];
	size_t before_count, after_count;
	double merit; /* at most 1 */
	size_t seen_in; /* the last text that was counted */
	bool piece; /* a longer candidate stands in the same texts */
};

struct suggest_words;

struct suggest_words *suggest_words_new(struct arena *a); /* NULL: no memory */

/* The words of a piece of the text. barred (by code point, may be NULL): what no word may
 * touch, such as the words that the rules hit. False: no memory. */
bool suggest_words_offer(
	struct suggest_words *w, const char *text, size_t n, const bool *barred, bool title);
/* Counts one text, once for each word that stands in it. topic: below
 * SUGGEST_WORDS_TOPICS. scratch is reset. */
bool suggest_words_count(struct suggest_words *w, enum suggest_class class, unsigned topic,
	const char *title, const char *text, struct arena *scratch);
/* The best first; pieces of others are left out. In the arena; NULL: no memory. */
const struct suggest_word **suggest_words_rank(struct suggest_words *w, size_t *count);

#endif
