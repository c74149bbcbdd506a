/*
 * response_checks.c - the checks of an answer, each with what it rests on.
 */
#include "office/response_checks.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/answerable.h"
#include "ledger/clocks.h"
#include "ledger/responses.h"
#include "matcher/match.h"
#include "matcher/offtopic.h"
#include "matcher/slogan.h"
#include "office/reposts.h"
#include "office/response_others.h"
#include "office/response_times.h"

/* A matter whose first publication is not known may have been talked about for so long
 * before it was raised; an answer older than that answers something else. */

static void add_check(struct response_entry *x, const char *check, bool found)
{
	if (found)
		buf_addf(&x->checks, "%s%s", x->checks.len ? "," : "", check);
}

/* A check whose reason is told too; an empty reason is left out. */
static void add_reason(struct response_entry *x, const char *check, const char *reason)
{
	add_check(x, check, true);
	if (reason[0])
		buf_addf(&x->found, "%s\t%s\n", check, reason);
}

/* --- time --- */

/* The unit holds the case as a co-unit and owes an answer of its own. */
static bool owes_own(struct act *a, const struct response_entry *x, const struct clock_record *c)
{
	struct answerable who;

	if (!a->rc)
		a->rc = answerable_read(a->db, x->c.id, a->arena, &who, a->err);
	if (a->rc)
		return false;
	who.due = c->due_at;
	who.met_at = c->met_at;
	who.now = a->now;
	return answerable_unit_owes(&who, x->unit->name);
}

/* A limit that another unit's answer has met is met for the lead alone. */
static bool is_late(struct act *a, const struct response_entry *x)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	bool running;

	if (!a->rc)
		a->rc = clocks_of(a->db, x->c.id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		running = strcmp(list[i].state, "running") == 0;
		if (strcmp(list[i].clock, "response") == 0 &&
			(running || strcmp(list[i].state, "met") == 0))
			return x->published_at > list[i].due_at &&
			       (running || owes_own(a, x, &list[i]));
	}
	return false;
}

/* An answer found before its matter was is fine, one from before the matter is not. */
static bool is_early(struct act *a, const struct response_entry *x)
{
	const struct procedure *rules = NULL;
	int64_t from = x->c.published_at;

	if (!a->rc)
		a->rc = office_procedure(a->office, &rules, a->err);
	if (a->rc)
		return false;
	if (from == TIME_NONE)
		from = x->c.raised_at - rules->early_days * (int64_t)86400;
	return x->published_at < from;
}

/* The date decides who was in time: whoever accepts sees what the page says. */
static void check_page_time(struct act *a, struct response_entry *x)
{
	struct buf reason;

	buf_init(&reason, sizeof((struct office_recorded *)0)->found / 2);
	response_times_check(a, x, &reason);
	if (!a->rc)
		a->rc = buf_check(&reason, _("what the checks rest on"), a->err);
	if (!a->rc && reason.len)
		add_reason(x, RESPONSE_TIMES_CHECK, buf_str(&reason));
	buf_fini(&reason);
}

/* --- words --- */

struct names {
	struct str *list;
	size_t count, max;
};

static void add_name(struct names *n, const char *name)
{
	if (name && n->count < n->max)
		n->list[n->count++] = str_of(name);
}

/* What the units are called, today and on their seals. */
static struct names names_of(struct act *a, const struct units *units)
{
	struct names n = {NULL, 0, 2 * units_count(units)};

	n.list = a->rc ? NULL : arena_array(a->arena, n.max + 1, sizeof *n.list);
	if (!a->rc && !n.list)
		a->rc = err_nomem(a->err);
	for (size_t i = 0; !a->rc && i < units_count(units); i++) {
		add_name(&n, units_at(units, i)->name);
		add_name(&n, units_at(units, i)->full);
	}
	return n;
}

/* What is answered: the text of the row that the case came from; "" when it is not there. */
static const char *appeal_of(struct act *a, const struct response_entry *x)
{
	struct alert *alerts = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = alerts_of_story(a->db, x->c.story, a->arena, &alerts, &count, a->err);
	return !a->rc && count && alerts[0].excerpt ? alerts[0].excerpt : "";
}

static const struct normalise_table *shadows_of(struct act *a)
{
	const struct rules *rules = NULL;

	if (!a->rc)
		a->rc = office_rules(a->office, &rules, a->err);
	return a->rc ? NULL : rules_shadows(rules);
}

static void check_slogan(
	struct act *a, struct response_entry *x, const struct names *names, struct arena *arena)
{
	const struct normalise_table *t = shadows_of(a);
	struct slogan s = {0};

	if (!a->rc)
		a->rc = slogan_judge(
			t, str_of(x->in->text), names->list, names->count, arena, &s, a->err);
	if (!a->rc && s.is)
		add_reason(x, "slogan", s.phrases);
}

static void check_topic(struct act *a, struct response_entry *x, const struct names *names,
	const char *appeal, struct arena *arena)
{
	const struct normalise_table *t = shadows_of(a);
	struct offtopic_sides sides = {
		str_of(x->in->text), str_of(x->c.title), str_of(appeal), names->list, names->count};
	struct offtopic o = {0};

	if (!a->rc)
		a->rc = offtopic_judge(t, &sides, arena, &o, a->err);
	if (!a->rc && o.is)
		add_reason(x, "off-topic", o.missing[0] || !x->c.title ? o.missing : x->c.title);
}

