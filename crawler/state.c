/*
 * state.c - the fetch state as three arrays, and what a try changes in it; its file is in
 * state_file.c.
 */
#include "crawler/state_private.h"

#include <stdlib.h>
#include <string.h>

#define REST_BASE 60 /* seconds: the first pause of a host that named none */

static const char *source_name(const void *rows, size_t i)
{
	return ((const struct state_source *)rows)[i].id;
}

static const char *robots_name(const void *rows, size_t i)
{
	return ((const struct state_robots *)rows)[i].origin;
}

static const char *host_name(const void *rows, size_t i)
{
	return ((const struct state_host *)rows)[i].name;
}

static void source_fini(struct state_source *r)
{
	free(r->id);
	free(r->asked);
	free(r->reading);
	free(r->url);
	free(r->etag);
	free(r->last_modified);
	free(r->error);
	free(r->body);
}

static void robots_fini(struct state_robots *r)
{
	free(r->origin);
	free(r->text);
	free(r->error);
	free(r->detail);
}

enum err_code state_new(struct state **out, struct err *e)
{
	*out = calloc(1, sizeof **out);
	return *out ? ERR_OK : err_nomem(e);
}

void state_free(struct state *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->source_count; i++)
		source_fini(&s->sources[i]);
	for (size_t i = 0; i < s->robots_count; i++)
		robots_fini(&s->robots[i]);
	for (size_t i = 0; i < s->host_count; i++)
		free(s->hosts[i].name);
	name_index_fini(&s->by_id);
	name_index_fini(&s->by_origin);
	name_index_fini(&s->by_name);
	free(s->hosts);
	free(s->sources);
	free(s->robots);
	free(s);
}

struct state_source *state_source(struct state *s, const char *id)
{
	size_t at = name_index_find(&s->by_id, id, source_name, s->sources);
	struct state_source *row;

	if (at != NAME_INDEX_NONE)
		return &s->sources[at];
	if (s->source_count == s->source_room) {
		size_t room = s->source_room ? 2 * s->source_room : 64;
		row = realloc(s->sources, room * sizeof *row);
		if (!row)
			return NULL;
		s->sources = row;
		s->source_room = room;
	}
	row = &s->sources[s->source_count];
	memset(row, 0, sizeof *row);
	row->id = strdup(id);
	if (!row->id || !name_index_add(&s->by_id, s->source_count, source_name, s->sources)) {
		free(row->id);
		return NULL;
	}
	s->source_count++;
	return row;
}

struct state_robots *state_robots(struct state *s, const char *origin)
{
	size_t at = name_index_find(&s->by_origin, origin, robots_name, s->robots);
	struct state_robots *row;

	if (at != NAME_INDEX_NONE)
		return &s->robots[at];
	if (s->robots_count == s->robots_room) {
		size_t room = s->robots_room ? 2 * s->robots_room : 64;
		row = realloc(s->robots, room * sizeof *row);
		if (!row)
			return NULL;
		s->robots = row;
		s->robots_room = room;
	}
	row = &s->robots[s->robots_count];
	memset(row, 0, sizeof *row);
	row->origin = strdup(origin);
	if (!row->origin ||
		!name_index_add(&s->by_origin, s->robots_count, robots_name, s->robots)) {
		free(row->origin);
		return NULL;
	}
	s->robots_count++;
	return row;
}

const struct state_source *state_source_find(const struct state *s, const char *id)
{
	size_t at = name_index_find(&s->by_id, id, source_name, s->sources);

	return at != NAME_INDEX_NONE ? &s->sources[at] : NULL;
}

const struct state_host *state_host_find(const struct state *s, const char *name)
{
	size_t at = name_index_find(&s->by_name, name, host_name, s->hosts);

	return at != NAME_INDEX_NONE ? &s->hosts[at] : NULL;
}

struct state_host *state_host(struct state *s, const char *name)
{
	size_t at = name_index_find(&s->by_name, name, host_name, s->hosts);
	struct state_host *row;

	if (at != NAME_INDEX_NONE)
		return &s->hosts[at];
	if (s->host_count == s->host_room) {
		size_t room = s->host_room ? 2 * s->host_room : 64;
		row = realloc(s->hosts, room * sizeof *row);
		if (!row)
			return NULL;
		s->hosts = row;
		s->host_room = room;
	}
	row = &s->hosts[s->host_count];
	memset(row, 0, sizeof *row);
	row->name = strdup(name);
	if (!row->name || !name_index_add(&s->by_name, s->host_count, host_name, s->hosts)) {
		free(row->name);
		return NULL;
	}
	s->host_count++;
	return row;
}

/* ---- what happened ------------------------------------------------------ */

enum err_code state_replace(char **field, const char *value, struct err *e)
{
	char *copy = value ? strdup(value) : NULL;

	if (value && !copy)
		return err_nomem(e);
	free(*field);
	*field = copy;
	return ERR_OK;
}

