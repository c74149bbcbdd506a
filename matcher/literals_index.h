/*
 * literals_index.h - where words begin: what one field is searched with. Not for others than
 * literals*.c.
 *
 * Made once of the words that are asked for in a field, and immutable; the set that it was made
 * of must outlive it.
 */
#ifndef MATCHER_LITERALS_INDEX_H
#define MATCHER_LITERALS_INDEX_H

#include "matcher/literals.h"

struct literal {
	uint32_t offset; /* of the first code point in `text` */
	uint32_t length;
	uint32_t chain; /* next word of the same bucket + 1 */
	unsigned char fields; /* a bit for each in which it is asked for */
	bool head_bound, tail_bound; /* something else than [a-z0-9] must stand there */
};

struct literals_words { /* ids are indexes in `row` */
	struct literal *row;
	uint32_t *text;
	size_t count;
};

struct literals_index;

/* Of the words with one of these fields. NULL: no memory. */
struct literals_index *literals_index_new(const struct literals_words *words, unsigned fields);
void literals_index_free(struct literals_index *x);
/* Adds the places in cp[0..n), a text of this field. False: no memory. */
bool literals_index_find(const struct literals_index *x, const uint32_t *cp, size_t n,
	unsigned char field, struct literals_hits *h);

#endif
