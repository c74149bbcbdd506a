/*
 * facts.c - reads the facts that figures are made of.
 */
#include "ledger/facts.h"

#include "ledger/rows.h"
#include "ledger/texts.h"

static void read_case(struct db_rows *q, struct arena *a, void *row)
{
	struct facts_case *c = row;

	c->id = arena_strdup(a, db_text(q, 0));
	c->topics = arena_strdup(a, db_text(q, 1));
	c->place = arena_strdup(a, db_text(q, 2));
	c->lead = arena_strdup(a, db_text(q, 3));
	c->grade = arena_strdup(a, db_text(q, 4));
	c->source = arena_strdup(a, db_text(q, 5));
	c->title = arena_strdup(a, db_text(q, 6));
	c->discovered_at = db_int(q, 7);
	c->clock_start = db_int(q, 8);
	c->opened_at = db_int(q, 9);
	c->withdrawn = db_int(q, 10);
}

enum err_code facts_cases(
	struct db *db, struct arena *a, struct facts_case **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_FACT_CASES, DB_NO_ARGS, sizeof **out, read_case, a, &l, e);

	*out = l.items;
	*count = l.count;
	for (size_t i = 0; !rc && i < *count; i++)
		rc = texts_get(db, (*out)[i].title, a, &(*out)[i].title, e);
	return rc;
}

static void read_limit(struct db_rows *q, struct arena *a, void *row)
{
	struct facts_limit *l = row;

	l->case_id = arena_strdup(a, db_text(q, 0));
	l->press = db_int(q, 1) != 0;
	l->rule = arena_strdup(a, db_text(q, 2));
	l->due_at = db_int(q, 3);
	l->met_at = db_int(q, 4);
	l->grade = arena_strdup(a, db_text(q, 5));
	l->tentative = db_int(q, 6);
}

enum err_code facts_limits(
	struct db *db, struct arena *a, struct facts_limit **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_FACT_LIMITS, DB_NO_ARGS, sizeof **out, read_limit, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code facts_link(
	struct db *db, const char *response, struct arena *a, const char **out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	const char *digest = NULL;
	enum err_code rc = db_query(db, ST_FACT_LINK, DB_ARGS(DB_TEXT(response)), &q, e);

	*out = NULL;
	if (!rc && db_next(&q))
		digest = arena_strdup(a, db_text(&q, 0));
	rc = db_end(&q, rc, e);
	return rc || !digest ? rc : texts_get(db, digest, a, out, e);
}

static void read_order(struct db_rows *q, struct arena *a, void *row)
{
	struct facts_order *o = row;

	o->level = arena_strdup(a, db_text(q, 0));
	o->result = arena_strdup(a, db_text(q, 1));
	o->issued_at = db_int(q, 2);
	o->answered_at = db_int(q, 3);
	o->feedback_due = db_int(q, 4);
	o->open = db_int(q, 5) != 0;
	o->ended_at = db_int(q, 6);
}

enum err_code facts_orders(
	struct db *db, struct arena *a, struct facts_order **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_FACT_ORDERS, DB_NO_ARGS, sizeof **out, read_order, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

static void read_lookback(struct db_rows *q, struct arena *a, void *row)
{
	struct facts_lookback *l = row;

	l->case_id = arena_strdup(a, db_text(q, 0));
	l->result = arena_strdup(a, db_text(q, 1));
	l->due_at = db_int(q, 2);
	l->done_at = db_int(q, 3);
}

enum err_code facts_lookbacks(
	struct db *db, struct arena *a, struct facts_lookback **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_FACT_LOOKBACKS, DB_NO_ARGS, sizeof **out, read_lookback, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}
