/*
 * state_file.c - the fetch state as one JSON file.
 */
#include "crawler/state_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/json_split.h"
#include "base/path.h"
#include "base/str.h"

#define FILE_BYTES_MAX ((size_t)256 << 20)
/* What is kept of robots.txt between runs; a larger one, or one that does not fit any
 * more, is asked for anew. Hosts without number, as one name server can invent them, must
 * not fill the file. */
#define ROBOTS_SAVED_MAX ((size_t)64 << 10)
#define ROBOTS_TOTAL_MAX ((size_t)8 << 20)
#define ROBOTS_ROW_COST 40 /* its key and its time */
#define HOSTS_TOTAL_MAX ((size_t)8 << 20)
#define HOSTS_ROW_COST 70

static int small_count(const struct json *j, const char *key)
{
	int64_t n = 0;

	return json_get_int(j, key, &n) && n > 0 && n <= STATE_STREAK_MAX ? (int)n : 0;
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
		rc = state_replace(&row->asked, json_get_str(j, "asked"), e);
	if (!rc)
		rc = state_replace(&row->reading, json_get_str(j, "reading"), e);
	if (!rc)
		rc = state_replace(&row->error, json_get_str(j, "error"), e);
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
		rc = state_replace(&row->body, json_get_str(j, "body"), e);
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
	rc = state_replace(&row->text, text, e);
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
