/*
 * wants.c - the wanted table.
 */
#include "ledger/wants.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"

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
		db, ST_WANTED_SINCE, DB_ARGS(DB_TEXT(source), DB_INT(now - 3600)), &recent, e);
	if (rc || (recent >= WANTS_NEW_MAX && strcmp(kind, "evidence") != 0))
		return rc;
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
