/*
 * neardup_align.h - which runs of tokens two texts share; inside matcher/neardup*.c only.
 */
#ifndef MATCHER_NEARDUP_ALIGN_H
#define MATCHER_NEARDUP_ALIGN_H

#include "matcher/neardup_text.h"

struct neardup_block { /* x.id[x .. x+n) equals y.id[y .. y+n) */
	size_t x, y, n;
};

struct neardup_alignment {
	const struct neardup_block *block; /* ascending in x, without overlap in x */
	size_t count;
	const bool *x_shared; /* a token of x stands in some block */
	const uint32_t *y_before; /* how many tokens of y before this one stand in some */
	size_t x_count, y_count; /* how many do in all */
};

enum err_code neardup_align(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, struct neardup_alignment *out, struct err *e);

#endif
