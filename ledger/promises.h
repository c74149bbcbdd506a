/*
 * promises.h - what was found to be promised in an answer when it was entered, and what
 * people made of it: projection and reading (DESIGN §6.3, §6.6).
 *
 * Kinds (subject: the response's id):
 *   promise.found/1    {sentence, quote_text, phrase_text, due_date, due_kind}: one a
 *                      deadline phrase, or one without the last three where there is none
 *   promise.refused/1  {sentence, reason_text}
 * It is taken by commitment.added/1 that names its response and sentence, and the phrases
 * ("1,2", in the order found) that it answers for: by the last one of those with a date.
 * Tables: promises, promise_phrases.
 */
#ifndef LEDGER_PROMISES_H
#define LEDGER_PROMISES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct promise_phrase_record {
	const char *phrase; /* NULL: erased */
	const char *due_date; /* "YYYY-MM-DD" or "" */
	const char *due_kind; /* "date" "workdays" "undated" */
	const char *commitment; /* that took it, or "" */
};

struct promise_record {
	const char *response;
	const char *quote, *reason; /* NULL: erased (quote), none or erased (reason) */
	const char *state; /* "open" "taken" "refused" */
	const char *commitment, *refused_name; /* the first one that came of it; "" if none */
	struct promise_phrase_record *phrases;
	size_t phrase_count;
	int64_t sentence, refused_at;
};

/* All of a response, by sentence. */
enum err_code promises_of(struct db *db, const char *response, struct arena *a,
	struct promise_record **out, size_t *count, struct err *e);
/* Neither taken nor refused, of a case's answers that are not rejected. */
enum err_code promises_open(struct db *db, const char *case_id, struct arena *a,
	struct promise_record **out, size_t *count, struct err *e);

/* For apply functions: a commitment came of that sentence and these of its phrases (NULL:
 * of none). */
enum err_code promises_take(struct db *db, const char *response, int64_t sentence,
	const char *phrases, const char *commitment, struct err *e);

#endif
