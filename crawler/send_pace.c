/*
 * send_pace.c - requests of the last minute and rests, for each target.
 */
#include "crawler/send_pace.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/path.h"

#define FILE_NAME ".pace"
#define FILE_MAX ((size_t)4 << 20)
#define FILE_MODE 0660
#define SILENT_MAX 2 /* requests without any answer, in a row */

struct pace {
	char *name; /* of the target */
	int64_t rest; /* until then */
	int64_t silent;
	struct {
		int64_t at, count;
	} second[SEND_PACE_WINDOW]; /* by the second's remainder */
};

struct send_pace {
	struct pace *list;
	size_t count;
};

/* --- the list --- */

static struct pace *find(const struct send_pace *p, const char *name)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->list[i].name, name) == 0)
			return &p->list[i];
	return NULL;
}

/* NULL: no memory. */
static struct pace *find_or_add(struct send_pace *p, const char *name)
{
	struct pace *found = find(p, name);
	struct pace *more;

	if (found)
		return found;
	more = realloc(p->list, (p->count + 1) * sizeof *more);
	if (!more)
		return NULL;
	p->list = more;
	memset(&more[p->count], 0, sizeof *more);
	more[p->count].name = strdup(name);
	return more[p->count].name ? &more[p->count++] : NULL;
}

/* Of the minute before `now`; what lies behind it was counted by another clock. */
static bool is_recent(const struct pace *x, size_t i, int64_t now)
{
	return x->second[i].count > 0 && x->second[i].at > now - SEND_PACE_WINDOW &&
	       x->second[i].at <= now;
}

static bool rests(const struct pace *x, int64_t now)
{
	return x->rest > now && x->rest <= now + SEND_PACE_REST_MAX;
}

static int64_t sent_in_window(const struct pace *x, int64_t now)
{
	int64_t sent = 0;

	for (size_t i = 0; i < SEND_PACE_WINDOW; i++)
		if (is_recent(x, i, now))
			sent += x->second[i].count;
	return sent;
}

/* --- asking --- */

int64_t send_pace_room(struct send_pace *p, const struct target *t, int64_t now)
{
	const struct pace *x = find(p, t->name);
	int64_t sent = x ? sent_in_window(x, now) : 0;

	if (x && rests(x, now))
		return 0;
	return sent < t->a_minute ? t->a_minute - sent : 0;
}

int64_t send_pace_ready(struct send_pace *p, const struct target *t, int64_t now)
{
	const struct pace *x = find(p, t->name);
	int64_t ready = INT64_MAX;

	if (send_pace_room(p, t, now) > 0)
		return now;
	if (rests(x, now))
		return x->rest;
	for (size_t i = 0; i < SEND_PACE_WINDOW; i++)
		if (is_recent(x, i, now) && x->second[i].at + SEND_PACE_WINDOW < ready)
			ready = x->second[i].at + SEND_PACE_WINDOW;
	return ready;
}

/* --- telling --- */

static void add(struct pace *x, int64_t at, int64_t count)
{
	size_t i = (size_t)(at % SEND_PACE_WINDOW);

	if (x->second[i].at != at)
		x->second[i].count = 0;
	x->second[i].at = at;
	x->second[i].count += count;
}

enum err_code send_pace_count(
	struct send_pace *p, const struct target *t, int64_t now, struct err *e)
{
	struct pace *x = find_or_add(p, t->name);

	if (!x)
		return err_nomem(e);
	add(x, now, 1);
	return ERR_OK;
}

void send_pace_note(
	struct send_pace *p, const struct target *t, int64_t now, const struct receipt *r)
{
	struct pace *x = find(p, t->name);
	int64_t rest = r->retry_after < SEND_PACE_REST_MAX ? r->retry_after : SEND_PACE_REST_MAX;
	bool silent =
		r->status == 0 && (r->result == MESSAGE_RETRY || r->result == MESSAGE_UNKNOWN);

