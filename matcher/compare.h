/*
 * compare.h - do two expressions ask for the same, does one hit wherever the other does.
 *
 * Both answers are on the safe side: "yes" is certain, "no" means that it is not known.
 * Words are compared as they are looked for (width, case, traditional or simplified, lists
 * behind @names make no difference). For advice on rules, not for matching.
 */
#ifndef MATCHER_COMPARE_H
#define MATCHER_COMPARE_H

#include "matcher/ruleset.h"

struct compare;

/* A linked set; NULL: no memory. */
struct compare *compare_new(const struct rules *r);
void compare_free(struct compare *c);

/* The expression in one spelling: alternatives and words in a fixed order, without macros.
 * Lives as long as c; NULL: no memory, or too long to be compared. */
const char *compare_spell(struct compare *c, const struct expr *x);
/* Where the word a stands, the word b is found (both EXPR_LITERAL). */
bool compare_word_holds(const struct compare *c, const struct expr *a, const struct expr *b);
/* Wherever a hits in the fields of `in`, b hits in those of `of`. */
bool compare_implies(
	struct compare *c, const struct expr *a, unsigned in, const struct expr *b, unsigned of);
/* x without the macros around it. */
const struct expr *compare_bare(const struct expr *x);

#endif
