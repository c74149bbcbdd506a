/*
 * order_confirm.c - a supervisor issues what tick proposed: one order, several, all of a level.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/list.h"
#include "ledger/records.h"
#include "ledger/supervision.h"
#include "office/supervision.h"

struct confirming {
	struct act *act;
	const struct office_confirm *in;
	struct supervised_book book;
	const struct supervision_order *open; /* all that are open */
	size_t open_count;
	struct list chosen; /* of const struct supervision_order * */
	size_t left_out;
};

/* What the gravest line of it has come to. */
static enum supervised_fate fate_of(struct confirming *c, const struct supervision_order *x)
{
	enum supervised_fate best = SUPERVISED_DONE, f;
	struct supervision_matter *lines = NULL;
	struct act *a = c->act;
	size_t count = 0;

	if (!a->rc)
		a->rc = supervision_lines(a->db, x->id, a->arena, &lines, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		f = supervised_fate_of(&c->book, &lines[i]);
		best = f > best ? f : best;
	}
	return best;
}

static void choose(struct confirming *c, const struct supervision_order *x)
{
	const struct supervision_order **all = c->chosen.items, **at;

	for (size_t i = 0; i < c->chosen.count; i++)
		if (strcmp(all[i]->id, x->id) == 0)
			return;
	at = list_add(&c->chosen);
	if (at)
		*at = x;
	else
		c->act->rc = err_nomem(c->act->err);
}

/* --- one that is named --- */

static void need_matter(struct confirming *c, const struct supervision_order *x)
{
	enum supervised_fate f = fate_of(c, x);

	if (c->act->rc || f == SUPERVISED_STANDS)
		return;
	if (f == SUPERVISED_WAITS)
		act_fail(c->act, ERR_REFUSED,
			_("%s: a claim waits to be verified (commitment verify %s): until then "
			  "nothing more goes to the unit"),
			x->id, x->subject);
	else
		act_fail(c->act, ERR_REFUSED,
			_("what %s is about was done or moved meanwhile: look again, or withdraw "
			  "it"),
			x->id);
}

static void choose_one(struct confirming *c, const char *typed)
{
	struct supervision_order *x = arena_array(c->act->arena, 1, sizeof *x);
	struct act *a = c->act;
	char id[IDS_SIZE];

	if (!x)
		a->rc = err_nomem(a->err);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_ORDER, typed, id, a->err);
	if (!a->rc)
		a->rc = supervision_get(a->db, id, a->arena, x, a->err);
	if (a->rc)
		return;
	supervision_need_open(a, x);
	if (!a->rc && strcmp(x->state, "proposed") != 0)
		act_fail(a, ERR_REFUSED, _("%s was issued by %s at %s"), x->id, x->issued_name,
			act_when(a, x->issued_at));
	need_matter(c, x);
	if (!a->rc)
		choose(c, x);
}

/* --- several --- */

/* Every proposal that fits; those of a span by their numbers of a year. */
struct span {
	int year; /* 0: of every year */
	int64_t from, to;
};

static bool fits(
	const struct confirming *c, const struct supervision_order *x, const struct span *span)
{
	struct ids id;

	if (strcmp(x->state, "proposed") != 0 || !ids_parse(x->id, &id))
		return false;
	if (c->in->level && strcmp(x->level, c->in->level) != 0)
		return false;
	return id.number >= span->from && id.number <= span->to &&
	       (!span->year || id.year == span->year);
}

static void choose_span(struct confirming *c, const char *typed, const struct span *span)
{
	size_t found = 0;

	for (size_t i = 0; !c->act->rc && i < c->open_count; i++) {
		const struct supervision_order *x = &c->open[i];
		if (!fits(c, x, span))
			continue;
		found++;
		if (fate_of(c, x) == SUPERVISED_STANDS)
			choose(c, x);
		else
			c->left_out++;
	}
	if (!found && !c->act->rc)
		act_fail(c->act, ERR_REFUSED, _("%s: no order is proposed"), typed);
}

