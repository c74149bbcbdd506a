/*
 * state.c - the fetch state as two arrays and one JSON file.
 */
#include "crawler/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_split.h"
#include "base/path.h"
#include "base/str.h"
#include "base/name_index.h"

#define FILE_BYTES_MAX ((size_t)256 << 20)
/* What is kept of robots.txt between runs; a larger one, or one that does not fit any
 * more, is asked for anew. Hosts without number, as one name server can invent them, must
 * not fill the file. */
#define ROBOTS_SAVED_MAX ((size_t)64 << 10)
#define ROBOTS_TOTAL_MAX ((size_t)8 << 20)
#define ROBOTS_ROW_COST 40 /* its key and its time */
#define HOSTS_TOTAL_MAX ((size_t)8 << 20)
#define HOSTS_ROW_COST 70
#define REST_BASE 60 /* seconds: the first pause of a host that named none */
#define STREAK_MAX 1000000

struct state {
	struct state_source *sources;
	size_t source_count, source_room;
	struct state_robots *robots;
	size_t robots_count, robots_room;
	struct state_host *hosts;
	size_t host_count, host_room;
	struct name_index by_id, by_origin, by_name;
};

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

/* NULL stays NULL. */
static enum err_code replace(char **field, const char *value, struct err *e)
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
	enum err_code rc = replace(&row->url, url, e);

	if (!rc)
		rc = replace(&row->etag, usable(etag), e);
	if (!rc)
		rc = replace(&row->last_modified, usable(last_modified), e);
	return rc;
}

enum err_code state_freshen_validators(
	struct state_source *row, const char *etag, const char *last_modified, struct err *e)
{
	enum err_code rc = ERR_OK;

	etag = usable(etag);
	last_modified = usable(last_modified);
	if (etag && (!row->etag || strcmp(etag, row->etag) != 0)) {
		rc = replace(&row->etag, etag, e);
		if (!rc)
			rc = replace(&row->last_modified, last_modified, e);
	} else if (last_modified) {
		rc = replace(&row->last_modified, last_modified, e);
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
	row->quiet = o->unchanged ? row->quiet + (row->quiet < STREAK_MAX) : 0;
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
		rc = replace(&row->reading, o->terms.reading, e);
	return rc ? rc : replace(&row->asked, o->terms.url, e);
}

enum err_code state_set_outcome(
	struct state_source *row, const struct state_outcome *o, struct err *e)
{
	int64_t pause = at_most(o->retry_after, STATE_BACKOFF_MAX), wait;
	enum err_code rc = keep_terms(row, o, e);

	row->checked = o->now;
	row->streak = o->error ? row->streak + (row->streak < STREAK_MAX) : 0;
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
	return rc ? rc : replace(&row->error, o->error, e);
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

	host->streak += host->streak < STREAK_MAX;
	if (pause > 0)
		host->rest = now + pace_after_pause(pause, roll);
	else
		host->rest = now + pace_backoff(REST_BASE, host->streak, roll);
}

/* ---- the file ----------------------------------------------------------- */

static int small_count(const struct json *j, const char *key)
{
	int64_t n = 0;

	return json_get_int(j, key, &n) && n > 0 && n <= STREAK_MAX ? (int)n : 0;
}

static enum err_code read_source(
	struct state *s, const char *id, const struct json *j, struct err *e)
{
	struct state_source *row = state_source(s, id);
	enum err_code rc;

	if (!row)
		return err_nomem(e);
	rc = state_set_validators(row, json_get_str(j, "url"), json_get_str(j, "etag"),
		json_get_str(j, "last_modified"), e);
	if (!rc)
		rc = replace(&row->asked, json_get_str(j, "asked"), e);
	if (!rc)
		rc = replace(&row->reading, json_get_str(j, "reading"), e);
	if (!rc)
		rc = replace(&row->error, json_get_str(j, "error"), e);
	json_get_int(j, "next", &row->next);
	json_get_int(j, "checked", &row->checked);
	json_get_int(j, "succeeded", &row->succeeded);
	json_get_int(j, "retry_after", &row->retry_after);
	row->streak = small_count(j, "streak");
	json_get_int(j, "every", &row->every);
	json_get_int(j, "interval", &row->interval);
	row->quiet = small_count(j, "quiet");
	row->steady = json_is_true(json_get(j, "steady"));
	if (!rc)
		rc = replace(&row->body, json_get_str(j, "body"), e);
	return rc;
}

static enum err_code read_host(
	struct state *s, const char *name, const struct json *j, struct err *e)
{
	struct state_host *row = state_host(s, name);

