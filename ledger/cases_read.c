/*
 * cases_read.c - reading cases, who held them and how they were graded.
 */
#include "ledger/cases.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/list.h"
#include "ledger/texts.h"

/* Reads the row; the title is still the digest (texts are read after the query). */
static void read_row(struct db_rows *q, struct arena *a, struct case_record *c)
{
	c->id = arena_strdup(a, db_text(q, 0));
	c->story = db_int(q, 1);
	c->title = arena_strdup(a, db_text(q, 2));
	c->topics = arena_strdup(a, db_text(q, 3));
	c->grade = arena_strdup(a, db_text(q, 4));
	c->suggested = arena_strdup(a, db_text(q, 5));
	c->place = arena_strdup(a, db_text(q, 6));
	c->category = arena_strdup(a, db_text(q, 7));
	c->level = arena_strdup(a, db_text(q, 8));
	c->lead = arena_strdup(a, db_text(q, 9));
	c->state = arena_strdup(a, db_text(q, 10));
	c->published_at = db_int(q, 11);
	c->raised_at = db_int(q, 12);
	c->discovered_at = db_int(q, 13);
	c->clock_start = db_int(q, 14);
	c->opened_at = db_int(q, 15);
	c->opened_by = arena_strdup(a, db_text(q, 16));
	c->opened_name = arena_strdup(a, db_text(q, 17));
	c->finished_at = db_int(q, 18);
	c->finished_by = arena_strdup(a, db_text(q, 19));
	c->finished_name = arena_strdup(a, db_text(q, 20));
	c->closed_at = db_int(q, 21);
	c->closed_by = arena_strdup(a, db_text(q, 22));
	c->closed_name = arena_strdup(a, db_text(q, 23));
	c->reopened = db_int(q, 24);
	c->changed_at = db_int(q, 25);
	c->changed_name = arena_strdup(a, db_text(q, 26));
	c->changed_kind = arena_strdup(a, db_text(q, 27));
	c->version = db_int(q, 28);
	c->returns = db_int(q, 29);
	c->final_unit = arena_strdup(a, db_text(q, 30));
	c->final_name = arena_strdup(a, db_text(q, 31));
	c->coordinator = arena_strdup(a, db_text(q, 32));
	c->holder = arena_strdup(a, db_text(q, 33));
}

static enum err_code read_cases(struct db *db, struct db_rows *q, enum err_code rc, struct arena *a,
	struct case_record **out, size_t *count, struct err *e)
{
	struct list l;

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(q)) {
		struct case_record *c = list_add(&l);
		if (c)
			read_row(q, a, c);
		else
			rc = err_nomem(e);
	}
	rc = db_end(q, rc, e);
	*out = l.items;
	*count = l.count;
	for (size_t i = 0; !rc && i < l.count; i++)
		rc = texts_get(db, (*out)[i].title, a, &(*out)[i].title, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code cases_get(
	struct db *db, const char *id, struct arena *a, struct case_record *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct case_record *list = NULL;
	size_t count = 0;
	enum err_code rc = db_query(db, ST_CASE_GET, DB_ARGS(DB_TEXT(id)), &q, e);

	rc = read_cases(db, &q, rc, a, &list, &count, e);
	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no case %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code cases_list(struct db *db, bool closed, const char *unit, struct arena *a,
	struct case_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_CASE_LIST, DB_ARGS(DB_INT(closed), DB_TEXT(unit)), &q, e);

	return read_cases(db, &q, rc, a, out, count, e);
}

enum err_code cases_units(struct db *db, const char *id, struct arena *a, struct case_unit **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc = db_query(db, ST_CASE_UNITS, DB_ARGS(DB_TEXT(id)), &q, e);

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(&q)) {
		struct case_unit *u = list_add(&l);
		if (!u) {
			rc = err_nomem(e);
			break;
		}
		u->unit = arena_strdup(a, db_text(&q, 0));
		u->lead = strcmp(db_text(&q, 1), "lead") == 0;
		u->since = db_int(&q, 2);
		u->until = db_int(&q, 3);
		u->signed_at = db_int(&q, 4);
		u->signed_name = arena_strdup(a, db_text(&q, 5));
		u->ended = arena_strdup(a, db_text(&q, 6));
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(&q, rc, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code cases_grades(struct db *db, const char *id, struct arena *a, struct case_grade **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc = db_query(db, ST_CASE_GRADES, DB_ARGS(DB_TEXT(id)), &q, e);

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(&q)) {
		struct case_grade *g = list_add(&l);
		if (!g) {
			rc = err_nomem(e);
			break;
		}
		g->at = db_int(&q, 1);
		g->grade = arena_strdup(a, db_text(&q, 2));
		g->by_name = arena_strdup(a, db_text(&q, 3));
		g->reason = arena_strdup(a, db_text(&q, 4));
		g->by = arena_strdup(a, db_text(&q, 5));
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(&q, rc, e);
	for (size_t i = 0; !rc && i < l.count; i++)
		rc = texts_get(db, (*out)[i].reason, a, &(*out)[i].reason, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code cases_stories(
	struct db *db, const char *id, struct arena *a, int64_t **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc = db_query(db, ST_CASE_STORIES, DB_ARGS(DB_TEXT(id)), &q, e);

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(&q)) {
		int64_t *story = list_add(&l);
		if (story)
			*story = db_int(&q, 0);
		else
			rc = err_nomem(e);
	}
	*out = l.items;
	*count = l.count;
	return db_end(&q, rc, e);
}

enum err_code cases_holds(
	struct db *db, const char *id, const char *unit, bool *holds, struct err *e)
{
	int64_t one;
	enum err_code rc =
		db_get_int(db, ST_CASE_UNIT_HOLDS, DB_ARGS(DB_TEXT(id), DB_TEXT(unit)), &one, e);

	*holds = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code cases_holds_as(
	struct db *db, const char *id, const char *unit, bool lead, bool *holds, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_CASE_UNIT_HOLDS_AS,
		DB_ARGS(DB_TEXT(id), DB_TEXT(unit), DB_TEXT(lead ? "lead" : "co")), &one, e);

	*holds = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
