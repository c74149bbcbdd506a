/*
 * purge_clock.h - whether the machine's clock may decide what goes for good.
 *
 * What is too old is reckoned from the clock. One that is a year ahead would empty the tables of
 * all that was read in; tick runs every minute, so that the events themselves soon carry the
 * wrong year. The record is therefore followed from its beginning: an event is believed when it
 * comes no more than PURGE_CLOCK_STEP after the one that was believed before, or lies before it.
 * A person may say that the clock is right after a standstill: the record is followed from there
 * on.
 * Event (subject ""): retention.clock_confirmed/1 {believed, last}.
 */
#ifndef OFFICE_PURGE_CLOCK_H
#define OFFICE_PURGE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

/* Less than a year, for a wrong year is what is typed; more than any office is silent for: the
 * weekly purge, the plan's last day and the list of holidays leave events of their own. */
#define PURGE_CLOCK_STEP (INT64_C(300) * 86400)
#define PURGE_CLOCK_BACK 60 /* seconds before the last event that are no matter */

enum purge_doubt { PURGE_CLOCK_GOOD, PURGE_CLOCK_BEHIND, PURGE_CLOCK_AHEAD };

struct purge_clock {
	enum purge_doubt doubt;
	int64_t believed; /* when the last event was that is; TIME_NONE: there is none */
	int64_t last; /* when the newest was, believed or not */
};

enum err_code purge_clock_judge(struct office *o, struct purge_clock *out, struct err *e);
/* As it is told to people: both times, what to do. No text when it is good. */
void purge_clock_text(const struct office *o, const struct purge_clock *c, char *out, size_t size);
/* A person (admin) says that the clock is right; nothing is written when nobody doubts it. */
enum err_code purge_clock_confirm(struct office *o, struct purge_clock *c, struct err *e);

#endif
