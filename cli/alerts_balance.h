/*
 * alerts_balance.h - `huiying alerts --balance`: what came into the queue between two moments
 * and what became of it.
 */
#ifndef CLI_ALERTS_BALANCE_H
#define CLI_ALERTS_BALANCE_H

#include "base/err.h"
#include "cli/command.h"

enum err_code alerts_balance_run(struct call *call, struct err *e);

#endif
