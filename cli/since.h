/*
 * since.h - --since: how long ago, or from when.
 */
#ifndef CLI_SINCE_H
#define CLI_SINCE_H

#include <stdint.h>

#include "base/err.h"
#include "cli/command.h"
#include "office/office.h"

/* "2h", "30d" before now, or a moment in the office's zone; TIME_NONE when absent. */
enum err_code since_read(
	const struct call *call, const struct office *o, int64_t *out, struct err *e);

#endif
