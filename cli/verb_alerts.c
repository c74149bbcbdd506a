/*
 * verb_alerts.c - `huiying alerts`: the queue, a row a story.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/changes.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "cli/why.h"
#include "ledger/alerts.h"

#define WHY_COLUMNS 24

struct listing {
	struct office *office;
	struct arena *arena;
	struct story *stories;
	size_t count;
};

/* *doubted: no rule of today gives reason for any of its alerts. */
static enum err_code reasons(const struct listing *l, const struct story *s, struct buf *out,
	bool *doubted, struct err *e)
{
	struct alert *alerts;
	size_t n;
	enum err_code rc = alerts_of_story(l->office->db, s->id, l->arena, &alerts, &n, e);

	if (!rc && n)
		why_add_short(out, &alerts[0], WHY_COLUMNS);
	*doubted = !rc && n > 0;
	for (size_t i = 0; !rc && i < n; i++)
		*doubted &= alerts[i].doubted_at != TIME_NONE;
	return rc;
}

/* "▲killed 2→3" of a row that came back, who has it, or what was decided. */
static void add_state(const struct story *s, bool doubted, struct buf *out)
{
	if (strcmp(s->state, "open") != 0) {
		buf_add_str(out, s->case_id[0] ? s->case_id : s->outcome);
		return;
	}
	if (s->again)
		buf_add_str(out, "▲");
	if (s->again && s->changed)
		changes_add_text(out, s->changed);
	if (s->again && s->case_id[0])
		buf_addf(out, " %s", s->case_id);
	if (s->taken_by[0])
		buf_addf(out, "%s%s", out->len ? " " : "", s->taken_name);
	if (doubted)
		buf_addf(out, "%s%s", out->len ? " " : "", _("in doubt"));
}

static enum err_code add_row(
	struct listing *l, struct table *t, const struct story *s, struct err *e)
{
	int64_t now = office_now(l->office);
	char age[WHEN_SIZE], due[WHEN_SIZE], copies[24];
	struct buf why, state;
	bool doubted;
	enum err_code rc;

	buf_init(&why, 4096);
	buf_init(&state, 64 << 10);
	rc = reasons(l, s, &why, &doubted, e);
	add_state(s, doubted, &state);
	when_format_span(now - s->raised_at, age);
	when_format_due(s->review_due, now, due);
	table_cellf(t, "S%lld", (long long)s->id);
	table_cell(t, s->grade_name);
	table_cellf(t, "%lld", (long long)s->score);
	snprintf(copies, sizeof copies, "%lld", (long long)s->copies);
	table_cell(t, s->copies ? copies : "");
	table_cell(t, age);
	table_cell(t, strcmp(s->state, "open") == 0 ? due : "");
	table_cell(t, buf_str(&state));
	table_cell(t, s->topics);
	table_cell(t, buf_str(&why));
	table_cell(t, s->source_name);
	table_cell(t, s->title ? s->title : _("(erased by order of law)"));
	table_end_row(t);
	buf_fini(&why);
	buf_fini(&state);
	return rc;
}

static enum err_code print_table(struct listing *l, struct err *e)
{
	static const char *const titles[] = {N_("STORY"), N_("GRADE"), N_("SCORE"), N_("COPIES"),
		N_("AGE"), N_("REVIEW"), N_("STATE"), N_("TOPICS"), N_("WHY"), N_("SOURCE"),
		N_("TITLE")};
	struct table *t = table_new(sizeof titles / sizeof *titles);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; t && i < sizeof titles / sizeof *titles; i++)
		table_head(t, i, _(titles[i]), i == 2 || i == 3 ? TABLE_RIGHT : TABLE_LEFT);
	for (size_t i = 0; !rc && i < l->count; i++)
		rc = add_row(l, t, &l->stories[i], e);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static void put_alerts(struct json_writer *w, const struct alert *alerts, size_t n)
{
	json_key(w, "alerts");
	json_begin_array(w);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(w);
		json_put_int(w, "id", alerts[i].id);
		json_put_str(w, "topic", alerts[i].topic);
		json_put_str(w, "code", alerts[i].code);
		json_put_int(w, "score", alerts[i].score);
		json_put_str(w, "grade", alerts[i].grade_name);
		json_put_str(w, "source", alerts[i].source);
		json_put_time(w, "doubted", alerts[i].doubted_at);
		json_key(w, "why");
		json_add_raw(w, alerts[i].why[0] ? alerts[i].why : "[]");
		json_end_object(w);
	}
	json_end_array(w);
}

