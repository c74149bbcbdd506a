/*
 * refusals.h - who was refused what: the projection of access.refused/1 (DESIGN §6.2).
 */
#ifndef LEDGER_REFUSALS_H
#define LEDGER_REFUSALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct refusal {
	int64_t at;
	const char *by_name, *role; /* role "" when the person has none */
	const char *verb; /* "case close", "" when none was named */
	const char *subject; /* "" or an id */
	const char *said; /* what the person was told; NULL: erased */
};

/* Was this actor refused the same verb on the same subject at or after `since`? */
enum err_code refusals_told(struct db *db, const char *actor_key, const char *verb,
	const char *subject, int64_t since, bool *out, struct err *e);
/* Those at or after `since`, the newest first. */
enum err_code refusals_since(struct db *db, int64_t since, struct arena *a, struct refusal **out,
	size_t *count, struct err *e);

#endif
