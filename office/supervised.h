/*
 * supervised.h - what supervision watches: everything that must be done by a time, with the
 * time that counts. Of a promise that is the original date, or a later one that was approved
 * and public before it (DESIGN §6.6); it is watched until it is verified, or given up in
 * public. While its claim waits to be verified, within the limit for that, nothing more goes
 * to the unit: there the office has to act.
 */
#ifndef OFFICE_SUPERVISED_H
#define OFFICE_SUPERVISED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/list.h"
#include "ledger/supervision.h"
#include "office/act.h"

struct supervised {
	struct supervision_matter matter; /* clock "promise" or a clock; ref: whose, which */
	const char *unit; /* whose it is; NULL: supervised_unit() finds it */
	const char *who; /* the clock's own unit, "" */
	int64_t start; /* TIME_NONE: not known */
	bool waits; /* for the office, which has the claim: no level is reached meanwhile */
	bool grouped; /* of a plan: one order a unit tells of all */
};

/* Each kind of thing has a line in supervised.def and a function that adds what is there. A
 * task has one for each unit that lags behind, not one for its clock. */
#define SUPERVISED(name) void supervised_##name(struct act *a, struct list *out);
#include "office/supervised.def"
#undef SUPERVISED

/* All of it at one moment; lives in the act's arena. */
struct supervised_book {
	const struct supervised *list;
	size_t count;
	const struct supervised **by_matter; /* ordered by subject, clock, ref */
};

void supervised_read(struct act *a, struct supervised_book *out);

/* What has become of the matter of an order; the graver number outweighs. */
enum supervised_fate {
	SUPERVISED_DONE, /* it is watched no more */
	SUPERVISED_MOVED, /* it has another due time */
	SUPERVISED_WAITS, /* it stands, but a claim waits for the office */
	SUPERVISED_STANDS,
};

enum supervised_fate supervised_fate_of(
	const struct supervised_book *b, const struct supervision_matter *m);
/* To whom an order about it goes (ledger/answerable.h); "": the office itself. */
const char *supervised_unit(struct act *a, const struct supervised *s);
/* The one about this subject that an order by hand is about: the promise, else the response,
 * else the earliest; NULL when nothing runs. */
const struct supervised *supervised_find(const struct supervised_book *b, const char *subject);

#endif
