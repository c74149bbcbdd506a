/*
 * supervise.c - what tick does about supervision: levels that are reached, orders whose
 * matter is done; and what waits for a supervisor.
 */
#include <string.h>

#include "base/calendar.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/supervision.h"
#include "office/clock_rules.h"
#include "office/due.h"
#include "office/ladder.h"
#include "office/supervised.h"
#include "office/supervision.h"
#include "office/tick_steps.h"

#define DAY 86400

struct pass {
	struct act *act;
	const struct ladder *ladder;
	struct calendar with;
	struct supervised_book book;
	struct list groups; /* of struct group */
	int64_t *done;
};

/* What a unit owes of plans at one level: one order. */
struct group {
	const char *unit;
	const struct ladder_level *level;
	struct list matters; /* of struct supervision_matter */
};

/* --- orders that are due --- */

/* This level or a graver one is on record about it: nobody gets two, or a milder one later. */
static bool is_reached(struct pass *p, const struct supervised *s, const struct ladder_level *level)
{
	bool reached = false;
	char id[IDS_SIZE];

	for (size_t i = ladder_count(p->ladder); !p->act->rc && !reached && i-- > 0;) {
		const struct ladder_level *x = ladder_at(p->ladder, i);
		enum err_code rc =
			supervision_find(p->act->db, &s->matter, x->name, id, p->act->err);
		reached = rc == ERR_OK;
		if (rc && rc != ERR_NOT_FOUND)
			p->act->rc = rc;
		if (x == level)
			break;
	}
	return reached;
}

static void issue(struct pass *p, const struct ladder_level *level, const char *unit,
	const struct supervision_matter *matters, size_t count)
{
	struct supervision_draft d = {.matters = matters,
		.count = count,
		.level = level,
		.unit = unit,
		.feedback = level->feedback,
		.proposed = level->by_person};
	char id[IDS_SIZE];

	supervision_append(p->act, &d, id, NULL);
	*p->done += !p->act->rc;
}

static struct group *group_of(struct pass *p, const char *unit, const struct ladder_level *level)
{
	struct group *all = p->groups.items, *g;

	for (size_t i = 0; i < p->groups.count; i++)
		if (all[i].level == level && strcmp(all[i].unit, unit) == 0)
			return &all[i];
	g = list_add(&p->groups);
	if (!g)
		return NULL;
	g->unit = unit;
	g->level = level;
	list_init(&g->matters, p->act->arena, sizeof(struct supervision_matter));
	return g;
}

static void add_to_group(
	struct pass *p, const struct supervised *s, const struct ladder_level *level)
{
	struct group *g = group_of(p, supervised_unit(p->act, s), level);
	struct supervision_matter *m = g ? list_add(&g->matters) : NULL;

	if (m)
		*m = s->matter;
	else if (!p->act->rc)
		p->act->rc = err_nomem(p->act->err);
}

static void supervise(struct pass *p, const struct supervised *s)
{
	const struct ladder_limit limit = {s->matter.clock, s->start, s->matter.due};
	const struct ladder_level *level = NULL;
	struct act *a = p->act;

	if (s->waits)
		return;
	a->rc = ladder_reached(p->ladder, &limit, a->now, &p->with, &level, a->err);
	if (a->rc || !level || is_reached(p, s, level) || a->rc)
		return;
	if (s->grouped)
		add_to_group(p, s, level);
	else
		issue(p, level, supervised_unit(a, s), &s->matter, 1);
}

/* Once a day: what is reached later in the day goes out with tomorrow's. */
static void issue_group(struct pass *p, const struct group *g)
{
	struct act *a = p->act;
	const struct time_zone *zone = a->office->settings.zone;
	char yesterday[11];
	int64_t end = 0;
	bool issued = false;

	calendar_date_of(a->now - DAY, zone, yesterday);
	a->rc = calendar_end_of_date(yesterday, zone, &end, a->err);
	if (!a->rc)
		a->rc = supervision_is_grouped(
			a->db, g->unit, g->level->name, end + 1, &issued, a->err);
	if (!a->rc && !issued)
		issue(p, g->level, g->unit, g->matters.items, g->matters.count);
}

/* --- orders whose matter is none any more --- */

static bool is_outdone(struct pass *p, const struct supervision_order *x, size_t n)
{
	bool out = false;

	if (!p->act->rc)
		p->act->rc = supervision_line_outdone(
			p->act->db, x->id, n, strcmp(x->state, "proposed") != 0, &out, p->act->err);
	return out;
}

