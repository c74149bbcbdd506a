/*
 * show_task.c - `huiying show` of a task of a plan.
 */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/share.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/show_case_json.h"
#include "cli/show_clock.h"
#include "cli/task_view.h"
#include "cli/words.h"
#include "ledger/tasks.h"

struct task_parts {
	struct task_record t;
	struct task_unit *units;
	struct task_view *views; /* one for each occasion; one without lines when there is none */
	struct task_progress *progress;
	struct clock_record *clocks;
	struct evidence_record *evidence;
	size_t unit_count, view_count, progress_count, clock_count, evidence_count;
};

static enum err_code read_parts(
	const struct show *s, const char *id, struct task_parts *p, struct err *e)
{
	struct db *db = s->office->db;
	enum err_code rc = tasks_get(db, id, s->arena, &p->t, e);

	if (!rc)
		rc = tasks_units(db, id, s->arena, &p->units, &p->unit_count, e);
	if (!rc)
		rc = task_view_each(s->office, &p->t, true, s->arena, &p->views, &p->view_count, e);
	if (!rc)
		rc = tasks_progress(db, id, s->arena, &p->progress, &p->progress_count, e);
	if (!rc)
		rc = clocks_of(db, id, s->arena, &p->clocks, &p->clock_count, e);
	return rc ? rc : evidence_of(db, id, s->arena, &p->evidence, &p->evidence_count, e);
}

/* --- who --- */

/* Named ones by name, those of a group by the group and how many they are. */
static void print_units(const struct task_parts *p, const char *role, const char *label, bool all)
{
	struct buf b;
	const char *group = "";
	size_t n = 0;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < p->unit_count; i++) {
		const struct task_unit *u = &p->units[i];
		size_t size = 0;
		if (strcmp(u->role, role) != 0 ||
			(!all && *u->group && strcmp(u->group, group) == 0))
			continue;
		buf_addf(&b, "%s%s", n++ ? "、" : "", all || !*u->group ? u->unit : u->group);
		group = u->group;
		for (size_t k = 0; k < p->unit_count; k++)
			size += strcmp(p->units[k].group, group) == 0 &&
				strcmp(p->units[k].role, role) == 0;
		if (!all && *group)
			buf_addf(&b, " (%zu)", size);
	}
	output_fact(stdout, label, n ? buf_str(&b) : NULL);
	buf_fini(&b);
}

/* --- what is due --- */

static void print_names(const struct task_view *v, bool claimed, const char *label)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < v->line_count; i++) {
		const struct task_line *l = &v->lines[i];
		if (claimed ? l->done_at == TIME_NONE && l->claimed_at != TIME_NONE
			    : tasks_is_waiting(l))
			buf_addf(&b, "%s%s", n++ ? "、" : "", l->unit);
	}
	output_fact(stdout, label, n ? buf_str(&b) : NULL);
	buf_fini(&b);
}

/* Done or claimed after the day that it was due. */
static const char *lateness(const struct show *s, const struct task_view *v, const char *on)
{
	char due[11];

	if (v->o.due_at == TIME_NONE)
		return "";
	calendar_date_of(v->o.due_at, s->office->settings.zone, due);
	return strcmp(on, due) > 0 ? _(" - late") : "";
}

static void print_line(const struct show *s, const struct task_view *v, const struct task_line *l)
{
	char share[SHARE_SIZE];

	share_format(&(struct share){l->share_done, l->share_of}, share);
	output_label(stdout, "");
	if (l->done_at != TIME_NONE)
		output_line(stdout, _("%s  done on %s%s, entered by %s%s%s"), l->unit, l->done_on,
			lateness(s, v, l->done_on), l->done_name, *share ? "  " : "", share);
	else if (l->claimed_at != TIME_NONE)
		output_line(stdout, _("%s  claimed done on %s%s, entered by %s%s%s"), l->unit,
			l->claimed_on, lateness(s, v, l->claimed_on), l->claimed_name,
			*share ? "  " : "", share);
	else
		output_line(stdout, _("%s  open%s%s"), l->unit, *share ? "  " : "", share);
}

