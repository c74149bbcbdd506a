/*
 * gate_supervision.c - what supervision has to say before a case is closed: open orders and
 * objections, and how long the case has stood published (公示).
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/objections.h"
#include "ledger/supervision.h"
#include "office/gate.h"
#include "office/ladder.h"

void gate_orders(struct gate *g)
{
	struct supervision_order *list = NULL;
	char text[256];
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = supervision_of_case(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++) {
		/* A reminder is settled with its matter, which the gate looks at itself. */
		if (!supervision_is_open(&list[i]) || strcmp(list[i].settles, "auto") == 0)
			continue;
		snprintf(text, sizeof text,
			strcmp(list[i].state, "proposed") == 0
				? _("an order of level %s is proposed: confirm or withdraw it")
			: strcmp(list[i].state, "answered") == 0
				? _("the order of level %s is answered but not settled")
				: _("the order of level %s is not answered"),
			list[i].level);
		gate_miss(g, "order", list[i].id, text);
	}
}

void gate_objections(struct gate *g)
{
	struct objection_record *list = NULL;
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = objections_of(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++)
		if (strcmp(list[i].state, "open") == 0)
			gate_miss(g, "objection", list[i].id, _("the objection is not decided"));
}

void gate_display(struct gate *g)
{
	const struct ladder *l = NULL;
	const struct holidays *h = NULL;
	struct calendar with = {.zone = g->act->office->settings.zone};
	struct calendar_result until;
	char text[256];
	struct act *a = g->act;

	if (!a->rc)
		a->rc = office_ladder(a->office, &l, a->err);
	if (a->rc || !ladder_display(l) || g->c->finished_at == TIME_NONE)
		return;
	a->rc = office_holidays(a->office, &h, a->err);
	if (a->rc)
		return;
	with.workdays = holidays_workdays(h);
	a->rc = calendar_reckon(g->c->finished_at, ladder_display(l), &with, &until, a->err);
	if (a->rc || a->now > until.due)
		return;
	snprintf(text, sizeof text, _("it stands published (公示) until %s"),
		act_when(a, until.due));
	gate_miss(g, "display", g->c->id, text);
}
