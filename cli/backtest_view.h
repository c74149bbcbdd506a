/*
 * backtest_view.h - what another rule set changes, for people and as JSON.
 */
#ifndef CLI_BACKTEST_VIEW_H
#define CLI_BACKTEST_VIEW_H

#include <stdint.h>
#include <stdio.h>

#include "base/json.h"
#include "matcher/backtest.h"

/* The figures, then each line that made a difference with the alerts it gained (+), lost (-),
 * made graver (↑) or milder (↓). Long lists are cut, and how much is left out is said.
 * days 0: the items are of no certain time. */
void backtest_view_print(FILE *f, const struct backtest_result *r, int64_t days);
/* Members of the open object, whole. */
void backtest_view_put(struct json_writer *w, const struct backtest_result *r, int64_t days);

#endif