static enum err_code print_clock(
	const struct show *s, const struct task_parts *p, const char *ref, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < p->clock_count; i++)
		if (strcmp(p->clocks[i].ref, ref) == 0)
			rc = show_clock(s, &p->clocks[i], e);
	return rc;
}

static enum err_code print_occasion(
	const struct show *s, const struct task_parts *p, const struct task_view *v, struct err *e)
{
	enum err_code rc = ERR_OK;
	struct buf b;

	if (!v->o.lines)
		return ERR_OK;
	buf_init(&b, BUF_MAX_DEFAULT);
	buf_addf(&b, "%s%s", v->o.ref, *v->o.ref ? "  " : "");
	task_view_add_done(&b, v);
	buf_add_str(&b, _("  due "));
	task_view_add_due(&b, v, s->office->settings.zone);
	if (v->late)
		buf_add_str(&b, _("  late"));
	output_fact(stdout, _("done"), buf_str(&b));
	buf_fini(&b);
	output_fact(stdout, "", v->o.note);
	print_names(v, true, _("to verify"));
	print_names(v, false, v->late ? _("lagging") : _("open"));
	if (s->why)
		rc = print_clock(s, p, v->o.ref, e);
	for (size_t i = 0; s->why && i < v->line_count; i++)
		print_line(s, v, &v->lines[i]);
	return rc;
}

static void print_progress(const struct task_progress *g)
{
	char share[SHARE_SIZE];

	share_format(&(struct share){g->share_done, g->share_of}, share);
	output_label(stdout, _("progress"));
	output_line(stdout, "%s  %s%s%s  %s%s%s", g->on_date, g->ref, *g->ref ? "  " : "", g->unit,
		share, *share ? "  " : "", g->note ? g->note : "");
}

/* --- whole --- */

static void print_head(const struct show *s, const struct task_parts *p)
{
	const struct task_record *t = &p->t;

	output_line(stdout, "%s  %s  %s  (%s %lld)", t->id, words_of("task", t->kind),
		words_of("task", t->state), _("version"), (long long)t->version);
	output_label(stdout, _("plan"));
	output_line(stdout, _("%s of %s, item %s"), t->plan, t->made_on, t->item);
	output_fact(stdout, _("task"), words_or_erased(t->words));
	output_fact(stdout, _("set off by"), t->trigger);
	output_fact(stdout, _("note"), t->note);
	print_units(p, "lead", _("lead"), s->why);
	print_units(p, "co", _("with"), s->why);
	output_fact(stdout, _("due"), *t->due_date ? t->due_date : NULL);
	if (*t->review_date) {
		output_label(stdout, _("look at"));
		output_line(stdout, "%s  (%s)", t->review_date,
			strcmp(t->review_rule, "given") == 0 ? _("given") : t->review_rule);
	}
	output_fact(stdout, _("closed"), *t->closed_name ? t->closed_name : NULL);
	output_fact(stdout, "", t->closed_note);
}

static enum err_code print_task(const struct show *s, const struct task_parts *p, struct err *e)
{
	enum err_code rc = ERR_OK;

	print_head(s, p);
	for (size_t i = 0; !rc && i < p->view_count; i++)
		rc = print_occasion(s, p, &p->views[i], e);
	for (size_t i = 0; i < p->progress_count; i++)
		print_progress(&p->progress[i]);
	if (!rc)
		rc = show_refused_claims(s, p->t.id, e);
	for (size_t i = 0; i < p->evidence_count; i++)
		show_evidence_line(s, &p->evidence[i]);
	return rc;
}

/* --- JSON --- */

