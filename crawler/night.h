/*
 * night.h - hours in which a site is read less, not at all, or only then.
 *
 * A window of local hours such as "23:00-06:00" (it may span midnight; "00:00-24:00" is
 * always), and what happens in it. Pure: the moment and the zone are passed in.
 */
#ifndef CRAWLER_NIGHT_H
#define CRAWLER_NIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time.h"

#define NIGHT_FACTOR 4 /* "slow": how many times less often */

enum night_mode {
	NIGHT_UNSET, /* nothing said: whatever is said further out */
	NIGHT_NORMAL, /* as by day */
	NIGHT_SLOW, /* NIGHT_FACTOR times less often */
	NIGHT_NO, /* not at night */
	NIGHT_ONLY /* not by day */
};

struct night {
	int from, to; /* minutes of the day; to may be 1440 */
};

/* "normal", "slow", "no", "only". */
bool night_mode_of(const char *word, enum night_mode *out);
/* The window that is used when none is given: 23:00-06:00. */
struct night night_usual(void);
/* "HH:MM-HH:MM", the ends different. */
bool night_parse(const char *text, struct night *out);
bool night_is_at(const struct night *n, int64_t now, const struct time_zone *zone);
/* May something under this mode be asked for? NIGHT_SLOW may. */
bool night_allows(enum night_mode mode, bool at_night);

#endif
