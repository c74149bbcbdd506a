/*
 * rule_lines.h - the lines of a loaded rule set, one after the other: where each stands and
 * how it reads. What an overlay switched off is not among them.
 */
#ifndef MATCHER_RULE_LINES_H
#define MATCHER_RULE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "matcher/match.h"

/* What the lines of 全局扣分 are called among the topics: name and code. */
#define RULE_LINES_WEAKEN "全局扣分"

struct rule_line { /* strings live as long as the rules */
	const char *file; /* as in struct match_hit */
	int line;
	const char *rule; /* as in struct match_hit */
	const char *topic, *code;
	int points; /* signed; 0: of !, or a + line without */
};

/* Lines of topics and of 全局扣分: those that a hit can name, and the ! lines. */
size_t rule_lines_count(const struct rules *r);
/* i below the count, in the order of sections, files and lines. */
void rule_lines_at(const struct rules *r, size_t i, struct rule_line *out);

/* The sign at the beginning of a line as written: '-', '+', '!', or 0. */
char rule_lines_sign(const char *rule);

/* The places of a text that the lines of 地域 hit; in the arena. */
enum err_code rule_lines_region(const struct rules *r, const struct match_input *in,
	struct arena *a, struct match_span **out, size_t *count, struct err *e);

#endif