/* "3-9", "db3-db9", "DB-2026-000003-9": two ids of orders, the first with or without a year. */
static bool read_span(const struct act *a, const char *typed, struct span *out)
{
	struct ids from = {IDS_PLAIN, 0, 0}, to = from;
	char first[2 * IDS_SIZE];

	for (const char *dash = strchr(typed, '-'); dash; dash = strchr(dash + 1, '-')) {
		size_t n = (size_t)(dash - typed);
		if (n >= sizeof first)
			return false;
		memcpy(first, typed, n);
		first[n] = '\0';
		if (!ids_parse(first, &from) || !ids_parse(dash + 1, &to) ||
			(from.type != IDS_ORDER && from.type != IDS_PLAIN) ||
			(to.type != IDS_ORDER && to.type != IDS_PLAIN))
			continue;
		out->year = from.year ? from.year : to.year ? to.year : a->year;
		out->from = from.number;
		out->to = to.number;
		return from.number <= to.number && (!to.year || to.year == out->year);
	}
	return false;
}

static void choose_typed(struct confirming *c, const char *typed)
{
	struct span span;
	struct ids id;

	if (c->act->rc)
		return;
	if (!ids_parse(typed, &id) && read_span(c->act, typed, &span))
		choose_span(c, typed, &span);
	else
		choose_one(c, typed);
}

static void check(struct act *a, const struct office_confirm *in)
{
	const struct ladder *l = NULL;

	if (!a->rc && in->all == (in->count > 0))
		act_fail(a, ERR_USAGE, _("give orders (db1, db3-db9) or --all"));
	if (!a->rc)
		a->rc = office_ladder(a->office, &l, a->err);
	if (!a->rc && in->level && !ladder_find(l, in->level))
		act_fail(a, ERR_USAGE, _("--level is one of %s"), ladder_names(l, a->arena));
}

/* --- the act --- */

static void issue(
	struct confirming *c, const struct supervision_order *x, struct office_ordered *out)
{
	struct calendar_result due = {.due = TIME_NONE};
	struct act *a = c->act;

	if (a->rc)
		return;
	supervision_tell(x, out);
	act_event(a);
	act_append(a, "order.confirmed/1", x->id);
	supervision_went_out(a, x, &due);
	out->due = due.due;
	out->tentative = due.unlisted_year;
}

static void read_all(struct confirming *c)
{
	struct supervision_order *open = NULL;
	struct act *a = c->act;

	supervised_read(a, &c->book);
	if (!a->rc)
		a->rc = supervision_list(a->db, true, a->arena, &open, &c->open_count, a->err);
	c->open = open;
}

enum err_code office_order_confirm(struct office *o, const struct office_confirm *in,
	struct arena *arena, struct office_ordered **out, size_t *count, size_t *left_out,
	struct err *e)
{
	const struct supervision_order **chosen;
	struct confirming c = {.in = in};
	struct act a;

	*out = NULL;
	*count = *left_out = 0;
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("issue an order of supervision"), e);
	c.act = &a;
	list_init(&c.chosen, a.arena, sizeof(const struct supervision_order *));
	check(&a, in);
	read_all(&c);
	for (size_t i = 0; i < in->count; i++)
		choose_typed(&c, in->typed[i]);
	if (!a.rc && in->all)
		choose_span(&c, in->level ? in->level : "--all", &(struct span){0, 1, INT64_MAX});
	if (!a.rc)
		*out = arena_array(arena, c.chosen.count ? c.chosen.count : 1, sizeof **out);
	if (!a.rc && !*out)
		a.rc = err_nomem(e);
	chosen = c.chosen.items;
	for (size_t i = 0; !a.rc && i < c.chosen.count; i++)
		issue(&c, chosen[i], &(*out)[i]);
	*count = a.rc ? 0 : c.chosen.count;
	*left_out = c.left_out;
	return act_end(&a);
}
