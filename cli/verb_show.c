/*
 * verb_show.c - `huiying show ID`: one thing whole. Alerts and stories are shown here,
 * items in show_item.c, everything that has to do with cases in show_case.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/changes.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/show_case.h"
#include "cli/show_clock.h"
#include "cli/show_item.h"
#include "cli/show_orders.h"
#include "cli/when.h"
#include "cli/why.h"
#include "cli/words.h"
#include "ledger/tasks.h"
#include "ledger/alerts.h"
#include "ledger/decisions.h"
#include "ledger/ids.h"
#include "ledger/items.h"
#include "ledger/stories.h"

struct view {
	struct call *call;
	struct office *office;
	struct arena *arena;
	bool why;
};

static bool in_colour(void)
{
	const char *no = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && !(no && no[0]);
}

/* --- alerts --- */

/* The rule stands in the event as "triage-major 15 minutes". */
static void print_review_rule(const char *rule, const char *due)
{
	struct str rest = str_of(rule), name = str_split(&rest, ' '),
		   amount = str_split(&rest, ' ');
	int64_t n;

	output_label(stdout, _("counting"));
	if (rest.n && str_to_int(amount, 0, INT64_MAX, &n))
		output_line(stdout, _("%s, rule %.*s: %lld %s from raising"), due, (int)name.n,
			name.p, (long long)n, words_unit(rest.p, n));
	else
		output_line(stdout, "%s, %s", due, rule);
}

static enum err_code print_alert(const struct view *v, const struct alert *a, struct err *e)
{
	const char *grounds;
	enum err_code rc;

	char due[WHEN_SIZE];

	output_printf(stdout, "A%lld  S%lld  %s  %s %lld\n", (long long)a->id, (long long)a->story,
		a->topic, a->grade_name, (long long)a->score);
	output_fact(stdout, _("title"), words_or_erased(a->title));
	output_fact(stdout, _("link"), a->link);
	output_fact(stdout, _("source"), a->source_name);
	output_fact_time(stdout, _("published"), a->published, v->office->settings.zone);
	output_fact_time(stdout, _("fetched"), a->fetched, v->office->settings.zone);
	output_fact_time(stdout, _("raised"), a->raised_at, v->office->settings.zone);
	when_format_due(a->review_due, office_now(v->office), due);
	output_fact_time(stdout, _("review by"), a->review_due, v->office->settings.zone);
	print_review_rule(a->review_rule, due);
	output_fact_time(stdout, _("in doubt"), a->doubted_at, v->office->settings.zone);
	output_fact(stdout, _("lead"), a->lead);
	if (!v->why)
		return ERR_OK;
	rc = show_clock_review(v->office, a, e);
	if (!rc)
		rc = alerts_grounds(v->office->db, a->id, v->arena, &grounds, e);
	if (rc)
		return rc;
	output_printf(stdout, "%s\n", _("why:"));
	why_print(stdout, a, grounds);
	if (a->warc[0])
		output_line(stdout, _("rules %.12s, WARC record %s at %lld"), a->rules_hash,
			a->warc, (long long)a->warc_offset);
	else
		output_line(stdout, _("rules %.12s, entered by hand"), a->rules_hash);
	fputc('\n', stdout);
	why_print_marked(stdout, a, in_colour());
	return ERR_OK;
}

static enum err_code put_alert(
	const struct view *v, struct json_writer *w, const struct alert *a, struct err *e)
{
	const char *grounds;
	enum err_code rc = alerts_grounds(v->office->db, a->id, v->arena, &grounds, e);

	if (rc)
		return rc;
	json_put_str(w, "kind", "alert");
	json_put_int(w, "id", a->id);
	json_put_int(w, "story", a->story);
	json_put_int(w, "item", a->item);
	json_put_str(w, "topic", a->topic);
	json_put_str(w, "code", a->code);
	json_put_str(w, "lead", a->lead[0] ? a->lead : NULL);
	json_put_int(w, "score", a->score);
	json_put_str(w, "grade", a->grade_name);
	json_put_str(w, "title", a->title);
	json_put_str(w, "link", a->link);
	json_put_str(w, "text", a->excerpt);
	json_put_str(w, "source", a->source);
	json_put_str(w, "source_name", a->source_name);
	json_put_time(w, "published", a->published);
	json_put_time(w, "fetched", a->fetched);
	json_put_time(w, "raised", a->raised_at);
	json_put_time(w, "review_due", a->review_due);
	json_put_str(w, "review_rule", a->review_rule);
	json_put_time(w, "doubted", a->doubted_at);
	json_put_str(w, "rules_hash", a->rules_hash);
	json_put_str(w, "warc", a->warc);
	json_put_int(w, "warc_offset", a->warc_offset);
	json_put_int(w, "event", a->raised_seq);
	json_key(w, "why");
	json_add_raw(w, a->why[0] ? a->why : "[]");
	if (grounds) {
		json_key(w, "grounds");
		json_add_raw(w, grounds);
	}
	return ERR_OK;
}

