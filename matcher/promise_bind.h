/*
 * promise_bind.h - the limits of what a clause promises; inside matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_BIND_H
#define MATCHER_PROMISE_BIND_H

#include "matcher/promise_clause.h"

/* The phrase is a limit of what the clause promises. The sentence has been judged. */
bool promise_bind(const struct promise_line *l, size_t clause, size_t phrase);

#endif
