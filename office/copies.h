/*
 * copies.h - finding copies of an item's text among all that was taken in.
 *
 * A look-up goes over three steps: prints shared in the index (ledger/similar.h), the
 * estimate of the stored sketches, the verdict of the texts themselves (matcher/neardup.h).
 * Only items within the window of huiying.conf's [stories] text_days are copies; older ones
 * leave the index little by little.
 */
#ifndef OFFICE_COPIES_H
#define OFFICE_COPIES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/items.h"
#include "matcher/neardup.h"
#include "office/intake.h"
#include "office/office.h"

#define COPIES_MAX 8 /* compared word by word for one item: the likeliest */
#define COPIES_TOKENS_MIN 24 /* shorter texts say too little */

struct copies {
	struct {
		int64_t item, story; /* story 0: none */
		double similarity;
	} copy[COPIES_MAX]; /* the most similar first */
	size_t count;
};

enum copies_how {
	COPIES_NEW = 1, /* the item cannot be in the index yet */
	COPIES_FIND = 2, /* who its copies are is wanted, */
	COPIES_OF_STORIES = 4, /* unless it is clear that none of them has a story */
};

struct draft;
struct draft_tools;

/* What an item is looked up by: of title and text; count 0 when they are too short. */
enum err_code copies_sketch(struct draft_tools *t, const char *title, const char *text,
	struct neardup_sketch *out, struct err *e);
/* The same of title and text that were judged with these tools just now: what the rules read
 * is not read again. */
enum err_code copies_sketch_judged(struct draft_tools *t, const char *title, const char *text,
	struct neardup_sketch *out, struct err *e);
/* Inside db_begin_write(): stores what the item (its record's id) is looked up by and, with
 * COPIES_FIND, tells its copies. `how` is bits of enum copies_how. */
enum err_code copies_take(
	const struct intake *in, const struct draft *d, int how, struct copies *out, struct err *e);

/* --- the first two steps alone, for other texts than an item's --- */

#define COPIES_CANDIDATES 24 /* whose sketches are looked at */

struct copies_search {
	int64_t item; /* never found itself; 0: none */
	const struct neardup_sketch *sketch;
	int64_t from, to; /* item.at */
};

struct copies_likely {
	int64_t item;
	double estimate; /* neardup_sketch_contained() */
};

/* Items whose texts are worth comparing, the likeliest first, at most max. */
enum err_code copies_likely(struct office *o, const struct copies_search *s,
	struct copies_likely *out, size_t max, size_t *count, struct err *e);

/* *story becomes `candidate` unless a person has taken the item out of it. */
enum err_code copies_story(
	struct db *db, int64_t item, int64_t candidate, int64_t *story, struct err *e);
/* The item belongs to the story, unless a person has taken it out of it. */
enum err_code copies_join(struct db *db, int64_t item, int64_t story, struct err *e);

#endif
