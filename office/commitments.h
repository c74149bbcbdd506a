/*
 * commitments.h - the acts on promises (DESIGN §6.6): taken from an accepted response
 * in its own words; claimed by the unit, verified by a supervisor, published on a
 * registered channel - three facts kept apart. Which state admits which act stands in
 * commitment_rules.h; later dates and 无法兑现, which take two persons, in
 * commitment_proposals.h.
 */
#ifndef OFFICE_COMMITMENTS_H
#define OFFICE_COMMITMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/share.h"
#include "ledger/ids.h"
#include "office/office.h"

struct office_promise {
	const char *response; /* as typed */
	int64_t sentence; /* from 1; 0: quote is given */
	const char *quote; /* must stand in the response word for word */
	const char *unit; /* NULL: the response's */
	const char *criterion; /* or NULL */
	/* "YYYY-MM-DD"; NULL: the one that was found in these words, else 未明确 with a forced
	 * review date. */
	const char *due;
	bool undated; /* 未明确, whatever was found */
	const char *review; /* "YYYY-MM-DD" or NULL: the rule's */
};

struct office_promised {
	char id[IDS_SIZE], case_id[IDS_SIZE];
	char due[11], review[11];
	bool found; /* the words stand in a sentence that was found to promise something */
	char rule[64]; /* that forced the review date, "" otherwise */
	int unlisted_year; /* not 0: 暂定, its holidays are not listed yet */
};

enum err_code office_commitment_add(struct office *o, const struct office_promise *in,
	struct office_promised *out, struct err *e);
/* done_on "YYYY-MM-DD", not in the future; unit NULL: --for, else the promise's. made_on
 * is the day of the promise when it was done before that (a mistyped year?), else "". */
enum err_code office_commitment_claim(struct office *o, const char *typed, const char *done_on,
	const char *unit, char id[IDS_SIZE], char made_on[11], struct err *e);

#define OFFICE_VERIFY_EVIDENCE_MAX 32

struct office_verified {
	char id[IDS_SIZE], case_id[IDS_SIZE];
	char done_on[11];
	int64_t evidence; /* captured pieces so far; without any it does not count as kept */
	bool published; /* a page that tells the public is named already */
};

/* Not by the person who entered the claim. done_on NULL: as claimed. */
enum err_code office_commitment_verify(struct office *o, const char *typed, const char *done_on,
	const char *const *evidence, size_t evidence_count, struct office_verified *out,
	struct err *e);
/* The claim is not true, or not enough: sent back to be redone. By a supervisor as
 * office_commitment_verify(). */
enum err_code office_commitment_refuse_claim(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e);
/* Queues the capture (or takes the screenshot) of the page that tells the public. */
enum err_code office_commitment_publish(struct office *o, const char *typed, const char *url,
	const char *screenshot, char id[IDS_SIZE], char evidence[IDS_SIZE], struct err *e);
/* Looked at; the next review date. Not once it is settled. */
enum err_code office_commitment_review(struct office *o, const char *typed, const char *next,
	const char *note, char id[IDS_SIZE], struct err *e);

struct office_progress {
	const char *commitment; /* as typed */
	const char *note; /* what was done; or NULL when there is a share */
	const char *share; /* "60%" "38/45" or NULL */
	const char *on; /* "YYYY-MM-DD", not in the future; NULL: today */
	const char *evidence; /* of the promise or its case, captured; or NULL */
};

struct office_progressed {
	char id[IDS_SIZE], evidence[IDS_SIZE];
	struct share share, before; /* of 0: none was told */
};

/* What the unit has done so far. It decides nothing about the outcome. Not once it is verified. */
enum err_code office_commitment_progress(struct office *o, const struct office_progress *in,
	struct office_progressed *out, struct err *e);

#endif
