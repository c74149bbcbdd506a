/*
 * co_units.c - co-units (协办) that owe an answer of their own: among what falls due, among the
 * limits that pass, and under supervision. The limit is that of the case; the lead's answer does
 * not meet it for them.
 */
#include "base/time.h"
#include "ledger/answerable.h"
#include "ledger/clocks.h"
#include "ledger/rows.h"
#include "ledger/texts.h"
#include "office/deadlines.h"
#include "office/due.h"
#include "office/supervised.h"
#include "office/tick_steps.h"

/* An open case that units share. */
struct shared {
	const char *id, *rule;
	const char *title; /* digest */
	int64_t start, due, met_at, clock, near; /* clock: its event; near TIME_NONE: none */
	int64_t tentative; /* 暂定: as in clocks.h */
};

static void read_one(struct db_rows *q, struct arena *a, void *record)
{
	struct shared *s = record;

	s->id = arena_strdup(a, db_text(q, 0));
	s->title = arena_strdup(a, db_text(q, 1));
	s->rule = arena_strdup(a, db_text(q, 2));
	s->start = db_int(q, 3);
	s->due = db_int(q, 4);
	s->met_at = db_int(q, 5);
	s->clock = db_int(q, 6);
	s->near = db_int(q, 7);
	s->tentative = db_int(q, 8);
}

static enum err_code read_shared(
	struct db *db, struct arena *a, struct shared **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_CASES_SHARED, DB_NO_ARGS, sizeof **out, read_one, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

static enum err_code read_who(struct db *db, const struct shared *s, int64_t now, struct arena *a,
	struct answerable *who, struct err *e)
{
	enum err_code rc = answerable_read(db, s->id, a, who, e);

	who->due = s->due;
	who->met_at = s->met_at;
	who->now = now;
	return rc;
}

/* --- what falls due --- */

static enum err_code add_due(struct due *d, const struct shared *s)
{
	const char *title = NULL;
	struct answerable who;
	enum err_code rc = read_who(d->db, s, office_now(d->office), d->arena, &who, d->err);

	if (!rc)
		rc = texts_get(d->db, s->title, d->arena, &title, d->err);
	for (size_t i = 0; !rc && i < who.holder_count; i++)
		if (answerable_owes(&who, &who.holders[i]))
			rc = due_add(d,
				(struct due_entry){s->id, deadline_clock_name(DEADLINE_RESPONSE),
					title, who.holders[i].unit, s->rule, s->due, s->tentative});
	return rc;
}

enum err_code due_co_units(struct due *d)
{
	struct shared *list = NULL;
	size_t count = 0;
	enum err_code rc = read_shared(d->db, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++)
		if (list[i].due <= d->until)
			rc = add_due(d, &list[i]);
	return rc;
}

/* --- limits that pass --- */

/* NULL: neither near nor over. */
static const char *step_of(const struct act *a, const struct shared *s)
{
	if (s->due < a->now)
		return "due";
	return s->near != TIME_NONE && s->near <= a->now ? "near" : NULL;
}

static void note_reached(
	struct act *a, const struct shared *s, const char *step, const char *unit, int64_t *reached)
{
	bool told = false;

	a->rc = clocks_is_told(a->db, s->id, s->clock, s->due, step, unit, &told, a->err);
	if (a->rc || told)
		return;
	act_event(a);
	act_str(a, "what", deadline_clock_name(DEADLINE_RESPONSE));
	act_int(a, "due_at", s->due);
	act_str(a, "rule", s->rule);
	act_int(a, "clock", s->clock);
	act_str(a, "unit", unit);
	act_str(a, "role", "co");
	act_str(a, "step", step);
	act_append(a, "limit.reached/2", s->id);
	(*reached)++;
}

/* Who was asked to help after the limit owes an answer and is not late. */
static void note_case(struct act *a, const struct shared *s, const char *step, int64_t *reached)
{
	const struct answerable_holder *then;
	struct answerable who;

	a->rc = read_who(a->db, s, a->now, a->arena, &who, a->err);
	for (size_t i = 0; !a->rc && i < who.holder_count; i++) {
		then = answerable_then(&who, &who.holders[i]);
		if (answerable_owes(&who, &who.holders[i]) &&
			answerable_held(then, answerable_at(&who)))
			note_reached(a, s, step, then->unit, reached);
	}
}

/* The lead's is written down with the clock itself; this is behind it. */
void tick_co_units(struct act *a, int64_t *reached)
{
	struct shared *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = read_shared(a->db, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const char *step = step_of(a, &list[i]);
		if (step)
			note_case(a, &list[i], step, reached);
	}
}

/* --- under supervision --- */

static void supervise(struct act *a, struct list *out, const struct shared *s,
	const struct answerable *who, const struct answerable_holder *h)
{
	struct supervised *x = list_add(out);

	if (!x) {
		a->rc = err_nomem(a->err);
		return;
	}
	x->matter.subject = x->matter.case_id = s->id;
	x->matter.clock = deadline_clock_name(DEADLINE_RESPONSE);
	x->matter.ref = answerable_origin(who, h)->unit;
	x->matter.due = s->due;
	x->unit = x->who = h->unit;
	x->start = s->start;
}

void supervised_co_units(struct act *a, struct list *out)
{
	struct shared *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = read_shared(a->db, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		struct answerable who;
		a->rc = read_who(a->db, &list[i], a->now, a->arena, &who, a->err);
		for (size_t k = 0; !a->rc && k < who.holder_count; k++)
			if (answerable_owes(&who, &who.holders[k]))
				supervise(a, out, &list[i], &who, &who.holders[k]);
	}
}
