/*
 * match_lines.h - which lines of the rules hit an item, and which are undecided.
 *
 * From the words that stand in the item to the lines that they set off, and their answers.
 * What these lines come to is weighed in match.c. Serves one item after the other; what is
 * found for one is good until the next.
 */
#ifndef MATCHER_MATCH_LINES_H
#define MATCHER_MATCH_LINES_H

#include "matcher/eval.h"

struct match_asked;

struct match_answered {
	uint32_t line;
	unsigned char answer; /* enum eval_answer, not EVAL_NO */
};

struct match_lines {
	const struct rules *r;
	struct eval eval;
	struct match_asked *asked;
	uint64_t *asked_words; /* a bit for each of `asked` that has some */
	struct match_answered *answered; /* in the order of the rules: by section */
	size_t count;
	/* The lines that are undecided, again; in the item's arena. */
	struct match_undecided *undecided;
	size_t undecided_count;
	struct arena *arena;
};

/* ERR_NOMEM; match_lines_fini() even then. */
enum err_code match_lines_init(struct match_lines *m, const struct rules *r, struct err *e);
void match_lines_fini(struct match_lines *m);
/* ERR_LIMIT: a text is too long. */
enum err_code match_lines_answer(
	struct match_lines *m, const struct match_input *in, struct arena *a, struct err *e);

#endif
