/*
 * case_hold.c - signing for a case and giving it back.
 */
#include "office/case_hold.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"
#include "ledger/responses.h"
#include "office/act.h"
#include "office/by_whom.h"
#include "office/clock_rules.h"
#include "office/typed.h"
#include "office/units.h"

#define ANYBODY (PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_UNIT)

/* How the unit holds the case now. */
static void need_holds(
	struct act *a, const struct case_record *c, const struct unit *u, struct case_unit *out)
{
	struct case_unit *list = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = cases_units(a->db, c->id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++) {
		if (list[i].until == TIME_NONE && strcmp(list[i].unit, u->name) == 0) {
			*out = list[i];
			return;
		}
	}
	act_fail(a, ERR_REFUSED, _("%s does not hold %s"), u ? u->name : "", c->id);
}

/* The case, the unit and how it holds it. */
static void read_held(struct act *a, const char *typed, const char *unit, const char *what,
	struct case_record *c, struct case_unit *held, struct office_held *out)
{
	const struct unit *u = NULL;
	struct units *all = NULL;

	if (!a->rc)
		a->rc = units_load(a->office->home, &all, a->err);
	act_unit(a, all, unit, what, &u);
	act_case(a, typed, true, c);
	act_need_open(a, c, true);
	need_holds(a, c, u, held);
	if (!a->rc) {
		snprintf(out->id, sizeof out->id, "%s", c->id);
		snprintf(out->unit, sizeof out->unit, "%s", u->name);
		out->lead = held->lead;
	}
	units_free(all);
}

static void check_signing(struct act *a, const struct case_unit *held, int64_t at)
{
	if (!a->rc && held->signed_at != TIME_NONE)
		act_fail(a, ERR_REFUSED, _("%s signed at %s, entered by %s"), held->unit,
			act_when(a, held->signed_at), held->signed_name);
	if (!a->rc && at > a->now)
		act_fail(a, ERR_USAGE, _("--at lies in the future: %s"), act_when(a, at));
	if (!a->rc && at < held->since)
		act_fail(a, ERR_USAGE, _("--at %s lies before %s was given the case (%s)"),
			act_when(a, at), held->unit, act_when(a, held->since));
}

enum err_code office_case_sign(struct office *o, const char *typed, const char *unit, int64_t at,
	struct office_held *out, struct err *e)
{
	struct case_record c;
	struct case_unit held = {0};
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin(&a, o, ANYBODY, _("sign for a case"), e);
	read_held(&a, typed, unit, _("signing needs --unit: who signs"), &c, &held, out);
	if (at == TIME_NONE)
		at = a.now;
	check_signing(&a, &held, at);
	act_event(&a);
	act_str(&a, "unit", out->unit);
	act_int(&a, "at", at);
	act_append(&a, "case.signed/1", out->id);
	if (!a.rc)
		clock_rules_end(&a, out->id, DEADLINE_SIGN, out->unit, NULL, "met", at, out->unit);
	if (!a.rc && held.lead)
		clock_rules_end(&a, out->id, DEADLINE_INFORM, NULL, NULL, "met", at, out->unit);
	return act_end(&a);
}

/* The limit to give it back that runs since the unit was given the case last. */
static const struct clock_record *return_limit(struct act *a, const char *id, const char *unit)
{
	struct clock_record *list = NULL, *last = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = clocks_of(a->db, id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (strcmp(list[i].clock, deadline_clock_name(DEADLINE_RETURN)) == 0 &&
			strcmp(list[i].who, unit) == 0)
			last = &list[i];
	return last;
}

static void need_in_time(struct act *a, const char *id, const struct case_unit *held, bool late)
{
	const struct clock_record *c;

	if (!a->rc && late)
		a->rc = people_require_personal(&a->office->person, PEOPLE_SUPERVISOR,
			_("enter a return after its limit (--late)"), a->err);
	if (a->rc || late)
		return;
	c = return_limit(a, id, held->unit);
	if (c && c->start_at >= held->since && c->due_at < a->now)
		act_fail(a, ERR_REFUSED,
			_("%s could give it back until %s (%s: %s); a supervisor enters it with "
			  "--late"),
			held->unit, act_when(a, c->due_at), c->rule, c->basis);
}

static void need_not_settled(struct act *a, const struct case_record *c)
{
	if (!a->rc && *c->final_unit)
		act_fail(a, ERR_REFUSED,
			_("where %s stays was settled by %s (--final): %s; it is not given back"),
			c->id, c->final_name, c->final_unit);
}

/* Who answered to the public has taken it on; another lead is a matter of assigning. */
static void need_not_answered(struct act *a, const struct office_held *held)
{
	struct response_record *list = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = responses_of(a->db, held->id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (strcmp(list[i].unit, held->unit) == 0 && strcmp(list[i].state, "accepted") == 0)
			act_fail(a, ERR_REFUSED,
				_("%s answered %s (%s, accepted): it is not given back any more"),
				held->unit, held->id, list[i].id);
}

static void set_returns(struct act *a, const struct case_record *c, struct office_held *out)
{
	const struct procedure *rules = NULL;

	if (!a->rc)
		a->rc = office_procedure(a->office, &rules, a->err);
	out->returns = c->returns + 1;
	out->needs_final = !a->rc && out->returns >= rules->returns;
}

enum err_code office_case_return(struct office *o, const char *typed, const char *unit,
	const char *reason, bool late, struct office_held *out, struct err *e)
{
	struct case_record c;
	struct case_unit held = {0};
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin(&a, o, ANYBODY, _("return a case"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("a return (退回) needs --reason"));
	read_held(&a, typed, unit, _("returning needs --unit: who returns it"), &c, &held, out);
	need_not_settled(&a, &c);
	need_not_answered(&a, out);
	need_in_time(&a, out->id, &held, late);
	set_returns(&a, &c, out);
	for (int i = 0; !a.rc && i < 2; i++)
		clock_rules_end(&a, out->id, i ? DEADLINE_RETURN : DEADLINE_SIGN, out->unit, NULL,
			"void", a.now, "");
	act_event(&a);
	act_str(&a, "unit", out->unit);
	act_int(&a, "n", out->returns);
	act_int(&a, "late", late ? 1 : TIME_NONE);
	act_text(&a, "reason_text", reason);
	act_append(&a, "case.returned/2", out->id);
	return act_end(&a);
}
