/*
 * pace.h - how long to wait before a source or a host is asked again.
 *
 * Adaptive polling: the interval of a source starts at `every`. An answer that brought
 * something new shortens it by a quarter, down to `min`; behind the third answer in a
 * row that brought nothing it grows by a quarter each time, up to `max`; the first
 * new thing after a quiet time brings it back to `every` at once. It goes below `every`
 * only for a source that has been seen unchanged: a page that differs at every look
 * (a clock, a counter) proves nothing by it.
 * Back-off: doubled with every failure in a row up to a day, and up to a quarter more
 * by chance, so that those who failed together do not come back together.
 * Pure: randomness is passed in. Spans are seconds.
 */
#ifndef CRAWLER_PACE_H
#define CRAWLER_PACE_H

#include <stdbool.h>
#include <stdint.h>

#define PACE_BACKOFF_MAX 86400
#define PACE_EVERY_MIN 60
#define PACE_EVERY_MAX (31 * 86400)
#define PACE_QUIET 3 /* unchanged answers in a row before the interval grows */

struct pace_limits {
	int64_t every, min, max; /* min <= every <= max */
};

/* How far the pace of a source may move when nothing is said: from half of `every` to
 * four times it, within PACE_EVERY_MIN and PACE_EVERY_MAX. */
struct pace_limits pace_around(int64_t every);

/* The next interval of a source. interval 0: none yet. quiet: unchanged answers in a
 * row, this one included; 0: it changed. steady: it was seen unchanged before. */
int64_t pace_interval(const struct pace_limits *l, int64_t interval, int quiet, bool steady);

/* The wait after `streak` failures in a row (>= 1) of something that is otherwise asked
 * every `base`; at most a day, but never less than base. roll: 32 random bits. */
int64_t pace_backoff(int64_t base, int streak, uint32_t roll);

/* A pause that was asked for, and up to a tenth (at most a minute) more by chance. */
int64_t pace_after_pause(int64_t seconds, uint32_t roll);

#endif
