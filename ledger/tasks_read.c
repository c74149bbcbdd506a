/*
 * tasks_read.c - reading tasks, their units, what is due and who lags behind.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/ids.h"
#include "ledger/records.h"
#include "ledger/rows.h"
#include "ledger/tasks.h"

bool tasks_is_waiting(const struct task_line *l)
{
	return l->done_at == TIME_NONE && l->claimed_at == TIME_NONE;
}

bool tasks_is_late(const struct task_occasion *o, int64_t now)
{
	return o->open > 0 && o->due_at != TIME_NONE && now > o->due_at;
}

/* --- rows --- */

static void read_task(struct db_rows *q, struct arena *a, void *row)
{
	struct task_record *t = row;

	t->id = arena_strdup(a, db_text(q, 0));
	t->plan = arena_strdup(a, db_text(q, 1));
	t->item = arena_strdup(a, db_text(q, 2));
	t->kind = arena_strdup(a, db_text(q, 3));
	t->words = arena_strdup(a, db_text(q, 4));
	t->made_on = arena_strdup(a, db_text(q, 5));
	t->due_date = arena_strdup(a, db_text(q, 6));
	t->due_at = db_int(q, 7);
	t->period = arena_strdup(a, db_text(q, 8));
	t->trigger = arena_strdup(a, db_text(q, 9));
	t->limit_amount = db_int(q, 10);
	t->limit_unit = arena_strdup(a, db_text(q, 11));
	t->note = arena_strdup(a, db_text(q, 12));
	t->review_date = arena_strdup(a, db_text(q, 13));
	t->review_at = db_int(q, 14);
	t->review_rule = arena_strdup(a, db_text(q, 15));
	t->state = arena_strdup(a, db_text(q, 16));
	t->closed_at = db_int(q, 17);
	t->closed_name = arena_strdup(a, db_text(q, 18));
	t->closed_note = arena_strdup(a, db_text(q, 19));
	t->added_at = db_int(q, 20);
	t->added_name = arena_strdup(a, db_text(q, 21));
	t->version = db_int(q, 22);
}

static void read_unit(struct db_rows *q, struct arena *a, void *row)
{
	struct task_unit *u = row;

	u->unit = arena_strdup(a, db_text(q, 0));
	u->role = arena_strdup(a, db_text(q, 1));
	u->group = arena_strdup(a, db_text(q, 2));
	u->since = db_int(q, 3);
}

static void read_occasion(struct db_rows *q, struct arena *a, void *row)
{
	struct task_occasion *o = row;

	o->task = arena_strdup(a, db_text(q, 0));
	o->ref = arena_strdup(a, db_text(q, 1));
	o->at = db_int(q, 2);
	o->from_date = arena_strdup(a, db_text(q, 3));
	o->to_date = arena_strdup(a, db_text(q, 4));
	o->due_at = db_int(q, 5);
	o->note = arena_strdup(a, db_text(q, 6));
	o->open = db_int(q, 7);
	o->lines = db_int(q, 8);
	o->claimed = db_int(q, 9);
	o->rule = arena_strdup(a, db_text(q, 10));
	o->tentative = db_int(q, 11);
	o->clock = arena_strdup(a, db_text(q, 12));
}

static void read_line(struct db_rows *q, struct arena *a, void *row)
{
	struct task_line *l = row;

	l->unit = arena_strdup(a, db_text(q, 0));
	l->claimed_at = db_int(q, 1);
	l->claimed_on = arena_strdup(a, db_text(q, 2));
	l->claimed_name = arena_strdup(a, db_text(q, 3));
	l->done_at = db_int(q, 4);
	l->done_on = arena_strdup(a, db_text(q, 5));
	l->done_name = arena_strdup(a, db_text(q, 6));
	l->share_done = db_int(q, 7);
	l->share_of = db_int(q, 8);
	l->role = arena_strdup(a, db_text(q, 9));
}

static void read_progress(struct db_rows *q, struct arena *a, void *row)
{
	struct task_progress *p = row;

	p->ref = arena_strdup(a, db_text(q, 0));
	p->unit = arena_strdup(a, db_text(q, 1));
	p->at = db_int(q, 2);
	p->on_date = arena_strdup(a, db_text(q, 3));
	p->share_done = db_int(q, 4);
	p->share_of = db_int(q, 5);
	p->note = arena_strdup(a, db_text(q, 6));
	p->by_name = arena_strdup(a, db_text(q, 7));
}

/* --- tasks --- */

static const size_t task_texts[] = {offsetof(struct task_record, words),
	offsetof(struct task_record, trigger), offsetof(struct task_record, note),
	offsetof(struct task_record, closed_note)};

static enum err_code read_tasks(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct task_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_task, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(task_texts), e);
}

