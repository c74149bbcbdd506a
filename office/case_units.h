/*
 * case_units.h - the units that a case goes to: one lead and those that help, typed or
 * suggested (route.h); their limits for signing (签收) and giving back (退回).
 */
#ifndef OFFICE_CASE_UNITS_H
#define OFFICE_CASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "office/act.h"
#include "office/cases.h"
#include "office/units.h"

struct case_units { /* borrowed from the units that were loaded and the act's arena */
	const struct unit *lead;
	const struct unit *co[OFFICE_CO_UNITS_MAX];
	size_t co_count;
	const char *coordinator; /* "" when one unit of ours answers alone */
	bool routed; /* suggested, not typed */
	bool final; /* settled: no limit to give it back runs */
	bool lead_holds, co_holds[OFFICE_CO_UNITS_MAX]; /* in this role already */
};

/* What the case is about, for a suggestion. */
struct case_matter {
	const char *needed; /* what is told when no lead was named */
	int64_t story;
	const char *place, *grade; /* or NULL */
};

/* Without a lead the act fails with the suggestion; ROUTE_AUTO takes it. */
void case_units_choose(struct act *a, const struct units *all, const struct office_case_units *in,
	const struct case_matter *m, struct case_units *out);
/* The members lead, level, co, coordinator, route of an event. */
void case_units_put(struct act *a, const struct case_units *c);

/* Before the event that assigns anew: limits of units that are not named again wait for
 * nothing; those that hold on keep theirs, and are noted. */
void case_units_end_others(struct act *a, const char *id, struct case_units *c);
/* After the event: starts the limits of the units that hold the case since now. */
void case_units_start(struct act *a, const char *id, const struct case_units *c);

/* Instructions (批示) of units that held the case and do no more go to the lead: somebody must
 * carry them out. Those of units that never held it stay where they are. */
void case_units_move_instructions(struct act *a, const char *id, const struct case_units *c);

/* *again: one of them that gave the case back before, NULL when there is none. */
enum err_code case_units_came_back(
	struct act *a, const char *id, const struct case_units *c, const char **again);

#endif
