/*
 * figures.h - how many people a text says were killed and hurt (死亡 遇难 受伤 N 人).
 *
 * Neutral: the largest number the text names for each, in digits or Han numerals, before or
 * behind the word ("3人死亡", "死亡人数升至12人", "3死5伤"). Who they are is not looked at.
 */
#ifndef MATCHER_FIGURES_H
#define MATCHER_FIGURES_H

#include <stdint.h>

#include "matcher/normalise.h"

struct figures {
	int64_t dead, hurt; /* 0: none named */
};

void figures_read(const struct shadow *s, struct figures *out);

#endif
