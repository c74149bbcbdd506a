/*
 * neardup_text.h - a text as tokens; inside matcher/neardup*.c only.
 */
#ifndef MATCHER_NEARDUP_TEXT_H
#define MATCHER_NEARDUP_TEXT_H

#include <string.h>

#include "matcher/neardup.h"
#include "matcher/neardup_words.h"

struct neardup_number { /* a token that is a number */
	uint32_t token, sentence; /* from 0 */
};

struct neardup_text {
	const uint32_t *id; /* of each token: a code point, or a hash with the top bit set */
	size_t count;
	const uint32_t *first; /* the token a sentence begins with; [sentences] is count */
	size_t sentences; /* none is empty */
	const struct neardup_number *number; /* ascending */
	size_t numbers;
};

/* What `s` holds, in tokens. Everything in *out lives in the arena. */
enum err_code neardup_text_read(const struct neardup_words *w, const struct shadow *s,
	struct arena *a, struct neardup_text *out, struct err *e);

/* How many of the first `max` tokens are the same. */
static inline size_t neardup_common(const uint32_t *x, const uint32_t *y, size_t max)
{
	size_t n = 0;

	for (; n + 2 <= max; n += 2) {
		uint64_t p, q;
		memcpy(&p, x + n, sizeof p);
		memcpy(&q, y + n, sizeof q);
		if (p != q)
			break;
	}
	while (n < max && x[n] == y[n])
		n++;
	return n;
}

#endif
