/*
 * facts.c - reads the facts that figures are made of.
 */
#include "ledger/facts.h"

#include "ledger/list.h"
#include "ledger/texts.h"

/* A query and what makes a row of it. */
struct reading {
	struct db *db;
	struct arena *arena;
	struct list list;
};

static enum err_code read_rows(struct reading *r, enum statement id, size_t size,
	void (*read)(struct db_rows *q, struct arena *a, void *row), struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(r->db, id, DB_NO_ARGS, &q, e);

	list_init(&r->list, r->arena, size);
	while (!rc && db_next(&q)) {
		void *row = list_add(&r->list);
		if (row)
			read(&q, r->arena, row);
		else
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc || !arena_failed(r->arena) ? rc : err_nomem(e);
}

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
}

enum err_code facts_cases(
	struct db *db, struct arena *a, struct facts_case **out, size_t *count, struct err *e)
{
	struct reading r = {.db = db, .arena = a};
	enum err_code rc = read_rows(&r, ST_FACT_CASES, sizeof **out, read_case, e);

	*out = r.list.items;
	*count = r.list.count;
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
}

enum err_code facts_limits(
	struct db *db, struct arena *a, struct facts_limit **out, size_t *count, struct err *e)
{
	struct reading r = {.db = db, .arena = a};
	enum err_code rc = read_rows(&r, ST_FACT_LIMITS, sizeof **out, read_limit, e);

	*out = r.list.items;
	*count = r.list.count;
	return rc;
}

static void read_holder(struct db_rows *q, struct arena *a, void *row)
{
	struct facts_holder *h = row;

	h->case_id = arena_strdup(a, db_text(q, 0));
	h->unit = arena_strdup(a, db_text(q, 1));
	h->lead = db_int(q, 2) != 0;
	h->since = db_int(q, 3);
	h->until = db_int(q, 4);
}

enum err_code facts_holders(
	struct db *db, struct arena *a, struct facts_holder **out, size_t *count, struct err *e)
{
	struct reading r = {.db = db, .arena = a};
	enum err_code rc = read_rows(&r, ST_FACT_HOLDERS, sizeof **out, read_holder, e);

	*out = r.list.items;
	*count = r.list.count;
	return rc;
}

static void read_answer(struct db_rows *q, struct arena *a, void *row)
{
	struct facts_answer *x = row;

	x->case_id = arena_strdup(a, db_text(q, 0));
	x->unit = arena_strdup(a, db_text(q, 1));
	x->published_at = db_int(q, 2);
}

enum err_code facts_answers(
	struct db *db, struct arena *a, struct facts_answer **out, size_t *count, struct err *e)
{
	struct reading r = {.db = db, .arena = a};
	enum err_code rc = read_rows(&r, ST_FACT_ANSWERS, sizeof **out, read_answer, e);

	*out = r.list.items;
	*count = r.list.count;
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
	struct reading r = {.db = db, .arena = a};
	enum err_code rc = read_rows(&r, ST_FACT_ORDERS, sizeof **out, read_order, e);

	*out = r.list.items;
	*count = r.list.count;
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
	struct reading r = {.db = db, .arena = a};
	enum err_code rc = read_rows(&r, ST_FACT_LOOKBACKS, sizeof **out, read_lookback, e);

	*out = r.list.items;
	*count = r.list.count;
	return rc;
}
