/*
 * clock_rules.c - which clocks start, when they fall due, and the events that say so. What
 * happens to one later is in clock_changes.c.
 */
#include "office/clock_rules.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/orders.h"
#include "office/clock_reckon.h"
#include "office/order_limits.h"
#include "office/tick_steps.h"

void clock_reckon(struct act *a, const struct clock_past *past, struct calendar_result *out)
{
	const struct holidays *h = NULL;
	struct calendar with = {.zone = a->office->settings.zone,
		.pauses = past->pauses,
		.pause_count = past->pause_count};

	memset(out, 0, sizeof *out);
	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	if (a->rc)
		return;
	with.workdays = holidays_workdays(h);
	a->rc = calendar_reckon(past->start, &past->rule, &with, out, a->err);
	for (size_t i = 0; !a->rc && i < past->extension_count; i++) {
		struct calendar_rule more = {past->extensions[i], past->rule.roll};
		struct calendar_result r;
		a->rc = calendar_reckon(out->due, &more, &with, &r, a->err);
		out->due = r.due;
		out->skipped += r.skipped;
		if (!out->unlisted_year)
			out->unlisted_year = r.unlisted_year;
	}
}

void clock_rules_reckon(
	struct act *a, const struct deadline *rule, int64_t start, struct calendar_result *out)
{
	const struct clock_past past = {.start = start, .rule = {rule->limit, rule->roll}};

	clock_reckon(a, &past, out);
}

void clock_put_due(struct act *a, int64_t start, const struct calendar_rule *rule,
	const struct calendar_result *due)
{
	const struct deadlines *all = NULL;
	const struct holidays *h = NULL;
	int share;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	if (a->rc)
		return;
	share = deadlines_remind(all);
	act_int(a, "due_at", due->due);
	if (share && due->due > start)
		act_int(a, "near_at", due->due - (due->due - start) * share / 100);
	if (rule->limit.unit == CALENDAR_WORKING_DAYS || rule->roll == CALENDAR_NEXT_WORKDAY)
		act_str(a, "calendar", holidays_hash(h));
	if (due->unlisted_year)
		act_int(a, "tentative", due->unlisted_year);
}

static void check_amount(struct act *a, const struct clock_start *s)
{
	const struct deadline *d = s->rule;
	int least = d->at_least.amount ? d->at_least.amount : d->limit.amount;

	if (!a->rc && s->amount && (s->amount < least || s->amount > d->limit.amount))
		act_fail(a, ERR_USAGE, _("%d is not from %d to %d %s, as the rule %s has it"),
			s->amount, least, d->limit.amount, _(calendar_unit_name(d->limit.unit)),
			d->rule);
}

static void put_rule(struct act *a, const struct clock_start *s, int amount)
{
	const struct deadline *d = s->rule;

	act_str(a, "clock", deadline_clock_name(d->clock));
	act_str(a, "rule", d->rule);
	act_int(a, "amount", amount);
	act_str(a, "unit", calendar_unit_name(d->limit.unit));
	act_str(a, "basis", d->basis);
	act_str(a, "who", s->who);
	act_str(a, "ref", s->ref);
	if (d->roll == CALENDAR_NEXT_WORKDAY)
		act_str(a, "roll", "next-workday");
	if (d->pauses)
		act_int(a, "pauses", 1);
	if (d->extension.amount) {
		act_int(a, "extension_amount", d->extension.amount);
		act_str(a, "extension_unit", calendar_unit_name(d->extension.unit));
	}
	act_str(a, "start_event", s->event ? s->event : d->start);
	act_int(a, "start_at", s->at);
}