	if (!row)
		return err_nomem(e);
	json_get_int(j, "ready", &row->ready);
	json_get_int(j, "rest", &row->rest);
	row->streak = small_count(j, "streak");
	return ERR_OK;
}

static enum err_code read_robots(
	struct state *s, const char *origin, const struct json *j, struct err *e)
{
	struct state_robots *row = state_robots(s, origin);
	const char *text = json_get_str(j, "text");
	enum err_code rc;

	if (!row)
		return err_nomem(e);
	json_get_int(j, "fetched", &row->fetched);
	rc = replace(&row->text, text, e);
	row->size = text ? strlen(text) : 0;
	row->verdict = text ? STATE_ROBOTS_RULES : STATE_ROBOTS_ALLOW;
	return rc;
}

typedef enum err_code read_row(
	struct state *s, const char *key, const struct json *value, struct err *e);

/* One row at a time: a tree of all of them would be most of the memory of a run. */
static enum err_code read_member(struct state *s, struct str key, struct str value, struct buf *one,
	read_row *read, struct err *e)
{
	struct json *root = NULL;
	const struct json *row = NULL;
	const char *name;
	void *iter = NULL;
	enum err_code rc;

	buf_clear(one);
	buf_add_char(one, '{');
	buf_add(one, key.p, key.n);
	buf_add_char(one, ':');
	buf_add(one, value.p, value.n);
	buf_add_char(one, '}');
	rc = buf_check(one, "JSON", e);
	if (!rc)
		rc = json_read(buf_str(one), one->len, &root, e);
	if (!rc && (name = json_next(root, &iter, &row)) != NULL)
		rc = read(s, name, row, e);
	json_free(root);
	return rc;
}

static enum err_code read_rows(struct state *s, struct str map, read_row *read, struct err *e)
{
	struct str rest, key, value;
	struct buf one;
	enum err_code rc = ERR_OK;

	if (!json_split_open(map, &rest))
		return ERR_INPUT;
	buf_init(&one, FILE_BYTES_MAX);
	while (!rc && (rc = json_split_next(&rest, &key, &value)) == ERR_OK)
		rc = read_member(s, key, value, &one, read, e);
	buf_fini(&one);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static const struct {
	const char *key;
	read_row *read;
} parts[] = {
	{"\"sources\"", read_source},
	{"\"robots\"", read_robots},
	{"\"hosts\"", read_host},
};

static enum err_code read_text(struct state *s, struct str text, struct err *e)
{
	struct str rest, key, value;
	enum err_code rc = ERR_OK;

	if (!json_split_open(text, &rest))
		return ERR_INPUT;
	while (!rc && (rc = json_split_next(&rest, &key, &value)) == ERR_OK)
		for (size_t i = 0; i < sizeof parts / sizeof *parts && !rc; i++)
			if (str_is(key, parts[i].key))
				rc = read_rows(s, value, parts[i].read, e);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code read_file(struct state *s, const char *path, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, FILE_BYTES_MAX);
	rc = path_read(path, &b, e);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	else if (!rc)
		rc = read_text(s, (struct str){buf_str(&b), b.len}, e);
	buf_fini(&b);
	return rc;
}

enum err_code state_load(const char *path, struct state **out, bool *damaged, struct err *e)
{
	struct state *s = NULL;
	enum err_code rc = state_new(&s, e);

