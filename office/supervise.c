/*
 * supervise.c - what tick does about supervision: levels that are reached, orders whose
 * matter is done; and what waits for a supervisor.
 */
#include <string.h>

#include "base/time.h"
#include "ledger/supervision.h"
#include "office/clock_rules.h"
#include "office/due.h"
#include "office/ladder.h"
#include "office/supervised.h"
#include "office/supervision.h"
#include "office/tick_steps.h"

struct pass {
	struct act *act;
	const struct ladder *ladder;
	struct calendar with;
	const struct supervised *list;
	size_t count;
};

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

static void supervise(struct pass *p, const struct supervised *s, int64_t *done)
{
	const struct ladder_limit limit = {s->matter.clock, s->start, s->matter.due};
	struct supervision_draft d = {.matter = &s->matter};
	struct act *a = p->act;
	char id[IDS_SIZE];

	if (s->waits)
		return;
	a->rc = ladder_reached(p->ladder, &limit, a->now, &p->with, &d.level, a->err);
	if (a->rc || !d.level || is_reached(p, s, d.level) || a->rc)
		return;
	d.unit = supervised_unit(a, s);
	d.feedback = d.level->feedback;
	d.proposed = d.level->by_person;
	supervision_append(a, &d, id, NULL);
	*done += !a->rc;
}

/* What became of the matter of an order; NULL: it stands. */
static const char *fate(const struct pass *p, const struct supervision_order *x)
{
	const char *why = "done";

	for (size_t i = 0; i < p->count; i++) {
		const struct supervision_matter *m = &p->list[i].matter;
		if (strcmp(m->subject, x->subject) != 0 || strcmp(m->clock, x->clock) != 0 ||
			strcmp(m->ref, x->ref) != 0)
			continue;
		if (m->due == x->matter_due)
			return NULL;
		why = "moved";
	}
	return why;
}

static void end_order(struct pass *p, const struct supervision_order *x, int64_t *done)
{
	bool proposed = strcmp(x->state, "proposed") == 0;
	const char *why = x->matter_due == TIME_NONE ? NULL : fate(p, x);
	struct act *a = p->act;

	if (!why || (!proposed && strcmp(x->settles, "auto") != 0))
		return;
	act_event(a);
	act_str(a, proposed ? "why" : "result", why);
	act_append(a, proposed ? "order.lapsed/1" : "order.settled/1", x->id);
	if (!proposed)
		clock_rules_end(a, x->id, DEADLINE_FEEDBACK, NULL, NULL, "void", a->now, "");
	*done += !a->rc;
}

void tick_supervision(struct act *a, int64_t *done)
{
	struct pass p = {.act = a, .with = {.zone = a->office->settings.zone}};
	struct supervision_order *orders = NULL;
	struct supervised *list = NULL;
	const struct holidays *h = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_ladder(a->office, &p.ladder, a->err);
	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	supervised_list(a, &list, &p.count);
	p.list = list;
	if (!a->rc)
		p.with.workdays = holidays_workdays(h);
	if (!a->rc)
		a->rc = supervision_list(a->db, true, a->arena, &orders, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		end_order(&p, &orders[i], done);
	for (size_t i = 0; !a->rc && i < p.count; i++)
		supervise(&p, &list[i], done);
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
		about = arena_printf(d->arena, "%s %s", list[i].level, list[i].subject);
		rc = !about ? err_nomem(d->err)
			    : due_add(d, (struct due_entry){list[i].id,
						 proposed ? "propose" : "settle", about,
						 list[i].unit, "", TIME_NONE});
	}
	return rc;
}
