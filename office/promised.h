/*
 * promised.h - what an answer promises, found when it is entered, and what people make of
 * it (DESIGN §6.3, §6.6).
 */
#ifndef OFFICE_PROMISED_H
#define OFFICE_PROMISED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "ledger/promises.h"
#include "office/act.h"
#include "office/office.h"

/* Within the act that records a response: an event for each promise in its words. */
void promised_append(struct act *a, const char *response, const char *text, int64_t published_at);

/* What of a found promise some words of its sentence take. */
struct promised_part {
	const char *due; /* the date they name; NULL: none, or nothing was found there */
	bool found; /* there is a promise in that sentence */
	const char *phrases; /* "1,2": the phrases in them, for the event; NULL: none */
	int workdays; /* that `due` is from publication on; 0: the words name a day */
};

/* `quote`: words of that sentence. With `chosen` a date was typed and answers for all of
 * them; else they must not name several, nor one that lies before the day of `made_at`, when
 * the answer was published. Working days are counted by today's list of holidays. */
void promised_take(struct act *a, const char *response, int64_t sentence, const char *quote,
	int64_t made_at, bool chosen, struct promised_part *out);

/* Refuses while a promise of the case's answers is neither taken nor refused, and names
 * every one. */
void promised_need_decided(struct act *a, const char *case_id);

/* A person says that a found promise is none. */
enum err_code office_promise_refuse(struct office *o, const char *typed, int64_t sentence,
	const char *reason, char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e);

#endif
