/*
 * case_units.c - choosing the units of a case and starting their limits.
 */
#include "office/case_units.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/case_talk.h"
#include "office/clock_rules.h"
#include "office/route.h"

/* --- choosing --- */

static void add_co(struct act *a, const struct unit *u, struct case_units *out)
{
	for (size_t k = 0; !a->rc && k < out->co_count; k++) {
		if (out->co[k] == u)
			act_fail(a, ERR_USAGE, _("%s is named twice"), u->name);
	}
	if (!a->rc && u == out->lead)
		act_fail(a, ERR_USAGE, _("%s cannot be lead and co-unit"), u->name);
	if (!a->rc && out->co_count == OFFICE_CO_UNITS_MAX)
		act_fail(a, ERR_USAGE, _("more than %d units to help"), OFFICE_CO_UNITS_MAX);
	if (!a->rc)
		out->co[out->co_count++] = u;
}

static void add_suggestion(struct buf *b, const struct route *r)
{
	buf_addf(b, "%s", r->lead->name);
	for (size_t i = 0; i < r->co_count; i++)
		buf_addf(b, "%s%s", i ? "、" : _(" with "), r->co[i]->name);
	buf_add_str(b, " (");
	for (size_t i = 0; i < r->why_count; i++)
		buf_addf(b, "%s%s", i ? "; " : "", r->why[i].text);
	buf_add_str(b, ")");
}

/* No lead was named: the refusal says whom the rules would take. */
static void refuse_with(struct act *a, const char *needed, const struct route *r)
{
	struct buf b;

	if (a->rc)
		return;
	if (!r->lead) {
		act_fail(a, ERR_USAGE, _("%s; neither topic nor place suggests one"), needed);
		return;
	}
	buf_init(&b, 65536);
	add_suggestion(&b, r);
	act_fail(a, ERR_USAGE, _("%s; suggested: %s - or --lead auto"), needed, buf_str(&b));
	buf_fini(&b);
}

static void take_route(struct act *a, const struct units *all, const char *typed,
	const struct case_matter *m, struct case_units *out)
{
	struct route r;

	if (!a->rc)
		a->rc = route_story(
			a->office, all, m->story, m->place, m->grade, a->arena, &r, a->err);
	if (a->rc)
		return;
	if (!typed) {
		refuse_with(a, m->needed, &r);
		return;
	}
	if (!r.lead) {
		act_fail(a, ERR_REFUSED, _("neither topic nor place suggests a lead; name it"));
		return;
	}
	out->lead = r.lead;
	out->routed = true;
	for (size_t i = 0; i < r.co_count; i++)
		add_co(a, r.co[i], out);
}

void case_units_choose(struct act *a, const struct units *all, const struct office_case_units *in,
	const struct case_matter *m, struct case_units *out)
{
	memset(out, 0, sizeof *out);
	out->coordinator = "";
	if (!a->rc && in->lead && strcmp(in->lead, ROUTE_AUTO) != 0)
		a->rc = units_resolve(all, in->lead, a->today, &out->lead, a->err);
	else
		take_route(a, all, in->lead, m, out);
	for (size_t i = 0; !a->rc && i < in->co_count; i++) {
		const struct unit *u;
		a->rc = units_resolve(all, in->co[i], a->today, &u, a->err);
		if (!a->rc)
			add_co(a, u, out);
	}
	if (!a->rc)
		a->rc = route_coordinator(
			all, out->lead, out->co_count, a->arena, &out->coordinator, a->err);
}

void case_units_put(struct act *a, const struct case_units *c)
{
	struct json_writer w;
	struct buf list;

	if (a->rc)
		return;
	act_str(a, "lead", c->lead->name);
	act_str(a, "level", c->lead->level);
	act_str(a, "coordinator", c->coordinator);
	act_str(a, "route", c->routed ? "auto" : "given");
	buf_init(&list, 65536);
	json_writer_init(&w, &list);
	json_begin_array(&w);
	for (size_t i = 0; i < c->co_count; i++)
		json_add_str(&w, c->co[i]->name);
	json_end_array(&w);
	if (c->co_count)
		act_str(a, "co", buf_str(&list));
	a->rc = buf_check(&list, _("a list of units"), a->err);
	buf_fini(&list);
}

