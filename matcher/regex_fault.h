/*
 * regex_fault.h - what is wrong with a pattern that regex_compile() refused, in words
 * for people who do not know PCRE2: its messages (pcre2api(3), "pcre2_compile()") are
 * replaced by plain ones, its offset by the place that a person has to look at.
 */
#ifndef MATCHER_REGEX_FAULT_H
#define MATCHER_REGEX_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct regex_fault {
	size_t at; /* byte of the pattern as written; n: its end */
	struct err text;
	const char *hint; /* how to mend it; "" when nobody can say */
	bool is_empty; /* nothing else is wrong with it: it can match the empty string */
};

/* False when the pattern is right, or why it was refused is not to be found in it. */
bool regex_fault_find(const char *pattern, size_t n, struct regex_fault *out);

/* The ] that ends the class which the [ at s[i] begins; n when it is not closed. */
size_t regex_fault_class_end(const char *s, size_t n, size_t i);

#endif
