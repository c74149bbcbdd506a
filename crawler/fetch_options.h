/*
 * fetch_options.h - the command line of huiying-fetch and the keys of huiying.conf that
 * it reads: [office] name, contact, language; [fetch] concurrency, host_interval_ms,
 * connect_timeout, timeout, low_speed_time, deadline, free_mib, allow_private.
 *
 * Other sections and keys of huiying.conf are somebody else's and are not looked at;
 * an unknown key in [fetch] is refused.
 */
#ifndef CRAWLER_FETCH_OPTIONS_H
#define CRAWLER_FETCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/conf.h"
#include "base/err.h"
#include "base/path.h"

#define FETCH_OPTIONS_LIST_MAX 256

struct fetch_options {
	const char *home, *spool, *state, *wanted;
	const char *sources[FETCH_OPTIONS_LIST_MAX + 1]; /* --source, ends with NULL */
	const char *allow_private[FETCH_OPTIONS_LIST_MAX + 1]; /* ends with NULL */
	size_t source_count, private_count;
	bool all, wanted_only, no_wanted, quiet, verbose, help, version;
	int progress_fd; /* -1 none */
};

struct fetch_config {
	struct conf *conf; /* NULL: there is no huiying.conf; owns the strings */
	const char *language, *office, *contact;
	const char *allow_private; /* "host:port host:port" or NULL */
	int64_t concurrency, host_interval_ms, connect_timeout, timeout, low_speed_time, deadline;
	int64_t free_mib;
};

/* argv is borrowed. */
enum err_code fetch_options_parse(int argc, char **argv, struct fetch_options *out, struct err *e);
enum err_code fetch_config_load(
	const struct path_home *home, struct fetch_config *out, struct err *e);
void fetch_config_fini(struct fetch_config *c);

#endif
