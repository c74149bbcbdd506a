/*
 * explain.h - a decision read back in plain words, for people.
 *
 * Texts are translated; words of rules and items are added raw (the printer makes
 * them safe).
 */
#ifndef MATCHER_EXPLAIN_H
#define MATCHER_EXPLAIN_H

#include "base/buf.h"
#include "base/err.h"
#include "matcher/match.h"

/* Why a topic does not alert: "score 2 is below the threshold 3". */
void explain_add_reason(struct buf *out, const struct match_suppressed *s);
/* What the line of a hit asks for: “any of “欠薪”, “讨薪””. False when the line is not of
 * this set. */
bool explain_add_line(struct buf *out, const struct rules *r, const char *file, int line);
/* The whole decision, several lines: each topic with its lines, running score and
 * the words that hit, the region, what stayed undecided. */
enum err_code explain_add_result(struct buf *out, const struct rules *r,
	const struct match_input *in, const struct match_result *m, struct err *e);

#endif
