/*
 * fetch.h - one run of the fetcher: many transfers in one thread, under the rules. (The
 * WARC writer may pack in another.)
 *
 * Per host one connection and a pause, between runs too; robots.txt first, and its
 * Crawl-delay; redirects hop by hop, each judged like a new URL and recorded as an
 * exchange of its own; conditional requests from the fetch state. What happened is in
 * the WARC records; a source that fails is no failure of the run. The state in memory is
 * moved along; the caller saves it after the WARC is finished.
 */
#ifndef CRAWLER_FETCH_H
#define CRAWLER_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "base/sig.h"
#include "crawler/hosts.h"
#include "crawler/source.h"
#include "crawler/state.h"
#include "crawler/transfer.h"
#include "crawler/wanted.h"
#include "crawler/warc.h"

#define FETCH_HOPS_MAX 5 /* redirects that are followed */
#define FETCH_AGENT "huiying" /* the product token that robots.txt may name */

struct fetch_settings {
	struct transfer_settings transfer;
	int concurrency; /* transfers at the same time */
	int64_t host_interval_ms;
	const struct host_rule *hosts; /* what is said of single hosts */
	size_t host_count;
	enum night_mode night; /* of hosts and sources of which nothing is said */
	struct night night_hours;
	const struct time_zone *zone; /* of the hours; NULL UTC */
	bool adaptive; /* the pace of a source follows what it brings */
	int64_t patience; /* seconds for which hosts that must be waited for are waited for */
	uint32_t (*roll)(void *arg); /* random bits for back-off */
	void *roll_arg;
	int64_t deadline; /* seconds for the whole run */
	uint64_t free_floor; /* bytes that must stay free in the spool */
	const char *spool;
	const char *const *allow_private; /* "host:port", ends with NULL; demonstrations only */
	int progress_fd; /* -1: none */
};

struct fetch;

/* All borrowed for the life of the run. */
enum err_code fetch_new(const struct fetch_settings *settings, const struct sources *sources,
	struct state *state, struct warc_writer *warc, const struct log *log, struct fetch **out,
	struct err *e);
void fetch_free(struct fetch *f);

enum fetch_due {
	FETCH_DUE,
	FETCH_EARLY, /* its time has not come */
	FETCH_PAUSED, /* its server asked for a pause; *until says to when */
	FETCH_HELD /* not at this hour */
};

/* Is it time to ask a source? all: every source is due, and hours do not matter; only a
 * pause that the server asked for (Retry-After) still does. */
enum fetch_due fetch_source_due(
	struct fetch *f, const struct source *s, int64_t now, bool all, int64_t *until);
/* Not at this hour. Evidence, which a person waits for, may be asked for at any. */
bool fetch_wanted_held(struct fetch *f, const struct wanted *w, int64_t now);

enum err_code fetch_add_source(struct fetch *f, const struct source *s, struct err *e);
/* A row whose source is unknown is fetched without one. */
enum err_code fetch_add_wanted(struct fetch *f, const struct wanted *w, struct err *e);

/* Until everything is done. ERR_STOPPED by a signal, ERR_LIMIT at the deadline or when the
 * disk fills up, ERR_IO when the WARC cannot be written; what is complete stays. */
enum err_code fetch_run(struct fetch *f, struct sig *sig, struct err *e);

/* Notes in the state when each host may be asked again; before the state is saved. */
enum err_code fetch_keep_pace(struct fetch *f, int64_t now, struct err *e);

size_t fetch_done(const struct fetch *f);
size_t fetch_left(const struct fetch *f); /* of those done: left to the next run */
size_t fetch_failed(const struct fetch *f);

#endif
