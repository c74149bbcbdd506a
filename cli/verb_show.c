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
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/show_case.h"
#include "cli/show_item.h"
#include "cli/when.h"
#include "cli/why.h"
#include "cli/words.h"
#include "ledger/alerts.h"
#include "ledger/decisions.h"
#include "ledger/ids.h"
#include "ledger/items.h"

struct view {
	struct call *call;
	struct office *office;
	struct arena *arena;
	bool why;
};

static void line_time(const struct view *v, const char *label, int64_t t)
{
	char text[TIME_TEXT_SIZE];

	if (t == TIME_NONE)
		return;
	time_format_local(t, v->office->settings.zone, text);
	output_fact(stdout, label, text);
}

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

	output_label(stdout, _("review"));
	if (rest.n)
		output_line(stdout, _("%s, rule %.*s: %.*s %s from raising"), due, (int)name.n,
			name.p, (int)amount.n, amount.p, words_of("unit", rest.p));
	else
		output_line(stdout, "%s, %s", due, rule);
}

static void print_alert(const struct view *v, const struct alert *a)
{
	char due[WHEN_SIZE];

	output_printf(stdout, "A%lld  S%lld  %s  %s %lld\n", (long long)a->id, (long long)a->story,
		a->topic, a->grade_name, (long long)a->score);
	output_fact(stdout, _("title"), a->title ? a->title : _("(erased by order of law)"));
	output_fact(stdout, _("link"), a->link);
	output_fact(stdout, _("source"), a->source_name);
	line_time(v, _("published"), a->published);
	line_time(v, _("fetched"), a->fetched);
	line_time(v, _("raised"), a->raised_at);
	when_format_due(a->review_due, office_now(v->office), due);
	line_time(v, _("review by"), a->review_due);
	print_review_rule(a->review_rule, due);
	output_fact(stdout, _("lead"), a->lead);
	if (!v->why)
		return;
	output_printf(stdout, "%s\n", _("why:"));
	why_print(stdout, a);
	if (a->warc[0])
		output_line(stdout, _("rules %.12s, WARC record %s at %lld"), a->rules_hash,
			a->warc, (long long)a->warc_offset);
	else
		output_line(stdout, _("rules %.12s, entered by hand"), a->rules_hash);
	fputc('\n', stdout);
	why_print_marked(stdout, a, in_colour());
}

static void put_alert(struct json_writer *w, const struct alert *a)
{
	json_begin_object(w);
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
	json_put_str(w, "rules_hash", a->rules_hash);
	json_put_str(w, "warc", a->warc);
	json_put_int(w, "warc_offset", a->warc_offset);
	json_put_int(w, "event", a->raised_seq);
	json_key(w, "why");
	json_add_raw(w, a->why[0] ? a->why : "[]");
	json_end_object(w);
}

static enum err_code show_alert(struct view *v, int64_t id, struct err *e)
{
	struct alert a;
	struct json_writer w;
	struct buf b;
	enum err_code rc = alerts_get(v->office->db, id, v->arena, &a, e);

	if (rc)
		return rc;
	if (!v->call->json) {
		print_alert(v, &a);
		return ERR_OK;
	}
	buf_init(&b, BUF_MAX_DEFAULT);
	json_writer_init(&w, &b);
	put_alert(&w, &a);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
}

/* --- stories --- */

static void print_copy(const struct item_record *it)
{
	output_line(stdout, "  I%lld  %s  %s", (long long)it->id, it->source,
		it->title ? it->title : "");
}

struct story_parts {
	struct story s;
	const char *told_by; /* NULL: not registered by hand, or not said */
	struct alert *alerts;
	struct decision *decisions;
	struct item_record *items;
	struct alert_change *changes; /* one an alert since the last decision, or NULL */
	size_t alert_count, decision_count, item_count;
};

/* What brought a decided row back into the queue. */
static void print_changes(const struct story_parts *p)
{
	for (size_t i = 0; p->changes && i < p->alert_count; i++) {
		const struct alert *a = &p->alerts[i];
		const struct alert_change *c = &p->changes[i];
		if (!c->changed)
			continue;
		output_label(stdout, _("changed"));
		if (!c->grade_name)
			output_line(stdout, _("▲ %s: %s %lld, a new topic"), a->topic,
				a->grade_name, (long long)a->score);
		else
			output_line(stdout, _("▲ %s: %s %lld, was %s %lld"), a->topic,
				a->grade_name, (long long)a->score, c->grade_name,
				(long long)c->score);
	}
}

static enum err_code read_changes(const struct view *v, struct story_parts *p, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (strcmp(p->s.state, "open") != 0 || !p->decision_count || !p->alert_count)
		return ERR_OK;
	p->changes = arena_alloc(v->arena, p->alert_count * sizeof *p->changes);
	if (!p->changes)
		return err_nomem(e);
	for (size_t i = 0; !rc && i < p->alert_count; i++)
		rc = alerts_change(v->office->db, p->alerts[i].id,
			p->decisions[p->decision_count - 1].seq, v->arena, &p->changes[i], e);
	return rc;
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
}

