/*
 * case_holding.c - sums of who held a case, against the limit of its answer.
 */
#include "ledger/case_holding.h"

#include <string.h>

#include "base/time.h"
#include "ledger/answerable.h"
#include "ledger/clocks.h"
#include "ledger/list.h"

struct reckoning {
	struct arena *arena;
	struct list list; /* of struct case_holding */
	const struct case_unit *unit; /* in the order of who.holders */
	struct answerable who; /* before the limit of the answer */
	int64_t end; /* of the holding that counts */
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

static bool add_unit(struct reckoning *r, size_t i)
{
	const struct answerable_holder *is = &r->who.holders[i];
	const struct case_unit *u = &r->unit[i];
	struct case_holding *h = holding_of(r, u->unit);

	if (!h)
		return false;
	add_time(r, h, u->since, u->until);
	h->lead = u->lead;
	h->signed_at = u->signed_at;
	h->to_sign = u->signed_at == TIME_NONE ? TIME_NONE : u->signed_at - u->since;
	h->returns += strcmp(u->ended, "returned") == 0;
	h->answered_at = answerable_own(&r->who, is);
	h->late |= answerable_judge(&r->who, is) == ANSWERABLE_LATE;
	return true;
}

static bool add_gap(struct reckoning *r, int64_t from, int64_t to)
{
	struct case_holding *h;

	if (to != TIME_NONE && end_of(r, to) <= from)
		return true;
	h = holding_of(r, "");
	if (!h)
		return false;
	add_time(r, h, from, to);
	h->lead = true;
	h->late |= answerable_office_is_late(&r->who) && from <= r->who.due &&
		   (to == TIME_NONE || to > r->who.due);
	return true;
}

/* The times when no lead held it are the office's; the time before the first one did only when
 * the limit passed in it. */
static bool add_office(struct reckoning *r, int64_t start)
{
	bool late = answerable_office_is_late(&r->who) && r->who.holder_count &&
		    r->who.holders[0].since > r->who.due;
	int64_t free_since = late ? start : TIME_NONE;
	bool fine = true;

	for (size_t i = 0; fine && i < r->who.holder_count; i++) {
		const struct answerable_holder *u = &r->who.holders[i];
		if (!u->lead)
			continue;
		if (free_since != TIME_NONE)
			fine = add_gap(r, free_since, u->since);
		free_since = u->until;
	}
	return fine && (free_since == TIME_NONE || add_gap(r, free_since, TIME_NONE));
}

static enum err_code read_due(struct reckoning *r, struct db *db, const char *id, struct err *e)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_of(db, id, r->arena, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++) {
		if (strcmp(list[i].clock, "response") != 0 ||
			strcmp(list[i].state, "replaced") == 0)
			continue;
		r->who.due = list[i].due_at;
		r->who.met_at = list[i].met_at;
	}
	return rc;
}

enum err_code case_holding_of(struct db *db, const struct case_record *c, int64_t now,
	struct arena *a, struct case_holding **out, size_t *count, struct err *e)
{
	struct reckoning r = {.arena = a, .end = now};
	struct case_unit *units = NULL;
	size_t unit_count = 0;
	bool fine = true;
	enum err_code rc = cases_units(db, c->id, a, &units, &unit_count, e);

	list_init(&r.list, a, sizeof **out);
	if (c->finished_at != TIME_NONE)
		r.end = c->finished_at;
	else if (c->closed_at != TIME_NONE)
		r.end = c->closed_at;
	if (!rc)
		rc = answerable_read(db, c->id, a, &r.who, e);
	if (!rc)
		rc = read_due(&r, db, c->id, e);
	r.who.now = now;
	r.unit = units;
	for (size_t i = 0; !rc && fine && i < unit_count; i++)
		fine = add_unit(&r, i);
	if (!rc && fine)
		fine = add_office(&r, c->clock_start);
	*out = r.list.items;
	*count = r.list.count;
	return rc || fine ? rc : err_nomem(e);
}