	if (!x)
		return;
	x->silent = silent ? x->silent + 1 : 0;
	if (r->result == MESSAGE_RETRY && rest > 0)
		x->rest = now + rest;
	else if (x->silent >= SILENT_MAX)
		x->rest = now + SEND_PACE_REST;
}

/* --- the file --- */

/* {"v":1,"targets":[{"name":"…","rest":0,"silent":0,"sent":[second,count,…]}]} */
static bool read_one(struct send_pace *p, const struct json *row)
{
	const struct json *sent = json_get(row, "sent");
	const char *name = json_get_str(row, "name");
	struct pace *x = name ? find_or_add(p, name) : NULL;
	int64_t at, count;

	if (!name)
		return true;
	if (!x)
		return false;
	json_get_int(row, "rest", &x->rest);
	json_get_int(row, "silent", &x->silent);
	for (size_t i = 0; i + 1 < json_size(sent); i += 2)
		if (json_int(json_at(sent, i), &at) && at > 0 &&
			json_int(json_at(sent, i + 1), &count) && count > 0 && count < INT32_MAX)
			add(x, at, count);
	return true;
}

static enum err_code read_file(struct send_pace *p, const char *path, struct err *e)
{
	struct json *root = NULL;
	const struct json *list;
	enum err_code rc = ERR_OK;
	struct buf b;

	buf_init(&b, FILE_MAX);
	if (path_exists(path) && path_read(path, &b, NULL) == ERR_OK)
		(void)json_read(buf_str(&b), b.len, &root, NULL);
	list = json_get(root, "targets");
	for (size_t i = 0; !rc && i < json_size(list); i++)
		if (!read_one(p, json_at(list, i)))
			rc = err_nomem(e);
	json_free(root);
	buf_fini(&b);
	return rc;
}

enum err_code send_pace_load(const char *dir, struct send_pace **out, struct err *e)
{
	struct send_pace *p = calloc(1, sizeof *p);
	char *path = path_join(dir, FILE_NAME);
	enum err_code rc = p && path ? read_file(p, path, e) : err_nomem(e);

	free(path);
	*out = rc ? NULL : p;
	if (rc)
		send_pace_free(p);
	return rc;
}

void send_pace_free(struct send_pace *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->count; i++)
		free(p->list[i].name);
	free(p->list);
	free(p);
}

static void put_one(struct json_writer *w, const struct pace *x, int64_t now)
{
	json_begin_object(w);
	json_put_str(w, "name", x->name);
	json_put_int(w, "rest", x->rest);
	json_put_int(w, "silent", x->silent);
	json_key(w, "sent");
	json_begin_array(w);
	for (size_t i = 0; i < SEND_PACE_WINDOW; i++) {
		if (!is_recent(x, i, now))
			continue;
		json_add_int(w, x->second[i].at);
		json_add_int(w, x->second[i].count);
	}
	json_end_array(w);
	json_end_object(w);
}

enum err_code send_pace_save(const struct send_pace *p, const char *dir, int64_t now, struct err *e)
{
	char *path = path_join(dir, FILE_NAME);
	struct json_writer w;
	enum err_code rc;
	struct buf b;

	buf_init(&b, FILE_MAX);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_int(&w, "v", 1);
	json_key(&w, "targets");
	json_begin_array(&w);
	for (size_t i = 0; i < p->count; i++)
		if (rests(&p->list[i], now) || sent_in_window(&p->list[i], now))
			put_one(&w, &p->list[i], now);
	json_end_array(&w);
	json_end_object(&w);
	buf_add_char(&b, '\n');
	rc = path ? buf_check(&b, "outbox/" FILE_NAME, e) : err_nomem(e);
	if (!rc)
		rc = path_write_atomic(path, buf_str(&b), b.len, FILE_MODE, e);
	free(path);
	buf_fini(&b);
	return rc;
}
