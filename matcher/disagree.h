/*
 * disagree.h - where two answers to one matter say different things (DESIGN §6.5).
 *
 * Compared is what both name: the killed and the hurt, numbers that count the same by the words
 * around them (34名工人 and 工人43名), dates by which they promise the same. What only one of
 * them says is no contradiction.
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

struct disagree_promise {
	struct str sentence;
	const char *phrase; /* "9月30日前" */
	const char *due; /* the date it names, "2026-09-30" */
};

/* The same of promises: sentences that share a run of at least 5 characters beside the dates
 * promise the same, and their dates are to be equal. */
enum err_code disagree_find_dates(const struct normalise_table *t,
	const struct disagree_promise *here, size_t here_count,
	const struct disagree_promise *there, size_t there_count, struct arena *a,
	struct disagreement **out, size_t *count, struct err *e);

#endif
