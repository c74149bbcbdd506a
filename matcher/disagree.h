/*
 * disagree.h - where two answers to one matter say different things (DESIGN §6.5).
 *
 * Compared is what both name: the killed and the hurt, numbers that count the same by the words
 * around them (34名工人 and 工人43名). What only one of them says is no contradiction.
 */
#ifndef MATCHER_DISAGREE_H
#define MATCHER_DISAGREE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "matcher/normalise.h"

struct disagreement {
	const char *what; /* the words they share: 工人; 死亡, 受伤 */
	const char *here, *there; /* "34名", "43名" */
};

/* Everything lives in the arena; texts of up to NORMALISE_INPUT_MAX. t may be NULL. */
enum err_code disagree_find(const struct normalise_table *t, struct str here, struct str there,
	struct arena *a, struct disagreement **out, size_t *count, struct err *e);

#endif
