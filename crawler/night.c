/*
 * night.c - the night window.
 */
#include "crawler/night.h"

#include <string.h>

#include "base/str.h"

#define DAY_MINUTES 1440

bool night_mode_of(const char *word, enum night_mode *out)
{
	static const struct {
		const char *word;
		enum night_mode mode;
	} modes[] = {
		{"normal", NIGHT_NORMAL},
		{"slow", NIGHT_SLOW},
		{"no", NIGHT_NO},
		{"only", NIGHT_ONLY},
	};

	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (strcmp(word, modes[i].word) == 0) {
			*out = modes[i].mode;
			return true;
		}
	}
	return false;
}

struct night night_usual(void)
{
	struct night n = {23 * 60, 6 * 60};

	return n;
}

static bool read_clock(struct str s, int *minutes)
{
	int64_t hour = 0, minute = 0;
	size_t colon = str_find(s, ":", 0);

	if (colon == 0 || colon > 2 || s.n != colon + 3 ||
		!str_to_int(str_sub(s, 0, colon), 0, 24, &hour) ||
		!str_to_int(str_sub(s, colon + 1, s.n), 0, 59, &minute))
		return false;
	*minutes = (int)(hour * 60 + minute);
	return *minutes <= DAY_MINUTES;
}

bool night_parse(const char *text, struct night *out)
{
	struct str s = str_of(text);
	size_t dash = str_find(s, "-", 0);
	struct night n;

	if (dash == s.n || !read_clock(str_trim(str_sub(s, 0, dash)), &n.from) ||
		!read_clock(str_trim(str_sub(s, dash + 1, s.n)), &n.to))
		return false;
	if (n.from == n.to || n.from == DAY_MINUTES)
		return false;
	*out = n;
	return true;
}

bool night_is_at(const struct night *n, int64_t now, const struct time_zone *zone)
{
	struct time_civil c;
	int minute;

	time_to_civil(now, zone, &c);
	minute = c.hour * 60 + c.minute;
	if (n->from < n->to)
		return minute >= n->from && minute < n->to;
	return minute >= n->from || minute < n->to;
}

bool night_allows(enum night_mode mode, bool at_night)
{
	if (mode == NIGHT_NO)
		return !at_night;
	return mode != NIGHT_ONLY || at_night;
}
