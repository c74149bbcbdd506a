/*
 * verb_show.c - `huiying show ID`: one thing whole. Alerts, stories and items are shown
 * here, everything that has to do with cases in show_case.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/changes.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/show_case.h"
#include "cli/when.h"
#include "cli/why.h"
#include "ledger/alerts.h"
#include "ledger/ids.h"
#include "ledger/items.h"
#include "ledger/stories.h"

struct view {
	struct call *call;
	struct office *office;
	struct arena *arena;
	bool why;
};

static void line(const char *label, const char *value)
{
	if (!value || !value[0])
		return;
	output_printf(stdout, "%s  ", label);
	/* On one line: a foreign text must not look like another field. */
	output_safe_line(stdout, value);
	fputc('\n', stdout);
}

static void line_time(const struct view *v, const char *label, int64_t t)
{
	char text[TIME_TEXT_SIZE];

	if (t == TIME_NONE)
		return;
	time_format_local(t, v->office->settings.zone, text);
	line(label, text);
}

static bool in_colour(void)
{
	const char *no = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && !(no && no[0]);
}

/* --- alerts --- */

static void print_alert(const struct view *v, const struct alert *a)
{
	char due[WHEN_SIZE];

	output_printf(stdout, "A%lld  S%lld  %s  %s %lld\n", (long long)a->id, (long long)a->story,
		a->topic, a->grade_name, (long long)a->score);
	line(_("title    "), a->title ? a->title : _("(erased by order of law)"));
	line(_("link     "), a->link);
	line(_("source   "), a->source_name);
	line_time(v, _("published"), a->published);
	line_time(v, _("fetched  "), a->fetched);
	line_time(v, _("raised   "), a->raised_at);
	when_format_due(a->review_due, office_now(v->office), due);
	line_time(v, _("review by"), a->review_due);
	output_printf(stdout, "%s  %s, %s\n", _("review   "), due, a->review_rule);
	line(_("lead     "), a->lead);
	if (!v->why)
		return;
	output_printf(stdout, "%s\n", _("why:"));
	why_print(stdout, a);
	output_printf(stdout, _("rules %.12s, WARC record %s at %lld\n"), a->rules_hash, a->warc,
		(long long)a->warc_offset);
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

/* --- items --- */

static void put_item(struct json_writer *w, const struct item_record *it)
{
	json_begin_object(w);
	json_put_str(w, "kind", "item");
	json_put_int(w, "number", it->id);
	json_put_str(w, "source", it->source);
	json_put_str(w, "identity", it->identity);
	json_put_str(w, "link", it->link);
	json_put_str(w, "title", it->title);
	json_put_str(w, "summary", it->summary);
	json_put_str(w, "content", it->content);
	json_put_time(w, "published", it->published);
	json_put_time(w, "updated", it->updated);
	json_put_time(w, "fetched", it->fetched);
	json_put_int(w, "revision", it->revision);
	if (it->story)
		json_put_int(w, "story", it->story);
	json_put_str(w, "warc", it->warc);
	json_put_int(w, "warc_offset", (int64_t)it->warc_offset);
	json_put_str(w, "rules_hash", it->rules_hash);
	if (it->verdict && it->verdict[0]) {
		json_key(w, "verdict");
		json_add_raw(w, it->verdict);
	}
	json_end_object(w);
}

static void print_item(const struct view *v, const struct item_record *it)
{
	output_printf(stdout, "I%lld  %s", (long long)it->id, it->source);
	if (it->story)
		output_printf(stdout, "  S%lld", (long long)it->story);
	output_printf(stdout, _("  revision %lld\n"), (long long)it->revision);
	line(_("title    "), it->title);
	line(_("link     "), it->link);
	line_time(v, _("published"), it->published);
	line_time(v, _("fetched  "), it->fetched);
	output_printf(stdout, _("WARC record %s at %lld\n"), it->warc, (long long)it->warc_offset);
	if (v->why && it->verdict && it->verdict[0])
		line(_("verdict  "), it->verdict);
	else if (v->why)
		output_printf(stdout, "%s\n", _("no rule hit it"));
	if (it->summary)
		output_printf(stdout, "\n%s\n", it->summary);
	if (it->content)
		output_printf(stdout, "\n%s\n", it->content);
}

static enum err_code show_item(struct view *v, int64_t id, struct err *e)
{
	struct item_record it;
	struct json_writer w;
	struct buf b;
	enum err_code rc = items_get(v->office->db, id, v->arena, &it, e);

	if (rc)
		return rc;
	if (!v->call->json) {
		print_item(v, &it);
		return ERR_OK;
	}
	buf_init(&b, BUF_MAX_DEFAULT);
	json_writer_init(&w, &b);
	put_item(&w, &it);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
}

/* --- stories --- */

static void print_copy(const struct item_record *it)
{
	output_printf(stdout, "  I%lld  %s  ", (long long)it->id, it->source);
	output_safe_line(stdout, it->title ? it->title : "");
	fputc('\n', stdout);
}

struct whole { /* a story with all that belongs to it */
	struct story story;
	struct alert *alerts;
	struct item_record *items;
	struct stories_came_back *returns;
	struct stories_left *left;
	size_t alert_count, item_count, return_count, left_count;
};

static void print_returns(const struct view *v, const struct whole *o)
{
	char at[TIME_TEXT_SIZE];
	struct buf b;

	buf_init(&b, 64 << 10);
	for (size_t i = 0; i < o->return_count; i++) {
		buf_clear(&b);
		changes_add_text(&b, o->returns[i].changes);
		time_format_local(o->returns[i].at, v->office->settings.zone, at);
		output_printf(
			stdout, _("▲ came back %s by I%lld: "), at, (long long)o->returns[i].item);
		output_safe_line(stdout, buf_str(&b));
		fputc('\n', stdout);
	}
	buf_fini(&b);
}

static void print_left(const struct view *v, const struct whole *o)
{
	char at[TIME_TEXT_SIZE];

	for (size_t i = 0; i < o->left_count; i++) {
		const struct stories_left *l = &o->left[i];
		time_format_local(l->at, v->office->settings.zone, at);
		output_printf(stdout, _("I%lld was taken out by %s %s: "), (long long)l->item,
			l->by_name, at);
		output_safe_line(stdout, l->reason ? l->reason : _("(erased by order of law)"));
		fputc('\n', stdout);
	}
}

static void print_story(const struct view *v, const struct whole *o)
{
	const struct story *s = &o->story;

	output_printf(stdout, "S%lld  %s  %s  %s\n", (long long)s->id,
		strcmp(s->state, "open") == 0 ? _("open") : s->outcome, s->topics, s->case_id);
	if (s->taken_by[0])
		line(_("taken by "), s->taken_name);
	print_returns(v, o);
	print_left(v, o);
	for (size_t i = 0; i < o->alert_count; i++) {
		fputc('\n', stdout);
		print_alert(v, &o->alerts[i]);
	}
	if (o->item_count)
		output_printf(stdout, "\n%s\n", _("copies:"));
	for (size_t i = 0; i < o->item_count; i++)
		print_copy(&o->items[i]);
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

static enum err_code print_story_json(const struct whole *o, struct err *e)
{
	const struct story *s = &o->story;
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
	json_put_str(&w, "taken_by", s->taken_name[0] ? s->taken_name : NULL);
	json_put_time(&w, "raised", s->raised_at);
	json_put_time(&w, "review_due", s->review_due);
	json_put_int(&w, "copies", s->copies);
	json_put_int(&w, "again", s->again);
	put_returns(&w, o);
	put_left(&w, o);
	json_key(&w, "alerts");
	json_begin_array(&w);
	for (size_t i = 0; i < o->alert_count; i++)
		put_alert(&w, &o->alerts[i]);
	json_end_array(&w);
	json_key(&w, "items");
	json_begin_array(&w);
	for (size_t i = 0; i < o->item_count; i++)
		json_add_int(&w, o->items[i].id);
	json_end_array(&w);
	json_end_object(&w);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
}

static enum err_code show_story(struct view *v, int64_t id, struct err *e)
{
	struct db *db = v->office->db;
	struct whole o;
	enum err_code rc = alerts_get_story(db, id, v->arena, &o.story, e);

	if (!rc)
		rc = alerts_of_story(db, id, v->arena, &o.alerts, &o.alert_count, e);
	if (!rc)
		rc = items_of_story(db, id, v->arena, &o.items, &o.item_count, e);
	if (!rc)
		rc = stories_returns(db, id, v->arena, &o.returns, &o.return_count, e);
	if (!rc)
		rc = stories_splits(db, id, v->arena, &o.left, &o.left_count, e);
	if (!rc && v->call->json)
		return print_story_json(&o, e);
	if (!rc)
		print_story(v, &o);
	return rc;
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
		return show_item(v, id->number, e);
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
