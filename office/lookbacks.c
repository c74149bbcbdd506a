/*
 * lookbacks.c - planning looks back and entering what they found.
 */
#include "office/lookbacks.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/decisions.h"
#include "ledger/lookbacks.h"
#include "office/cases.h"
#include "office/clock_rules.h"
#include "office/due.h"
#include "office/register.h"
#include "office/typed.h"
#include "office/units.h"

#define NOTE_MAX ((size_t)1 << 20)

/* --- planning --- */

static void plan_one(struct act *a, const char *case_id, const struct deadline *d, int64_t n)
{
	struct calendar_result due;

	clock_rules_reckon(a, d, a->now, &due);
	if (a->rc)
		return;
	act_event(a);
	act_int(a, "n", n);
	act_int(a, "due_at", due.due);
	act_str(a, "rule", d->rule);
	act_append(a, "lookback.planned/1", case_id);
}

void lookbacks_plan(struct act *a, const char *case_id)
{
	const struct deadlines *all = NULL;
	struct lookback *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	if (!a->rc)
		a->rc = lookbacks_of(a->db, case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < deadlines_count(all); i++) {
		const struct deadline *d = deadlines_at(all, i);
		if (d->clock == DEADLINE_LOOKBACK)
			plan_one(a, case_id, d, (int64_t)++count);
	}
}

static void append_link(struct act *a, const char *id, const char *to, const char *why)
{
	act_event(a);
	act_str(a, "to", to);
	act_str(a, "why", why);
	act_append(a, "case.linked/1", id);
}

