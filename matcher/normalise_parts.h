/*
 * normalise_parts.h - what is made of shadow A once it is read, and the memory for it.
 * Not for others than normalise.c.
 */
#ifndef MATCHER_NORMALISE_PARTS_H
#define MATCHER_NORMALISE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "matcher/normalise.h"

/* Memory for `count` elements of a part, with the first `keep` of what was there. NULL:
 * no memory. Not zeroed. */
void *normalise_room(
	struct shadow *s, enum normalise_part part, size_t count, size_t size, size_t keep);
/* Empty, with its memory. */
void normalise_forget(struct shadow *s);

/* B of A; `separated`: there may be something to leave out. */
bool normalise_make_b(struct shadow *s, bool separated);
/* All that is not made yet. */
bool normalise_make_all(struct shadow *s);

#endif
