/*
 * round_view.h - a round of checking with its lines, in words or JSON.
 */
#ifndef CLI_ROUND_VIEW_H
#define CLI_ROUND_VIEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/office.h"

/* blank: only lines that nobody marked. Inside a transaction. */
enum err_code round_view(
	struct office *o, struct arena *a, const char *id, bool blank, bool json, struct err *e);

#endif
