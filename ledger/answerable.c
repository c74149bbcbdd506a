/*
 * answerable.c - the rule, and reading what it is asked about.
 */
#include "ledger/answerable.h"

#include <string.h>

#include "base/time.h"
#include "ledger/rows.h"

/* --- the rule --- */

int64_t answerable_at(const struct answerable *x)
{
	return x->due != TIME_NONE && x->due < x->now ? x->due : x->now;
}

bool answerable_held(const struct answerable_holder *h, int64_t at)
{
	return h->since <= at && (h->until == TIME_NONE || h->until > at);
}

const struct answerable_holder *answerable_lead(const struct answerable *x)
{
	const int64_t at = answerable_at(x);

	for (size_t i = x->holder_count; i-- > 0;)
		if (x->holders[i].lead && answerable_held(&x->holders[i], at))
			return &x->holders[i];
	return NULL;
}

static bool is_same_place(const struct answerable_holder *a, const struct answerable_holder *b)
{
	return a->lead == b->lead && a->n == b->n;
}

/* The unit whose duties `h` took over when it began to hold; NULL: nobody's. */
static const struct answerable_holder *before(
	const struct answerable *x, const struct answerable_holder *h)
{
	for (size_t i = 0; i < x->holder_count; i++) {
		const struct answerable_holder *o = &x->holders[i];
		if (o->moved && is_same_place(o, h) && o->until == h->since && o->since < h->since)
			return o;
	}
	return NULL;
}

static const struct answerable_holder *after(
	const struct answerable *x, const struct answerable_holder *h)
{
	for (size_t i = 0; h->moved && i < x->holder_count; i++) {
		const struct answerable_holder *o = &x->holders[i];
		if (is_same_place(o, h) && o->since == h->until && o->since > h->since)
			return o;
	}
	return NULL;
}

static int64_t first_of(const struct answerable *x, const char *unit)
{
	for (size_t i = 0; i < x->answer_count; i++)
		if (strcmp(x->answers[i].unit, unit) == 0)
			return x->answers[i].published_at;
	return TIME_NONE;
}

int64_t answerable_own(const struct answerable *x, const struct answerable_holder *h)
{
	int64_t first = TIME_NONE;

	for (; h; h = before(x, h)) {
		int64_t own = first_of(x, h->unit);
		if (own != TIME_NONE && (first == TIME_NONE || own < first))
			first = own;
	}
	return first;
}

enum answerable_state answerable_judge(
	const struct answerable *x, const struct answerable_holder *h)
{
	int64_t answered;

	if (x->due == TIME_NONE || !answerable_held(h, answerable_at(x)))
		return ANSWERABLE_NOT;
	answered = answerable_own(x, h);
	if (answered == TIME_NONE && h->lead)
		answered = x->met_at;
	if (answered != TIME_NONE)
		return answered <= x->due ? ANSWERABLE_KEPT : ANSWERABLE_LATE;
	return x->now > x->due ? ANSWERABLE_LATE : ANSWERABLE_OPEN;
}

bool answerable_owes(const struct answerable *x, const struct answerable_holder *h)
{
	bool held = x->met_at == TIME_NONE;

	if (h->lead || h->until != TIME_NONE || answerable_own(x, h) != TIME_NONE)
		return false;
	for (const struct answerable_holder *o = h; o && !held; o = before(x, o))
		held = answerable_held(o, answerable_at(x));
	return held;
}

bool answerable_unit_owes(const struct answerable *x, const char *unit)
{
	bool owes = false;

	for (size_t i = 0; i < x->holder_count; i++)
		owes = owes || (strcmp(x->holders[i].unit, unit) == 0 &&
				       answerable_owes(x, &x->holders[i]));
	return owes;
}

const struct answerable_holder *answerable_origin(
	const struct answerable *x, const struct answerable_holder *h)
{
	const struct answerable_holder *o;

	while ((o = before(x, h)) != NULL)
		h = o;
	return h;
}

const struct answerable_holder *answerable_then(
	const struct answerable *x, const struct answerable_holder *h)
{
	const int64_t at = answerable_at(x);

	for (const struct answerable_holder *o = h; o; o = before(x, o))
		if (answerable_held(o, at))
			return o;
	return h;
}

bool answerable_office_is_late(const struct answerable *x)
{
	if (x->due == TIME_NONE || answerable_lead(x))
		return false;
	return (x->met_at == TIME_NONE ? x->now : x->met_at) > x->due;
}

const char *answerable_addressee(const struct answerable *x)
{
	const struct answerable_holder *h = answerable_lead(x), *next;
	const int64_t at = answerable_at(x);

	for (size_t i = 0; !h && i < x->holder_count; i++)
		if (x->holders[i].lead && x->holders[i].since > at)
			h = &x->holders[i];
	while (h && (next = after(x, h)) != NULL)
		h = next;
	return h ? h->unit : "";
}

/* --- reading --- */

static void read_holder(struct db_rows *q, struct arena *a, void *row)
{
	struct answerable_holder *h = row;

	h->case_id = arena_strdup(a, db_text(q, 0));
	h->unit = arena_strdup(a, db_text(q, 1));
	h->lead = db_int(q, 2) != 0;
	h->moved = db_int(q, 3) != 0;
	h->n = db_int(q, 4);
	h->since = db_int(q, 5);
	h->until = db_int(q, 6);
}

static void read_answer(struct db_rows *q, struct arena *a, void *row)
{
	struct answerable_answer *x = row;

	x->case_id = arena_strdup(a, db_text(q, 0));
	x->unit = arena_strdup(a, db_text(q, 1));
	x->published_at = db_int(q, 2);
}

/* By one of two statements: of all cases, of one. */
static enum err_code read_rows(struct db *db, const char *case_id, const enum statement ids[2],
	size_t size, rows_read_fn *read, struct arena *a, struct list *l, struct err *e)
{
	const struct db_value id = DB_TEXT(case_id);

	return rows_read(db, ids[case_id != NULL], &id, case_id != NULL, size, read, a, l, e);
}

enum err_code answerable_holders(struct db *db, const char *case_id, struct arena *a,
	struct answerable_holder **out, size_t *count, struct err *e)
{
	static const enum statement ids[] = {ST_HOLDERS_ALL, ST_HOLDERS_OF};
	struct list l;
	enum err_code rc = read_rows(db, case_id, ids, sizeof **out, read_holder, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code answerable_answers(struct db *db, const char *case_id, struct arena *a,
	struct answerable_answer **out, size_t *count, struct err *e)
{
	static const enum statement ids[] = {ST_ANSWERS_ALL, ST_ANSWERS_OF};
	struct list l;
	enum err_code rc = read_rows(db, case_id, ids, sizeof **out, read_answer, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code answerable_read(
	struct db *db, const char *case_id, struct arena *a, struct answerable *out, struct err *e)
{
	struct answerable_holder *holders = NULL;
	struct answerable_answer *answers = NULL;
	enum err_code rc;

	*out = (struct answerable){.due = TIME_NONE, .met_at = TIME_NONE};
	rc = answerable_holders(db, case_id, a, &holders, &out->holder_count, e);
	if (!rc)
		rc = answerable_answers(db, case_id, a, &answers, &out->answer_count, e);
	out->holders = holders;
	out->answers = answers;
	return rc;
}
