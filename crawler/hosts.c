/*
 * hosts.c - the hosts of one run, in a sorted table of pointers.
 */
#include "crawler/hosts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct hosts {
	struct host **rows; /* sorted by name */
	size_t count, room;
};

struct hosts *hosts_new(void)
{
	return calloc(1, sizeof(struct hosts));
}

void hosts_free(struct hosts *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->count; i++) {
		free(h->rows[i]->name);
		free(h->rows[i]);
	}
	free(h->rows);
	free(h);
}

/* Where name stands or would stand. */
static size_t place_of(const struct hosts *h, const char *name)
{
	size_t from = 0, to = h->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (strcmp(h->rows[middle]->name, name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static struct host *insert(struct hosts *h, size_t at, char *name)
{
	struct host *row = calloc(1, sizeof *row);

	if (row && h->count == h->room) {
		size_t room = h->room ? 2 * h->room : 64;
		struct host **rows = realloc(h->rows, room * sizeof(struct host *));
		if (!rows) {
			free(row);
			return NULL;
		}
		h->rows = rows;
		h->room = room;
	}
	if (!row)
		return NULL;
	row->name = name;
	memmove(h->rows + at + 1, h->rows + at, (h->count - at) * sizeof(struct host *));
	h->rows[at] = row;
	h->count++;
	return row;
}

struct host *hosts_get(struct hosts *h, const char *name, int port)
{
	struct host *row;
	char *key = NULL;
	size_t at;

	if (port == 80 || port == 443)
		key = strdup(name);
	else if (asprintf(&key, "%s:%d", name, port) < 0)
		key = NULL;
	if (!key)
		return NULL;
	at = place_of(h, key);
	if (at < h->count && strcmp(h->rows[at]->name, key) == 0) {
		free(key);
		return h->rows[at];
	}
	row = insert(h, at, key);
	if (!row)
		free(key);
	return row;
}

bool hosts_is_ready(const struct host *h, int64_t now_ms)
{
	return !h->busy && now_ms >= h->ready_ms;
}

void hosts_begin(struct host *h)
{
	h->busy = true;
}

void hosts_end(struct host *h, int64_t now_ms)
{
	h->busy = false;
	h->ended_ms = now_ms;
	h->ready_ms = now_ms + h->interval_ms;
}

void hosts_slow_down(struct host *h, int64_t interval_ms)
{
	if (interval_ms <= h->interval_ms)
		return;
	h->interval_ms = interval_ms;
	if (h->ended_ms && h->ready_ms < h->ended_ms + interval_ms)
		h->ready_ms = h->ended_ms + interval_ms;
}

size_t hosts_count(const struct hosts *h)
{
	return h->count;
}

const struct host *hosts_at(const struct hosts *h, size_t i)
{
	return i < h->count ? h->rows[i] : NULL;
}

static bool covers(const char *rule, const char *name)
{
	size_t r = strlen(rule), n = strlen(name);

	if (r > n || strcasecmp(rule, name + n - r) != 0)
		return false;
	return r == n || name[n - r - 1] == '.';
}

const struct host_rule *hosts_rule(const struct host_rule *rules, size_t count, const char *name)
{
	const struct host_rule *best = NULL;

	for (size_t i = 0; i < count; i++)
		if (covers(rules[i].name, name) &&
			(!best || strlen(rules[i].name) > strlen(best->name)))
			best = &rules[i];
	return best;
}
