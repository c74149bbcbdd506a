/*
 * tally_promises.c - promises by their original date, by unit, and those carried over: T7
 * and T9.
 */
#include "office/tally_private.h"

#include <string.h>

#include "base/time.h"
#include "ledger/unit_moves.h"

#define DAY 86400

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* When nothing was left to do: done, verified and public, or given up in public. */
static int64_t settled_at(const struct commitment_record *p)
{
	int64_t kept = TIME_NONE, given_up = TIME_NONE;

	if (commitments_is_done(p) && p->published_at != TIME_NONE)
		kept = later(later(p->verified_at, p->published_at), p->added_at);
	if (p->cannot_published_at != TIME_NONE)
		given_up = later(later(p->cannot_at, p->cannot_published_at), p->added_at);
	if (kept == TIME_NONE || given_up == TIME_NONE)
		return later(kept, given_up);
	return kept < given_up ? kept : given_up;
}

static bool is_settled_before(const struct commitment_record *p, int64_t at)
{
	int64_t settled = settled_at(p);

	return settled != TIME_NONE && settled < at;
}

static bool in_period(const struct counting *c, int64_t at)
{
	return at != TIME_NONE && at >= c->period->from && at < c->to;
}

static void add_carried(
	struct tally_row *r, const struct counting *c, const struct commitment_record *p)
{
	r->v[CARRIED_IN] += p->added_at < c->period->from && !is_settled_before(p, c->period->from);
	r->v[CARRIED_ADDED] += in_period(c, p->added_at);
	r->v[CARRIED_SETTLED] += in_period(c, settled_at(p));
	r->v[CARRIED_ON] += p->added_at < c->to && !is_settled_before(p, c->to);
}

/* All extensions and those that count; the last date that these gave, "" for none. */
static void read_extensions(struct counting *c, const struct commitment_record *p, int64_t *all,
	int64_t *counting, const char **date)
{
	struct commitment_extension *list = NULL;
	size_t count = 0;

	*all = *counting = 0;
	*date = "";
	if (!c->rc)
		c->rc = commitments_extensions(
			c->office->db, p->id, c->arena, &list, &count, c->err);
	for (size_t i = 0; !c->rc && i < count; i++) {
		++*all;
		*counting += list[i].counts;
		if (list[i].counts && strcmp(list[i].new_date, *date) > 0)
			*date = list[i].new_date;
	}
}

static bool is_kept_as_extended(struct counting *c, const struct commitment_record *p)
{
	int64_t all, counting;
	const char *date;

	read_extensions(c, p, &all, &counting, &date);
	return strcmp(p->verified_done_on, date) <= 0;
}

static void add_outcome(struct tally_row *r, struct counting *c, const struct commitment_record *p,
	enum commitment_outcome o)
{
	r->v[PROMISE_DUE]++;
	r->v[PROMISE_KEPT] += o == OUTCOME_KEPT;
	r->v[PROMISE_KEPT_LATE] += o == OUTCOME_KEPT_LATE;
	r->v[PROMISE_BROKEN] += o == OUTCOME_BROKEN;
	r->v[PROMISE_PARTLY] += o == OUTCOME_BROKEN && p->share_of > 0 && p->share_done > 0;
	r->v[PROMISE_CANNOT] += o == OUTCOME_CANNOT;
	if (o != OUTCOME_KEPT && o != OUTCOME_KEPT_LATE)
		return;
	r->v[PROMISE_DONE]++;
	r->v[PROMISE_PUBLIC] += p->published_at != TIME_NONE;
	r->v[PROMISE_EXTENDED] += o == OUTCOME_KEPT_LATE && is_kept_as_extended(c, p);
}

static void add_broken(struct counting *c, const struct commitment_record *p, const char *unit)
{
	struct tally_late *l = tally_late_add(c);
	const char *ignored;

	if (!l)
		return;
	l->id = p->id;
	l->unit = unit;
	l->words = p->quote;
	l->due_at = p->due_at;
	l->tentative = p->tentative;
	l->days = (c->asof - p->due_at + DAY - 1) / DAY;
	l->promise = true;
	read_extensions(c, p, &l->extensions, &l->counting, &ignored);
	if (!c->rc)
		c->rc = facts_link(c->office->db, p->response, c->arena, &l->link, c->err);
}

static void add_unit(
	struct counting *c, const struct commitment_record *p, enum commitment_outcome o)
{
	const char *unit = "";
	struct tally_row *r;

	c->rc = unit_moves_holder_at(c->office->db, p->id, p->due_at, c->arena, &unit, c->err);
	r = c->rc ? NULL : tally_row_of(c, TALLY_PROMISER, unit);
	if (!r)
		return;
	r->v[UNIT_PROMISE_DUE]++;
	r->v[UNIT_PROMISE_KEPT] += o == OUTCOME_KEPT;
	r->v[UNIT_PROMISE_LATE] += o == OUTCOME_KEPT_LATE;
	r->v[UNIT_PROMISE_BROKEN] += o == OUTCOME_BROKEN;
	r->v[UNIT_PROMISE_CANNOT] += o == OUTCOME_CANNOT;
	if (o == OUTCOME_BROKEN)
		add_broken(c, p, unit);
}

/* Of the promises that fell due in the period; one whose day has not passed is none yet. */
static void add_due(struct counting *c, const struct commitment_record *p)
{
	enum commitment_outcome o = commitments_outcome(p, c->asof);
	struct tally_row *r = tally_row_of(c, TALLY_PROMISE, c->label);

	if (!r)
		return;
	add_outcome(r, c, p, o);
	if (c->whole && !c->rc)
		add_unit(c, p, o);
}

void tally_count_promises(struct counting *c)
{
	const struct tally_facts *f = c->facts;

	for (size_t i = 0; !c->rc && i < f->promise_count; i++) {
		const struct commitment_record *p = &f->promises[i];
		struct tally_row *r = tally_row_of(c, TALLY_CARRIED, c->label);
		if (r)
			add_carried(r, c, p);
		if (*p->due_date && p->due_at >= c->period->from && p->due_at < c->to &&
			p->due_at < c->asof)
			add_due(c, p);
		r = *p->due_date ? NULL : tally_row_of(c, TALLY_PROMISE, c->label);
		if (r)
			r->v[PROMISE_UNDATED] +=
				p->added_at < c->to && !is_settled_before(p, c->to);
	}
	if (!c->rc)
		tally_row_of(c, TALLY_PROMISE, c->label);
	if (!c->rc)
		tally_row_of(c, TALLY_CARRIED, c->label);
}
