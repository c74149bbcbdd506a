/*
 * hosts.h - per-host politeness: one connection at a time, a pause between requests,
 * and a rest when the host asked for one (429, 503, Retry-After).
 *
 * A host is a name or address; with its port unless that is 80 or 443, which are one
 * server nearly always. Times are monotonic milliseconds given by the caller. The table
 * owns its rows; a row lives as long as the table.
 */
#ifndef CRAWLER_HOSTS_H
#define CRAWLER_HOSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crawler/night.h"

/* What huiying.conf says about a host, [host NAME]: it holds for the name and whatever
 * ends in .NAME; the longest name that fits wins. */
struct host_rule {
	const char *name;
	int64_t interval_ms; /* -1: not given */
	enum night_mode night;
	bool has_hours;
	struct night hours;
};

struct hosts;

struct host {
	char *name; /* "example.gov.cn", "example.gov.cn:8080" */
	bool busy; /* a request is under way */
	int64_t ready_ms; /* no request before this */
	int64_t ended_ms; /* when the last request was over; 0: none in this run */
	int64_t interval_ms; /* the pause between two requests */
	bool resting; /* it asked to be left alone: no more in this run */
	bool troubled; /* it asked so before; a good answer ends that */
	bool known; /* rules and state have been looked up (the caller's mark) */
};

struct hosts *hosts_new(void); /* NULL: no memory */
void hosts_free(struct hosts *h); /* NULL is fine */
/* The row of a host, made when it is new; NULL: no memory. */
struct host *hosts_get(struct hosts *h, const char *name, int port);

bool hosts_is_ready(const struct host *h, int64_t now_ms);
void hosts_begin(struct host *h);
void hosts_end(struct host *h, int64_t now_ms);
/* A longer pause was asked for (Crawl-delay); it counts from the last request on. */
void hosts_slow_down(struct host *h, int64_t interval_ms);

size_t hosts_count(const struct hosts *h);
const struct host *hosts_at(const struct hosts *h, size_t i);

/* The rule for a bare host name, or NULL. */
const struct host_rule *hosts_rule(const struct host_rule *rules, size_t count, const char *name);

#endif
