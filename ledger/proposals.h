/*
 * proposals.h - rows of `proposals`: answers and kept promises that the program
 * believes to have seen on the office's own channels, until a person takes or
 * dismisses them. Housekeeping, not events.
 */
#ifndef LEDGER_PROPOSALS_H
#define LEDGER_PROPOSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct proposal {
	int64_t id, at, item, closeness;
	const char *kind; /* "response" "fulfilment" */
	const char *case_id, *commitment, *channel;
	const char *state; /* "open" "taken" "dismissed" */
	const char *title, *link; /* of the item; NULL: it has none */
	int64_t published; /* of the item, to the hour if its page gives it; TIME_NONE */
};

/* Inside db_begin_write(). One for each item and matter; again changes nothing. */
enum err_code proposals_add(struct db *db, const struct proposal *p, bool *added, struct err *e);
/* Inside db_begin_write(). */
enum err_code proposals_set_state(struct db *db, int64_t id, const char *state, struct err *e);
/* ERR_NOT_FOUND with its word. */
enum err_code proposals_get(
	struct db *db, int64_t id, struct arena *a, struct proposal *out, struct err *e);
/* In order of id; `all` adds those that are settled. */
enum err_code proposals_list(struct db *db, bool all, struct arena *a, struct proposal **out,
	size_t *count, struct err *e);

#endif
