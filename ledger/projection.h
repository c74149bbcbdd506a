/*
 * projection.h - what the events add up to: the tables that are computed from them
 * and from nothing else, and which function applies which kind of event.
 *
 * A module that has projections defines `const struct projection_module
 * <module>_projection` and adds one line to projection.def. An apply function reads
 * only the event and projection tables - no clock, no configuration, no items, no
 * texts - and runs in the transaction that appended the event. Every version of a
 * kind stays applicable for ever; a kind that nobody knows is ERR_INTEGRITY.
 *
 * A kind may be applied by several modules, in the order of projection.def: the one
 * whose kind it is, and others that keep something of their own by it (histories,
 * holders). Such a listener writes only tables of its own module.
 *
 * A new table or column must equal what a rebuild gives for events of the past: its
 * migration fills it from them, or `audit rebuild` fails on every ledger there is.
 */
#ifndef LEDGER_PROJECTION_H
#define LEDGER_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct projection_kind {
	const char *kind; /* "alert.raised/1" */
	enum err_code (*apply)(struct db *db, const struct event *ev, struct err *e);
};

struct projection_table {
	const char *name, *order; /* "alerts", "id": ORDER BY that makes the dump unique */
};

struct projection_module {
	const struct projection_kind *kinds; /* ends with kind NULL */
	const struct projection_table *tables; /* ends with name NULL */
};

#define PROJECTION(name) extern const struct projection_module name##_projection;
#include "ledger/projection.def"
#undef PROJECTION

enum err_code projection_apply(struct db *db, const struct event *ev, struct err *e);
/* Some module applies this kind. */
bool projection_knows(const char *kind);
/* NULL past the end. */
const struct projection_table *projection_table_at(size_t i);

/* For kinds that are a record only and change no table. */
enum err_code projection_nothing(struct db *db, const struct event *ev, struct err *e);

/* Counters of ids (a projection): the next number of `prefix` in `year` (0: a counter
 * without years) is one above the highest used; the event carries it and its apply
 * function says projection_id_used(). Never reused. */
enum err_code projection_id_next(
	struct db *db, const char *prefix, int year, int64_t *out, struct err *e);
enum err_code projection_id_used(
	struct db *db, const char *prefix, int year, int64_t number, struct err *e);

#endif
