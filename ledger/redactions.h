/*
 * redactions.h - erasures by order of law, as the events tell them. The erasing itself is
 * in the acts (ledger/erase.h): applying an event changes no text.
 *
 * Kinds (subject: the record's id, "" after a restore):
 *   redaction.asked/1   {field, digests, span_start, span_end, only_here, reason_text, document}
 *   redaction.asked/2   and {source, revision}: subject is the number of an order (工单) of that
 *                       hotline, whose words stand beside the record of account; digests is
 *                       empty; revision: of the words in which the span is counted
 *   redaction.done/1    {ask, texts, items, records}
 *   redaction.refused/1 {ask, reason_text}
 *   text.erased/1       {ask, digest, replacement_text}: one each; ask 0: found in the list of
 *                       erasures when a ledger was restored
 *   file.erased/1       {}: so was a file of evidence
 *   retention.purged/1  {rule, rows, files, before}: a record only, of office/purge.h
 *   retention.clock_confirmed/1 {believed, last}: so is this, of office/purge_clock.h
 * Tables: redactions, erased_texts.
 */
#ifndef LEDGER_REDACTIONS_H
#define LEDGER_REDACTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct redaction {
	int64_t seq; /* by which people name it */
	const char *subject, *field, *document;
	const char *digests; /* JSON array */
	const char *reason; /* NULL: erased */
	const char *asked_by, *asked_name, *done_by, *done_name;
	const char *state; /* "asked" "done" "refused" */
	int64_t span_start, span_end; /* TIME_NONE: none */
	int64_t asked_at, done_at;
	bool only_here;
};

/* ERR_NOT_FOUND tells that there is none. */
enum err_code redactions_get(
	struct db *db, int64_t seq, struct arena *a, struct redaction *out, struct err *e);
enum err_code redactions_list(struct db *db, bool waiting, struct arena *a, struct redaction **out,
	size_t *count, struct err *e);
/* The evidence's file was erased: its SHA-256 stands, its bytes do not. */
enum err_code redactions_of_file(struct db *db, const char *evidence, bool *out, struct err *e);
/* Nothing is erased that nobody ordered, nothing is there that was: else ERR_INTEGRITY. */
enum err_code redactions_verify(struct db *db, struct err *e);

#endif
