/*
 * tally.c - counts the figures of a period, of the one before and of that a year before.
 */
#include "office/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "office/tally_private.h"

struct tally_row *tally_row_of(struct counting *c, int table, const char *label)
{
	const struct tally_table *of = tally_table_at((size_t)table);
	struct tally_row *rows = c->rows->items, *r;

	for (size_t i = 0; i < c->rows->count; i++)
		if (rows[i].table == of && strcmp(rows[i].label, label) == 0)
			return &rows[i];
	r = list_add(c->rows);
	if (!r) {
		c->rc = c->rc ? c->rc : err_nomem(c->err);
		return NULL;
	}
	r->table = of;
	r->label = label;
	return r;
}

struct tally_late *tally_late_add(struct counting *c)
{
	struct tally_late *l = list_add(c->late);

	if (!l && !c->rc)
		c->rc = err_nomem(c->err);
	return l;
}

static enum err_code read_facts(
	struct db *db, struct arena *a, struct tally_facts *f, struct err *e)
{
	enum err_code rc = facts_cases(db, a, &f->cases, &f->case_count, e);

	if (!rc)
		rc = facts_limits(db, a, &f->limits, &f->limit_count, e);
	if (!rc)
		rc = answerable_holders(db, NULL, a, &f->holders, &f->holder_count, e);
	if (!rc)
		rc = answerable_answers(db, NULL, a, &f->answers, &f->answer_count, e);
	if (!rc)
		rc = case_states_all(db, a, &f->states, &f->state_count, e);
	return rc ? rc : commitments_of(db, NULL, a, &f->promises, &f->promise_count, e);
}

static enum err_code count_period(struct counting *c, const struct term *p, const char *label)
{
	c->period = p;
	c->label = label;
	c->to = p->to <= c->asof ? p->to : c->asof + 1;
	tally_count_queue(c);
	tally_count_cases(c);
	tally_count_answers(c);
	tally_count_promises(c);
	tally_count_orders(c);
	tally_count_lookbacks(c);
	return c->rc;
}

/* Tables as they are listed; periods as they were counted, other rows the largest first. */
static int compare_rows(const void *va, const void *vb)
{
	const struct tally_row *a = va, *b = vb;

	if (a->table != b->table)
		return a->table < b->table ? -1 : 1;
	if (!a->table->about) /* "this", "previous", "year-before" */
		return (*a->label == 't'          ? 0
			       : *a->label == 'p' ? 1
						  : 2) -
		       (*b->label == 't'          ? 0
			       : *b->label == 'p' ? 1
						  : 2);
	if (a->v[0] != b->v[0])
		return a->v[0] > b->v[0] ? -1 : 1;
	return strcmp(a->label, b->label);
}

/* Who answers first for it comes first. */
static int rank(const char *role)
{
	return role && strcmp(role, "co") == 0;
}

static int compare_late(const void *va, const void *vb)
{
	const struct tally_late *a = va, *b = vb;

	if (a->promise != b->promise)
		return a->promise ? 1 : -1;
	if (a->due_at != b->due_at)
		return a->due_at < b->due_at ? -1 : 1;
	if (strcmp(a->id, b->id) != 0)
		return strcmp(a->id, b->id);
	if (rank(a->role) != rank(b->role))
		return rank(a->role) - rank(b->role);
	return strcmp(a->unit, b->unit);
}

static void finish(struct counting *c, struct tally *out)
{
	if (c->rows->count)
		qsort(c->rows->items, c->rows->count, sizeof *out->rows, compare_rows);
	if (c->late->count)
		qsort(c->late->items, c->late->count, sizeof *out->late, compare_late);
	out->rows = c->rows->items;
	out->row_count = c->rows->count;
	out->late = c->late->items;
	out->late_count = c->late->count;
}

static enum err_code count_all(struct counting *c, struct tally *out)
{
	const struct time_zone *z = c->office->settings.zone;
	struct term before, year_before;

	c->whole = true;
	count_period(c, &out->period, "this");
	c->whole = false;
	term_before(&out->period, z, &before);
	term_year_before(&out->period, z, &year_before);
	if (!c->rc)
		count_period(c, &before, "previous");
	if (!c->rc && out->period.kind != TERM_YEAR)
		count_period(c, &year_before, "year-before");
	finish(c, out);
	return c->rc;
}

enum err_code tally_make(
	struct office *o, const struct term *p, struct arena *a, struct tally *out, struct err *e)
{
	struct tally_facts facts = {0};
	struct list rows, late;
	struct counting c = {.facts = &facts,
		.office = o,
		.arena = a,
		.err = e,
		.asof = office_now(o),
		.rows = &rows,
		.late = &late};
	enum err_code rc = db_begin_read(o->db, e);

	memset(out, 0, sizeof *out);
	out->period = *p;
	out->asof = c.asof;
	list_init(&rows, a, sizeof(struct tally_row));
	list_init(&late, a, sizeof(struct tally_late));
	if (!rc)
		rc = read_facts(o->db, a, &facts, e);
	if (!rc)
		rc = count_all(&c, out);
	db_rollback(o->db);
	return rc;
}

const struct tally_row *tally_find(const struct tally *t, const char *table, const char *label)
{
	for (size_t i = 0; i < t->row_count; i++)
		if (strcmp(t->rows[i].table->code, table) == 0 &&
			strcmp(t->rows[i].label, label) == 0)
			return &t->rows[i];
	return NULL;
}

int64_t tally_rate(const struct tally_row *r, const struct tally_column *c)
{
	int64_t n = r->v[c->n], of = r->v[c->of];

	return of > 0 ? (n * 2000 + of) / (2 * of) : -1;
}
