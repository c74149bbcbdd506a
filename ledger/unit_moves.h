/*
 * unit_moves.h - units over time: what one unit took over from another, and who held a
 * promise when (domain.md §1.2; DESIGN §6.3). A projection of unit.transferred/1 and
 * commitment.added/1.
 *
 * unit.transferred/1 {from, to, on, why, topic, document, note_text}, subject "": the
 * open duties of `from` are those of `to` from the moment of the event. What is open is
 * judged by the projections alone: cases that are not closed, promises that are not
 * settled. What is closed keeps the name it was closed under. `plan` is the number of the
 * event that planned it.
 * unit.planned/1 {from, to, on, topic, document, note_text}, subject "": that will happen on a
 * day to come.
 * unit.unplanned/1 {plan, note_text}, subject "": it will not.
 */
#ifndef LEDGER_UNIT_MOVES_H
#define LEDGER_UNIT_MOVES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

#define UNIT_TRANSFERRED "unit.transferred/1"

struct unit_move {
	int64_t seq, at;
	const char *from, *to, *on, *why, *topic, *document, *by_name;
	const char *note; /* NULL: none, or erased */
};

/* For listeners of UNIT_TRANSFERRED in other modules: runs a statement of ?1 from, ?2 to,
 * ?3 topic ('' all) on a table of theirs. */
enum err_code unit_moves_apply(
	struct db *db, const struct event *ev, enum statement id, struct err *e);

/* In the order they were entered. */
enum err_code unit_moves_all(
	struct db *db, struct arena *a, struct unit_move **out, size_t *count, struct err *e);

/* What is planned and neither done nor taken back, the first day first. */
struct unit_plan {
	int64_t seq, at;
	const char *from, *to, *on, *topic, *document, *by_name;
	const char *note; /* NULL: none, or erased */
};
enum err_code unit_moves_planned(
	struct db *db, struct arena *a, struct unit_plan **out, size_t *count, struct err *e);

/* What would move now. topic "" means all matters. */
struct unit_duties {
	int64_t cases, promises, orders; /* orders of supervision */
	int64_t tasks; /* of plans: with an open line, or that come again */
};
enum err_code unit_moves_duties(
	struct db *db, const char *unit, const char *topic, struct unit_duties *out, struct err *e);

/* Every unit that holds an open duty, once each, in order of names. */
enum err_code unit_moves_holders(
	struct db *db, struct arena *a, const char ***out, size_t *count, struct err *e);

/* Whose the promise was at `at`; the first holder's before it was entered. */
enum err_code unit_moves_holder_at(struct db *db, const char *commitment, int64_t at,
	struct arena *a, const char **out, struct err *e);

#endif
