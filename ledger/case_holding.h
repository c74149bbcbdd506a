/*
 * case_holding.h - how long each unit has had a case, and whose lateness it is.
 *
 * Computed from who held it (case_units), the answer's limit and the accepted answers;
 * nothing of it is stored. Time counts until the case was finished (办结) or closed.
 *
 * Whose lateness it is says answerable.h; the office is unit "".
 */
#ifndef LEDGER_CASE_HOLDING_H
#define LEDGER_CASE_HOLDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/cases.h"
#include "ledger/db.h"

struct case_holding {
	const char *unit; /* "": the office, between two leads or before the first */
	bool lead; /* in its last role */
	bool holds; /* now */
	bool late;
	int64_t since; /* given to it first */
	int64_t until; /* taken from it last; TIME_NONE while it holds */
	int64_t held; /* seconds in all */
	int64_t signed_at; /* of the last time it was given; TIME_NONE: not signed */
	int64_t to_sign; /* seconds from given to signed; TIME_NONE */
	int64_t answered_at; /* its first accepted answer was published; TIME_NONE */
	int64_t returns; /* how often it gave the case back */
};

/* In the order they first held it, the office last. */
enum err_code case_holding_of(struct db *db, const struct case_record *c, int64_t now,
	struct arena *a, struct case_holding **out, size_t *count, struct err *e);

#endif
