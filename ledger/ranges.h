/*
 * ranges.h - many numbers of stories in one member of an event: "[[3,9],[12,12]]",
 * ascending from/to pairs that do not touch, as JSON text (events.h).
 */
#ifndef LEDGER_RANGES_H
#define LEDGER_RANGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define RANGES_MAX 1000000 /* numbers in one list */

/* numbers: ascending, each once. */
void ranges_add(struct buf *out, const int64_t *numbers, size_t count);
/* The numbers again, in the arena; ERR_INPUT when it is no such list. */
enum err_code ranges_read(
	const char *text, struct arena *a, int64_t **out, size_t *count, struct err *e);

/* int64_t in ascending order, for qsort() and bsearch(). */
int ranges_order(const void *a, const void *b);

#endif
