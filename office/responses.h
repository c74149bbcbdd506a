/*
 * responses.h - a unit's answer is entered, looked at by the program, and accepted or
 * rejected by a person (DESIGN §6.5).
 */
#ifndef OFFICE_RESPONSES_H
#define OFFICE_RESPONSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

#define OFFICE_LINKS_MAX 16

struct office_response {
	const char *case_typed;
	const char *unit; /* who answered */
	const char *text;
	const char *kind; /* NULL: guessed from the words */
	const char *urls[OFFICE_LINKS_MAX];
	size_t url_count;
	const char *channel; /* of the links, when they do not tell; or NULL */
	int64_t published_at; /* TIME_NONE: now */
	bool press; /* given at a press conference */
};

struct office_recorded {
	char id[IDS_SIZE], case_id[IDS_SIZE];
	char kind[24];
	char checks[128]; /* "late,slogan", "" when nothing was noticed */
	char found[16384]; /* what they rest on: lines CHECK<tab>REASON */
	int captures; /* pages that the fetcher shall capture */
};

/* Checks, in this order: late early page-time slogan off-topic quote repost repeated unregistered
 * few-channels not-holder disagrees; page-time last when a page is captured later. */
enum err_code office_respond(struct office *o, const struct office_response *in,
	struct office_recorded *out, struct err *e);
/* By another person than the one who entered it, with a login of their own. */
enum err_code office_response_accept(struct office *o, const char *typed, const char *note,
	char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e);
enum err_code office_response_reject(struct office *o, const char *typed, const char *reason,
	char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e);

struct office_response_withdrawn {
	char id[IDS_SIZE], case_id[IDS_SIZE];
	bool accepted; /* what was taken back, else a rejection */
	const char *limit; /* of the case's answer: "running" "paused" "met" (by another answer) */
	int64_t due; /* TIME_NONE: the case has no such limit */
	bool late; /* it has passed */
	char co_unit[256]; /* whose answer it was, which owes one of its own though the limit is met
			      by another's; "": none */
	int64_t orders; /* of supervision that had ended with it and stand again */
	size_t promises; /* that were taken from it; they stand */
};

/* What was decided by mistake is taken back, by an event with its reason: the answer waits again
 * (待认定), and what its acceptance had stopped runs on as if there had been none, to its own due
 * time. By who decided it or another supervisor, never by who entered it; not while the case is
 * finished or closed. */
enum err_code office_response_withdraw(struct office *o, const char *typed, bool accepted,
	const char *reason, struct office_response_withdrawn *out, struct err *e);

#endif
