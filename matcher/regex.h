/*
 * regex.h - the regexes of rule lines over PCRE2 (pcre2pattern(3)), run on shadow A.
 *
 * A pattern is written for the text as people see it. Before it is compiled, its
 * non-ASCII literal code points are normalised as the text is (matcher/normalise.h);
 * one that becomes an ASCII metacharacter is escaped, in a class too. Everything
 * is UTF, UCP and caseless. Refused: \C, \K, callouts, patterns that can match
 * the empty string, more than REGEX_PATTERN_MAX bytes.
 *
 * Hostile patterns are bounded per call (match limit 100,000, depth 10,000, heap
 * 20 MiB) and, because PCRE2 counts these anew at every starting point, per item
 * too: only so many starting points of an item may be that expensive. Past any
 * limit the answer is "undecided", never "no match". In text of more than 64 KiB
 * a match longer than 32 KiB is not found. Without JIT, or when its stack is too
 * small, the interpreter gives the same answers.
 */
#ifndef MATCHER_REGEX_H
#define MATCHER_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "matcher/regex_set.h"

#define REGEX_PATTERN_MAX 4096

/* PCRE2's steps at one starting point, of which a first try may take so many. */
#define REGEX_LIGHT_LIMIT 5000

struct regex; /* compiled, immutable, shared */
struct regex_work; /* what matching one item needs; not shared */

enum regex_verdict { REGEX_NO, REGEX_YES, REGEX_UNDECIDED };

/* On error *at is the byte of the pattern at fault. */
enum err_code regex_compile(
	const char *pattern, size_t n, struct regex **out, size_t *at, struct err *e);
void regex_free(struct regex *r);

/* Words of Han characters of which one must stand in shadow A for the regex to match
 * there: in a text (of the kind named) that has none of them regex_next() says no, and
 * never "undecided". No words: none are known. A long word is cut. */
#define REGEX_NEED_WORDS 24
#define REGEX_NEED_LENGTH 6
#define REGEX_SHORT 1500 /* code points */
#define REGEX_NEAR_MAX 250 /* likewise */

/* The kinds of texts: each holds those behind it. */
enum regex_texts {
	REGEX_ALL_TEXTS,
	REGEX_SHORT_RUNS, /* no longer run without Han, but for numerals: [0-9]+, [一二三]+ */
	REGEX_SHORT_TEXTS, /* no longer at all: .*, [^，]+ */
};

struct regex_words {
	size_t count;
	struct regex_word {
		uint32_t cp[REGEX_NEED_LENGTH];
		size_t n;
	} word[REGEX_NEED_WORDS];
};

struct regex_need { /* what is asked for at every text comes first */
	/* In these texts all that the regex looks at lies near one of the words, and no limit
	 * is ever reached: of the characters that are not in `runs`, at most `before` stand
	 * between the beginning of a match and that of a word in it, and at most `reach` are
	 * looked at from the beginning on. */
	bool near;
	enum regex_texts texts;
	uint32_t before, reach;
	struct regex_set runs;
	/* Where a match may begin, and how many steps PCRE2 may take from there in any text, at
	 * most; 0: not known, as of endless repeats, for which there are PCRE2's own limits. */
	struct regex_set first;
	bool begins; /* `first` is known: in some patterns only that, and not the steps */
	uint32_t steps;
	struct regex_words words; /* one of these, */
	struct regex_words also; /* and one of these too; may be none when there are words */
};

const struct regex_need *regex_need(const struct regex *r);
/* Of a pattern as PCRE2 gets it (regex_need.c). */
void regex_find_need(const char *pattern, size_t n, struct regex_need *out);
/* The last kind that a text belongs to. */
enum regex_texts regex_kind_of(const uint32_t *cp, size_t n);

/* The pattern as PCRE2 gets it. map (may be NULL) receives for each byte of the
 * output the byte of the pattern it came from. */
enum err_code regex_normalise_pattern(
	const char *pattern, size_t n, struct buf *out, struct buf *map, size_t *at, struct err *e);

struct regex_work *regex_work_new(void); /* NULL: no memory */
void regex_work_free(struct regex_work *w);
void regex_work_reset(struct regex_work *w); /* for the next item */

/* The first match at or after byte `from` of valid UTF-8; never empty. For
 * UNDECIDED *why is a word for the record ("match-limit", …). */
enum regex_verdict regex_next(const struct regex *r, struct regex_work *w, const char *s, size_t n,
	size_t from, size_t *start, size_t *end, const char **why);

/* A piece of shadow A near words that a regex needs, by index: where a match may begin, and
 * all that the regex looks at then. Only where regex_need()->near says that this suffices:
 * then its matches are the same as in the whole text. */
struct regex_window {
	size_t first, last; /* both inclusive */
	size_t begin, end;
};

/* Round a word at an index of cp[0..n). */
struct regex_window regex_window_at(
	const struct regex *r, const uint32_t *cp, size_t n, size_t word);
/* Takes the piece in for regex_next_near(). False: no memory. */
bool regex_look_at(struct regex_work *w, const uint32_t *cp, size_t n, struct regex_window window);
/* The first match in it, then the next; *start and *end are indexes. UNDECIDED says no more
 * than that the whole text is to be asked. */
enum regex_verdict regex_next_near(
	const struct regex *r, struct regex_work *w, size_t *start, size_t *end);

#endif