static enum err_code show_alert(struct view *v, int64_t id, struct err *e)
{
	struct alert a;
	struct json_out out;
	enum err_code rc = alerts_get(v->office->db, id, v->arena, &a, e);

	if (rc)
		return rc;
	if (!v->call->json)
		return print_alert(v, &a, e);
	rc = put_alert(v, json_out_begin(&out), &a, e);
	return json_out_end(&out, rc, e);
}

/* --- stories --- */

static void print_item(const struct item_record *it)
{
	output_line(stdout, "  I%lld  %s  %s", (long long)it->id, it->source,
		it->title ? it->title : "");
}

struct whole { /* a story with all that belongs to it */
	struct story story;
	const char *told_by; /* NULL: not registered by hand, or not said */
	struct alert *alerts;
	struct decision *decisions;
	struct item_record *items;
	struct stories_came_back *returns;
	struct stories_left *left;
	size_t alert_count, decision_count, item_count, return_count, left_count;
};

/* Decided along with all rows of a rule line: how to take that back, or who did. */
static void print_line(const struct view *v, const struct decision *d)
{
	char at[TIME_TEXT_SIZE];

	output_label(stdout, "");
	if (d->undone == TIME_NONE) {
		output_line(stdout,
			n_("with %s, %lld row in all; undo: huiying dismiss --undo %lld",
				"with %s, %lld rows in all; undo: huiying dismiss --undo %lld",
				(unsigned long)d->rows),
			d->line, (long long)d->rows, (long long)d->seq);
		return;
	}
	time_format_local(d->undone_at, v->office->settings.zone, at);
	output_line(stdout, _("with %s; taken back by %s %s"), d->line, d->undone_name, at);
}

/* 误报, 广告, by whom and when; what it was handed to or joined; why. */
static void print_decision(const struct view *v, const struct decision *d)
{
	const char *more = d->case_id[0] ? d->case_id : d->reason[0] ? d->reason : d->unit;
	char at[TIME_TEXT_SIZE];

	time_format_local(d->at, v->office->settings.zone, at);
	output_label(stdout, _("settled"));
	output_line(stdout, "%s%s%s  %s  %s%s%s", d->outcome, more[0] ? " " : "", more, d->by_name,
		at, d->note ? "  " : "", d->note ? d->note : "");
	if (d->line)
		print_line(v, d);
	if (d->reopened == TIME_NONE)
		return;
	time_format_local(d->reopened_at, v->office->settings.zone, at);
	output_label(stdout, "");
	output_line(stdout, _("opened again by %s %s: %s"), d->reopened_name, at,
		words_or_erased(d->reopened_reason));
}

static void print_return(const struct view *v, const struct stories_came_back *r)
{
	char at[TIME_TEXT_SIZE];
	struct buf b;

	buf_init(&b, 64 << 10);
	changes_add_text(&b, r->changes);
	time_format_local(r->at, v->office->settings.zone, at);
	output_line(stdout, _("▲ came back %s by I%lld: %s"), at, (long long)r->item, buf_str(&b));
	buf_fini(&b);
}

/* Decided, back, decided again: in the order of the events. */
static void print_history(const struct view *v, const struct whole *o)
{
	size_t d = 0, r = 0;

	while (d < o->decision_count || r < o->return_count)
		if (r == o->return_count ||
			(d < o->decision_count && o->decisions[d].seq < o->returns[r].seq))
			print_decision(v, &o->decisions[d++]);
		else
			print_return(v, &o->returns[r++]);
}

static void print_left(const struct view *v, const struct whole *o)
{
	char at[TIME_TEXT_SIZE];

	for (size_t i = 0; i < o->left_count; i++) {
		const struct stories_left *l = &o->left[i];
		time_format_local(l->at, v->office->settings.zone, at);
		output_line(stdout, _("I%lld was taken out by %s %s: %s"), (long long)l->item,
			l->by_name, at, words_or_erased(l->reason));
	}
}

static enum err_code print_story(const struct view *v, const struct whole *o, struct err *e)
{
	const struct story *s = &o->story;
	enum err_code rc = ERR_OK;

