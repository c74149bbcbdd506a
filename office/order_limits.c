/*
 * order_limits.c - reckons limits of orders, once more by other holidays, and finds those
 * that fall due while no case runs a limit for them.
 */
#include "office/order_limits.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "office/due.h"
#include "office/tick_steps.h"
#include "office/units.h"

int64_t order_limits_start(const struct order_record *o)
{
	return o->accepted != TIME_NONE ? o->accepted : o->published;
}

static bool needs_calendar(const struct calendar_rule *rule)
{
	return rule->limit.unit == CALENDAR_WORKING_DAYS || rule->roll == CALENDAR_NEXT_WORKDAY;
}

enum err_code order_limits_reckon(struct office *office, struct order_record *o,
	const struct calendar_rule *rule, const char *rule_name, struct err *e)
{
	const struct holidays *h = NULL;
	struct calendar with = {.zone = office->settings.zone};
	struct calendar_result due;
	enum err_code rc = office_holidays(office, &h, e);

	if (rc)
		return rc;
	if (order_limits_start(o) == TIME_NONE)
		return err_set(e, ERR_CONFIG, _("the order has no time that it could count from"));
	with.workdays = holidays_workdays(h);
	rc = calendar_reckon(order_limits_start(o), rule, &with, &due, e);
	if (rc)
		return rc;
	o->due = due.due;
	o->limit_amount = rule->limit.amount;
	o->limit_unit = calendar_unit_name(rule->limit.unit);
	o->limit_roll = rule->roll == CALENDAR_NEXT_WORKDAY ? "next-workday" : "none";
	o->limit_rule = rule_name;
	o->calendar = needs_calendar(rule) ? holidays_hash(h) : "";
	o->tentative = due.unlisted_year;
	return ERR_OK;
}

enum err_code order_limits_of_type(
	struct office *office, const char *type, const struct deadline **out, struct err *e)
{
	const struct deadline_query q = {.clock = DEADLINE_ORDER, .type = type};
	const struct deadlines *all = NULL;
	enum err_code rc = office_deadlines(office, &all, e);

	*out = rc || !type ? NULL : deadlines_pick(all, &q);
	return rc;
}

/* --- another list of holidays --- */

/* What was counted. Of an order from before that was kept: what its words or its type say now.
 * False: nothing that can be counted. */
static bool read_rule(
	struct act *a, const struct order_record *o, struct calendar_rule *rule, const char **name)
{
	const struct deadline *d = NULL;
	struct err ignored;

	*name = o->limit_rule;
	rule->limit.amount = (int)o->limit_amount;
	rule->roll = strcmp(o->limit_roll, "none") == 0 ? CALENDAR_NO_ROLL : CALENDAR_NEXT_WORKDAY;
	if (o->limit_amount)
		return calendar_unit_from_name(o->limit_unit, &rule->limit.unit);
	if (order_limits_start(o) == TIME_NONE)
		return false;
	if (o->limit)
		return calendar_parse_limit(o->limit, &rule->limit, &ignored) == ERR_OK;
	a->rc = order_limits_of_type(a->office, o->type, &d, a->err);
	if (a->rc || !d)
		return false;
	*rule = (struct calendar_rule){d->limit, d->roll};
	*name = d->rule;
	return true;
}

static void append_recounted(
	struct act *a, const struct order_record *before, const struct order_record *now)
{
	act_event(a);
	act_str(a, "source", now->source);
	act_str(a, "number", now->number);
	act_int(a, "due_at", now->due);
	act_int(a, "old_due_at", before->due);
	act_str(a, "calendar", now->calendar);
	act_int(a, "tentative", now->tentative);
	act_append(a, "orders.recounted/1", now->number);
}

static void count_again(struct act *a, const struct order_record *before, int64_t *done)
{
	struct order_record now = *before;
	struct calendar_rule rule;
	const char *name;

	now.calendar = "";
	if (read_rule(a, before, &rule, &name))
		a->rc = order_limits_reckon(a->office, &now, &rule, name, a->err);
	if (!a->rc && (now.due != before->due || now.tentative != before->tentative)) {
		append_recounted(a, before, &now);
		(*done)++;
	}
	if (!a->rc)
		a->rc = orders_set_due(a->db, &now, a->err);
}

void tick_order_limits(struct act *a, int64_t *done)
{
	const struct holidays *h = NULL;
	struct order_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	if (!a->rc)
		a->rc = orders_of_other_calendar(
			a->db, holidays_hash(h), a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		count_again(a, &list[i], done);
}

/* --- what waits without a case --- */

/* The unit that its sheet names, under our own name where we know it. */
static const char *unit_of(const struct units *all, const char *name, const char *today)
{
	const struct unit *u = NULL;

	if (!name)
		return "";
	return units_resolve(all, name, today, &u, NULL) == ERR_OK ? u->name : name;
}

static enum err_code add_waiting(struct due *d, const struct order_record *o, const char *unit)
{
	struct due_entry x = {.subject = o->number,
		.what = "order",
		.about = o->title     ? o->title
			 : o->content ? o->content
				      : "",
		.rule = o->limit_rule,
		.due_at = o->due,
		.tentative = o->tentative};

	x.unit = arena_strdup(d->arena, unit);
	return x.unit ? due_add(d, x) : err_nomem(d->err);
}

enum err_code due_hotline_orders(struct due *d)
{
	struct order_record *list = NULL;
	struct units *all = NULL;
	size_t count = 0;
	char today[11];
	enum err_code rc =
		orders_waiting(d->db, d->until, d->news, d->arena, &list, &count, d->err);

	calendar_date_of(office_now(d->office), d->office->settings.zone, today);
	if (!rc && count)
		rc = units_load(d->office->home, &all, d->err);
	for (size_t i = 0; !rc && i < count; i++)
		rc = add_waiting(d, &list[i], unit_of(all, list[i].unit, today));
	units_free(all);
	return rc;
}
