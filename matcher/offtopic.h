/*
 * offtopic.h - does an answer speak of what it answers?
 *
 * The pairs of characters that make an appeal's content (wording.h) are looked for in the
 * answer, those of the title counting three times, numbers with letters (107国道, a7)
 * four times. Long texts share more by chance: what is shared is divided by
 * (10 + answer)^0.75 (10 + appeal)^0.25, both in pairs of content. An answer of fewer than
 * OFFTOPIC_CONTENT_MIN pairs says too little to be about anything else.
 */
#ifndef MATCHER_OFFTOPIC_H
#define MATCHER_OFFTOPIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "matcher/normalise.h"

#define OFFTOPIC_CONTENT_MIN 8
/* Of 150 published answers 3 are below; of answers to other appeals 92 in 100 (of the same kind of
 * matter 40). */
#define OFFTOPIC_BELOW 0.045

struct offtopic {
	bool is;
	bool told; /* both sides say enough to be compared */
	double closeness; /* 0: nothing in common; about 0.5 is usual */
	const char *missing; /* words of the appeal that the answer has not, joined with 、 */
};

struct offtopic_sides {
	struct str answer, title, about; /* about: the appeal itself; may be empty */
	const struct str *names; /* of units and places: both sides have them anyway */
	size_t name_count;
};

#define OFFTOPIC_MISSING_SHOWN 5

/* t may be NULL (slower); what *out points to lives in the arena. */
enum err_code offtopic_judge(const struct normalise_table *t, const struct offtopic_sides *in,
	struct arena *a, struct offtopic *out, struct err *e);

#endif
