/*
 * pace.c - adaptive polling and back-off, in integers.
 */
#include "crawler/pace.h"

static int64_t clamp(int64_t v, int64_t min, int64_t max)
{
	if (v < min)
		return min;
	return v > max ? max : v;
}

struct pace_limits pace_around(int64_t every)
{
	struct pace_limits l = {every, clamp(every / 2, PACE_EVERY_MIN, PACE_EVERY_MAX),
		clamp(every * 4, PACE_EVERY_MIN, PACE_EVERY_MAX)};

	return l;
}

int64_t pace_interval(const struct pace_limits *l, int64_t interval, int quiet, bool steady)
{
	if (interval <= 0)
		interval = l->every;
	if (quiet >= PACE_QUIET)
		interval += interval / 4;
	else if (quiet == 0 && (interval > l->every || !steady))
		interval = l->every;
	else if (quiet == 0)
		interval -= interval / 4;
	return clamp(interval, l->min, l->max);
}

/* part of v, between none and all of it */
static int64_t by_chance(int64_t v, uint32_t roll)
{
	return v * (int64_t)(roll >> 16) / 65536;
}

int64_t pace_backoff(int64_t base, int streak, uint32_t roll)
{
	int64_t wait = base;

	for (int i = 1; i < streak && wait < PACE_BACKOFF_MAX; i++)
		wait *= 2;
	wait += by_chance(wait / 4, roll);
	if (wait > PACE_BACKOFF_MAX)
		wait = base > PACE_BACKOFF_MAX ? base : PACE_BACKOFF_MAX;
	return wait;
}

int64_t pace_after_pause(int64_t seconds, uint32_t roll)
{
	return seconds + by_chance(clamp(seconds / 10, 0, 60), roll);
}
