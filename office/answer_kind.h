/*
 * answer_kind.h - what kind of answer it is, as its words suggest.
 */
#ifndef OFFICE_ANSWER_KIND_H
#define OFFICE_ANSWER_KIND_H

#include <stdbool.h>

/* fact, measure, result, apology or clarification. */
const char *answer_kind_guess(const char *text);
bool answer_kind_is(const char *kind);

#endif
