/*
 * alerts.h - alerts and the queue of stories: projections of the event log.
 *
 * An alert is one topic of one story and is raised once, by the event alert.raised/1,
 * a snapshot of what was seen. A queue row is a story; one decision settles all its
 * alerts. Tables: `alerts`, `stories` (columns in 0001_ledger.sql). A story is `open`
 * until an outcome is set on it (stories.state, outcome, case_id: written by the apply
 * functions of the kinds that decide).
 */
#ifndef LEDGER_ALERTS_H
#define LEDGER_ALERTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct alert;

struct alert_snapshot { /* what alert.raised/1 says; strings may be NULL where noted */
	int64_t alert, story, item; /* numbers of A, S, I; item 0: registered by hand */
	const char *title; /* goes to texts */
	const char *link; /* goes to texts; NULL allowed */
	const char *excerpt; /* goes to texts: the text that matched; NULL allowed */
	const char *source, *source_name;
	int64_t published, fetched; /* TIME_NONE allowed */
	const char *topic, *code, *lead; /* lead NULL allowed */
	int64_t score;
	int64_t threshold; /* the score from which the topic alerts; 0: not known */
	int grade; /* enum match_grade as number: 0 none … 4 */
	const char *grade_name;
	const char *why; /* JSON array, match_add_why_json() */
	const char *grounds; /* JSON object, matcher/explain.h; NULL: no rule raised it */
	const char *rules_hash;
	const char *warc; /* file name; NULL allowed */
	uint64_t warc_offset;
	int64_t review_due; /* end of the triage limit */
	const char *review_rule; /* which limit: "triage-major 15m" */
};

/* Inside db_begin_write(). Takes the next number when s->alert is 0 and sets it, likewise
 * s->story. `by` gives at, actor and for_whom; its other fields are not read. */
enum err_code alerts_raise(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e);
/* A revision or a copy weighs more than what the alert s->alert was raised for: the event
 * alert.regraded/1 has the new snapshot (the old one stays in its own event). A story that
 * was decided comes back into the queue. s->review_due counts from the first raising. */
enum err_code alerts_regrade(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e);
/* What an alert was regraded for has left the story: alert.restored/1 has the snapshot of
 * what is left. Opens nothing. */
enum err_code alerts_restore(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e);
/* The same, when nothing is left that it could be weighed by: it is again as it was raised. */
enum err_code alerts_restore_first(
	struct db *db, const struct event_draft *by, const struct alert *alert, struct err *e);
/* The alert of this story and topic code; ERR_NOT_FOUND. */
enum err_code alerts_find(
	struct db *db, int64_t story, const char *code, int64_t *alert, int *grade, struct err *e);

struct alert {
	int64_t id, story, item, raised_seq, raised_at, published, fetched;
	const char *title, *link, *excerpt; /* NULL: erased or absent */
	const char *source, *source_name, *topic, *code, *lead, *grade_name, *why, *rules_hash,
		*warc;
	int64_t score, warc_offset;
	int grade;
	int64_t review_due;
	const char *review_rule;
	int64_t doubted_at; /* since when rules give no reason for it (doubts.h); TIME_NONE */
};

struct story {
	int64_t id, first_alert, raised_at, review_due;
	const char *state; /* "open" or "decided" */
	const char *outcome; /* "" while open */
	const char *case_id; /* "" when none */
	const char *taken_by; /* actor key, "" when free */
	const char *taken_name;
	const char *title, *link, *source_name; /* of the first alert */
	const char *topics; /* joined with "、" */
	int64_t score; /* the highest */
	int grade;
	const char *grade_name;
	int64_t alerts, again; /* again: times it came back after a decision */
	int64_t published, fetched;
	int64_t copies; /* items of it besides the first */
	const char *changed; /* JSON: why it came back last (stories.h); NULL: it did not */
};

enum err_code alerts_get(
	struct db *db, int64_t id, struct arena *a, struct alert *out, struct err *e);
/* Of alerts_get_story() the one thing that every copy of a story asks for. */
enum err_code alerts_is_decided(struct db *db, int64_t story, bool *out, struct err *e);
enum err_code alerts_get_story(
	struct db *db, int64_t id, struct arena *a, struct story *out, struct err *e);
enum err_code alerts_of_story(struct db *db, int64_t story, struct arena *a, struct alert **out,
	size_t *count, struct err *e);
/* The grounds of the alert's last snapshot, JSON as in alert_snapshot; NULL when its event has
 * none (raised by hand, or before grounds were kept). */
enum err_code alerts_grounds(
	struct db *db, int64_t id, struct arena *a, const char **out, struct err *e);
/* Rows of the queue, most urgent first (review due, then id), decided ones last. */
struct alerts_page {
	bool all; /* decided ones too */
	const char *topic; /* its name or code; NULL: all */
	const struct story *after; /* the row before the first; NULL: from the beginning */
	int64_t limit; /* 0: all */
};

enum err_code alerts_queue(struct db *db, const struct alerts_page *page, struct arena *a,
	struct story **out, size_t *count, struct err *e);

#endif