static enum err_code print_json_row(struct listing *l, const struct story *s, struct err *e)
{
	struct alert *alerts;
	struct json_writer w;
	struct buf b;
	size_t n;
	enum err_code rc = alerts_of_story(l->office->db, s->id, l->arena, &alerts, &n, e);

	if (rc)
		return rc;
	buf_init(&b, BUF_MAX_DEFAULT);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_int(&w, "story", s->id);
	json_put_str(&w, "title", s->title);
	json_put_str(&w, "link", s->link);
	json_put_str(&w, "source_name", s->source_name);
	json_put_str(&w, "state", s->state);
	json_put_str(&w, "outcome", s->outcome[0] ? s->outcome : NULL);
	json_put_str(&w, "case", s->case_id[0] ? s->case_id : NULL);
	json_put_str(&w, "taken_by", s->taken_name[0] ? s->taken_name : NULL);
	json_put_str(&w, "topics", s->topics);
	json_put_str(&w, "grade", s->grade_name);
	json_put_int(&w, "score", s->score);
	json_put_int(&w, "copies", s->copies);
	json_put_int(&w, "again", s->again);
	if (s->changed) {
		json_key(&w, "changed");
		json_add_raw(&w, s->changed);
	}
	json_put_time(&w, "raised", s->raised_at);
	json_put_time(&w, "review_due", s->review_due);
	json_put_time(&w, "published", s->published);
	json_put_time(&w, "fetched", s->fetched);
	put_alerts(&w, alerts, n);
	json_end_object(&w);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
}

static enum err_code print_all(const struct call *call, struct listing *l, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && call->json && i < l->count; i++)
		rc = print_json_row(l, &l->stories[i], e);
	if (call->json || rc)
		return rc;
	if (l->count == 0) {
		puts(_("the queue is empty"));
		return ERR_OK;
	}
	rc = print_table(l, e);
	if (!rc && !call->quiet)
		output_printf(stderr, "%s\n",
			_("next: huiying show S… --why · take S… · case open S… · dismiss S…"));
	return rc;
}

static enum err_code run_alerts(struct call *call, struct err *e)
{
	struct listing l = {NULL, arena_new(ARENA_MAX_DEFAULT), NULL, 0};
	enum err_code rc = l.arena ? session_open(call, true, &l.office, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(l.office->db, e);
	if (!rc)
		rc = alerts_queue(l.office->db, call_has(call, "all"), call_flag(call, "topic"),
			l.arena, &l.stories, &l.count, e);
	if (!rc)
		rc = print_all(call, &l, e);
	office_close(l.office);
	arena_free(l.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"topic", N_("TOPIC"), N_("only this topic (its name or code)")},
	{"all", NULL, N_("decided stories too")},
	{NULL, NULL, NULL},
};

const struct command command_alerts = {
	.verb = "alerts",
	.args = "",
	.summary = N_("the queue: stories that somebody must decide on, most urgent first"),
	.help = N_("One row a story, that is, all copies of one event; its topics are in one "
		   "column and one decision settles them all. REVIEW says when somebody must have "
		   "looked at it. COPIES counts the other items with its address, title or text. "
		   "▲ marks a story that came back after a decision, with what changed: the "
		   "suggested grade, a topic, the killed or hurt, a town, the copies in an hour. "
		   "“In doubt”: rules that were changed since give no reason for it any more."),
	.flags = flags,
	.run = run_alerts,
};