void lookbacks_link_recurring(struct act *a, int64_t story, const char *case_id)
{
	struct decision *list = NULL;
	const char *to = "";
	size_t count = 0;

	if (!a->rc)
		a->rc = decisions_of(a->db, story, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (*list[i].case_id && strcmp(list[i].case_id, case_id) != 0 &&
			list[i].undone == TIME_NONE)
			to = list[i].case_id;
	if (!a->rc && *to)
		append_link(a, case_id, to, "recurring");
}

/* --- what was found --- */

static bool read_result(struct act *a, const char *typed)
{
	bool holds = typed && (strcmp(typed, LOOKBACK_HOLDS) == 0 || strcmp(typed, "holds") == 0);

	if (!holds &&
		(!typed || (strcmp(typed, LOOKBACK_REBOUND) != 0 && strcmp(typed, "rebound") != 0)))
		act_fail(a, ERR_USAGE, _("--result is one of 巩固 (holds), 反弹 (rebound)"));
	return !holds;
}

static void read_planned(struct act *a, const struct case_record *c, struct office_looked *out)
{
	struct lookback *list = NULL;
	size_t count = 0;

	out->n = 0;
	out->next_due = TIME_NONE;
	if (!a->rc && strcmp(c->state, "closed") != 0)
		act_fail(a, ERR_REFUSED,
			_("%s is not closed (销号): there is nothing to look back "
			  "at"),
			c->id);
	if (!a->rc)
		a->rc = lookbacks_of(a->db, c->id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (strcmp(list[i].state, "planned") != 0)
			continue;
		if (!out->n)
			out->n = list[i].n;
		else if (out->next_due == TIME_NONE)
			out->next_due = list[i].due_at;
	}
	if (!a->rc && !out->n)
		act_fail(a, ERR_REFUSED, _("no look-back (回头看) at %s is planned any more"),
			c->id);
}

/* The first topic of the old case that the rules still know, or NULL. */
static const char *topic_of(struct act *a, const struct case_record *c)
{
	struct str rest = str_of(c->topics);
	const struct rules *rules = NULL;
	struct rules_topic topic;
	char *name;

	if (!a->rc)
		a->rc = office_rules(a->office, &rules, a->err);
	if (a->rc)
		return NULL;
	name = arena_strndup(a->arena, rest.p, str_find(rest, "、", 0));
	return name && *name && rules_topic_find(rules, name, &topic) ? name : NULL;
}

/* A matter that this office has discovered itself, now. */
static void open_again(struct act *a, const struct units *all, const struct case_record *c,
	const struct office_lookback *in, char id[IDS_SIZE])
{
	const char *title = arena_printf(a->arena, "反弹：%s", c->title ? c->title : c->id);
	const char *place = *c->place ? c->place : NULL;
	const struct office_registration matter = {.title = title,
		.text = in->note,
		.place = place,
		.topic = topic_of(a, c),
		.published_at = TIME_NONE};
	const char *row;
	struct office_registered registered;
	bool copied;

	if (!a->rc && !title)
		a->rc = err_nomem(a->err);
	register_in_act(a, &matter, &registered);
	row = arena_printf(a->arena, "S%lld", (long long)registered.story);
	case_open_in_act(a, all,
		&(struct office_case_open){.row = row,
			.grade = in->grade ? in->grade : c->grade,
			.units = {.lead = in->lead ? in->lead : c->lead},
			.title = title,
			.place = place,
			.category = *c->category ? c->category : NULL},
		id, &copied);
	append_link(a, id, c->id, "rebound");
}

/* That it holds cannot be seen on the day of closing: at the earliest after the rule's at_least.
 * A relapse can be entered whenever it shows. */
static void need_not_early(struct act *a, const struct case_record *c, int64_t n)
{
	const struct deadlines *all = NULL;
	struct calendar_result from = {.due = 0};
	struct deadline early;
	struct lookback *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	if (!a->rc)
		a->rc = lookbacks_of(a->db, c->id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const struct deadline *d =
			list[i].n == n ? deadlines_named(all, list[i].rule) : NULL;
		if (!d || !d->at_least.amount)
			continue;
		early = *d;
		early.limit = d->at_least;
		clock_rules_reckon(a, &early, c->closed_at, &from);
		if (!a->rc && a->now <= from.due)
			act_fail(a, ERR_REFUSED,
				_("look-back %lld is due %s; that it holds can be said after %s "
				  "(%s: at_least)"),
				(long long)n, act_when(a, list[i].due_at), act_when(a, from.due),
				d->rule);
	}
}

enum err_code office_lookback_done(struct office *o, const struct office_lookback *in,
	struct office_looked *out, struct err *e)
{
	struct units *all = NULL;
	struct case_record c;
	bool rebound;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("enter a look-back"), e);
	rebound = read_result(&a, in->result);
	if (!a.rc && typed_is_blank(in->note))
		act_fail(&a, ERR_USAGE, _("a look-back needs --note: what was found"));
	if (!a.rc)
		a.rc = typed_check("--note", in->note, NOTE_MAX, e);
	act_case(&a, in->subject, false, &c);
	read_planned(&a, &c, out);
	if (!rebound)
		need_not_early(&a, &c, out->n);
	if (!a.rc)
		snprintf(out->id, sizeof out->id, "%s", c.id);
	if (!a.rc && rebound)
		open_again(&a, all, &c, in, out->new_case);
	act_event(&a);
	act_int(&a, "n", out->n);
	act_str(&a, "result", rebound ? LOOKBACK_REBOUND : LOOKBACK_HOLDS);
	act_text(&a, "note_text", in->note);
	act_str(&a, "new_case", out->new_case);
	act_append(&a, "lookback.done/1", out->id);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* --- what falls due --- */

enum err_code due_lookbacks(struct due *d)
{
	struct lookback *list = NULL;
	size_t count = 0;
	enum err_code rc = lookbacks_due(d->db, d->until, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		struct case_record c;
		rc = cases_get(d->db, list[i].case_id, d->arena, &c, d->err);
		if (!rc)
			rc = due_add(d, (struct due_entry){c.id, "lookback", c.title, "",
						list[i].rule, list[i].due_at, 0});
	}
	return rc;
}
