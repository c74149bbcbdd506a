/*
 * wants.c - the wanted table.
 */
#include "ledger/wants.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"

#define HOUR 3600
#define SOURCES_AT_ONCE 64

static enum err_code find(struct db *db, const char *kind, const char *url, const char *subject,
	int64_t *id, struct err *e)
{
	return db_get_int(
		db, ST_WANTED_FIND, DB_ARGS(DB_TEXT(kind), DB_TEXT(url), DB_TEXT(subject)), id, e);
}

enum err_code wants_add(struct db *db, const char *kind, const char *url, const char *source,
	const char *subject, int64_t depth, int64_t now, int64_t *id, bool *added, struct err *e)
{
	int64_t found = 0, recent = 0;
	bool is_page = strcmp(kind, "page") == 0;
	enum err_code rc = find(db, kind, url, subject, &found, e);

	if (added)
		*added = false;
	if (id)
		*id = found;
	if (rc != ERR_NOT_FOUND && (rc || !is_page))
		return rc;
	rc = db_get_int(
		db, ST_WANTED_SINCE, DB_ARGS(DB_TEXT(source), DB_INT(now - HOUR)), &recent, e);
	if (rc)
		return rc;
	if (recent >= WANTS_NEW_MAX && strcmp(kind, "evidence") != 0) {
		if (id)
			*id = 0;
		return ERR_OK;
	}
	if (found)
		return db_run(db, ST_WANTED_REOPEN, DB_ARGS(DB_INT(found), DB_INT(now)), e);
	rc = db_run(db, ST_WANTED_ADD,
		DB_ARGS(DB_TEXT(url), DB_TEXT(source), DB_TEXT(kind), DB_TEXT(subject),
			DB_INT(depth), DB_INT(now)),
		e);
	if (!rc && id)
		*id = db_last_id(db);
	if (!rc && added)
		*added = true;
	return rc;
}

enum err_code wants_again(struct db *db, const char *kind, const char *url, const char *source,
	const char *subject, int64_t now, struct err *e)
{
	int64_t found = 0;
	enum err_code rc = find(db, kind, url, subject, &found, e);

	if (!rc)
		return db_run(db, ST_WANTED_REOPEN, DB_ARGS(DB_INT(found), DB_INT(now)), e);
	if (rc != ERR_NOT_FOUND)
		return rc;
	return wants_add(db, kind, url, source, subject, 0, now, NULL, NULL, e);
}

/* --- what waits for room --- */

enum err_code wants_add_later(struct db *db, const char *kind, const char *url, const char *source,
	const char *subject, int64_t depth, int64_t at, struct err *e)
{
	return db_run(db, ST_WANTED_LATER_ADD,
		DB_ARGS(DB_TEXT(url), DB_TEXT(source), DB_TEXT(kind), DB_TEXT(subject),
			DB_INT(depth), DB_INT(at)),
		e);
}

struct room {
	const char *source;
	int64_t rows;
};

