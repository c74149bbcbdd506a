/*
 * taking.h - who works on a row of the queue: take, take over, release, and the ends that
 * come by themselves (DESIGN §6.3).
 *
 * A row that was taken is free again when its person has done nothing for [desk] idle, goes
 * off duty, or is logged out: the login session (the kernel's audit session) that it was
 * taken in is gone from /run/systemd/sessions. Where there is no such directory, or the
 * session is not known, that last one never happens.
 */
#ifndef OFFICE_TAKING_H
#define OFFICE_TAKING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/takes.h"
#include "office/act.h"
#include "office/office.h"

#define TAKING_NAME 256

struct taking {
	int64_t story;
	char from[TAKING_NAME]; /* who had it, "" nobody */
};

/* Two people taking one row: the second is told who has it; with `over` it is theirs and the
 * event says from whom. Taking again what one has renews it. */
enum err_code taking_take(
	struct office *o, const char *typed, bool over, struct taking *out, struct err *e);
/* Only the one who took it, or a supervisor. */
enum err_code taking_release(struct office *o, const char *typed, int64_t *story, struct err *e);

/* Inside an act: the row is free again; why: idle duty-off disconnect given-back. */
void taking_end(struct act *a, const struct take *t, const char *why);

#endif
