/*
 * look_back.h - trying rules on what the ledger took in lately, at the terminal.
 */
#ifndef CLI_LOOK_BACK_H
#define CLI_LOOK_BACK_H

#include <stdint.h>

#include "base/err.h"
#include "cli/command.h"
#include "matcher/backtest.h"
#include "office/office.h"

/* Whole days: those of --since, else `usual`. ERR_USAGE. */
enum err_code look_back_days(const struct call *call, int64_t usual, int64_t *days, struct err *e);
/* Judges the items of the last `days`, with a progress bar. Ctrl-C ends it: ERR_STOPPED;
 * nothing is changed by then. */
enum err_code look_back_try(const struct call *call, struct office *o, int64_t days,
	struct backtest *test, struct err *e);

#endif
