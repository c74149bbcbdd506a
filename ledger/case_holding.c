/*
 * case_holding.c - sums of who held a case, against the limit of its answer.
 */
#include "ledger/case_holding.h"

#include <string.h>

#include "base/time.h"
#include "ledger/clocks.h"
#include "ledger/list.h"
#include "ledger/responses.h"

struct reckoning {
	struct arena *arena;
	struct list list; /* of struct case_holding */
	const struct case_unit *unit;
	size_t units;
	const struct response_record *answer;
	size_t answers;
	int64_t end; /* of the holding that counts */
	int64_t due; /* of the answer; TIME_NONE: no limit runs */
	bool missed; /* the limit, by everybody */
};

static struct case_holding *holding_of(struct reckoning *r, const char *unit)
{
	struct case_holding *all = r->list.items, *h;

	for (size_t i = 0; i < r->list.count; i++)
		if (strcmp(all[i].unit, unit) == 0)
			return &all[i];
	h = list_add(&r->list);
	if (!h)
		return NULL;
	h->unit = unit;
	h->since = h->until = h->signed_at = h->to_sign = h->answered_at = TIME_NONE;
	return h;
}

static int64_t end_of(const struct reckoning *r, int64_t until)
{
	return until == TIME_NONE || until > r->end ? r->end : until;
}

/* Adds one time of holding, from the moment it was given. */
static void add_time(struct reckoning *r, struct case_holding *h, int64_t since, int64_t until)
{
	int64_t end = end_of(r, until);

	if (h->since == TIME_NONE)
		h->since = since;
	h->until = until;
	h->holds = until == TIME_NONE;
	if (end > since)
		h->held += end - since;
}

static bool held_at_due(const struct reckoning *r, int64_t since, int64_t until)
{
	return r->due != TIME_NONE && since <= r->due && (until == TIME_NONE || until > r->due);
}

static int64_t first_answer(const struct reckoning *r, const char *unit)
{
	int64_t first = TIME_NONE;

	for (size_t i = 0; i < r->answers; i++) {
		const struct response_record *x = &r->answer[i];
		if (strcmp(x->state, "accepted") == 0 && strcmp(x->unit, unit) == 0 &&
			(first == TIME_NONE || x->published_at < first))
			first = x->published_at;
	}
	return first;
}

static bool is_late(const struct reckoning *r, const struct case_unit *u, int64_t answered)
{
	if (!held_at_due(r, u->since, u->until))
		return false;
	if (answered != TIME_NONE)
		return answered > r->due;
	return u->lead && r->missed;
}

static bool add_unit(struct reckoning *r, const struct case_unit *u)
{
	struct case_holding *h = holding_of(r, u->unit);

	if (!h)
		return false;
	add_time(r, h, u->since, u->until);
	h->lead = u->lead;
	h->signed_at = u->signed_at;
	h->to_sign = u->signed_at == TIME_NONE ? TIME_NONE : u->signed_at - u->since;
	h->returns += strcmp(u->ended, "returned") == 0;
	h->answered_at = first_answer(r, u->unit);
	h->late |= is_late(r, u, h->answered_at);
	return true;
}

static bool add_gap(struct reckoning *r, int64_t from, int64_t to)
{
	struct case_holding *h;

	if (end_of(r, to) <= from)
		return true;
	h = holding_of(r, "");
	if (!h)
		return false;
	add_time(r, h, from, to);
	h->lead = true;
	h->late |= r->missed && held_at_due(r, from, to);
	return true;
}

/* The times when no lead held it are the office's. */
static bool add_office(struct reckoning *r)
{
	int64_t free_since = TIME_NONE;
	bool fine = true;

	for (size_t i = 0; fine && i < r->units; i++) {
		const struct case_unit *u = &r->unit[i];
		if (!u->lead)
			continue;
		if (free_since != TIME_NONE)
			fine = add_gap(r, free_since, u->since);
		free_since = u->until;
	}
	return fine && (free_since == TIME_NONE || add_gap(r, free_since, TIME_NONE));
}

static enum err_code read_due(
	struct reckoning *r, struct db *db, const char *id, int64_t now, struct err *e)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_of(db, id, r->arena, &list, &count, e);

	r->due = TIME_NONE;
	for (size_t i = 0; !rc && i < count; i++) {
		if (strcmp(list[i].clock, "response") != 0 ||
			strcmp(list[i].state, "replaced") == 0)
			continue;
		r->due = list[i].due_at;
		r->missed = clocks_is_late(&list[i], now);
	}
	return rc;
}

enum err_code case_holding_of(struct db *db, const struct case_record *c, int64_t now,
	struct arena *a, struct case_holding **out, size_t *count, struct err *e)
{
	struct reckoning r = {.arena = a, .end = now};
	struct case_unit *units = NULL;
	struct response_record *answers = NULL;
	bool fine = true;
	enum err_code rc = cases_units(db, c->id, a, &units, &r.units, e);

	list_init(&r.list, a, sizeof **out);
	if (c->finished_at != TIME_NONE)
		r.end = c->finished_at;
	else if (c->closed_at != TIME_NONE)
		r.end = c->closed_at;
	if (!rc)
		rc = responses_of(db, c->id, a, &answers, &r.answers, e);
	if (!rc)
		rc = read_due(&r, db, c->id, now, e);
	r.unit = units;
	r.answer = answers;
	for (size_t i = 0; !rc && fine && i < r.units; i++)
		fine = add_unit(&r, &units[i]);
	if (!rc && fine)
		fine = add_office(&r);
	*out = r.list.items;
	*count = r.list.count;
	return rc || fine ? rc : err_nomem(e);
}
