/*
 * promise_period.h - reads a period of the calendar (今年9月底, 下周三, 春节前); inside
 * matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_PERIOD_H
#define MATCHER_PROMISE_PERIOD_H

#include "matcher/promise_when.h"
#include "matcher/scan.h"

/* The names of seasons and events that a period may begin with; NULL behind the last. */
const char *promise_period_anchor(size_t i);
/* *w is zeroed before. False: none begins at c->at, which is then anywhere. */
bool promise_period_read(struct scan *c, const struct promise_reckon *r, struct promise_when *w);

#endif
