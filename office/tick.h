/*
 * tick.h - what falls due, and writing down what has passed (DESIGN §2: a timer runs
 * `tick` every minute; each limit is written down once).
 */
#ifndef OFFICE_TICK_H
#define OFFICE_TICK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/office.h"

struct due_entry {
	const char *subject; /* "S12", case, response, commitment */
	const char *what; /* "triage" "response" "press" "decide" "due" "review" "capture" */
	const char *about; /* title or quote; NULL: erased */
	const char *unit; /* who must act, "" when it is the office */
	const char *rule; /* that gave the limit, "" when a date was given */
	int64_t due_at; /* TIME_NONE: no limit, it just waits */
};

/* Open limits up to `until`, the earliest first; those without a limit last. */
enum err_code office_due(struct office *o, int64_t until, struct arena *a, struct due_entry **out,
	size_t *count, struct err *e);

/* Appends limit.reached/1 for every limit that has passed and is not written down yet;
 * and evidence.failed/1 for pages that the fetcher has given up; *reached is how many
 * events. In one transaction. */
enum err_code office_tick(struct office *o, int64_t *reached, struct err *e);

#endif