static void put_units(struct json_writer *w, const struct task_parts *p)
{
	json_key(w, "units");
	json_begin_array(w);
	for (size_t i = 0; i < p->unit_count; i++) {
		json_begin_object(w);
		json_put_str(w, "unit", p->units[i].unit);
		json_put_str(w, "role", p->units[i].role);
		json_put_str(w, "group", *p->units[i].group ? p->units[i].group : NULL);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_line(struct json_writer *w, const struct task_line *l)
{
	json_begin_object(w);
	json_put_str(w, "unit", l->unit);
	json_put_str(w, "role", l->role);
	json_put_str(w, "claimed_on", json_out_or_null(l->claimed_on));
	json_put_str(w, "claimed_by", json_out_or_null(l->claimed_name));
	json_put_str(w, "done_on", json_out_or_null(l->done_on));
	json_put_str(w, "done_by", json_out_or_null(l->done_name));
	if (l->share_of > 0) {
		json_put_int(w, "share_done", l->share_done);
		json_put_int(w, "share_of", l->share_of);
	}
	json_end_object(w);
}

static void put_occasions(struct json_writer *w, const struct task_parts *p)
{
	json_key(w, "occasions");
	json_begin_array(w);
	for (size_t i = 0; i < p->view_count; i++) {
		if (!p->views[i].o.lines)
			continue;
		json_begin_object(w);
		task_view_put(w, &p->views[i]);
		json_put_str(w, "note", p->views[i].o.note);
		json_key(w, "lines_list");
		json_begin_array(w);
		for (size_t k = 0; k < p->views[i].line_count; k++)
			put_line(w, &p->views[i].lines[k]);
		json_end_array(w);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_progress(struct json_writer *w, const struct task_parts *p)
{
	json_key(w, "progress_list");
	json_begin_array(w);
	for (size_t i = 0; i < p->progress_count; i++) {
		const struct task_progress *g = &p->progress[i];
		json_begin_object(w);
		json_put_str(w, "ref", json_out_or_null(g->ref));
		json_put_str(w, "unit", g->unit);
		json_put_str(w, "on", g->on_date);
		if (g->share_of > 0) {
			json_put_int(w, "share_done", g->share_done);
			json_put_int(w, "share_of", g->share_of);
		}
		json_put_str(w, "note", g->note);
		json_put_str(w, "by", g->by_name);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_head(struct json_writer *w, const struct task_record *t)
{
	json_put_str(w, "kind", "task");
	json_put_str(w, "id", t->id);
	json_put_str(w, "plan", t->plan);
	json_put_str(w, "item", t->item);
	json_put_str(w, "task_kind", t->kind);
	json_put_str(w, "state", t->state);
	json_put_str(w, "words", t->words);
	json_put_str(w, "made_on", t->made_on);
	json_put_str(w, "due", json_out_or_null(t->due_date));
	json_put_str(w, "period", json_out_or_null(t->period));
	json_put_str(w, "trigger", t->trigger);
	json_put_str(w, "note", t->note);
	json_put_str(w, "review", json_out_or_null(t->review_date));
	json_put_str(w, "review_rule", json_out_or_null(t->review_rule));
	json_put_time(w, "closed", t->closed_at);
	json_put_str(w, "closed_by", json_out_or_null(t->closed_name));
	json_put_str(w, "closed_note", t->closed_note);
	json_put_int(w, "version", t->version);
}

static enum err_code print_json(const struct show *s, const struct task_parts *p, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	enum err_code rc;

	put_head(w, &p->t);
	put_units(w, p);
	put_occasions(w, p);
	put_progress(w, p);
	rc = show_clock_put_list(s, w, p->clocks, p->clock_count, e);
	show_json_put_evidence(w, p->evidence, p->evidence_count);
	return json_out_end(&out, rc, e);
}

enum err_code show_one_task(const struct show *s, const char *id, struct err *e)
{
	struct task_parts p = {.unit_count = 0};
	enum err_code rc = read_parts(s, id, &p, e);

	if (rc)
		return rc;
	return s->call->json ? print_json(s, &p, e) : print_task(s, &p, e);
}