/* In memory of its own: a long answer takes more than an act has. */
static void check_words(struct act *a, struct response_entry *x, const char *appeal)
{
	struct names names = names_of(a, x->units);
	struct arena *arena = arena_new(ARENA_MAX_DEFAULT);

	if (!a->rc && !arena)
		a->rc = err_nomem(a->err);
	check_slogan(a, x, &names, arena);
	if (!a->rc)
		arena_reset(arena);
	check_topic(a, x, &names, appeal, arena);
	arena_free(arena);
}

/* --- said before --- */

static bool is_quote(struct act *a, const struct response_entry *x, const char *appeal)
{
	const char *whole = arena_printf(a->arena, "%s\n%s", x->c.title ? x->c.title : "", appeal);
	bool quote = false;

	if (!a->rc && !whole)
		a->rc = err_nomem(a->err);
	if (!a->rc)
		a->rc = reposts_is_quote(a->office, x->in->text, whole, &quote, a->err);
	return !a->rc && quote;
}

static void check_repost(struct act *a, struct response_entry *x)
{
	struct reposts_answer in = {
		x->in->text, x->urls, x->in->url_count, x->published_at, x->channels};
	struct repost r = {0};
	char reason[64];

	if (!a->rc)
		a->rc = reposts_find(a->office, &in, a->arena, &r, a->err);
	if (a->rc || !r.item)
		return;
	snprintf(reason, sizeof reason, "I%lld %d%%", (long long)r.item, (int)(r.share * 100));
	add_check(x, "repost", true);
	buf_addf(&x->found, "repost\t%s%s%s\n", reason, r.link[0] ? " " : "", r.link);
}

static void check_repeated(struct act *a, struct response_entry *x)
{
	char id[IDS_SIZE] = "";

	if (!a->rc)
		a->rc = reposts_find_answer(a->office, x->in->text, id, a->err);
	if (!a->rc && id[0])
		add_reason(x, "repeated", id);
}

/* The appeal itself came from another publisher too: who quotes it reposts nothing more. */
static void check_said_before(struct act *a, struct response_entry *x, const char *appeal)
{
	bool quote = is_quote(a, x, appeal);

	add_check(x, "quote", quote);
	if (!quote)
		check_repost(a, x);
	check_repeated(a, x);
}

/* --- channels --- */

static bool has_unregistered(const struct response_entry *x)
{
	for (size_t i = 0; i < x->in->url_count; i++) {
		if (!x->on[i])
			return true;
	}
	return x->in->url_count == 0 && !x->in->press;
}

/* Classes that accepted answers and this one reach together. */
static bool has_few_channels(struct act *a, const struct response_entry *x)
{
	const struct procedure *rules = NULL;
	bool seen[CHANNEL_CLASSES] = {false};
	const char **names = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_procedure(a->office, &rules, a->err);
	if (!a->rc)
		a->rc = responses_classes(a->db, x->c.id, a->arena, &names, &count, a->err);
	if (a->rc)
		return false;
	channels_mark_classes(names, count, seen);
	for (size_t i = 0; i < x->in->url_count; i++) {
		if (x->on[i])
			seen[x->on[i]->class] = true;
	}
	return procedure_classes_missing(rules, x->c.grade, seen) > 0;
}

/* --- who answers --- */

/* The units that hold the case now, lead first; *holds: this one is among them. */
static void add_holders(
	struct act *a, const struct response_entry *x, struct buf *names, bool *holds)
{
	struct case_unit *list = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = cases_units(a->db, x->c.id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++) {
		if (list[i].until != TIME_NONE)
			continue;
		*holds = *holds || strcmp(list[i].unit, x->unit->name) == 0;
		buf_addf(names, "%s%s", names->len ? "、" : "", list[i].unit);
	}
}

/* 谁主管谁负责: who was not given the case may still know best, but somebody has to see it. */
static void check_holder(struct act *a, struct response_entry *x)
{
	struct buf names;
	bool holds = false;

	buf_init(&names, sizeof((struct office_recorded *)0)->found / 2);
	add_holders(a, x, &names, &holds);
	if (!a->rc)
		a->rc = buf_check(&names, _("what the checks rest on"), a->err);
	if (!a->rc && !holds)
		add_reason(x, "not-holder", buf_str(&names));
	buf_fini(&names);
}

/* --- what others say --- */

static void check_others(struct act *a, struct response_entry *x)
{
	struct buf reason;

	buf_init(&reason, sizeof((struct office_recorded *)0)->found / 2);
	response_others_compare(a, x, shadows_of(a), &reason);
	if (!a->rc)
		a->rc = buf_check(&reason, _("what the checks rest on"), a->err);
	if (!a->rc && reason.len)
		add_reason(x, "disagrees", buf_str(&reason));
	buf_fini(&reason);
}

void response_checks_run(struct act *a, struct response_entry *x)
{
	const char *appeal = appeal_of(a, x);

	add_check(x, "late", is_late(a, x));
	add_check(x, "early", is_early(a, x));
	check_page_time(a, x);
	check_words(a, x, appeal);
	check_said_before(a, x, appeal);
	add_check(x, "unregistered", !a->rc && has_unregistered(x));
	add_check(x, "few-channels", has_few_channels(a, x));
	check_holder(a, x);
	check_others(a, x);
	if (!a->rc)
		a->rc = buf_check(&x->checks, _("the checks"), a->err);
	if (!a->rc)
		a->rc = buf_check(&x->found, _("what the checks rest on"), a->err);
}
