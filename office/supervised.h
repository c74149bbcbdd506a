/*
 * supervised.h - what supervision watches: everything that must be done by a time, with the
 * time that stands now. A promise for which a claim waits, or that is given up, is left out:
 * there the office has to act, not the unit.
 */
#ifndef OFFICE_SUPERVISED_H
#define OFFICE_SUPERVISED_H

#include <stddef.h>
#include <stdint.h>

#include "ledger/supervision.h"
#include "office/act.h"

struct supervised {
	struct supervision_matter matter; /* clock "promise" or a clock; ref: whose, which */
	const char *unit; /* of a promise; NULL: supervised_unit() finds it */
	const char *who; /* the clock's own unit, "" */
	int64_t start;
};

/* Lives in the act's arena. */
void supervised_list(struct act *a, struct supervised **out, size_t *count);
/* Who held it at its due time, or holds it now when that has not come; the office when
 * nobody does. */
const char *supervised_unit(struct act *a, const struct supervised *s);
/* The running one about this subject that comes first in the order of `clock`s: the promise,
 * else the response, else the earliest; NULL when there is none. */
const struct supervised *supervised_find(
	const struct supervised *list, size_t count, const char *subject);

#endif
