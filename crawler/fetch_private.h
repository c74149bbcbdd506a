/*
 * fetch_private.h - what fetch.c (where to, and the loop), fetch_due.c (when) and
 * fetch_finish.c (what became of it) share. For these only.
 */
#ifndef CRAWLER_FETCH_PRIVATE_H
#define CRAWLER_FETCH_PRIVATE_H

#include "base/buf.h"
#include "crawler/fetch.h"
#include "crawler/hosts.h"

enum fetch_phase { FETCH_WAITING, FETCH_ACTIVE, FETCH_DONE };

struct fetch_job {
	enum fetch_phase phase;
	const struct source *source; /* NULL: a wanted row without one, or robots.txt */
	const char *source_id; /* also of a source that sources.conf here does not know */
	const char *want; /* wanted id or NULL */
	const char *kind; /* as in the WARC metadata */
	char *url; /* of this hop */
	char *origin; /* of url */
	struct host *host; /* of url */
	char *robots_for; /* the origin whose robots.txt this is, or NULL */
	int hop;
	bool obeys_robots, private_ok, conditional;
	bool asked_if_modified; /* this hop was a conditional request */
	struct transfer *transfer;
	int64_t pause; /* seconds that the server asked for with its robots.txt */
};

struct fetch {
	const struct fetch_settings *settings;
	const struct sources *sources;
	struct state *state;
	struct warc_writer *warc;
	const struct log *log;
	struct hosts *hosts;
	void *multi; /* CURLM */
	struct transfer_pool *pool;
	struct fetch_job **jobs;
	size_t count, room;
	size_t first; /* jobs before it are done */
	size_t active;
	bool more_over; /* of the active ones, some are over and not yet looked at */
	bool robots_failed; /* a robots.txt of this run that could not be had */
	struct buf ends; /* lines for whoever watches, not yet told */
	size_t total, done, failed, left; /* without robots.txt */
	int64_t end_ms, patience_ms; /* when the run ends, and its waiting for slow hosts */
};

/* The row of a host with what is said and known of it: its pause, its rest. */
enum err_code fetch_find_host(
	struct fetch *f, const char *name, int port, struct host **out, struct err *e);

/* How the source is to be asked, as state.h takes it. */
struct state_terms fetch_terms(const struct fetch *f, const struct source *s);

/* Points the job at url: host, origin, rights. ERR_INPUT when it is no URL for us. */
enum err_code fetch_aim(struct fetch *f, struct fetch_job *j, const char *url, struct err *e);
/* The transfer is over. */
enum err_code fetch_finish(struct fetch *f, struct fetch_job *j, int curl_code, struct err *e);
/* Tells whoever watches what has ended, when it is in the spool. */
enum err_code fetch_tell(struct fetch *f, struct err *e);
/* The job ends without having been sent. */
enum err_code fetch_give_up(
	struct fetch *f, struct fetch_job *j, const char *error, const char *detail, struct err *e);

#endif
