/*
 * clock_rules.c - which clocks start, when they fall due, and the events that say so.
 */
#include "office/clock_rules.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"

static const char *unit_word(enum calendar_unit u)
{
	static const char *const words[] = {"hours", "minutes", "days", "working days"};

	return words[u];
}

void clock_rules_append(struct act *a, const char *subject, const struct deadline *d,
	const char *start_event, int64_t start, int64_t due, int64_t from_published)
{
	act_event(a);
	act_str(a, "clock", deadline_clock_name(d->clock));
	act_str(a, "rule", d->rule);
	act_int(a, "amount", d->limit.amount);
	act_str(a, "unit", unit_word(d->limit.unit));
	act_str(a, "basis", d->basis);
	act_str(a, "start_event", start_event);
	act_int(a, "start_at", start);
	act_int(a, "due_at", due);
	act_int(a, "shown_from_published", from_published);
	act_append(a, "clock.started/1", subject);
}

static void start_one(
	struct act *a, const char *case_id, const struct case_record *c, const struct deadline *d)
{
	const struct time_zone *z = a->office->settings.zone;
	const char *event = c->clock_start == c->discovered_at ? "discovered" : "triage-limit";
	int64_t start = c->clock_start, due = 0, shown = TIME_NONE;

	if (strcmp(d->start, "published") == 0 && c->published_at != TIME_NONE) {
		start = c->published_at;
		event = "published";
	}
	if (!a->rc)
		a->rc = calendar_due(start, &d->limit, z, &due, a->err);
	if (!a->rc && c->published_at != TIME_NONE)
		a->rc = calendar_due(c->published_at, &d->limit, z, &shown, a->err);
	if (!a->rc)
		clock_rules_append(a, case_id, d, event, start, due, shown);
}

void clock_rules_start(
	struct act *a, const char *case_id, const struct case_record *c, const char *grade)
{
	static const enum deadline_clock clocks[] = {DEADLINE_RESPONSE, DEADLINE_PRESS};
	const struct deadlines *all = NULL;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	for (size_t i = 0; !a->rc && i < sizeof clocks / sizeof *clocks; i++) {
		const struct deadline *d = deadlines_find(all, clocks[i], grade);
		if (d)
			start_one(a, case_id, c, d);
		else if (clocks[i] == DEADLINE_RESPONSE)
			act_fail(a, ERR_CONFIG,
				_("deadlines.conf has no response limit for the grade %s"), grade);
	}
}
