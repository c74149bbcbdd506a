/*
 * lookbacks.h - looks back at closed cases (回头看) and links between cases: projection and
 * reading.
 *
 * Kinds (subject: a case):
 *   lookback.planned/1 {n, due_at, rule}, with case.closed; of a case that was closed before
 *                      n goes on
 *   lookback.done/1    {n, result: 巩固 | 反弹, note_text, new_case}
 *   case.linked/1      {to, why: rebound | recurring}; the subject is the later case
 *   case.reopened/2    (objections.h) what was planned is void
 * Tables: lookbacks, case_links.
 */
#ifndef LEDGER_LOOKBACKS_H
#define LEDGER_LOOKBACKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

#define LOOKBACK_HOLDS "巩固"
#define LOOKBACK_REBOUND "反弹"

struct lookback {
	const char *case_id, *rule;
	const char *state; /* "planned" "done" "void" */
	const char *done_by, *done_name, *result; /* "" until it is done */
	const char *note; /* NULL: none, or erased */
	const char *new_case; /* that a relapse became, "" */
	int64_t n, due_at, done_at;
};

struct case_link {
	const char *case_id, *to; /* the later one, and the one before it */
	const char *why; /* "rebound" "recurring" */
};

enum err_code lookbacks_of(struct db *db, const char *case_id, struct arena *a,
	struct lookback **out, size_t *count, struct err *e);
/* Planned ones that are due at or before `until`, the earliest first. */
enum err_code lookbacks_due(struct db *db, int64_t until, struct arena *a, struct lookback **out,
	size_t *count, struct err *e);
/* Those that the case follows, and those that follow it. */
enum err_code lookbacks_links(struct db *db, const char *case_id, struct arena *a,
	struct case_link **out, size_t *count, struct err *e);

#endif
