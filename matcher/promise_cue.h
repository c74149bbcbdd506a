/*
 * promise_cue.h - reads the words of a clause that tell what it is; inside
 * matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_CUE_H
#define MATCHER_PROMISE_CUE_H

#include "matcher/promise_state.h"

/* Fills `at` of s->c, and what a single word makes of it: `will`, `frame`, `wait`, `urged`. */
void promise_cue_read(struct promise_state *s, const struct promise_words *w);

#endif