enum err_code tasks_get(
	struct db *db, const char *id, struct arena *a, struct task_record *out, struct err *e)
{
	struct task_record *list = NULL;
	size_t count = 0;
	enum err_code rc = read_tasks(db, ST_TASK_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no task %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code tasks_of(struct db *db, const char *plan, struct arena *a, struct task_record **out,
	size_t *count, struct err *e)
{
	return read_tasks(db, ST_TASKS_OF, DB_ARGS(DB_TEXT(plan ? plan : "")), a, out, count, e);
}

enum err_code tasks_to_open(
	struct db *db, struct arena *a, struct task_record **out, size_t *count, struct err *e)
{
	return read_tasks(db, ST_TASKS_TO_OPEN, DB_NO_ARGS, a, out, count, e);
}

enum err_code tasks_to_review(struct db *db, int64_t until, struct arena *a,
	struct task_record **out, size_t *count, struct err *e)
{
	return read_tasks(db, ST_TASKS_TO_REVIEW, DB_ARGS(DB_INT(until)), a, out, count, e);
}

/* --- finding one --- */

/* The one id that a query gives; "" for none. */
static enum err_code one_id(struct db_rows *q, enum err_code rc, const char *typed, struct arena *a,
	const char **id, struct err *e)
{
	size_t found = 0;

	*id = "";
	for (; !rc && db_next(q); found++)
		*id = found ? arena_printf(a, "%s, %s", *id, db_text(q, 0))
			    : arena_strdup(a, db_text(q, 0));
	rc = db_end(q, rc, e);
	if (!rc && !*id)
		return err_nomem(e);
	if (!rc && found > 1)
		rc = err_set(e, ERR_REFUSED, _("“%s” may mean %s: give the id"), typed, *id);
	return rc;
}

enum err_code tasks_of_item(struct db *db, const char *plan, const char *item, struct arena *a,
	const char **id, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_TASK_OF_ITEM, DB_ARGS(DB_TEXT(plan), DB_TEXT(item)), &q, e);

	return one_id(&q, rc, item, a, id, e);
}

enum err_code tasks_find(
	struct db *db, const char *typed, struct arena *a, const char **id, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct str all = str_of(typed);
	size_t sign = str_find(all, "#", 0);
	char found[IDS_SIZE];
	int64_t year;
	enum err_code rc;

	if (sign == all.n) {
		rc = records_find(db, IDS_TASK, typed, found, e);
		*id = rc ? "" : arena_strdup(a, found);
		return rc || *id ? rc : err_nomem(e);
	}
	if (!str_to_int(str_sub(all, 0, sign), 1970, 9999, &year))
		return err_set(
			e, ERR_USAGE, _("“%s” is no task like RW-2026-000001 or 2021#33"), typed);
	rc = db_query(db, ST_TASK_BY_ITEM, DB_ARGS(DB_TEXT(typed + sign + 1), DB_INT(year)), &q, e);
	rc = one_id(&q, rc, typed, a, id, e);
	if (!rc && !**id)
		rc = err_set(e, ERR_NOT_FOUND, _("no plan of %lld has an item %s"), (long long)year,
			typed + sign + 1);
	return rc;
}

/* --- what belongs to one --- */

enum err_code tasks_units(struct db *db, const char *id, struct arena *a, struct task_unit **out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_TASK_UNITS, DB_ARGS(DB_TEXT(id)), sizeof **out, read_unit, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

static const size_t occasion_texts[] = {offsetof(struct task_occasion, note)};

enum err_code tasks_occasions(struct db *db, const char *id, struct arena *a,
	struct task_occasion **out, size_t *count, struct err *e)
{
	enum statement which = id ? ST_TASK_OCCASIONS : ST_TASK_OCCASIONS_OPEN;
	const struct db_value of = DB_TEXT(id);
	struct list l;
	enum err_code rc =
		rows_read(db, which, &of, id ? 1 : 0, sizeof **out, read_occasion, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(occasion_texts), e);
}

enum err_code tasks_is_opened(
	struct db *db, const char *id, const char *ref, bool *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_TASK_OCCASION_COUNT, DB_ARGS(DB_TEXT(id), DB_TEXT(ref)), &q, e);

	*out = !rc && db_next(&q) && db_int(&q, 0) > 0;
	return db_end(&q, rc, e);
}

enum err_code tasks_lines(struct db *db, const char *id, const char *ref, struct arena *a,
	struct task_line **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_TASK_LINES, DB_ARGS(DB_TEXT(id), DB_TEXT(ref)),
		sizeof **out, read_line, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

static const size_t progress_texts[] = {offsetof(struct task_progress, note)};

enum err_code tasks_progress(struct db *db, const char *id, struct arena *a,
	struct task_progress **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_TASK_PROGRESS_OF, DB_ARGS(DB_TEXT(id)), sizeof **out,
		read_progress, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(progress_texts), e);
}