	*out = NULL;
	*damaged = false;
	if (rc)
		return rc;
	rc = read_file(s, path, e);
	if (rc == ERR_INPUT) { /* of what was read before the damage nothing is kept */
		*damaged = true;
		state_free(s);
		s = NULL;
		rc = state_new(&s, e);
	}
	if (rc)
		state_free(s);
	else
		*out = s;
	return rc;
}

static void write_source(struct json_writer *w, const struct state_source *r)
{
	json_key(w, r->id);
	json_begin_object(w);
	json_put_str(w, "asked", r->asked);
	json_put_str(w, "reading", r->reading);
	json_put_str(w, "url", r->url);
	json_put_str(w, "etag", r->etag);
	json_put_str(w, "last_modified", r->last_modified);
	json_put_str(w, "error", r->error);
	json_put_int(w, "next", r->next);
	json_put_int(w, "checked", r->checked);
	json_put_int(w, "succeeded", r->succeeded);
	json_put_int(w, "retry_after", r->retry_after);
	json_put_int(w, "streak", r->streak);
	json_put_int(w, "every", r->every);
	json_put_int(w, "interval", r->interval);
	json_put_int(w, "quiet", r->quiet);
	json_put_bool(w, "steady", r->steady);
	json_put_str(w, "body", r->body);
	json_end_object(w);
}

/* A host that may be asked at once and was never in trouble needs no row. */
static bool is_host_worth_saving(const struct state_host *r, int64_t now)
{
	bool troubled = r->streak && now - r->rest < STATE_HOST_KEPT;

	return r->ready > now || r->rest > now || troubled;
}

static void write_host(struct json_writer *w, const struct state_host *r)
{
	json_key(w, r->name);
	json_begin_object(w);
	json_put_int(w, "ready", r->ready);
	json_put_int(w, "rest", r->rest);
	json_put_int(w, "streak", r->streak);
	json_end_object(w);
}

static void write_all_hosts(struct json_writer *w, const struct state *s, int64_t now)
{
	size_t left = HOSTS_TOTAL_MAX;

	for (size_t i = 0; i < s->host_count; i++) {
		const struct state_host *r = &s->hosts[i];
		size_t cost = strlen(r->name) + HOSTS_ROW_COST;
		if (!is_host_worth_saving(r, now) || cost > left)
			continue;
		left -= cost;
		write_host(w, r);
	}
}

/* A refusal is not remembered: the next run asks again. */
static bool is_worth_saving(const struct state_robots *r, int64_t now)
{
	if (now - r->fetched > STATE_ROBOTS_KEPT)
		return false;
	if (r->verdict == STATE_ROBOTS_ALLOW)
		return true;
	return r->verdict == STATE_ROBOTS_RULES && r->size <= ROBOTS_SAVED_MAX;
}

static void write_robots(struct json_writer *w, const struct state_robots *r)
{
	json_key(w, r->origin);
	json_begin_object(w);
	json_put_int(w, "fetched", r->fetched);
	if (r->verdict == STATE_ROBOTS_RULES) {
		json_key(w, "text");
		json_add_strn(w, r->text, r->size);
	}
	json_end_object(w);
}

static void write_all_robots(struct json_writer *w, const struct state *s, int64_t now)
{
	size_t left = ROBOTS_TOTAL_MAX;

	for (size_t i = 0; i < s->robots_count; i++) {
		const struct state_robots *r = &s->robots[i];
		size_t cost = strlen(r->origin) + r->size + ROBOTS_ROW_COST;
		if (!is_worth_saving(r, now) || cost > left)
			continue;
		left -= cost;
		write_robots(w, r);
	}
}

enum err_code state_save(const struct state *s, const char *path, int64_t now,
	bool (*known)(const char *id, const void *arg), const void *arg, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, FILE_BYTES_MAX);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_int(&w, "v", 1);
	json_key(&w, "sources");
	json_begin_object(&w);
	for (size_t i = 0; i < s->source_count; i++)
		if (!known || known(s->sources[i].id, arg))
			write_source(&w, &s->sources[i]);
	json_end_object(&w);
	json_key(&w, "hosts");
	json_begin_object(&w);
	write_all_hosts(&w, s, now);
	json_end_object(&w);
	json_key(&w, "robots");
	json_begin_object(&w);
	write_all_robots(&w, s, now);
	json_end_object(&w);
	json_end_object(&w);
	buf_add_char(&b, '\n');
	rc = buf_check(&b, path, e);
	if (!rc)
		rc = path_write_atomic(path, b.data, b.len, 0660, e);
	buf_fini(&b);
	return rc;
}