void clock_rules_begin(struct act *a, const struct clock_start *s, struct calendar_result *out)
{
	struct clock_past past = {.start = s->at, .rule = {s->rule->limit, s->rule->roll}};
	struct calendar_result due, shown = {0};
	bool from_published = s->published && s->published != TIME_NONE;

	check_amount(a, s);
	if (s->amount)
		past.rule.limit.amount = s->amount;
	clock_reckon(a, &past, &due);
	past.start = s->published;
	if (from_published)
		clock_reckon(a, &past, &shown);
	act_event(a);
	put_rule(a, s, past.rule.limit.amount);
	clock_put_due(a, s->at, &past.rule, &due);
	if (from_published)
		act_int(a, "shown_from_published", shown.due);
	act_append(a, "clock.started/2", s->subject);
	if (out)
		*out = due;
}

bool clock_rules_begin_if(struct act *a, const struct deadline_query *q, struct clock_start s,
	struct calendar_result *out)
{
	const struct deadlines *all = NULL;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	s.rule = a->rc ? NULL : deadlines_pick(all, q);
	if (!s.rule)
		return false;
	clock_rules_begin(a, &s, out);
	return !a->rc;
}

/* From when a clock of the case runs, by its rule. */
static struct clock_start start_of(
	const char *case_id, const struct case_record *c, const struct deadline *d)
{
	struct clock_start s = {.subject = case_id,
		.event = c->clock_start == c->discovered_at ? "discovered" : "triage-limit",
		.at = c->clock_start,
		.published = c->published_at,
		.rule = d};

	if (strcmp(d->start, "published") == 0 && c->published_at != TIME_NONE) {
		s.at = c->published_at;
		s.event = "published";
	}
	return s;
}

static const enum deadline_clock case_clocks[] = {DEADLINE_RESPONSE, DEADLINE_PRESS};

/* NULL: none. */
static const struct deadline *rule_of(
	struct act *a, const struct case_record *c, const char *grade, enum deadline_clock clock)
{
	const struct deadline_query q = {.clock = clock, .grade = grade, .category = c->category};
	const struct deadlines *all = NULL;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	return a->rc ? NULL : deadlines_pick(all, &q);
}

bool clock_rules_differ(struct act *a, const struct case_record *c, const char *category)
{
	struct case_record other = *c;

	other.category = category;
	for (size_t i = 0; !a->rc && i < sizeof case_clocks / sizeof *case_clocks; i++)
		if (rule_of(a, c, c->grade, case_clocks[i]) !=
			rule_of(a, &other, c->grade, case_clocks[i]))
			return !a->rc;
	return false;
}

void clock_rules_start(struct act *a, const char *case_id, const struct case_record *c,
	const char *grade, const char *kept)
{
	for (size_t i = 0; !a->rc && i < sizeof case_clocks / sizeof *case_clocks; i++) {
		const struct deadline *d = rule_of(a, c, grade, case_clocks[i]);
		if (strstr(kept, deadline_clock_name(case_clocks[i])))
			continue;
		if (d) {
			struct clock_start s = start_of(case_id, c, d);
			clock_rules_begin(a, &s, NULL);
		} else if (case_clocks[i] == DEADLINE_RESPONSE) {
			act_fail(a, ERR_CONFIG,
				_("deadlines.conf has no response limit for the grade %s"), grade);
		}
	}
}

/* The limit of a clock that runs, or was met, and has passed; NULL: none. */
static const struct clock_record *passed(
	struct act *a, const struct clock_record *list, size_t count, enum deadline_clock clock)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].clock, deadline_clock_name(clock)) == 0 &&
			(strcmp(list[i].state, "running") == 0 ||
				strcmp(list[i].state, "met") == 0) &&
			list[i].due_at < a->now)
			return &list[i];
	return NULL;
}

/* Whether the grade would move the limit behind `due`, or take it away. */
static bool is_loosened(struct act *a, const struct case_record *c, const char *grade,
	enum deadline_clock clock, int64_t due)
{
	const struct deadline *d = rule_of(a, c, grade, clock);
	struct calendar_result r = {.due = due};

	if (d)
		clock_rules_reckon(a, d, start_of(c->id, c, d).at, &r);
	return !a->rc && (!d || r.due > due);
}

const char *clock_rules_kept(
	struct act *a, const struct case_record *c, const char *grade, int64_t *due)
{
	struct clock_record *list = NULL;
	const char *kept = "";
	size_t count = 0;

