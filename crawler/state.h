/*
 * state.h - what the fetcher remembers between runs: state/fetch.json.
 *
 * Per source the validators of the last good answer (ETag and Last-Modified always as
 * a pair of one answer, RFC 9110 §13.1), when it is due again, how often it failed in
 * a row and how often it brought nothing new; per host when it may be asked again; per
 * origin its robots.txt. Nothing here is of record: a lost or damaged file
 * costs one full fetch. Times are seconds since 1970; strings belong to the state.
 */
#ifndef CRAWLER_STATE_H
#define CRAWLER_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "crawler/pace.h"

#define STATE_ROBOTS_FRESH 86400 /* RFC 9309 §2.4 */
#define STATE_ROBOTS_KEPT (30 * 86400)
#define STATE_BACKOFF_MAX PACE_BACKOFF_MAX
#define STATE_HOST_KEPT (7 * 86400) /* its failures are forgotten behind its last rest */
#define STATE_VALIDATOR_MAX 1024

struct state;

struct state_source {
	char *id;
	char *asked; /* the source's own URL at the last try; NULL: not known */
	char *reading; /* how it was read at the last try, as source.h; NULL: not known */
	char *url; /* the validators belong to this URL */
	char *etag, *last_modified; /* NULL: none */
	char *error; /* kind of the last failure, NULL after a success */
	int64_t next; /* due again */
	int64_t checked, succeeded; /* 0: never */
	int64_t retry_after; /* not before this, whatever is asked; 0: none */
	int streak; /* failures in a row */
	int64_t every; /* what sources.conf said at the last try; 0: not known */
	int64_t interval; /* between polls at present; 0: not yet known */
	int quiet; /* answers in a row that brought nothing new */
	bool steady; /* it has been seen unchanged */
	char *body; /* CRC-32 in hex, "-" and size of the last whole body; NULL unknown */
};

/* One host of all sources; its pace holds between runs too. */
struct state_host {
	char *name; /* as hosts.h names it */
	int64_t ready; /* no request before this; 0: any time */
	int64_t rest; /* it asked for a pause until then (429, 503); 0 none */
	int streak; /* such answers in a row */
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
	bool left; /* could not be asked for in this run; not saved */
	bool delay_known; /* its Crawl-delay was taken over; not saved */
	int64_t pause; /* the Retry-After of a failure in seconds, 0 none; not saved */
	char *error; /* why DENY or a pause; not saved, as these are not */
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
struct state_host *state_host(struct state *s, const char *name);
/* The row or NULL; makes none. */
const struct state_source *state_source_find(const struct state *s, const char *id);
const struct state_host *state_host_find(const struct state *s, const char *name);

/* After an answer of 200: the pair as received, for url; values that are too long or hold
 * control characters are dropped. NULL: absent. */
enum err_code state_set_validators(struct state_source *row, const char *url, const char *etag,
	const char *last_modified, struct err *e);
/* Whether the validators may be sent: they are of url, and what came with them was read in
 * this way. Behind a 304 nobody would look at the page in another one. */
bool state_may_ask_if_modified(
	const struct state_source *row, const char *url, const char *reading);
/* Every source is asked anew and without validators: what they stood for was lost. How the
 * hosts want to be treated is kept. */
void state_forget_answers(struct state *s);
/* Behind a 304 (RFC 9111 §4.3.4): validators that it carries take the place of the old
 * ones; a new ETag without a Last-Modified drops the old date, for both are one pair. */
enum err_code state_freshen_validators(
	struct state_source *row, const char *etag, const char *last_modified, struct err *e);

/* What sources.conf says of a source at present. */
struct state_terms {
	const char *url, *reading; /* borrowed; as in source.h */
	struct pace_limits pace;
};

struct state_outcome {
	int64_t now;
	struct state_terms terms;
	const char *error; /* NULL: it went well */
	bool unchanged; /* it went well and brought nothing new */
	int64_t retry_after; /* seconds from now that the server asked for; 0 none */
	int64_t fresh; /* seconds for which the server calls its answer fresh; 0 none */
	uint32_t roll; /* random bits for the back-off */
};

/* After a success or failure: streak, interval and the next due time. A pause that was
 * asked for counts at most a day; freshness at most the slowest pace. A failure in a new
 * way of reading drops the validators. */
enum err_code state_set_outcome(
	struct state_source *row, const struct state_outcome *o, struct err *e);
/* Whether its time has come; at once when it has another URL or is read in another way by
 * now, and no later than a changed `every`, the slowest pace or the longest back-off allow.
 * later: seconds by which all of this is put off, as at night; 0 none. */
bool state_is_due(const struct state_source *row, const struct state_terms *terms, int64_t later,
	int64_t now);
/* The host answered 429 or 503. retry_after as above; without it the pause is doubled
 * each time, from a minute on. */
void state_set_rest(struct state_host *host, int64_t now, int64_t retry_after, uint32_t roll);

#endif
