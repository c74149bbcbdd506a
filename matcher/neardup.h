/*
 * neardup.h - are two texts copies of one another (DESIGN §6.3)?
 *
 * A copy may have another headline, a source line, an editor's remark or a list of links
 * before or behind it; sentences may be dropped, moved or cut off; width, script and
 * punctuation may differ. A text made from the same template with other numbers, dates,
 * places or names is no copy, nor is a later report that quotes the earlier one.
 *
 * Texts are compared in shadow A (normalise.h) as tokens: one Han character, Latin word or
 * number each; punctuation, white space, tags and whole sentences of boilerplate (来源,
 * 责任编辑, 相关阅读 …) are left out. Only the first NEARDUP_TOKENS_MAX tokens count. All
 * functions but those of a look are pure; what they give lives in the arena handed in.
 */
#ifndef MATCHER_NEARDUP_H
#define MATCHER_NEARDUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "matcher/normalise.h"

#define NEARDUP_TOKENS_MAX 20000

struct neardup_text; /* a text made ready; immutable */

/* t may be NULL (slower). ERR_LIMIT beyond NORMALISE_INPUT_MAX. */
enum err_code neardup_prepare(const struct normalise_table *t, const char *s, size_t n,
	struct arena *a, const struct neardup_text **out, struct err *e);
size_t neardup_size(const struct neardup_text *t); /* tokens that count */

/* What the verdict rests on. "Shorter" and "longer" are by tokens; shares are 0..1. */
struct neardup_measure {
	size_t shorter; /* tokens */
	double ratio; /* shorter to longer */
	double contained; /* share of the shorter that stands in the longer as well */
	double covered; /* share of the longer that stands in the shorter */
	double runs; /* mean length of a shared run, in tokens */
	size_t facts, facts_other; /* numbers in shared sentences; those the longer has not */
	size_t dates, dates_other; /* the same of dates and times, in the whole shorter text */
	size_t ordinals_other; /* 第3批 against 第4批 */
	size_t swaps; /* a few tokens replaced by a few others */
	size_t swaps_number, swaps_name; /* of these: numbers; places, persons, bodies */
	size_t swaps_long; /* of these: four words and more that are nowhere else in the shorter */
	size_t swaps_again; /* of these: the same replacement as one before: a name, throughout */
	bool renamed; /* both name something, twice, that the other does not name */
	double replaced; /* share of the shorter that stands where the longer has other words */
	double offset; /* where in the longer the shared part begins, 0..1 */
};

#define NEARDUP_SAME 0.5 /* similarity from which two texts are copies */

/* Similarity 0..1, to four places: symmetric, 1 for equal texts, 0 when nothing is
 * shared (a text without a word is like no other). `measure` may
 * be NULL. */
enum err_code neardup_compare(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, double *similarity, struct neardup_measure *measure, struct err *e);

/* --- sketches: what is stored of a text, and how copies are looked up --- */

/* The NEARDUP_SKETCH_MAX smallest of the 40-bit hashes of all runs of NEARDUP_RUN tokens,
 * ascending. Two copies share many of them, a part of a text its share. The first
 * NEARDUP_PRINTS are the keys of the look-up: a third of a text still shares one of them
 * with the whole in 998 of 1000 cases. */
#define NEARDUP_RUN 6
#define NEARDUP_SKETCH_MAX 64
#define NEARDUP_PRINTS 16
#define NEARDUP_VALUE_SIZE 5 /* bytes of a stored value, little endian */
#define NEARDUP_BYTES_MAX (NEARDUP_SKETCH_MAX * NEARDUP_VALUE_SIZE)

struct neardup_sketch {
	size_t count; /* values; 0: too short to be looked up */
	uint64_t value[NEARDUP_SKETCH_MAX];
};

void neardup_sketch(const struct neardup_text *t, struct neardup_sketch *out);
/* Estimate of how much of the shorter text stands in the other, 0..1. */
double neardup_sketch_contained(const struct neardup_sketch *x, const struct neardup_sketch *y);
/* One sketch beside many that are stored. */
#define NEARDUP_SEEN 2048 /* bits */
struct neardup_seen {
	const struct neardup_sketch *of; /* borrowed */
	uint64_t bit[NEARDUP_SEEN / 64]; /* by the lowest bits of its values */
};
void neardup_seen_make(struct neardup_seen *s, const struct neardup_sketch *of);
/* neardup_sketch_contained() of it and n stored bytes; false when these are no sketch as far as
 * was looked. */
bool neardup_seen_contained(
	const struct neardup_seen *s, const unsigned char *stored, size_t n, double *out);
size_t neardup_sketch_write(const struct neardup_sketch *s, unsigned char out[NEARDUP_BYTES_MAX]);
/* False when the bytes are no sketch. */
bool neardup_sketch_read(const unsigned char *s, size_t n, struct neardup_sketch *out);

/* Below this estimate two texts are not worth comparing. */
#define NEARDUP_SKETCH_LIKELY 0.3

/* --- many look-ups, one after the other, in the same memory --- */

/* The text that is looked up, and room to read others beside it: lives through a whole
 * intake and holds no more than its largest texts needed. One thread at a time. */
struct neardup_look;

/* t is borrowed, and may be NULL (slower). NULL: no memory. */
struct neardup_look *neardup_look_new(const struct normalise_table *t);
void neardup_look_free(struct neardup_look *l); /* NULL is fine */

/* neardup_prepare(); the text lives until the next one is taken, s need not. */
enum err_code neardup_look_take(struct neardup_look *l, const char *s, size_t n,
	const struct neardup_text **out, struct err *e);
/* neardup_look_take() of x, a line feed and y, which were read already; nothing can be
 * compared with it. */
enum err_code neardup_look_take_read(struct neardup_look *l, const struct shadow *x,
	const struct shadow *y, const struct neardup_text **out, struct err *e);
/* neardup_compare() of the text that was taken and s; what is the same byte for byte is not
 * read again. */
enum err_code neardup_look_compare(
	struct neardup_look *l, const char *s, size_t n, double *similarity, struct err *e);

#endif
