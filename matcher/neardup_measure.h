/*
 * neardup_measure.h - how much two texts share and where they contradict each other;
 * inside matcher/neardup*.c only.
 */
#ifndef MATCHER_NEARDUP_MEASURE_H
#define MATCHER_NEARDUP_MEASURE_H

#include "matcher/neardup_text.h"

/* x is the shorter one. */
enum err_code neardup_measure(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, struct neardup_measure *out, struct err *e);

#endif
