/*
 * suggest_test.h - the test that a suggested rule line lives with: a short text that alerts
 * without the line and does not with it.
 */
#ifndef OFFICE_SUGGEST_TEST_H
#define OFFICE_SUGGEST_TEST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "matcher/match.h"

#define SUGGEST_TEST_MAX 200 /* code points */

struct suggest_test {
	const char *title, *text; /* of the alert; NULL: absent */
	const char *word;
	const char *const *told; /* sentences of the text that the rules hit */
	size_t told_count;
	const char *code; /* of the topic */
};

/* The shortest of a few texts made of title and sentences, on one line, personal data hidden;
 * *out NULL: none shows it. before: today's rules, after: with the line. */
enum err_code suggest_test_make(const struct suggest_test *t, const struct rules *before,
	const struct rules *after, struct arena *a, const char **out, struct err *e);

#endif
