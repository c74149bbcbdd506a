/*
 * transfer.h - when a unit is renamed, merged or split, its open duties go over to
 * another (DESIGN §6.3; `successor` and `until` of units.conf).
 *
 * Closed cases and settled promises keep the name they were closed under. Names are
 * never changed by editing units.conf alone: an event says what moved, from which day,
 * by which paper.
 */
#ifndef OFFICE_TRANSFER_H
#define OFFICE_TRANSFER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/unit_moves.h"
#include "office/act.h"
#include "office/office.h"

struct transfer {
	const char *from; /* as the record has it, or as units.conf knows it */
	const char *to;
	const char *on; /* first day of the new unit; one to come: planned; NULL: today */
	const char *topic; /* only matters of this topic; NULL: all */
	const char *note;
};

struct transferred {
	const char *from, *to, *on; /* in the arena */
	struct unit_duties moved;
	bool still_listed; /* units.conf gives `from` no last day */
	bool planned; /* it happens on that day: tick does it */
};

/* A supervisor's act. The number of the paper is --document. ERR_REFUSED when `from` has
 * no open duty. */
enum err_code transfer_unit(struct office *o, const struct transfer *in, struct arena *a,
	struct transferred *out, struct err *e);

/* A supervisor takes back what was planned from this unit; ERR_REFUSED: nothing is. */
enum err_code transfer_withdraw(struct office *o, const char *from, const char *note,
	struct arena *a, struct transferred *out, struct err *e);

struct units;
struct transfer_event { /* of unit.transferred and unit.planned */
	const char *from, *to, *on, *topic, *document, *note;
	int64_t plan; /* number of the event that planned it; 0: none */
};

/* Inside an act: the event by which the duties move, as units.conf knows the units. */
void transfer_append(struct act *a, const struct units *all, const struct transfer_event *x);

struct orphan { /* open duties of a name that is no unit any more */
	const char *unit;
	const char *successor; /* by units.conf, or NULL */
	struct unit_duties duties;
};

enum err_code transfer_orphans(
	struct office *o, struct arena *a, struct orphan **out, size_t *count, struct err *e);

#endif