	if (!a->rc)
		a->rc = clocks_of(a->db, c->id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < sizeof case_clocks / sizeof *case_clocks; i++) {
		const struct clock_record *k = passed(a, list, count, case_clocks[i]);
		if (!k || !is_loosened(a, c, grade, case_clocks[i], k->due_at))
			continue;
		*due = *kept ? *due : k->due_at;
		kept = arena_printf(a->arena, "%s%s%s", kept, *kept ? "," : "", k->clock);
		if (!kept)
			a->rc = err_nomem(a->err);
	}
	return a->rc ? "" : kept;
}

/* A sheet's own limit goes before the rule's; a day that it names is the order's alone. */
static void start_order(struct act *a, const char *case_id, const struct order_record *o)
{
	const struct deadline *rule = NULL;
	struct deadline own;

	if (!a->rc)
		a->rc = order_limits_of_type(a->office, o->type, &rule, a->err);
	if (a->rc || !rule || (o->limit && o->due != TIME_NONE && !o->limit_amount))
		return;
	own = *rule;
	if (o->limit && o->limit_amount &&
		calendar_unit_from_name(o->limit_unit, &own.limit.unit)) {
		own.limit.amount = (int)o->limit_amount;
		own.roll = CALENDAR_NO_ROLL;
		own.basis = arena_printf(a->arena, _("order %s itself: %s"), o->number, o->limit);
		if (!own.basis)
			a->rc = err_nomem(a->err);
	}
	clock_rules_begin(a,
		&(struct clock_start){
			.subject = case_id, .ref = o->number, .at = o->accepted, .rule = &own},
		NULL);
}

/* A row may come back to its case, with orders that it brought before. */
static bool has_clock(struct act *a, const char *case_id, const char *ref)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	bool has = false;

	if (!a->rc)
		a->rc = clocks_of(a->db, case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		has = has || (strcmp(list[i].clock, deadline_clock_name(DEADLINE_ORDER)) == 0 &&
				     strcmp(list[i].ref, ref) == 0);
	return has;
}

void clock_rules_start_orders(struct act *a, const char *case_id, int64_t story)
{
	struct order_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = orders_of_story(a->db, story, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const struct deadline_query inform = {
			.clock = DEADLINE_INFORM, .type = list[i].type};
		if (!list[i].type || list[i].accepted == TIME_NONE ||
			list[i].finished != TIME_NONE || has_clock(a, case_id, list[i].number))
			continue;
		start_order(a, case_id, &list[i]);
		clock_rules_begin_if(a, &inform,
			(struct clock_start){
				.subject = case_id, .ref = list[i].number, .at = list[i].accepted},
			NULL);
	}
}

/* An import knows no cases: what joined one since starts here. */
void tick_order_clocks(struct act *a, int64_t *done)
{
	struct orders_joined *list = NULL;
	int64_t before = 0, after = 0;
	size_t count = 0;

	if (!a->rc)
		a->rc = orders_joined(a->db, a->arena, &list, &count, a->err);
	if (!a->rc && count)
		a->rc = db_get_int(a->db, ST_EVENT_LAST_SEQ, DB_NO_ARGS, &before, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		clock_rules_start_orders(a, list[i].case_id, list[i].story);
	if (!a->rc && count)
		a->rc = db_get_int(a->db, ST_EVENT_LAST_SEQ, DB_NO_ARGS, &after, a->err);
	*done += after - before;
}

const char *clock_rules_order_types(struct act *a, int64_t story)
{
	struct order_record *list = NULL;
	const char *types = "";
	size_t count = 0;

	if (!a->rc)
		a->rc = orders_of_story(a->db, story, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (!list[i].type)
			continue;
		types = arena_printf(a->arena, "%s%s%s", types, *types ? "," : "", list[i].type);
		if (!types)
			a->rc = err_nomem(a->err);
	}
	return a->rc ? "" : types;
}
