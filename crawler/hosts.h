/*
 * hosts.h - per-host politeness: one connection at a time, a pause between requests,
 * and a rest when the host asked for one (429, 503, Retry-After).
 *
 * A host is a name or address with its port. Times are monotonic milliseconds given
 * by the caller. The table owns its rows; a row lives as long as the table.
 */
#ifndef CRAWLER_HOSTS_H
#define CRAWLER_HOSTS_H

#include <stdbool.h>
#include <stdint.h>

struct hosts;

struct host {
	char *name; /* "example.gov.cn:443" */
	bool busy; /* a request is under way */
	int64_t ready_ms; /* no request before this */
	bool resting; /* it asked to be left alone: no more in this run */
};

struct hosts *hosts_new(void); /* NULL: no memory */
void hosts_free(struct hosts *h); /* NULL is fine */
/* The row of a host, made when it is new; NULL: no memory. */
struct host *hosts_get(struct hosts *h, const char *name, int port);

bool hosts_is_ready(const struct host *h, int64_t now_ms);
void hosts_begin(struct host *h);
void hosts_end(struct host *h, int64_t now_ms, int64_t interval_ms);

#endif