/* Sources that have rows waiting and room for some. */
static enum err_code find_room(struct db *db, int64_t now, struct arena *a, struct room **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t have = 0;
	enum err_code rc = db_query(db, ST_WANTED_LATER_ROOM, DB_ARGS(DB_INT(now - HOUR)), &q, e);

	*out = NULL;
	*count = 0;
	while (!rc && db_next(&q)) {
		int64_t room = WANTS_NEW_MAX - db_int(&q, 1);
		if (room <= 0)
			continue;
		if (*count == have) {
			struct room *more = arena_array(a, have + SOURCES_AT_ONCE, sizeof *more);
			if (more && have)
				memcpy(more, *out, have * sizeof *more);
			have += SOURCES_AT_ONCE;
			*out = more;
		}
		if (*out)
			(*out)[(*count)++] = (struct room){arena_strdup(a, db_text(&q, 0)), room};
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}

static enum err_code take_room(struct db *db, const struct room *r, int64_t now, struct err *e)
{
	enum err_code rc = db_run(db, ST_WANTED_LATER_TAKE,
		DB_ARGS(DB_TEXT(r->source), DB_INT(r->rows), DB_INT(now)), e);

	return rc ? rc
		  : db_run(db, ST_WANTED_LATER_DROP, DB_ARGS(DB_TEXT(r->source), DB_INT(r->rows)),
			    e);
}

enum err_code wants_take_later(struct db *db, int64_t now, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct room *rooms = NULL;
	size_t count = 0;
	enum err_code rc = a ? find_room(db, now, a, &rooms, &count, e) : err_nomem(e);

	if (!rc && count) {
		rc = db_begin_write(db, e);
		for (size_t i = 0; !rc && i < count; i++)
			rc = take_room(db, &rooms[i], now, e);
		if (!rc)
			rc = db_commit(db, e);
		if (rc)
			db_rollback(db);
	}
	arena_free(a);
	return rc;
}

enum err_code wants_later_count(struct db *db, int64_t *out, struct err *e)
{
	return db_get_int(db, ST_WANTED_LATER_COUNT, DB_NO_ARGS, out, e);
}

/* --- rows --- */

static void read_want(struct db_rows *q, struct arena *a, struct want *o)
{
	o->id = db_int(q, 0);
	o->url = arena_strdup(a, db_text(q, 1));
	o->source = arena_strdup(a, db_text(q, 2));
	o->kind = arena_strdup(a, db_text(q, 3));
	o->subject = arena_strdup(a, db_text(q, 4));
	o->depth = db_int(q, 5);
	o->tries = db_int(q, 6);
	o->state = arena_strdup(a, db_text(q, 7));
	o->created = db_int(q, 8);
}

enum err_code wants_get(
	struct db *db, const char *id, struct arena *a, struct want *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	int64_t number = 0;
	bool found = false;
	enum err_code rc;

	/* The id comes out of a WARC file, which may be anybody's. */
	if (!str_to_int(str_of(id), 1, INT64_MAX, &number))
		return ERR_NOT_FOUND;
	rc = db_query(db, ST_WANTED_GET, DB_ARGS(DB_INT(number)), &q, e);
	if (!rc && db_next(&q)) {
		found = true;
		read_want(&q, a, out);
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

enum err_code wants_done(struct db *db, int64_t id, int64_t now, struct err *e)
{
	return db_run(db, ST_WANTED_DONE, DB_ARGS(DB_INT(id), DB_INT(now)), e);
}

enum err_code wants_failed(struct db *db, int64_t id, const char *error, int64_t now, struct err *e)
{
	return db_run(db, ST_WANTED_FAIL,
		DB_ARGS(DB_INT(id), DB_INT(now), DB_TEXT(error), DB_INT(WANTS_TRIES)), e);
}

enum err_code wants_open_count(struct db *db, int64_t *out, struct err *e)
{
	return db_get_int(db, ST_WANTED_OPEN_COUNT, DB_NO_ARGS, out, e);
}

enum err_code wants_untried_count(struct db *db, int64_t *out, struct err *e)
{
	return db_get_int(db, ST_WANTED_UNTRIED_COUNT, DB_NO_ARGS, out, e);
}

static enum err_code add_lines(struct db *db, bool untried_only, struct buf *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct json_writer w;
	enum err_code rc = db_query(db, ST_WANTED_OPEN, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q)) {
		if (untried_only && db_int(&q, 6) > 0)
			continue;
		json_writer_init(&w, out);
		json_begin_object(&w);
		json_put_int(&w, "id", db_int(&q, 0));
		json_put_str(&w, "url", db_text(&q, 1));
		if (db_size(&q, 2))
			json_put_str(&w, "source", db_text(&q, 2));
		json_put_str(&w, "kind", db_text(&q, 3));
		json_end_object(&w);
		buf_add_char(out, '\n');
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : buf_check(out, _("the wanted list"), e);
}

enum err_code wants_add_lines(struct db *db, struct buf *out, struct err *e)
{
	return add_lines(db, false, out, e);
}

enum err_code wants_add_untried_lines(struct db *db, struct buf *out, struct err *e)
{
	return add_lines(db, true, out, e);
}
