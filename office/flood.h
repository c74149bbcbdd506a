/*
 * flood.h - lines that flood the queue: more rows within one hour than a person can go
 * through, each there because of the same rule line alone.
 *
 * Such rows are shown as one. Nothing is written: it is computed from the open rows when
 * the queue is read, and as soon as enough of them are decided the rest stand alone again.
 * A row that weighs 重大 or more, that came back, that a person entered or works on, or that
 * orders stand behind never belongs to a flood; nor does one that would be there without
 * the line. A row belongs to one flood at most, to the larger.
 */
#ifndef OFFICE_FLOOD_H
#define OFFICE_FLOOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/line_queue.h"

#define FLOOD_SECONDS 3600

struct flood {
	struct line_ref line;
	int64_t *stories; /* ascending */
	size_t count;
	int64_t first, last; /* when the earliest and the latest of them were raised */
	size_t recent; /* how many within the hour before now */
};

struct floods {
	struct flood *flood; /* the largest first */
	size_t count;
};

/* limit: rows within an hour that are no flood yet. places may be NULL. In the arena. */
enum err_code flood_find(const struct line_queue *q, const struct line_places *places,
	int64_t limit, int64_t now, struct arena *a, struct floods *out, struct err *e);
/* The flood that a story belongs to, or NULL. */
const struct flood *flood_of(const struct floods *all, int64_t story);

/* Could there be a flood at all? times: when open rows were raised, in any order; sorts
 * them. Spares reading the reasons of alerts. */
bool flood_is_possible(int64_t *times, size_t count, int64_t limit);

/* times ascending: in[i] is set when time i lies within an hour that holds more than `limit`
 * of them. Returns how many do. */
size_t flood_mark(const int64_t *times, size_t count, int64_t limit, bool *in);

#endif
