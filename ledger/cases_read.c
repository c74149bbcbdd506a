/*
 * cases_read.c - reading cases, who held them and how they were graded.
 */
#include "ledger/cases.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/rows.h"

/* Reads the row; the title is still the digest (texts are read after the query). */
static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct case_record *c = record;

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

static const size_t texts_of_row[] = {offsetof(struct case_record, title)};

static enum err_code read_cases(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct case_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_row), e);
}

enum err_code cases_get(
	struct db *db, const char *id, struct arena *a, struct case_record *out, struct err *e)
{
	struct case_record *list = NULL;
	size_t count = 0;
	enum err_code rc = read_cases(db, ST_CASE_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no case %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code cases_list(struct db *db, bool closed, const char *unit, struct arena *a,
	struct case_record **out, size_t *count, struct err *e)
{
	return read_cases(
		db, ST_CASE_LIST, DB_ARGS(DB_INT(closed), DB_TEXT(unit)), a, out, count, e);
}

static void read_unit(struct db_rows *q, struct arena *a, void *record)
{
	struct case_unit *u = record;

	u->unit = arena_strdup(a, db_text(q, 0));
	u->lead = strcmp(db_text(q, 1), "lead") == 0;
	u->since = db_int(q, 2);
	u->until = db_int(q, 3);
	u->signed_at = db_int(q, 4);
	u->signed_name = arena_strdup(a, db_text(q, 5));
	u->ended = arena_strdup(a, db_text(q, 6));
}

enum err_code cases_units(struct db *db, const char *id, struct arena *a, struct case_unit **out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_CASE_UNITS, DB_ARGS(DB_TEXT(id)), sizeof **out, read_unit, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

static void read_grade(struct db_rows *q, struct arena *a, void *record)
{
	struct case_grade *g = record;

	g->at = db_int(q, 1);
	g->grade = arena_strdup(a, db_text(q, 2));
	g->by_name = arena_strdup(a, db_text(q, 3));
	g->reason = arena_strdup(a, db_text(q, 4));
	g->by = arena_strdup(a, db_text(q, 5));
}

static const size_t texts_of_grade[] = {offsetof(struct case_grade, reason)};

enum err_code cases_grades(struct db *db, const char *id, struct arena *a, struct case_grade **out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_CASE_GRADES, DB_ARGS(DB_TEXT(id)), sizeof **out, read_grade, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_grade), e);
}

static void read_story(struct db_rows *q, struct arena *a, void *record)
{
	(void)a;
	*(int64_t *)record = db_int(q, 0);
}

enum err_code cases_stories(
	struct db *db, const char *id, struct arena *a, int64_t **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_CASE_STORIES, DB_ARGS(DB_TEXT(id)), sizeof **out, read_story, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
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
