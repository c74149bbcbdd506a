/*
 * fetch_options.h - the command line of huiying-fetch and the keys of huiying.conf that
 * it reads: [office] name, contact, language, zone; [fetch] concurrency, host_interval_ms,
 * connect_timeout, timeout, low_speed_time, deadline, patience, free_mib, allow_private,
 * adaptive, night, night_hours; [host NAME] interval_ms, night, night_hours.
 *
 * Other sections and keys of huiying.conf are somebody else's and are not looked at;
 * an unknown key in [fetch] or [host NAME] is refused.
 */
#ifndef CRAWLER_FETCH_OPTIONS_H
#define CRAWLER_FETCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/conf.h"
#include "base/err.h"
#include "base/path.h"
#include "crawler/hosts.h"

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
	const char *zone; /* NULL: not said */
	const char *allow_private; /* "host:port host:port" or NULL */
	int64_t concurrency, host_interval_ms, connect_timeout, timeout, low_speed_time, deadline;
	int64_t free_mib, patience;
	bool adaptive; /* the pace of a source follows what it brings */
	enum night_mode night; /* NIGHT_NORMAL unless said */
	struct night night_hours;
	struct host_rule *hosts; /* host_count rows */
	size_t host_count;
};

/* argv is borrowed. */
enum err_code fetch_options_parse(int argc, char **argv, struct fetch_options *out, struct err *e);
enum err_code fetch_config_load(
	const struct path_home *home, struct fetch_config *out, struct err *e);
void fetch_config_fini(struct fetch_config *c);

#endif
