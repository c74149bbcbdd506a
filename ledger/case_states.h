/*
 * case_states.h - the history of every case's states, for figures of past periods: a
 * projection of its own that listens to the events about cases.
 */
#ifndef LEDGER_CASE_STATES_H
#define LEDGER_CASE_STATES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct case_state {
	const char *case_id;
	int64_t seq, at;
	const char *state; /* "open", "finished", "closed": from `at` on */
};

/* Every change of every case, ordered by case and event. */
enum err_code case_states_all(
	struct db *db, struct arena *a, struct case_state **out, size_t *count, struct err *e);

#endif
