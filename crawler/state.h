/*
 * state.h - what the fetcher remembers between runs: state/fetch.json.
 *
 * Per source the validators of the last good answer (ETag and Last-Modified always as
 * a pair of one answer, RFC 9110 §13.1), when it is due again, how often it failed in
 * a row; per origin its robots.txt. Nothing here is of record: a lost or damaged file
 * costs one full fetch. Times are seconds since 1970; strings belong to the state.
 */
#ifndef CRAWLER_STATE_H
#define CRAWLER_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define STATE_ROBOTS_FRESH 86400 /* RFC 9309 §2.4 */
#define STATE_ROBOTS_KEPT (30 * 86400)
#define STATE_BACKOFF_MAX 86400
#define STATE_VALIDATOR_MAX 1024

struct state;

struct state_source {
	char *id;
	char *asked; /* the source's own URL at the last try; NULL: not known */
	char *url; /* the validators belong to this URL */
	char *etag, *last_modified; /* NULL: none */
	char *error; /* kind of the last failure, NULL after a success */
	int64_t next; /* due again */
	int64_t checked, succeeded; /* 0: never */
	int64_t retry_after; /* not before this, whatever is asked; 0: none */
	int streak; /* failures in a row */
};

enum state_robots_verdict {
	STATE_ROBOTS_UNKNOWN,
	STATE_ROBOTS_RULES,
	STATE_ROBOTS_ALLOW,
	STATE_ROBOTS_DENY
};

struct state_robots {
	char *origin; /* "https://example.gov.cn" */
	char *text; /* for RULES */
	size_t size;
	int64_t fetched;
	enum state_robots_verdict verdict;
	bool pending; /* being fetched in this run; not saved */
	bool tried; /* was fetched in this run; not saved */
	int64_t pause; /* with DENY: the Retry-After in seconds, 0 none; not saved */
	char *error; /* why DENY; not saved, as DENY itself is not */
	char *detail;
};

/* A missing file gives an empty state; a damaged one too, with *damaged set. */
enum err_code state_load(const char *path, struct state **out, bool *damaged, struct err *e);
enum err_code state_new(struct state **out, struct err *e);
void state_free(struct state *s);
/* Atomic. Sources not in `known` (may be NULL: keep all) and old robots are dropped. */
enum err_code state_save(const struct state *s, const char *path, int64_t now,
	bool (*known)(const char *id, const void *arg), const void *arg, struct err *e);

/* The row, made when new; NULL: no memory. A row may move when another is made. */
struct state_source *state_source(struct state *s, const char *id);
struct state_robots *state_robots(struct state *s, const char *origin);

/* After an answer of 200: the pair as received, for url; values that are too long or hold
 * control characters are dropped. NULL: absent. */
enum err_code state_set_validators(struct state_source *row, const char *url, const char *etag,
	const char *last_modified, struct err *e);
/* After a success (error NULL) or failure of asking for url: streak, next due time with
 * back-off. every in seconds; retry_after seconds from now, 0 none (capped at a day). */
enum err_code state_set_outcome(struct state_source *row, const char *url, int64_t now,
	int64_t every, const char *error, int64_t retry_after, struct err *e);
/* Whether its time has come; at once when sources.conf has another URL for it by now, and
 * no later than a shortened `every` or the longest back-off allow. */
bool state_is_due(const struct state_source *row, const char *url, int64_t every, int64_t now);

#endif