/* --- limits --- */

static const enum deadline_clock limits[] = {DEADLINE_SIGN, DEADLINE_RETURN};

static bool is_named(const struct case_units *c, const char *unit, bool lead)
{
	if (lead)
		return strcmp(c->lead->name, unit) == 0;
	for (size_t i = 0; i < c->co_count; i++)
		if (strcmp(c->co[i]->name, unit) == 0)
			return true;
	return false;
}

static void note_held(struct case_units *c, const char *unit, bool lead)
{
	if (lead)
		c->lead_holds = true;
	for (size_t i = 0; !lead && i < c->co_count; i++)
		if (strcmp(c->co[i]->name, unit) == 0)
			c->co_holds[i] = true;
}

void case_units_end_others(struct act *a, const char *id, struct case_units *c)
{
	struct case_unit *list = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = cases_units(a->db, id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++) {
		if (list[i].until != TIME_NONE)
			continue;
		bool stays = is_named(c, list[i].unit, list[i].lead);
		if (stays)
			note_held(c, list[i].unit, list[i].lead);
		for (size_t k = 0; k < sizeof limits / sizeof *limits; k++)
			if (!stays || (c->final && limits[k] == DEADLINE_RETURN))
				clock_rules_end(
					a, id, limits[k], list[i].unit, NULL, "void", a->now, "");
	}
}

static void start_unit(
	struct act *a, const char *id, const char *types, const struct unit *u, bool final)
{
	for (size_t k = 0; !a->rc && k < sizeof limits / sizeof *limits; k++) {
		if (final && limits[k] == DEADLINE_RETURN)
			continue;
		clock_rules_begin_if(a, &(struct deadline_query){.clock = limits[k], .type = types},
			(struct clock_start){
				.subject = id, .who = u->name, .event = "assigned", .at = a->now},
			NULL);
	}
}

void case_units_start(struct act *a, const char *id, const struct case_units *c)
{
	struct case_record of;
	const char *types = "";

	if (!a->rc)
		a->rc = cases_get(a->db, id, a->arena, &of, a->err);
	if (!a->rc)
		types = clock_rules_order_types(a, of.story);
	if (!a->rc && !c->lead_holds)
		start_unit(a, id, types, c->lead, c->final);
	for (size_t i = 0; !a->rc && i < c->co_count; i++)
		if (!c->co_holds[i])
			start_unit(a, id, types, c->co[i], c->final);
}

enum err_code case_units_came_back(
	struct act *a, const char *id, const struct case_units *c, const char **again)
{
	struct case_unit *list = NULL;
	size_t n = 0;
	enum err_code rc = cases_units(a->db, id, a->arena, &list, &n, a->err);

	*again = NULL;
	for (size_t i = 0; !rc && i < n && !*again; i++)
		if (strcmp(list[i].ended, "returned") == 0 &&
			(is_named(c, list[i].unit, true) || is_named(c, list[i].unit, false)))
			*again = list[i].unit;
	return rc;
}

/* --- instructions --- */

static bool held_once(const struct case_unit *list, size_t n, const char *unit)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].unit, unit) == 0)
			return true;
	return false;
}

static bool is_in(const struct case_units *c, const char *unit)
{
	return is_named(c, unit, true) || is_named(c, unit, false);
}

void case_units_move_instructions(struct act *a, const char *id, const struct case_units *c)
{
	struct case_instruction *told = NULL;
	struct case_unit *list = NULL;
	size_t n = 0, count = 0;

	if (!a->rc)
		a->rc = cases_units(a->db, id, a->arena, &list, &n, a->err);
	if (!a->rc)
		a->rc = case_instructions(a->db, id, a->arena, &told, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (*told[i].done_on || is_in(c, told[i].unit) || !held_once(list, n, told[i].unit))
			continue;
		act_event(a);
		act_int(a, "n", told[i].n);
		act_str(a, "unit", c->lead->name);
		act_append(a, "case.instruction_moved/1", id);
	}
}