static void print_story(const struct view *v, const struct story_parts *p)
{
	const struct story *s = &p->s;

	output_line(stdout, "S%lld  %s  %s%s%s", (long long)s->id,
		strcmp(s->state, "open") == 0 ? _("open") : s->outcome, s->topics,
		s->case_id[0] ? "  " : "", s->case_id);
	output_fact(stdout, _("told by"), p->told_by);
	output_fact(stdout, _("taken by"), s->taken_name);
	for (size_t i = 0; i < p->decision_count; i++)
		print_decision(v, &p->decisions[i]);
	print_changes(p);
	for (size_t i = 0; i < p->alert_count; i++) {
		fputc('\n', stdout);
		print_alert(v, &p->alerts[i]);
	}
	if (p->item_count)
		output_printf(stdout, "\n%s\n", _("copies:"));
	for (size_t i = 0; i < p->item_count; i++)
		print_copy(&p->items[i]);
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
	json_end_object(w);
}

static void put_change(struct json_writer *w, const struct alert *a, const struct alert_change *c)
{
	if (!c->changed)
		return;
	json_begin_object(w);
	json_put_int(w, "alert", a->id);
	json_put_str(w, "topic", a->topic);
	json_put_str(w, "was", c->grade_name);
	if (c->grade_name)
		json_put_int(w, "was_score", c->score);
	json_end_object(w);
}

static enum err_code print_json_story(const struct story_parts *p, struct err *e)
{
	const struct story *s = &p->s;
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "kind", "story");
	json_put_int(&w, "id", s->id);
	json_put_str(&w, "state", s->state);
	json_put_str(&w, "outcome", s->outcome[0] ? s->outcome : NULL);
	json_put_str(&w, "case", s->case_id[0] ? s->case_id : NULL);
	json_put_str(&w, "told_by", p->told_by);
	json_put_str(&w, "taken_by", s->taken_name[0] ? s->taken_name : NULL);
	json_put_time(&w, "raised", s->raised_at);
	json_put_time(&w, "review_due", s->review_due);
	json_key(&w, "decisions");
	json_begin_array(&w);
	for (size_t i = 0; i < p->decision_count; i++)
		put_decision(&w, &p->decisions[i]);
	json_end_array(&w);
	json_key(&w, "changed");
	json_begin_array(&w);
	for (size_t i = 0; p->changes && i < p->alert_count; i++)
		put_change(&w, &p->alerts[i], &p->changes[i]);
	json_end_array(&w);
	json_key(&w, "alerts");
	json_begin_array(&w);
	for (size_t i = 0; i < p->alert_count; i++)
		put_alert(&w, &p->alerts[i]);
	json_end_array(&w);
	json_key(&w, "items");
	json_begin_array(&w);
	for (size_t i = 0; i < p->item_count; i++)
		json_add_int(&w, p->items[i].id);
	json_end_array(&w);
	json_end_object(&w);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
}

static enum err_code show_story(struct view *v, int64_t id, struct err *e)
{
	struct db *db = v->office->db;
	struct story_parts p = {0};
	enum err_code rc = alerts_get_story(db, id, v->arena, &p.s, e);

	if (!rc)
		rc = alerts_of_story(db, id, v->arena, &p.alerts, &p.alert_count, e);
	if (!rc)
		rc = decisions_of(db, id, v->arena, &p.decisions, &p.decision_count, e);
	if (!rc)
		rc = decisions_told_by(db, id, v->arena, &p.told_by, e);
	if (!rc)
		rc = items_of_story(db, id, v->arena, &p.items, &p.item_count, e);
	if (!rc)
		rc = read_changes(v, &p, e);
	if (rc)
		return rc;
	if (v->call->json)
		return print_json_story(&p, e);
	print_story(v, &p);
	return ERR_OK;
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
	default:
		return show_case(v->call, v->office, id, v->why, e);
	}
}

static enum err_code run_show(struct call *call, struct err *e)
{
	struct view v = {call, NULL, NULL, call_has(call, "why")};
	struct ids id;
	enum err_code rc = ERR_OK;

	for (int i = 0; i < call->argc; i++)
		if (!ids_parse(call->argv[i], &id))
			return err_set(e, ERR_USAGE,
				_("%s is no id: wanted is A12, S12, I12, 123, YQ-2026-000123, c45, "
				  "r7 "
				  "or e3"),
				call->argv[i]);
	v.arena = arena_new(ARENA_MAX_DEFAULT);
	rc = v.arena ? session_open(call, true, &v.office, e) : err_nomem(e);
	for (int i = 0; !rc && i < call->argc; i++) {
		ids_parse(call->argv[i], &id);
		arena_reset(v.arena);
		if (i && !call->json)
			fputc('\n', stdout);
		rc = show_one(&v, &id, e);
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
	.summary = N_("show one thing whole: alert, story, item, case, response, commitment"),
	.help = N_("A12 alert, S12 story, I12 item, 123 or YQ-2026-000123 case, c45 commitment, r7 "
		   "response, e3 evidence."),
	.flags = flags,
	.min_args = 1,
	.max_args = -1,
	.run = run_show,
};
