/*
 * facts.h - what the figures of a period are made of: flat lists of facts, ordered so
 * that they can be joined by walking along (cases by id, the rest by case and event).
 *
 * Who held cases and what was answered is in answerable.h. Everything is read from projections that
 * keep their history; no text but the titles, quotes and links that a list of names shows.
 */
#ifndef LEDGER_FACTS_H
#define LEDGER_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

/* Of a case; "" where nothing was said. */
struct facts_case {
	const char *id, *topics, *place, *lead, *grade, *source;
	const char *title; /* NULL: erased */
	int64_t discovered_at, clock_start, opened_at;
	int64_t withdrawn; /* acceptances of its answers that were taken back */
};

/* A limit that holds: not replaced by another grade's, not standing still. */
struct facts_limit {
	const char *case_id, *rule;
	const char *grade; /* that it runs by: the one in force when it passed */
	bool press;
	int64_t due_at, met_at; /* met_at TIME_NONE: not met */
	int64_t tentative; /* 暂定: as in clocks.h */
};

struct facts_order { /* of supervision, issued */
	const char *level, *result; /* result "" while it is not settled */
	int64_t issued_at, answered_at, feedback_due; /* TIME_NONE: not answered, no limit */
	int64_t ended_at; /* settled or withdrawn; TIME_NONE: it is not */
	bool open;
};

struct facts_lookback {
	const char *case_id, *result; /* 巩固 反弹, "" */
	int64_t due_at, done_at; /* done_at TIME_NONE: not looked at */
};

/* In the order of their numbers; those of a relapse that were not needed any more are out. */
enum err_code facts_orders(
	struct db *db, struct arena *a, struct facts_order **out, size_t *count, struct err *e);
enum err_code facts_lookbacks(
	struct db *db, struct arena *a, struct facts_lookback **out, size_t *count, struct err *e);

enum err_code facts_cases(
	struct db *db, struct arena *a, struct facts_case **out, size_t *count, struct err *e);
enum err_code facts_limits(
	struct db *db, struct arena *a, struct facts_limit **out, size_t *count, struct err *e);

/* The first page of an answer, on our own site when it stands there; NULL: none, erased. */
enum err_code facts_link(
	struct db *db, const char *response, struct arena *a, const char **out, struct err *e);

#endif
