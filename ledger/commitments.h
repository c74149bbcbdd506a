/*
 * commitments.h - promises made in public: projection, reading and the computed
 * outcome (DESIGN §6.6).
 *
 * Kinds (subject: the commitment's id):
 *   commitment.added/1     {year, number, case_id, response_id, unit, quote_text, sentence,
 *                          criterion_text, made_at, due_date, due_at, review_date,
 *                          review_at, review_rule, phrases}; sentence and phrases take
 *                          what was found to be promised (promises.h)
 *   commitment.claimed/1   {done_on, unit}        the unit says it is done
 *   commitment.claim_refused/1 {done_on, unit, reason_text}  a supervisor: it is not; the claim
 *                          counts for nothing any more
 *   commitment.verified/1  {done_on, evidence}    a supervisor confirms or corrects it
 *   commitment.published/1 {evidence_id}          a page was named; it counts once captured
 *   commitment.cannot/1    {reason_text, evidence_id}  无法兑现, with a published reason; since
 *                          it takes two persons: by the one who approved it
 *   commitment.cannot_withdrawn/1 {reason_text}  before its page was captured
 *   commitment.extended/1  {old_date, new_date, new_at, reason_text, url_text, counts}
 *   commitment.extended/2  {old_date, new_date, new_at, reason_text, url_text, evidence_id}
 *                          counts once its page was captured before the date that counted
 *   commitment.reviewed/1  {review_date, review_at, note_text}  looked at, next review set
 *   commitment.progressed/1 {unit, on_date, share_done, share_of, note_text, evidence}
 *   commitment.counted/1   {workdays, due_date, due_at, calendar, tentative, old_date}: N
 *                          working days from publication, by this list of holidays; old_date
 *                          where that moved it. Behind commitment.added/1 when its words
 *                          name working days, and again by every list that counts otherwise
 * Tables: commitments, commitment_extensions, commitment_progress, commitment_dates.
 */
#ifndef LEDGER_COMMITMENTS_H
#define LEDGER_COMMITMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

/* Dates are "YYYY-MM-DD" of the office's zone, "" when absent. */
struct commitment_record {
	const char *id, *case_id, *response, *unit;
	const char *quote, *criterion; /* NULL: erased (quote), none (criterion) */
	const char *due_date, *review_date, *review_rule;
	const char *added_by, *added_name;
	const char *claimed_done_on, *claimed_by, *claimed_name, *claimed_unit;
	const char *verified_done_on, *verified_by, *verified_name;
	const char *publish_evidence; /* ZJ- id or "" */
	const char *cannot, *cannot_by, *cannot_name, *cannot_evidence;
	int64_t made_at, due_at, review_at, added_at, claimed_at, verified_at;
	int64_t published_at; /* captured from outside; TIME_NONE: not public yet */
	int64_t cannot_at, cannot_published_at, version;
	/* Captured pieces, the publication among them; not the pages that tell of a later date
	 * or why it cannot be kept. */
	int64_t evidence;
	/* The page that tells the public (that it was done, or why it cannot be): "" when
	 * none is named, else pending, captured or failed. */
	const char *told;
	const char *extended_date; /* the last later date that counts, "" when there is none */
	int64_t extended_at;
	int64_t progress; /* how often it was told of */
	int64_t share_done, share_of; /* the last share that was told: 38 of 45; of 0: none */
	int64_t workdays; /* that its words name; 0: they name a day, or a person gave the date */
	const char *calendar; /* hash of the list of holidays that they were counted by, or "" */
	int64_t tentative; /* 暂定: the first year not listed; 0: none */
	const char *proposed; /* what waits for a second person (commitment_proposals.h), or "" */
};

/* A date that another list of holidays gave. */
struct commitment_date {
	int64_t seq, at;
	const char *old_date, *new_date;
};

struct commitment_extension {
	int64_t at, new_at;
	const char *old_date, *new_date, *reason, *approved_name, *url;
	const char *evidence; /* ZJ- of the page that tells of it, or "" */
	const char *evidence_state; /* pending, captured, failed or "" */
	bool counts; /* approved and public before the date that counted until then */
};

struct commitment_progress {
	int64_t at, share_done, share_of;
	const char *on_date, *unit, *note, *evidence, *by_name; /* note NULL: erased */
};

/* Computed, never typed; the original date decides. */
enum commitment_outcome {
	OUTCOME_OPEN, /* 未到期 */
	OUTCOME_KEPT, /* 按期兑现 */
	OUTCOME_KEPT_LATE, /* 逾期兑现 */
	OUTCOME_BROKEN, /* 逾期未兑现 */
	OUTCOME_CANNOT, /* 无法兑现（已公开说明） */
	OUTCOME_UNDATED, /* 未明确时限 */
};

/* Verified with at least one captured piece of evidence counts as done, on the day
 * the supervisor confirmed. */
bool commitments_is_done(const struct commitment_record *c);
/* Done and its fulfilment captured on a registered channel, or a published reason. */
bool commitments_is_settled(const struct commitment_record *c);
enum commitment_outcome commitments_outcome(const struct commitment_record *c, int64_t now);
/* By the last later date that counts: a column of its own. False when there is none. */
bool commitments_outcome_extended(
	const struct commitment_record *c, int64_t now, enum commitment_outcome *out);
/* 未到期 …: the words of the office, also in JSON. */
const char *commitments_outcome_name(enum commitment_outcome o);
/* 完成情况: 未启动 进行中 部分完成 已完成 已核查 无法完成; what was told, never the outcome. */
const char *commitments_progress_name(const struct commitment_record *c);

enum err_code commitments_get(struct db *db, const char *id, struct arena *a,
	struct commitment_record *out, struct err *e);
/* case_id NULL: all. */
enum err_code commitments_of(struct db *db, const char *case_id, struct arena *a,
	struct commitment_record **out, size_t *count, struct err *e);
enum err_code commitments_extensions(struct db *db, const char *id, struct arena *a,
	struct commitment_extension **out, size_t *count, struct err *e);
enum err_code commitments_progress(struct db *db, const char *id, struct arena *a,
	struct commitment_progress **out, size_t *count, struct err *e);

enum err_code commitments_dates(struct db *db, const char *id, struct arena *a,
	struct commitment_date **out, size_t *count, struct err *e);
/* Ids of those in working days that are to be counted by this list of holidays. */
enum err_code commitments_of_other_calendar(struct db *db, const char *calendar, struct arena *a,
	const char ***out, size_t *count, struct err *e);
enum err_code commitments_count_tentative(struct db *db, int64_t *count, struct err *e);

/* For events about a promise: bumps its version and that of its case. */
enum err_code commitments_touch(struct db *db, const struct event *ev, struct err *e);
/* A page was captured (or its screenshot confirmed) at `at`: an extension that it tells of
 * counts when that was in time. Called by what applies evidence. */
enum err_code commitments_extension_captured(
	struct db *db, const char *evidence, int64_t at, struct err *e);

#endif
