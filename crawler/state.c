/*
 * state.c - the fetch state as two arrays and one JSON file.
 */
#include "crawler/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"

#define FILE_BYTES_MAX ((size_t)256 << 20)
/* What is kept of robots.txt between runs; a larger one, or one that does not fit any
 * more, is asked for anew. Hosts without number, as one name server can invent them, must
 * not fill the file. */
#define ROBOTS_SAVED_MAX ((size_t)64 << 10)
#define ROBOTS_TOTAL_MAX ((size_t)8 << 20)
#define ROBOTS_ROW_COST 40 /* its key and its time */

struct state {
	struct state_source *sources;
	size_t source_count, source_room;
	struct state_robots *robots;
	size_t robots_count, robots_room;
};

static void source_fini(struct state_source *r)
{
	free(r->id);
	free(r->asked);
	free(r->url);
	free(r->etag);
	free(r->last_modified);
	free(r->error);
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
	free(s->sources);
	free(s->robots);
	free(s);
}

struct state_source *state_source(struct state *s, const char *id)
{
	struct state_source *row;

	for (size_t i = 0; i < s->source_count; i++)
		if (strcmp(s->sources[i].id, id) == 0)
			return &s->sources[i];
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
	if (!row->id)
		return NULL;
	s->source_count++;
	return row;
}

struct state_robots *state_robots(struct state *s, const char *origin)
{
	struct state_robots *row;

	for (size_t i = 0; i < s->robots_count; i++)
		if (strcmp(s->robots[i].origin, origin) == 0)
			return &s->robots[i];
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
	if (!row->origin)
		return NULL;
	s->robots_count++;
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

enum err_code state_set_outcome(struct state_source *row, const char *url, int64_t now,
	int64_t every, const char *error, int64_t retry_after, struct err *e)
{
	int64_t wait = every;
	enum err_code rc = replace(&row->asked, url, e);

	if (retry_after > STATE_BACKOFF_MAX)
		retry_after = STATE_BACKOFF_MAX;
	row->checked = now;
	row->streak = error ? row->streak + 1 : 0;
	if (!error)
		row->succeeded = now;
	for (int i = 1; i < row->streak && wait < STATE_BACKOFF_MAX; i++)
		wait *= 2;
	if (error && wait > STATE_BACKOFF_MAX)
		wait = every > STATE_BACKOFF_MAX ? every : STATE_BACKOFF_MAX;
	row->retry_after = retry_after > 0 ? now + retry_after : 0;
	row->next = now + (wait > retry_after ? wait : retry_after);
	return rc ? rc : replace(&row->error, error, e);
}

bool state_is_due(const struct state_source *row, const char *url, int64_t every, int64_t now)
{
	int64_t longest = every;

	if (row->streak && longest < STATE_BACKOFF_MAX)
		longest = STATE_BACKOFF_MAX;
	if (row->asked && strcmp(row->asked, url) != 0)
		return true;
	/* A clock that was set back must not silence a source. */
	if (row->next <= now || row->checked > now)
		return true;
	return now - row->checked >= longest;
}

/* ---- the file ----------------------------------------------------------- */

static enum err_code read_source(
	struct state *s, const char *id, const struct json *j, struct err *e)
{
	struct state_source *row = state_source(s, id);
	int64_t streak = 0;
	enum err_code rc;

	if (!row)
		return err_nomem(e);
	rc = state_set_validators(row, json_get_str(j, "url"), json_get_str(j, "etag"),
		json_get_str(j, "last_modified"), e);
	if (!rc)
		rc = replace(&row->asked, json_get_str(j, "asked"), e);
	if (!rc)
		rc = replace(&row->error, json_get_str(j, "error"), e);
	json_get_int(j, "next", &row->next);
	json_get_int(j, "checked", &row->checked);
	json_get_int(j, "succeeded", &row->succeeded);
	json_get_int(j, "retry_after", &row->retry_after);
	if (json_get_int(j, "streak", &streak) && streak > 0 && streak < 1000000)
		row->streak = (int)streak;
	return rc;
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

static enum err_code read_rows(struct state *s, const struct json *map, struct err *e,
	enum err_code (*read)(struct state *, const char *, const struct json *, struct err *))
{
	const struct json *value;
	const char *key;
	void *iter = NULL;
	enum err_code rc = ERR_OK;

	while (!rc && (key = json_next(map, &iter, &value)) != NULL)
		rc = read(s, key, value, e);
	return rc;
}

static enum err_code read_file(const char *path, struct json **root, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, FILE_BYTES_MAX);
	rc = path_read(path, &b, e);
	if (!rc)
		rc = json_read(buf_str(&b), b.len, root, e);
	buf_fini(&b);
	return rc;
}

enum err_code state_load(const char *path, struct state **out, bool *damaged, struct err *e)
{
	struct json *root = NULL;
	struct state *s = NULL;
	enum err_code rc;

	*out = NULL;
	*damaged = false;
	rc = state_new(&s, e);
	if (rc)
		return rc;
	rc = read_file(path, &root, e);
	if (rc == ERR_INPUT || (!rc && json_type_of(root) != JSON_IS_OBJECT)) {
		*damaged = true;
		rc = ERR_OK;
	} else if (rc == ERR_NOT_FOUND) {
		rc = ERR_OK;
	} else if (!rc) {
		rc = read_rows(s, json_get(root, "sources"), e, read_source);
		if (!rc)
			rc = read_rows(s, json_get(root, "robots"), e, read_robots);
	}
	json_free(root);
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
	json_put_str(w, "url", r->url);
	json_put_str(w, "etag", r->etag);
	json_put_str(w, "last_modified", r->last_modified);
	json_put_str(w, "error", r->error);
	json_put_int(w, "next", r->next);
	json_put_int(w, "checked", r->checked);
	json_put_int(w, "succeeded", r->succeeded);
	json_put_int(w, "retry_after", r->retry_after);
	json_put_int(w, "streak", r->streak);
	json_end_object(w);
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
