/*
 * seen.h - what a person at a terminal was shown last: case and commitment versions, so that
 * an act on what somebody else changed meanwhile is refused without --seen being typed
 * (DESIGN §6.3, §7).
 *
 * Kept in the person's own $XDG_STATE_HOME/huiying, one file an instance and person, a line a
 * record ("YQ-2026-000001 7"), the 500 that were shown last. It decides nothing but that: a
 * file that is lost, or cannot be written, checks nothing. Without a terminal nothing is kept
 * and nothing is checked: programs say --seen.
 */
#ifndef CLI_SEEN_H
#define CLI_SEEN_H

#include "base/err.h"
#include "office/office.h"

/* Gives the office its memory when a person sits at a terminal. Its end is office_close(). */
enum err_code seen_attach(struct office *o, struct err *e);
/* The records were shown. Nothing without a terminal. */
void seen_note(struct office *o, const struct office_shown *list, size_t count);

#endif
