/*
 * health.c - the tables source_habit and source_findings.
 */
#include "ledger/health.h"

#include <string.h>

#include "base/time.h"

static void read_habit(struct db_rows *q, struct arena *a, struct health_habit *out)
{
	out->source = arena_strdup(a, db_text(q, 0));
	out->answers = db_int(q, 1);
	out->quiet = db_int(q, 2);
	out->rows_usual = db_int(q, 3);
	out->rows_answers = db_int(q, 4);
	out->gap = db_int(q, 5);
	out->dated_gap = db_int(q, 6);
	out->newest = db_int(q, 7);
	out->charset = arena_strdup(a, db_text(q, 8));
	out->host = arena_strdup(a, db_text(q, 9));
	out->cert_expires = db_int(q, 10);
	out->cert_seen = db_int(q, 11);
}

enum err_code health_habit_get(
	struct db *db, const char *source, struct arena *a, struct health_habit *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_HABIT_GET, DB_ARGS(DB_TEXT(source)), &q, e);

	memset(out, 0, sizeof *out);
	out->source = source;
	out->newest = out->cert_expires = out->cert_seen = TIME_NONE;
	out->charset = out->host = "";
	if (!rc && db_next(&q))
		read_habit(&q, a, out);
	if (!rc && arena_failed(a))
		rc = err_nomem(e);
	return db_end(&q, rc, e);
}

/* Room for one more row of `size` bytes behind the `count` that are there. */
static void *grow(struct arena *a, void *rows, size_t count, size_t *room, size_t size)
{
	void *bigger;

	if (count < *room)
		return rows;
	*room = *room ? *room * 2 : 64;
	bigger = arena_array(a, *room, size);
	if (bigger && count)
		memcpy(bigger, rows, count * size);
	return bigger;
}

enum err_code health_habits(
	struct db *db, struct arena *a, struct health_habit **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t room = 0;
	enum err_code rc = db_query(db, ST_HABIT_ALL, DB_NO_ARGS, &q, e);

	*out = NULL;
	*count = 0;
	while (!rc && db_next(&q)) {
		*out = grow(a, *out, *count, &room, sizeof **out);
		if (*out)
			read_habit(&q, a, &(*out)[(*count)++]);
		if (!*out || arena_failed(a))
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}

enum err_code health_findings(
	struct db *db, struct arena *a, struct health_finding **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t room = 0;
	enum err_code rc = db_query(db, ST_FINDING_ALL, DB_NO_ARGS, &q, e);

	*out = NULL;
	*count = 0;
	while (!rc && db_next(&q)) {
		*out = grow(a, *out, *count, &room, sizeof **out);
		if (*out)
			(*out)[(*count)++] = (struct health_finding){
				arena_strdup(a, db_text(&q, 0)), arena_strdup(a, db_text(&q, 1)),
				db_int(&q, 2), db_int(&q, 3), db_int(&q, 4),
				arena_strdup(a, db_text(&q, 5))};
		if (!*out || arena_failed(a))
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}

enum err_code health_habit_put(struct db *db, const struct health_habit *h, struct err *e)
{
	return db_run(db, ST_HABIT_PUT,
		DB_ARGS(DB_TEXT(h->source), DB_INT(h->answers), DB_INT(h->quiet),
			DB_INT(h->rows_usual), DB_INT(h->rows_answers), DB_INT(h->gap),
			DB_INT(h->dated_gap), DB_TIME(h->newest), DB_TEXT(h->charset),
			DB_TEXT(h->host)),
		e);
}

enum err_code health_certificate(struct db *db, const char *source, const char *host,
	int64_t expires, int64_t seen, struct err *e)
{
	return db_run(db, ST_HABIT_CERTIFICATE,
		DB_ARGS(DB_TEXT(source), DB_INT(expires), DB_INT(seen), DB_TEXT(host)), e);
}

enum err_code health_finding_put(struct db *db, const char *source, const char *finding, int64_t at,
	const char *detail, struct err *e)
{
	return db_run(db, ST_FINDING_PUT,
		DB_ARGS(DB_TEXT(source), DB_TEXT(finding), DB_INT(at), DB_TEXT(detail)), e);
}

enum err_code health_finding_drop(
	struct db *db, const char *source, const char *finding, struct err *e)
{
	return db_run(db, ST_FINDING_DROP, DB_ARGS(DB_TEXT(source), DB_TEXT(finding)), e);
}

enum err_code health_forget(struct db *db, const char *source, struct err *e)
{
	enum err_code rc = db_run(db, ST_HABIT_FORGET, DB_ARGS(DB_TEXT(source)), e);

	return rc ? rc : db_run(db, ST_FINDING_FORGET, DB_ARGS(DB_TEXT(source)), e);
}
