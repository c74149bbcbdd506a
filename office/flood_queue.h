/*
 * flood_queue.h - the queue as it is shown: which of its rows belong to a flood (flood.h),
 * which are there because of one line.
 */
#ifndef OFFICE_FLOOD_QUEUE_H
#define OFFICE_FLOOD_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/alerts.h"
#include "office/flood.h"
#include "office/office.h"

/* The floods among the open rows. When the rules do not load, lines are called by the place
 * they had. */
enum err_code office_floods(struct office *o, struct arena *a, struct floods *out, struct err *e);

struct line_rows {
	struct line_ref line;
	int64_t *stories; /* ascending */
	size_t count;
};

/* The open rows that would not be there without a line (line_queue_find()), whoever has
 * taken them. */
enum err_code office_line_rows(
	struct office *o, const char *typed, struct arena *a, struct line_rows *out, struct err *e);
bool office_line_rows_has(const struct line_rows *r, int64_t story);

#endif
