/*
 * task_open.c - what is due of a task, and until when.
 */
#include "office/task_open.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/yearpart.h"
#include "base/time.h"
#include "office/clock_rules.h"
#include "office/tick_steps.h"

static int64_t end_of(struct act *a, const char *date)
{
	int64_t t = TIME_NONE;

	if (!a->rc)
		a->rc = calendar_end_of_date(date, a->office->settings.zone, &t, a->err);
	return t;
}

static const struct deadline *find_rule(struct act *a, const struct deadline_query *q)
{
	const struct deadlines *all = NULL;
	const struct deadline *rule = NULL;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	if (!a->rc)
		rule = deadlines_pick(all, q);
	if (!a->rc && !rule)
		act_fail(a, ERR_CONFIG,
			_("deadlines.conf has no limit for tasks: clock = %s, start = %s"),
			deadline_clock_name(q->clock), q->start);
	return rule;
}

void task_review_by_rule(
	struct act *a, const char *made_on, char date[11], int64_t *at, const char **rule)
{
	const struct deadline *d =
		find_rule(a, &(struct deadline_query){.clock = DEADLINE_TASK, .start = "made"});
	struct calendar_result due = {0};

	date[0] = '\0';
	if (!d)
		return;
	clock_rules_reckon(a, d, end_of(a, made_on), &due);
	if (a->rc)
		return;
	*at = due.due;
	*rule = d->rule;
	calendar_date_of(due.due, a->office->settings.zone, date);
}

/* A period of a task has the limit of progress, what was set off that of its trigger, what is
 * done once that of the plan's day; the plan's own limit goes before the rule's. */
static struct deadline limit_of(struct act *a, const struct task_record *t)
{
	const struct deadline_query of_period = {.clock = DEADLINE_PROGRESS, .start = "period"};
	const struct deadline_query of_trigger = {.clock = DEADLINE_TASK, .start = "trigger"};
	const struct deadline_query of_plan = {.clock = DEADLINE_TASK, .start = "made"};
	const bool once = strcmp(t->kind, "once") == 0;
	const struct deadline *rule = find_rule(a, *t->period ? &of_period
						   : once     ? &of_plan
							      : &of_trigger);
	struct deadline own = {.rule = ""};

	if (!rule)
		return own;
	own = *rule;
	if (t->limit_amount > 0 && calendar_unit_from_name(t->limit_unit, &own.limit.unit)) {
		own.limit.amount = (int)t->limit_amount;
		own.basis = arena_printf(a->arena, _("%s, item %s"), t->plan, t->item);
		if (!own.basis)
			a->rc = err_nomem(a->err);
	}
	return own;
}

static void start_clock(struct act *a, const struct task_record *t, const struct task_opening *in,
	struct calendar_result *due)
{
	const struct deadline limit = limit_of(a, t);
	const struct clock_start s = {
		.subject = t->id, .who = in->unit, .ref = in->ref, .at = in->start, .rule = &limit};

	if (!a->rc)
		clock_rules_begin(a, &s, due);
}

void task_open(struct act *a, const struct task_record *t, const struct task_opening *in,
	struct calendar_result *due)
{
	struct calendar_result by_rule = {0};

	act_event(a);
	act_str_always(a, "ref", in->ref);
	act_str(a, "from_date", in->from);
	act_str(a, "to_date", in->to);
	act_str(a, "due_date", in->due);
	if (in->due)
		act_int(a, "due_at", end_of(a, in->due));
	act_str(a, "unit", in->unit);
	act_text(a, "note_text", in->note);
	act_append(a, "task.opened/1", t->id);
	if (!in->due && in->start != TIME_NONE)
		start_clock(a, t, in, &by_rule);
	if (due)
		*due = by_rule;
}

/* Periods begin until the day of the plan's end, or until the office has looked at it. */
static bool is_within(const struct act *a, const struct task_record *t, const struct yearpart *p)
{
	const char *end = *t->due_date ? t->due_date : t->review_date;

	return strcmp(p->from, a->today) <= 0 && strcmp(p->from, end) <= 0;
}

void task_open_periods(struct act *a, const struct task_record *t, int64_t *opened)
{
	struct yearpart p;
	bool more = !a->rc && yearpart_of(t->period, t->made_on, &p);

	while (more && !a->rc && is_within(a, t, &p)) {
		bool known = false;
		a->rc = tasks_is_opened(a->db, t->id, p.ref, &known, a->err);
		if (!a->rc && !known) {
			const struct task_opening in = {
				.ref = p.ref, .from = p.from, .to = p.to, .start = end_of(a, p.to)};
			task_open(a, t, &in, NULL);
			++*opened;
		}
		more = yearpart_next(t->period, &p, &p);
	}
}

void tick_tasks(struct act *a, int64_t *done)
{
	struct task_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = tasks_to_open(a->db, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		task_open_periods(a, &list[i], done);
}
