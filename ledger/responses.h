/*
 * responses.h - what units answered, and where: projection and reading (DESIGN §6.5).
 *
 * Kinds (subject: the response's id):
 *   response.recorded/1  {year, number, case_id, unit, kind, kind_by, press, body_text,
 *                        published_at, checks, found_text}
 *   response.noticed/1   {checks, found_text}: of an answer that was recorded, all of both anew
 *   response.linked/1    {n, url_text, channel, class}: one a publication
 *   response.accepted/1  {note_text}: stops the case's clocks at published_at
 *   response.rejected/1  {reason_text}
 *   response.decision_withdrawn/1 {decision: accepted | rejected, reason_text}: it waits again;
 *                        what an acceptance met runs on as if there had been none
 *   responses.imported/1 subject "responses"; {file_text, digest, rows, added, unchanged,
 *                        refused}: a table of answers, each recorded before
 * Tables: responses, response_links, response_withdrawals.
 */
#ifndef LEDGER_RESPONSES_H
#define LEDGER_RESPONSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct response_record {
	const char *id, *case_id, *unit, *kind;
	const char *body; /* NULL: erased */
	const char *checks; /* "slogan,unregistered"; "" when nothing was noticed */
	const char *found; /* what they rest on: lines CHECK<tab>REASON; NULL: none, or erased */
	const char *state; /* "pending" "accepted" "rejected" */
	const char *recorded_by, *recorded_name, *decided_by, *decided_name;
	const char *reason; /* NULL: none, or erased */
	int64_t published_at, recorded_at, decided_at;
	bool press;
};

struct response_link {
	const char *url; /* NULL: erased */
	const char *channel, *class; /* "" when not registered */
};

/* A decision that was taken back. */
struct response_withdrawal {
	const char *response, *decision; /* "accepted" "rejected" */
	const char *decided_name, *by_name;
	const char *note,
		*reason; /* said with the decision, with taking it back; NULL: none, erased */
	int64_t decided_at, at, seq;
};

enum err_code responses_get(
	struct db *db, const char *id, struct arena *a, struct response_record *out, struct err *e);
enum err_code responses_of(struct db *db, const char *case_id, struct arena *a,
	struct response_record **out, size_t *count, struct err *e);
enum err_code responses_pending(
	struct db *db, struct arena *a, struct response_record **out, size_t *count, struct err *e);
enum err_code responses_links(struct db *db, const char *id, struct arena *a,
	struct response_link **out, size_t *count, struct err *e);
/* In the order in which they were taken back. */
enum err_code responses_withdrawals(struct db *db, const char *response, struct arena *a,
	struct response_withdrawal **out, size_t *count, struct err *e);
enum err_code responses_withdrawals_of_case(struct db *db, const char *case_id, struct arena *a,
	struct response_withdrawal **out, size_t *count, struct err *e);
/* Distinct channel classes of the accepted responses of a case. */
enum err_code responses_classes(struct db *db, const char *case_id, struct arena *a,
	const char ***out, size_t *count, struct err *e);

#endif
