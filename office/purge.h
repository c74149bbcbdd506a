/*
 * purge.h - what is kept for how long: `[retention]` of huiying.conf.
 *
 *	items = 180d     what was read in and became no matter of the office's
 *	archive = 180d   WARC files that nothing refers to any more
 *	orders = 1095d   orders of hotlines that are finished (default: kept)
 *
 * 0 keeps. The ledger of events, its texts and evidence/ are never purged. An item stays while
 * its story waits or its case is open; one that is purged is not taken in again when a
 * page still lists it. What is old is told by a clock that the record bears out
 * (office/purge_clock.h). Done in the program's own name, as tick is: the rule is the
 * configuration's. Event (subject ""): retention.purged/1 {rule, rows, files, before}, in the
 * transaction in which the rows go (500 at most, so that others get in between), and before
 * files go.
 */
#ifndef OFFICE_PURGE_H
#define OFFICE_PURGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "office/office.h"
#include "office/purge_clock.h"

#define PURGE_RULES 3

struct purge_row {
	const char *rule; /* "items" "archive" "orders" */
	int64_t keep; /* seconds, 0: for ever */
	int64_t before; /* what is older goes; TIME_NONE: nothing does */
	int64_t rows, files, bytes;
	int64_t oldest; /* TIME_NONE: nothing goes */
};

struct purge_wish {
	bool dry; /* only counts */
	bool clock_is_right; /* a person says so */
};

/* A row for each rule. ERR_REFUSED, and nothing goes, when the clock is in doubt and nobody says
 * that it is right; `clock` tells it of a dry run. */
enum err_code office_purge(struct office *o, const struct purge_wish *wish,
	struct purge_row out[PURGE_RULES], struct purge_clock *clock, struct err *e);

#endif
