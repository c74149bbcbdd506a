/*
 * intake_log.c - files read, problems met, health of the sources.
 */
#include "ledger/intake_log.h"

#include <string.h>

#include "base/time.h"

enum err_code intake_log_file(
	struct db *db, const struct hash *sha256, struct intake_file *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_INGESTED_FIND, DB_ARGS(DB_BLOB(sha256->byte, HASH_SIZE)), &q, e);

	memset(out, 0, sizeof *out);
	if (!rc && db_next(&q)) {
		out->known = true;
		out->resumed = !db_is_null(&q, 1);
		out->done_offset = out->resumed ? (uint64_t)db_int(&q, 1) : 0;
		out->finished = !db_is_null(&q, 2);
	}
	return db_end(&q, rc, e);
}

enum err_code intake_log_start(
	struct db *db, const struct hash *sha256, const char *name, struct err *e)
{
	return db_run(
		db, ST_INGESTED_START, DB_ARGS(DB_BLOB(sha256->byte, HASH_SIZE), DB_TEXT(name)), e);
}

enum err_code intake_log_step(
	struct db *db, const struct hash *sha256, const struct intake_step *step, struct err *e)
{
	return db_run(db, ST_INGESTED_STEP,
		DB_ARGS(DB_BLOB(sha256->byte, HASH_SIZE), DB_INT((int64_t)step->offset),
			DB_INT(step->records), DB_INT(step->items), DB_INT(step->problems)),
		e);
}

enum err_code intake_log_finish(
	struct db *db, const struct hash *sha256, int64_t now, struct err *e)
{
	return db_run(
		db, ST_INGESTED_FINISH, DB_ARGS(DB_BLOB(sha256->byte, HASH_SIZE), DB_INT(now)), e);
}

enum err_code intake_log_problem(struct db *db, int64_t now, const char *file, uint64_t offset,
	const char *source, const char *problem, struct err *e)
{
	return db_run(db, ST_PROBLEM_ADD,
		DB_ARGS(DB_INT(now), DB_TEXT(file), DB_INT((int64_t)offset), DB_TEXT(source),
			DB_TEXT(problem)),
		e);
}

enum err_code intake_log_source_ok(
	struct db *db, const char *source, int64_t at, int64_t items, struct err *e)
{
	enum err_code rc = db_run(db, ST_HABIT_ANSWER, DB_ARGS(DB_TEXT(source)), e);

	return rc ? rc
		  : db_run(db, ST_HEALTH_OK, DB_ARGS(DB_TEXT(source), DB_INT(at), DB_INT(items)),
			    e);
}

enum err_code intake_log_source_new(struct db *db, const char *source, int64_t at, struct err *e)
{
	/* The habit is learned from the time that passed since the last new item. */
	enum err_code rc = db_run(db, ST_HABIT_NEW, DB_ARGS(DB_TEXT(source), DB_INT(at)), e);

	return rc ? rc : db_run(db, ST_HEALTH_NEW, DB_ARGS(DB_TEXT(source), DB_INT(at)), e);
}

enum err_code intake_log_source_failed(struct db *db, const char *source, int64_t at,
	const char *error, const char *detail, struct err *e)
{
	return db_run(db, ST_HEALTH_FAIL,
		DB_ARGS(DB_TEXT(source), DB_INT(at), DB_TEXT(error), DB_TEXT(detail ? detail : "")),
		e);
}

enum err_code intake_log_health(
	struct db *db, struct arena *a, struct source_health **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t room = 0;
	enum err_code rc = db_query(db, ST_HEALTH_ALL, DB_NO_ARGS, &q, e);

	*out = NULL;
	*count = 0;
	while (!rc && db_next(&q)) {
		if (*count == room) {
			struct source_health *bigger;
			room = room ? room * 2 : 64;
			bigger = arena_array(a, room, sizeof *bigger);
			if (bigger && *count)
				memcpy(bigger, *out, *count * sizeof *bigger);
			*out = bigger;
		}
		if (!*out) {
			rc = err_nomem(e);
			break;
		}
		struct source_health *h = &(*out)[(*count)++];
		h->source = arena_strdup(a, db_text(&q, 0));
		h->last_try = db_int(&q, 1);
		h->last_ok = db_int(&q, 2);
		h->last_new = db_int(&q, 3);
		h->error = arena_strdup(a, db_text(&q, 4));
		h->detail = arena_strdup(a, db_text(&q, 5));
		h->failures = db_int(&q, 6);
		h->items = db_int(&q, 7);
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}