/* It will stand in a request header: no control character may end the line. */
static const char *usable(const char *v)
{
	if (!v || !*v || strlen(v) > STATE_VALIDATOR_MAX)
		return NULL;
	for (const char *p = v; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return NULL;
	return v;
}

enum err_code state_set_validators(struct state_source *row, const char *url, const char *etag,
	const char *last_modified, struct err *e)
{
	enum err_code rc = state_replace(&row->url, url, e);

	if (!rc)
		rc = state_replace(&row->etag, usable(etag), e);
	if (!rc)
		rc = state_replace(&row->last_modified, usable(last_modified), e);
	return rc;
}

enum err_code state_freshen_validators(
	struct state_source *row, const char *etag, const char *last_modified, struct err *e)
{
	enum err_code rc = ERR_OK;

	etag = usable(etag);
	last_modified = usable(last_modified);
	if (etag && (!row->etag || strcmp(etag, row->etag) != 0)) {
		rc = state_replace(&row->etag, etag, e);
		if (!rc)
			rc = state_replace(&row->last_modified, last_modified, e);
	} else if (last_modified) {
		rc = state_replace(&row->last_modified, last_modified, e);
	}
	return rc;
}

static int64_t at_most(int64_t v, int64_t max)
{
	return v > max ? max : v;
}

/* What the answer says about how often to come again. */
static void move_interval(struct state_source *row, const struct state_outcome *o)
{
	row->quiet = o->unchanged ? row->quiet + (row->quiet < STATE_STREAK_MAX) : 0;
	row->interval = pace_interval(&o->terms.pace, row->interval, row->quiet, row->steady);
	row->steady = row->steady || o->unchanged;
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

void state_forget_answers(struct state *s)
{
	for (size_t i = 0; i < s->source_count; i++) {
		struct state_source *row = &s->sources[i];
		char **const gone[] = {&row->etag, &row->last_modified, &row->body};
		for (size_t k = 0; k < sizeof gone / sizeof *gone; k++) {
			free(*gone[k]);
			*gone[k] = NULL;
		}
		row->next = 0;
	}
}

bool state_may_ask_if_modified(const struct state_source *row, const char *url, const char *reading)
{
	return same(row->url, url) && same(row->reading, reading);
}

static enum err_code keep_terms(
	struct state_source *row, const struct state_outcome *o, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (row->every && row->every != o->terms.pace.every)
		row->interval = 0;
	row->every = o->terms.pace.every;
	if (o->error && !same(row->reading, o->terms.reading))
		rc = state_set_validators(row, NULL, NULL, NULL, e);
	if (!rc)
		rc = state_replace(&row->reading, o->terms.reading, e);
	return rc ? rc : state_replace(&row->asked, o->terms.url, e);
}

enum err_code state_set_outcome(
	struct state_source *row, const struct state_outcome *o, struct err *e)
{
	int64_t pause = at_most(o->retry_after, STATE_BACKOFF_MAX), wait;
	enum err_code rc = keep_terms(row, o, e);

	row->checked = o->now;
	row->streak = o->error ? row->streak + (row->streak < STATE_STREAK_MAX) : 0;
	if (!o->error) {
		row->succeeded = o->now;
		move_interval(row, o);
		wait = row->interval;
		if (wait < o->fresh)
			wait = at_most(o->fresh, o->terms.pace.max);
	} else {
		wait = pace_backoff(o->terms.pace.every, row->streak, o->roll);
	}
	row->retry_after = pause > 0 ? o->now + pause : 0;
	if (pause > 0 && wait < pause)
		wait = pace_after_pause(pause, o->roll);
	row->next = o->now + wait;
	return rc ? rc : state_replace(&row->error, o->error, e);
}

/* The longest wait that may have come of the last try. */
static int64_t longest_wait(const struct state_source *row, const struct pace_limits *pace)
{
	bool changed = row->every && row->every != pace->every;
	int64_t longest = changed ? pace->every : pace->max;

	return row->streak && longest < STATE_BACKOFF_MAX ? STATE_BACKOFF_MAX : longest;
}

bool state_is_due(
	const struct state_source *row, const struct state_terms *terms, int64_t later, int64_t now)
{
	if (row->asked && !same(row->asked, terms->url))
		return true;
	if (row->reading && !same(row->reading, terms->reading))
		return true;
	/* A clock that was set back must not silence a source. */
	if (row->next <= now - later || row->checked > now)
		return true;
	return now - row->checked >= longest_wait(row, &terms->pace) + later;
}

void state_set_rest(struct state_host *host, int64_t now, int64_t retry_after, uint32_t roll)
{
	int64_t pause = at_most(retry_after, STATE_BACKOFF_MAX);

	host->streak += host->streak < STATE_STREAK_MAX;
	if (pause > 0)
		host->rest = now + pace_after_pause(pause, roll);
	else
		host->rest = now + pace_backoff(REST_BASE, host->streak, roll);
}
