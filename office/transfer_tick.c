/*
 * transfer_tick.c - on its day what was planned is done, and the duties of a unit that
 * units.conf lets end go over to its successor (until, successor; formerly … until …).
 */
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/unit_moves.h"
#include "office/tick_steps.h"
#include "office/transfer.h"
#include "office/units.h"

#define HEIRS_MAX 16 /* successors of successors that are followed */

/* The day after a last day. */
static void day_after(struct act *a, const char *date, char out[11])
{
	int64_t end = 0;

	if (!a->rc)
		a->rc = calendar_end_of_date(date, a->office->settings.zone, &end, a->err);
	if (!a->rc)
		calendar_date_of(end + 1, a->office->settings.zone, out);
}

static const struct unit *named(const struct units *all, const char *name)
{
	for (size_t i = 0; i < units_count(all); i++)
		if (strcmp(units_at(all, i)->name, name) == 0)
			return units_at(all, i);
	return NULL;
}

static bool has_ended(const struct act *a, const struct unit *u)
{
	return u->until && strcmp(a->today, u->until) > 0;
}

/* Who has its work today, through several reforms; NULL: units.conf names nobody. */
static const struct unit *heir_of(
	const struct act *a, const struct units *all, const struct unit *u)
{
	for (int i = 0; u && has_ended(a, u) && i < HEIRS_MAX; i++)
		u = u->successor ? named(all, u->successor) : NULL;
	return u && !has_ended(a, u) ? u : NULL;
}

/* `last`: the last day of the name. Nothing happens while it has no open duty. */
static void move_on(struct act *a, const struct units *all, const char *from, const struct unit *to,
	const char *last, int64_t *done)
{
	struct unit_duties d = {0};
	char on[11] = "";

	if (a->rc || !to)
		return;
	a->rc = unit_moves_duties(a->db, from, "", &d, a->err);
	if (a->rc || !(d.cases || d.promises || d.orders || d.tasks))
		return;
	day_after(a, last, on);
	transfer_append(a, all,
		&(struct transfer_event){.from = from, .to = to->name, .on = on, .topic = ""});
	(*done)++;
}

static void move_ended(struct act *a, const struct units *all, int64_t *done)
{
	for (size_t i = 0; !a->rc && i < units_count(all); i++) {
		const struct unit *u = units_at(all, i), *heir = heir_of(a, all, u);
		if (has_ended(a, u))
			move_on(a, all, u->name, heir, u->until, done);
		for (size_t k = 0; !a->rc && k < u->former_count; k++)
			if (strcmp(a->today, u->former[k].until) > 0 &&
				!named(all, u->former[k].name))
				move_on(a, all, u->former[k].name, heir, u->former[k].until, done);
	}
}

/* A unit that units.conf does not know on that day waits; status tells of it. */
static void carry_out(
	struct act *a, const struct units *all, const struct unit_plan *p, int64_t *done)
{
	const struct unit *to = NULL;

	if (strcmp(p->on, a->today) > 0 || units_resolve(all, p->to, a->today, &to, NULL) != ERR_OK)
		return;
	transfer_append(a, all,
		&(struct transfer_event){.from = p->from,
			.to = to->name,
			.on = p->on,
			.topic = p->topic,
			.document = p->document,
			.note = p->note,
			.plan = p->seq});
	(*done)++;
}

void tick_transfers(struct act *a, int64_t *done)
{
	struct units *all = NULL;
	struct unit_plan *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = units_load(a->office->home, &all, a->err);
	if (!a->rc)
		a->rc = unit_moves_planned(a->db, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		carry_out(a, all, &list[i], done);
	if (!a->rc)
		move_ended(a, all, done);
	units_free(all);
}
