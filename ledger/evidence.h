/*
 * evidence.h - proof and its SHA-256 (digest): projection and reading (DESIGN §6.7).
 *
 * Kinds (subject: the evidence's id):
 *   evidence.added/1     {year, number, subject, purpose, kind, url_text, channel,
 *                        file_text, note_text, size, digest, state, captured_at}
 *   evidence.captured/1  {captured_at, digest, size, warc, warc_offset}: the page as an
 *                        outsider saw it; makes the publication it stands for count
 *   evidence.failed/1    {error}
 *   evidence.confirmed/1 {captured_at}: a second person saw what the screenshot shows
 * Table: evidence; writes commitments.published_at and cannot_published_at.
 */
#ifndef LEDGER_EVIDENCE_H
#define LEDGER_EVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct evidence_record {
	const char *id, *subject;
	const char *purpose; /* "proof" "publication" "reason" "response" */
	const char *kind; /* "page" "file" "screenshot" */
	const char *url, *file, *note; /* NULL: none, or erased */
	const char *channel, *sha256, *warc, *error; /* "" when none */
	const char *state; /* "pending" "captured" "failed" */
	const char *added_by, *added_name, *confirmed_name;
	int64_t size, added_at, captured_at, warc_offset; /* TIME_NONE when absent */
	/* Looked at again (evidence_checks.h): "" as it was captured or added. */
	const char *link_state; /* the page now: "dead" "changed" "lost" */
	const char *file_state; /* what we keep of it: "changed" "missing" */
	int64_t checked_at, link_since, file_since; /* TIME_NONE when never, not so */
};

enum err_code evidence_get(
	struct db *db, const char *id, struct arena *a, struct evidence_record *out, struct err *e);
/* subject NULL: all that wait for their capture. */
enum err_code evidence_of(struct db *db, const char *subject, struct arena *a,
	struct evidence_record **out, size_t *count, struct err *e);
/* All that can be looked at again: what is captured, and screenshots; in order of id. */
enum err_code evidence_to_check(
	struct db *db, struct arena *a, struct evidence_record **out, size_t *count, struct err *e);
/* Those of which the page or the file is not as it was. */
enum err_code evidence_to_repair(
	struct db *db, struct arena *a, struct evidence_record **out, size_t *count, struct err *e);

#endif
