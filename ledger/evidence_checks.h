/*
 * evidence_checks.h - evidence that was looked at again: is the page still there and the
 * same, is the file that we keep still what was taken in (DESIGN §6.6).
 *
 * Kind (subject: the evidence's id):
 *   evidence.checked/1  {of, result, checked_at, status, digest, warc, error}
 *     of "link": same, changed (another text), lost (a promise that was in it is not any
 *                more), dead (given up, `error` says why)
 *     of "file": same, changed, missing
 * What the publication proved stands whatever becomes of its page. Table: evidence_checks;
 * writes evidence.
 */
#ifndef LEDGER_EVIDENCE_CHECKS_H
#define LEDGER_EVIDENCE_CHECKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

#define EVIDENCE_SAME "same"

struct evidence_check {
	int64_t seq, at;
	const char *of, *result;
	int64_t status; /* HTTP; TIME_NONE: none */
	const char *sha256, *warc, *error; /* "" when none */
};

/* In order. */
enum err_code evidence_checks_of(struct db *db, const char *evidence, struct arena *a,
	struct evidence_check **out, size_t *count, struct err *e);
enum err_code evidence_checks_count(
	struct db *db, const char *evidence, int64_t *out, struct err *e);

/* A page that was asked for again and given up: what `evidence.checked/1` is still to tell. */
struct evidence_lost_page {
	const char *id, *error;
};
enum err_code evidence_checks_given_up(struct db *db, struct arena *a,
	struct evidence_lost_page **out, size_t *count, struct err *e);

#endif
