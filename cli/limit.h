/*
 * limit.h - --limit: how many rows at the most.
 */
#ifndef CLI_LIMIT_H
#define CLI_LIMIT_H

#include <stdint.h>

#include "base/err.h"
#include "cli/command.h"

#define LIMIT_MAX 1000000000

/* 0 when absent. */
enum err_code limit_read(const struct call *call, int64_t *out, struct err *e);

#endif