/* What became of all that an order is about; NULL: something of it stands. */
static const char *fate(struct pass *p, const struct supervision_order *x)
{
	struct supervision_matter *lines = NULL;
	const char *why = "done";
	size_t count = 0;
	struct act *a = p->act;

	if (!a->rc)
		a->rc = supervision_lines(a->db, x->id, a->arena, &lines, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		enum supervised_fate f = supervised_fate_of(&p->book, &lines[i]);
		if (f == SUPERVISED_MOVED && strcmp(why, "done") == 0)
			why = "moved";
		if (f < SUPERVISED_WAITS)
			continue;
		if (!is_outdone(p, x, i + 1))
			return NULL;
		why = "higher";
	}
	return why;
}

static void end_order(struct pass *p, const struct supervision_order *x)
{
	bool proposed = strcmp(x->state, "proposed") == 0;
	bool ends = (proposed || strcmp(x->settles, "auto") == 0) && x->matter_due != TIME_NONE;
	const char *why = ends ? fate(p, x) : NULL;
	struct act *a = p->act;

	if (!why || a->rc)
		return;
	act_event(a);
	act_str(a, proposed ? "why" : "result", why);
	act_append(a, proposed ? "order.lapsed/1" : "order.settled/1", x->id);
	if (!proposed)
		clock_rules_end(a, x->id, DEADLINE_FEEDBACK, NULL, NULL, "void", a->now, "");
	*p->done += !a->rc;
}

static void end_orders(struct pass *p)
{
	struct supervision_order *orders = NULL;
	struct act *a = p->act;
	size_t count = 0;

	if (!a->rc)
		a->rc = supervision_list(a->db, true, a->arena, &orders, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		end_order(p, &orders[i]);
}

void tick_supervision(struct act *a, int64_t *done)
{
	struct pass p = {.act = a, .with = {.zone = a->office->settings.zone}, .done = done};
	const struct holidays *h = NULL;
	const struct group *groups;

	list_init(&p.groups, a->arena, sizeof(struct group));
	if (!a->rc)
		a->rc = office_ladder(a->office, &p.ladder, a->err);
	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	supervised_read(a, &p.book);
	if (!a->rc)
		p.with.workdays = holidays_workdays(h);
	for (size_t i = 0; !a->rc && i < p.book.count; i++)
		supervise(&p, &p.book.list[i]);
	groups = p.groups.items;
	for (size_t i = 0; !a->rc && i < p.groups.count; i++)
		issue_group(&p, &groups[i]);
	end_orders(&p);
}

/* --- orders whose matter is one again --- */

/* What a person settled stays settled. */
static bool ended_with_matter(const struct supervision_order *x)
{
	return !supervision_is_open(x) && strcmp(x->ended_by, EVENTS_SYSTEM) == 0 &&
	       strcmp(x->result, "done") == 0;
}

static bool stands(struct act *a, const struct supervised_book *book, const char *order)
{
	struct supervision_matter *lines = NULL;
	size_t count = 0;
	bool any = false;

	if (!a->rc)
		a->rc = supervision_lines(a->db, order, a->arena, &lines, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		any = any || supervised_fate_of(book, &lines[i]) >= SUPERVISED_WAITS;
	return any;
}

/* The unit has its time for feedback anew, since that it ended was no fault of its own; unless that
 * time was over before: who was late stays late. */
static void revive(struct act *a, const struct supervision_order *x)
{
	bool late = x->feedback_due != TIME_NONE && x->feedback_due < x->ended_at;

	act_event(a);
	act_append(a, "order.revived/1", x->id);
	if (strcmp(x->state, "lapsed") != 0 && x->answered_at == TIME_NONE)
		supervision_asks(a, x, late ? x->issued_at : a->now, NULL);
}

void supervision_revive(struct act *a, const char *case_id, int64_t *count)
{
	struct supervised_book book = {0};
	struct supervision_order *list = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = supervision_of_case(a->db, case_id, a->arena, &list, &n, a->err);
	if (!a->rc && n)
		supervised_read(a, &book);
	for (size_t i = 0; !a->rc && i < n; i++) {
		if (!ended_with_matter(&list[i]) || !stands(a, &book, list[i].id))
			continue;
		revive(a, &list[i]);
		++*count;
	}
}

/* Proposals wait to be confirmed, answers to be settled. */
enum err_code due_orders(struct due *d)
{
	struct supervision_order *list = NULL;
	size_t count = 0;
	enum err_code rc = supervision_list(d->db, true, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		bool proposed = strcmp(list[i].state, "proposed") == 0;
		const char *about;
		if (!proposed && strcmp(list[i].state, "answered") != 0)
			continue;
		about = order_about(d->arena, &list[i]);
		rc = !about ? err_nomem(d->err)
			    : due_add(d, (struct due_entry){list[i].id,
						 proposed ? "propose" : "settle", about,
						 list[i].unit, "", TIME_NONE, 0});
	}
	return rc;
}
