/*
 * promise_plan.h - clauses that promise by a time; inside matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_PLAN_H
#define MATCHER_PROMISE_PLAN_H

#include "matcher/promise_state.h"

/* The clause being read names a time from `at` on. */
bool promise_plan_has_time(const struct promise_state *s, enum promise_grip grip, size_t at);
/* 预计, 可 or an act promises with the time that is there. Its words have been read. */
bool promise_plan_is_expected(const struct promise_state *s);

#endif
