/*
 * closing.h - 销号 and its gate (DESIGN §6.7; 验收销号: who applies does not verify).
 *
 * A case closes when: it is finished (办结); an accepted answer brings a measure or a
 * result; one accepted answer stands on a registered government site; for 重大 and
 * above the accepted answers reach all four classes of channels, or an approved reason
 * is given; no answer waits for a decision; every promise is verified with evidence and
 * its fulfilment captured from outside, or given up with a published reason; and the
 * person who closes is not the one who finished it; no order of supervision and no objection
 * is open, and where supervision.conf says so the case stood published (公示) long enough.
 * Everything missing is listed at once. Closing plans the looks back (lookbacks.h).
 */
#ifndef OFFICE_CLOSING_H
#define OFFICE_CLOSING_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

struct closing_missing {
	const char *code; /* "finish" "answer" "site" "channels" "pending" "claim" "verify"
			   * "evidence" "publish" "capture" "person" "order"
			   * "objection" "display" */
	const char *subject; /* the case, response or commitment it is about */
	const char *text; /* for people */
};

/* Looks only: what stands against closing it now, by this person; as office_case_close. */
enum err_code office_case_check(struct office *o, const char *typed, const char *fewer_channels,
	struct arena *arena, char id[IDS_SIZE], const struct closing_missing **missing,
	size_t *count, struct err *e);

/* ERR_REFUSED with *missing filled (in the arena) when the gate does not hold.
 * fewer_channels: why a major case was answered on fewer classes, or NULL. */
enum err_code office_case_close(struct office *o, const char *typed, const char *fewer_channels,
	struct arena *arena, char id[IDS_SIZE], const struct closing_missing **missing,
	size_t *count, struct err *e);

#endif