	output_line(stdout, "S%lld  %s  %s%s%s", (long long)s->id,
		strcmp(s->state, "open") == 0 ? _("open") : s->outcome, s->topics,
		s->case_id[0] ? "  " : "", s->case_id);
	output_fact(stdout, _("told by"), o->told_by);
	output_fact(stdout, _("taken by"), s->taken_name);
	print_history(v, o);
	print_left(v, o);
	for (size_t i = 0; !rc && i < o->alert_count; i++) {
		fputc('\n', stdout);
		rc = print_alert(v, &o->alerts[i], e);
	}
	if (!rc && o->item_count)
		output_printf(stdout, "\n%s\n", _("items:"));
	for (size_t i = 0; !rc && i < o->item_count; i++)
		print_item(&o->items[i]);
	return rc;
}

static void put_decision(struct json_writer *w, const struct decision *d)
{
	json_begin_object(w);
	json_put_time(w, "at", d->at);
	json_put_str(w, "by", d->by_name);
	json_put_str(w, "outcome", d->outcome);
	json_put_str(w, "reason", d->reason[0] ? d->reason : NULL);
	json_put_str(w, "unit", d->unit[0] ? d->unit : NULL);
	json_put_str(w, "case", d->case_id[0] ? d->case_id : NULL);
	json_put_str(w, "note", d->note);
	if (d->line) {
		json_put_str(w, "line", d->line);
		json_put_int(w, "rows", d->rows);
		json_put_int(w, "dismissal", d->seq);
	}
	if (d->undone != TIME_NONE) {
		json_put_time(w, "undone", d->undone_at);
		json_put_str(w, "undone_by", d->undone_name);
	}
	if (d->reopened != TIME_NONE) {
		json_put_time(w, "reopened", d->reopened_at);
		json_put_str(w, "reopened_by", d->reopened_name);
		json_put_str(w, "reopened_reason", d->reopened_reason);
	}
	json_end_object(w);
}

static void put_decisions(struct json_writer *w, const struct whole *o)
{
	json_key(w, "decisions");
	json_begin_array(w);
	for (size_t i = 0; i < o->decision_count; i++)
		put_decision(w, &o->decisions[i]);
	json_end_array(w);
}

