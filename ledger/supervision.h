/*
 * supervision.h - orders of supervision (督办单): projection of the events about them, and
 * reading it. Not the work orders of a hotline, which are in orders.h.
 *
 * Kinds (subject: the order's id):
 *   order.issued/1    {year, number, subject, case_id, clock, ref, level, unit, told, matter_due,
 *                     basis, reason_text, feedback_amount, feedback_unit, feedback_roll, settles,
 *                     state: proposed | issued}; a higher level makes proposals of lower ones
 *                     about the same due time lapse. unit "": the office itself
 *   order.issued/2    the same of several lines and {lines: [[subject, clock, ref, due], …]}; the
 *                     members of /1 are those of the first. What it outdoes lapses by events
 *   order.confirmed/1 {}                     a supervisor issues what was proposed
 *   order.answered/1  {unit, answer_text}
 *   order.settled/1   {result, note_text}
 *   order.withdrawn/1 {reason_text}
 *   order.lapsed/1    {why: done | moved | higher}   a proposal whose matter is none any more
 *   order.revived/1   {}   one that ended with its matter, which was not done: an answer had been
 *                     accepted by mistake
 * Until when a unit must answer is a clock (clocks.h) of the order.
 * Tables: supervision_orders, supervision_lines.
 */
#ifndef LEDGER_SUPERVISION_H
#define LEDGER_SUPERVISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/ids.h"

struct supervision_order {
	const char *id, *subject, *case_id; /* of the first line; case_id "" of a task */
	const char *clock, *ref; /* "" when it is about nothing that runs */
	const char *level, *unit, *told, *basis;
	const char *settles; /* "auto" "person" */
	const char *state; /* "proposed" "issued" "answered" "settled" "withdrawn" "lapsed" */
	const char *feedback_unit, *feedback_roll;
	const char *issued_by, *issued_name, *answered_by, *answered_name, *answered_unit;
	const char *ended_by, *ended_name;
	const char *result; /* "done" "explained" "talked" "circulated"; why it lapsed; "" */
	const char *reason, *answer, *note; /* NULL: none, or erased */
	int64_t matter_due, made_at, issued_at, answered_at, ended_at; /* or TIME_NONE */
	int64_t feedback_amount;
	int64_t feedback_due; /* TIME_NONE: not issued yet */
	int64_t feedback_tentative, matter_tentative; /* 暂定: as in clocks.h */
	int64_t lines; /* how many things it is about */
};

/* Proposed, issued or answered: somebody still has to do something. */
bool supervision_is_open(const struct supervision_order *o);

/* ERR_NOT_FOUND when there is none. */
enum err_code supervision_get(struct db *db, const char *id, struct arena *a,
	struct supervision_order *out, struct err *e);
/* All, or only open ones, in order. */
enum err_code supervision_list(struct db *db, bool open, struct arena *a,
	struct supervision_order **out, size_t *count, struct err *e);
/* Those of a case and of its promises. */
enum err_code supervision_of_case(struct db *db, const char *case_id, struct arena *a,
	struct supervision_order **out, size_t *count, struct err *e);
/* Those with a line about one case, promise or task. */
enum err_code supervision_of_subject(struct db *db, const char *subject, struct arena *a,
	struct supervision_order **out, size_t *count, struct err *e);

/* What a line of an order is about: something that must be done by a time. */
struct supervision_matter {
	const char *subject, *case_id, *clock, *ref;
	int64_t due; /* TIME_NONE: nothing that runs */
};

/* In their order; case_id is NULL. */
enum err_code supervision_lines(struct db *db, const char *id, struct arena *a,
	struct supervision_matter **out, size_t *count, struct err *e);
/* A later order is about the same matter as line n (from 1); `issued`: one that went out and that
 * a supervisor has to settle. */
enum err_code supervision_line_outdone(
	struct db *db, const char *id, size_t n, bool issued, bool *out, struct err *e);
/* The reminders that are over now that this order went out: all their lines are in graver ones. */
enum err_code supervision_reminders(struct db *db, const char *id, struct arena *a,
	const char ***out, size_t *count, struct err *e);
/* tick made an order of plans of this level to the unit, since then. */
enum err_code supervision_is_grouped(struct db *db, const char *unit, const char *level,
	int64_t since, bool *out, struct err *e);

/* The order of a level with a line about it; ERR_NOT_FOUND (e untouched) when there is none.
 * Withdrawn and lapsed ones count: a level is reached once. */
enum err_code supervision_find(struct db *db, const struct supervision_matter *m, const char *level,
	char id[IDS_SIZE], struct err *e);

#endif
