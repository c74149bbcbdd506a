/*
 * clocks.h - time limits that run, each with the rule that gave it (DESIGN §6.4).
 *
 * Kinds:
 *   clock.started/1  subject case or commitment; {clock, rule, amount, unit, basis,
 *                    start_event, start_at, due_at, shown_from_published}
 *   limit.reached/1  subject as above or "S12"; {what, due_at, rule}: the due time
 *                    passed and what it waited for had not happened
 * A clock of a case is met by the first accepted response, at its publication time,
 * however late that is entered. Nothing is reset: case.graded/1 marks the clocks of
 * the old grade replaced and new ones run from the original start.
 * Tables: clocks, limits_reached.
 */
#ifndef LEDGER_CLOCKS_H
#define LEDGER_CLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct clock_record {
	const char *clock, *subject, *rule, *unit, *basis, *start_event;
	const char *state; /* "running" "met" "replaced" */
	const char *met_by; /* id of the response, "" */
	int64_t seq, amount, start_at, due_at;
	int64_t shown_from_published, met_at; /* TIME_NONE when absent */
};

/* In the order they were started. */
enum err_code clocks_of(struct db *db, const char *subject, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e);
/* Running ones that are due at or before `until`, the earliest first. */
enum err_code clocks_running(struct db *db, int64_t until, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e);
bool clocks_is_late(const struct clock_record *c, int64_t now);
/* The limit was written down before. */
enum err_code clocks_is_reached(struct db *db, const char *subject, const char *what,
	int64_t due_at, bool *reached, struct err *e);

/* For apply functions: an accepted response stops the case's clocks. */
enum err_code clocks_meet(struct db *db, const char *case_id, const char *clock, int64_t at,
	const char *by, struct err *e);

#endif