static void put_returns(struct json_writer *w, const struct whole *o)
{
	json_key(w, "returned");
	json_begin_array(w);
	for (size_t i = 0; i < o->return_count; i++) {
		json_begin_object(w);
		json_put_time(w, "at", o->returns[i].at);
		json_put_int(w, "item", o->returns[i].item);
		json_key(w, "changes");
		json_add_raw(w, o->returns[i].changes);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_left(struct json_writer *w, const struct whole *o)
{
	json_key(w, "split");
	json_begin_array(w);
	for (size_t i = 0; i < o->left_count; i++) {
		const struct stories_left *l = &o->left[i];
		json_begin_object(w);
		json_put_int(w, "item", l->item);
		if (l->to)
			json_put_int(w, "story", l->to);
		json_put_time(w, "at", l->at);
		json_put_str(w, "by", l->by_name);
		json_put_str(w, "reason", l->reason);
		json_end_object(w);
	}
	json_end_array(w);
}

static enum err_code put_members(
	const struct view *v, struct json_writer *w, const struct whole *o, struct err *e)
{
	enum err_code rc = ERR_OK;

	json_key(w, "alerts");
	json_begin_array(w);
	for (size_t i = 0; !rc && i < o->alert_count; i++) {
		json_begin_object(w);
		rc = put_alert(v, w, &o->alerts[i], e);
		json_end_object(w);
	}
	json_end_array(w);
	json_key(w, "items");
	json_begin_array(w);
	for (size_t i = 0; i < o->item_count; i++)
		json_add_int(w, o->items[i].id);
	json_end_array(w);
	return rc;
}

static enum err_code print_story_json(const struct view *v, const struct whole *o, struct err *e)
{
	const struct story *s = &o->story;
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	enum err_code rc;

	json_put_str(w, "kind", "story");
	json_put_int(w, "id", s->id);
	json_put_str(w, "state", s->state);
	json_put_str(w, "outcome", s->outcome[0] ? s->outcome : NULL);
	json_put_str(w, "case", s->case_id[0] ? s->case_id : NULL);
	json_put_str(w, "told_by", o->told_by);
	json_put_str(w, "taken_by", s->taken_name[0] ? s->taken_name : NULL);
	json_put_time(w, "raised", s->raised_at);
	json_put_time(w, "review_due", s->review_due);
	put_decisions(w, o);
	json_put_int(w, "copies", s->copies);
	json_put_int(w, "again", s->again);
	put_returns(w, o);
	put_left(w, o);
	rc = put_members(v, w, o, e);
	if (!rc)
		rc = show_orders_put_story(w, v->office, s->id, v->arena, e);
	return json_out_end(&out, rc, e);
}

static enum err_code read_whole(
	struct db *db, int64_t id, struct arena *a, struct whole *o, struct err *e)
{
	enum err_code rc = alerts_get_story(db, id, a, &o->story, e);

	if (!rc)
		rc = alerts_of_story(db, id, a, &o->alerts, &o->alert_count, e);
	if (!rc)
		rc = decisions_of(db, id, a, &o->decisions, &o->decision_count, e);
	if (!rc)
		rc = decisions_told_by(db, id, a, &o->told_by, e);
	if (!rc)
		rc = items_of_story(db, id, a, &o->items, &o->item_count, e);
	if (!rc)
		rc = stories_returns(db, id, a, &o->returns, &o->return_count, e);
	return rc ? rc : stories_splits(db, id, a, &o->left, &o->left_count, e);
}

static enum err_code show_story(struct view *v, int64_t id, struct err *e)
{
	struct whole o = {0};
	enum err_code rc = read_whole(v->office->db, id, v->arena, &o, e);

	if (!rc && v->call->json)
		return print_story_json(v, &o, e);
	if (rc)
		return rc;
	rc = print_story(v, &o, e);
	return rc ? rc : show_orders_of_story(v->office, id, v->arena, e);
}

/* --- the verb --- */

static enum err_code show_one(struct view *v, const struct ids *id, struct err *e)
{
	switch (id->type) {
	case IDS_ALERT:
		return show_alert(v, id->number, e);
	case IDS_STORY:
		return show_story(v, id->number, e);
	case IDS_ITEM:
		return show_item(v->call, v->office, id->number, v->why, e);
	case IDS_PLAIN:
	case IDS_CASE:
	case IDS_COMMITMENT:
	case IDS_RESPONSE:
	case IDS_EVIDENCE:
	case IDS_ORDER:
	case IDS_TASK:
	case IDS_ROUND:
	case IDS_OBJECTION:
	default:
		return show_case(v->call, v->office, id, v->why, e);
	}
}

/* The number of an order (工单) has no form of its own. */
static enum err_code show_order(struct view *v, const char *number, struct err *e)
{
	struct order_record *list = NULL;
	size_t count = 0;
	enum err_code rc = orders_get(v->office->db, "", number, v->arena, &list, &count, e);

	if (!rc && !count)
		return err_set(e, ERR_USAGE,
			_("%s is no id: wanted is A12, S12, I12, 123, YQ-2026-000123, c45, r7, e3, "
			  "t33, 2021#33 or the number of an order"),
			number);
	for (size_t i = 0; !rc && i < count; i++)
		rc = show_orders_one(v->call, v->office, &list[i], e);
	return rc;
}

/* An item of a plan (2021#33) and an order are looked up, the others say what they are. */
static enum err_code show_typed(struct view *v, const char *typed, struct err *e)
{
	const char *name = typed;
	struct ids id;
	enum err_code rc = ERR_OK;

	if (strchr(typed, '#'))
		rc = tasks_find(v->office->db, typed, v->arena, &name, e);
	if (!rc && !ids_parse(name, &id))
		return show_order(v, name, e);
	return rc ? rc : show_one(v, &id, e);
}

static enum err_code run_show(struct call *call, struct err *e)
{
	struct view v = {call, NULL, NULL, call_has(call, "why")};
	enum err_code rc = ERR_OK;

	v.arena = arena_new(ARENA_MAX_DEFAULT);
	rc = v.arena ? session_open(call, true, &v.office, e) : err_nomem(e);
	for (int i = 0; !rc && i < call->argc; i++) {
		arena_reset(v.arena);
		if (i && !call->json)
			fputc('\n', stdout);
		rc = show_typed(&v, call->argv[i], e);
	}
	office_close(v.office);
	arena_free(v.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"why", NULL, N_("with all reasons: rules that hit, how every due time came about")},
	{NULL, NULL, NULL},
};

const struct command command_show = {
	.verb = "show",
	.args = N_("ID…"),
	.summary = N_("show one thing whole: alert, story, item, case, response, commitment, task"),
	.help = N_("A12 alert, S12 story, I12 item, 123 or YQ-2026-000123 case, c45 commitment, r7 "
		   "response, e3 evidence, t33 or 2021#33 (item 33 of the plan of 2021) task; the "
		   "number of an order (工单).\n\n"
		   "At a terminal the version of a case and of its promises that was shown is "
		   "remembered: an act on what another has changed since is refused until one has "
		   "looked again."),
	.flags = flags,
	.min_args = 1,
	.max_args = -1,
	.roles = COMMAND_ANYBODY,
	.run = run_show,
};
