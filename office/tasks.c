/*
 * tasks.c - what is done about tasks, line by line.
 */
#include "office/tasks.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/tasks.h"
#include "ledger/unit_moves.h"
#include "office/act.h"
#include "office/by_whom.h"
#include "office/clock_rules.h"
#include "office/commitment_act.h"
#include "office/namelist.h"
#include "office/task_open.h"
#include "office/typed.h"
#include "office/units.h"

/* What an act needs of a line. */
enum want {
	WANT_OPEN, /* not done */
	WANT_UNCLAIMED, /* neither done nor claimed */
	WANT_CLAIMED, /* claimed, not done */
};

struct work {
	const struct office_task_lines *which;
	struct units *all;
	struct task_record t;
	struct task_occasion o;
	struct task_line *lines;
	size_t line_count;
	const struct task_line *chosen[OFFICE_TASK_UNITS_MAX];
	size_t chosen_count;
	enum want want;
};

static bool is_kind(const struct task_record *t, const char *kind)
{
	return strcmp(t->kind, kind) == 0;
}

static void read_task(struct act *a, const char *typed, struct task_record *t, char id[IDS_SIZE])
{
	const char *found = "";

	memset(t, 0, sizeof *t);
	if (!a->rc)
		a->rc = tasks_find(a->db, typed, a->arena, &found, a->err);
	if (!a->rc)
		a->rc = tasks_get(a->db, found, a->arena, t, a->err);
	snprintf(id, IDS_SIZE, "%s", found);
	if (a->rc)
		return;
	act_subject(a, id);
	act_need_seen(a, id, t->version);
}

/* --- which lines --- */

static bool has(const struct task_line *l, enum want want)
{
	switch (want) {
	case WANT_OPEN:
		return l->done_at == TIME_NONE;
	case WANT_UNCLAIMED:
		return tasks_is_waiting(l);
	case WANT_CLAIMED:
	default:
		return l->done_at == TIME_NONE && l->claimed_at != TIME_NONE;
	}
}

static void choose(struct act *a, struct work *w, const struct task_line *l)
{
	for (size_t i = 0; i < w->chosen_count; i++)
		if (w->chosen[i] == l)
			return; /* named twice */
	if (w->chosen_count == OFFICE_TASK_UNITS_MAX)
		act_fail(a, ERR_LIMIT, _("at most %d units at once"), OFFICE_TASK_UNITS_MAX);
	else
		w->chosen[w->chosen_count++] = l;
}

/* "RW-2026-000004 2026Q1", for messages. */
static const char *name_of(struct act *a, const struct work *w)
{
	const char *name =
		arena_printf(a->arena, "%s%s%s", w->t.id, *w->o.ref ? " " : "", w->o.ref);

	return name ? name : w->t.id;
}

static void refuse_line(struct act *a, const struct work *w, const struct task_line *l)
{
	const char *name = name_of(a, w);

	if (l->done_at != TIME_NONE)
		act_fail(a, ERR_REFUSED, _("%s of %s is done already, entered by %s at %s"), name,
			l->unit, l->done_name, act_when(a, l->done_at));
	else if (w->want == WANT_CLAIMED)
		act_fail(a, ERR_REFUSED, _("%s has not claimed %s as done"), l->unit, name);
	else
		act_fail(a, ERR_REFUSED, _("%s of %s was claimed by %s at %s"), name, l->unit,
			l->claimed_name, act_when(a, l->claimed_at));
}

static void choose_unit(struct act *a, struct work *w, const char *typed)
{
	const struct unit *u = NULL;

	if (!a->rc)
		a->rc = units_resolve(w->all, typed, a->today, &u, a->err);
	for (size_t i = 0; !a->rc && i < w->line_count; i++) {
		if (strcmp(w->lines[i].unit, u->name) != 0)
			continue;
		if (has(&w->lines[i], w->want))
			choose(a, w, &w->lines[i]);
		else
			refuse_line(a, w, &w->lines[i]);
		return;
	}
	if (!a->rc)
		act_fail(a, ERR_REFUSED, _("%s has no part in %s"), u->name, name_of(a, w));
}

/* One name, or several with 、 between. */
static void choose_units(struct act *a, struct work *w, const char *typed)
{
	struct namelist names = {0};

	if (!namelist_split(a->arena, typed, &names))
		a->rc = arena_failed(a->arena)
				? err_nomem(a->err)
				: err_set(a->err, ERR_USAGE, _("--unit: more than %d names"),
					  NAMELIST_MAX);
	for (size_t i = 0; !a->rc && i < names.count; i++)
		choose_unit(a, w, names.names[i]);
}

static void choose_lines(struct act *a, struct work *w)
{
	const struct office_task_lines *in = w->which;

	for (size_t i = 0; !a->rc && i < in->unit_count; i++)
		choose_units(a, w, in->units[i]);
	for (size_t i = 0; !a->rc && in->all && i < w->line_count; i++)
		if (has(&w->lines[i], w->want))
			choose(a, w, &w->lines[i]);
	if (a->rc || in->unit_count || in->all)
		return;
	if (a->office->unit)
		choose_unit(a, w, a->office->unit);
	else if (w->line_count == 1)
		choose_unit(a, w, w->lines[0].unit);
	else
		act_fail(a, ERR_USAGE, _("%s has %zu units: say --unit UNIT or --all"), w->t.id,
			w->line_count);
}

/* --- which occasion --- */

static void read_lines(struct act *a, struct work *w)
{
	if (!a->rc)
		a->rc = tasks_lines(
			a->db, w->t.id, w->o.ref, a->arena, &w->lines, &w->line_count, a->err);
}

/* The unit that is asked about when no occasion was named; NULL: any. */
static const char *first_unit(struct act *a, const struct work *w)
{
	const char *typed = w->which->unit_count ? w->which->units[0] : a->office->unit;
	struct namelist names = {0};
	const struct unit *u = NULL;

	if (a->rc || !typed)
		return NULL;
	if (!namelist_split(a->arena, typed, &names) || !names.count)
		act_fail(a, ERR_USAGE, _("--unit: “%s” names no unit"), typed);
	else
		a->rc = units_resolve(w->all, names.names[0], a->today, &u, a->err);
	return u ? u->name : NULL;
}

/* Whether some line of the occasion that was read waits for the act. */
static bool is_wanted(const struct work *w, const char *unit)
{
	for (size_t i = 0; i < w->line_count; i++)
		if (has(&w->lines[i], w->want) && (!unit || strcmp(w->lines[i].unit, unit) == 0))
			return true;
	return false;
}

static void find_occasion(struct act *a, struct work *w)
{
	struct task_occasion *list = NULL;
	size_t count = 0;
	const char *unit = first_unit(a, w);

	if (!a->rc)
		a->rc = tasks_occasions(a->db, w->t.id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (w->which->ref && strcmp(list[i].ref, w->which->ref) != 0)
			continue;
		w->o = list[i];
		read_lines(a, w);
		if (w->which->ref || is_wanted(w, unit))
			return;
	}
	if (a->rc)
		return;
	if (w->which->ref)
		act_fail(a, ERR_NOT_FOUND, _("%s has no %s"), w->t.id, w->which->ref);
	else if (!count)
		act_fail(a, ERR_REFUSED,
			is_kind(&w->t, "triggered") ? _("%s was not set off yet (task trigger)")
						    : _("no period of %s has begun yet"),
			w->t.id);
	/* Else the last one stands there, and its lines say why not. */
}

static void begin(struct act *a, struct work *w, struct office_task_acted *out)
{
	memset(out, 0, sizeof *out);
	read_task(a, w->which->task, &w->t, out->id);
	find_occasion(a, w);
	choose_lines(a, w);
	if (!a->rc && !w->chosen_count)
		act_fail(a, ERR_REFUSED, _("no unit of %s is left for that"), name_of(a, w));
	if (!a->rc && w->chosen_count == 1)
		act_of_unit(a, w->chosen[0]->unit);
}

/* --- after the events --- */

/* With the last line done its limit is met. */
static void end_clock(struct act *a, const struct work *w, const struct office_task_acted *out)
{
	enum deadline_clock clock;

	if (a->rc || !*w->o.clock || out->done < out->lines)
		return;
	clock = *w->t.period ? DEADLINE_PROGRESS : DEADLINE_TASK;
	clock_rules_end(a, w->t.id, clock, NULL, w->o.ref, "met", a->now,
		out->units == 1 ? w->chosen[0]->unit : w->t.id);
}

static enum err_code finish(struct act *a, struct work *w, bool done, struct office_task_acted *out)
{
	enum err_code rc;

	out->units = (int64_t)w->chosen_count;
	out->lines = w->o.lines;
	out->done = w->o.lines - w->o.open + (done ? out->units : 0);
	snprintf(out->ref, sizeof out->ref, "%s", w->o.ref ? w->o.ref : "");
	if (w->chosen_count == 1)
		snprintf(out->unit, sizeof out->unit, "%s", w->chosen[0]->unit);
	if (done)
		end_clock(a, w, out);
	rc = act_end(a);
	units_free(w->all);
	return rc;
}

static void put_line(struct act *a, const struct work *w, size_t i)
{
	act_event(a);
	act_str_always(a, "ref", w->o.ref);
	act_str(a, "unit", w->chosen[i]->unit);
}

/* --- progress --- */

enum err_code office_task_progress(struct office *o, const struct office_task_lines *which,
	const struct office_task_told *in, struct office_task_acted *out, struct err *e)
{
	struct work w = {.which = which, .want = WANT_OPEN};
	bool reports;
	struct act a;
	enum err_code rc = units_load(o->home, &w.all, e);

	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("enter progress"), e);
	begin(&a, &w, out);
	commitment_check_told(&a, in->note, in->share, in->on, &out->share);
	reports = !a.rc && is_kind(&w.t, "continuous");
	for (size_t i = 0; !a.rc && i < w.chosen_count; i++) {
		put_line(&a, &w, i);
		act_str(&a, "on_date", in->on ? in->on : a.today);
		act_int(&a, "share_done", out->share.done);
		act_int(&a, "share_of", out->share.of);
		act_text(&a, "note_text", in->note);
		if (reports)
			act_int(&a, "done", 1);
		act_append(&a, "task.progressed/1", w.t.id);
	}
	return finish(&a, &w, reports, out);
}

/* --- claim, verify --- */

static void need_claimed_kind(struct act *a, const struct task_record *t)
{
	if (!a->rc && is_kind(t, "continuous"))
		act_fail(a, ERR_REFUSED,
			_("%s goes on: its units tell of their progress (task progress)"), t->id);
}

enum err_code office_task_claim(struct office *o, const struct office_task_lines *which,
	const char *done_on, struct office_task_acted *out, struct err *e)
{
	struct work w = {.which = which, .want = WANT_UNCLAIMED};
	struct act a;
	enum err_code rc = units_load(o->home, &w.all, e);

	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("enter a claim"), e);
	if (!a.rc && !done_on)
		act_fail(&a, ERR_USAGE, _("a claim needs --done-on DATE"));
	if (!a.rc)
		commitment_need_past(&a, "--done-on", done_on);
	begin(&a, &w, out);
	need_claimed_kind(&a, &w.t);
	for (size_t i = 0; !a.rc && i < w.chosen_count; i++) {
		put_line(&a, &w, i);
		act_str(&a, "done_on", done_on);
		act_append(&a, "task.claimed/1", w.t.id);
	}
	return finish(&a, &w, false, out);
}

struct claimants {
	const char *key, *ref, *unit;
	const struct unit_move *moves;
	size_t move_count;
	bool found;
};

/* Whose line it became that was `unit`'s when event `seq` was: lines follow transferred duties. */
static const char *holder_since(const struct claimants *x, const char *unit, int64_t seq)
{
	for (size_t i = 0; i < x->move_count; i++) {
		const struct unit_move *m = &x->moves[i];
		if (m->seq > seq && !*m->topic && strcmp(m->from, unit) == 0)
			unit = m->to;
	}
	return unit;
}

static enum err_code look_at_claim(void *data, const struct event *ev, struct err *e)
{
	struct claimants *x = data;
	const char *ref = events_str(ev, "ref"), *unit = events_str(ev, "unit");

	(void)e;
	if (strcmp(ev->kind, "task.claimed/1") == 0 && ref && unit && strcmp(ref, x->ref) == 0 &&
		strcmp(ev->actor_key, x->key) == 0 &&
		(strcmp(unit, x->unit) == 0 ||
			strcmp(holder_since(x, unit, ev->seq), x->unit) == 0))
		x->found = true;
	return ERR_OK;
}

/* Two persons: whoever entered a claim of the line does not verify it, whatever its unit is
 * called by now. */
static void need_no_claimant(struct act *a, const struct work *w, const struct task_line *l)
{
	struct claimants x = {a->key, w->o.ref, l->unit, NULL, 0, false};
	struct unit_move *moves = NULL;

	if (!a->rc)
		a->rc = unit_moves_all(a->db, a->arena, &moves, &x.move_count, a->err);
	x.moves = moves;
	if (!a->rc)
		a->rc = events_each(a->db, w->t.id, look_at_claim, &x, a->err);
	if (!a->rc && x.found)
		act_fail(a, ERR_DENIED,
			_("%s entered the claim of %s for %s; another person must verify it"),
			a->office->person.login, w->t.id, l->unit);
}

enum err_code office_task_verify(struct office *o, const struct office_task_lines *which,
	const char *done_on, struct office_task_acted *out, struct err *e)
{
	struct work w = {.which = which, .want = WANT_CLAIMED};
	struct act a;
	enum err_code rc = units_load(o->home, &w.all, e);

	if (rc)
		return rc;
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("verify a task"), e);
	if (!a.rc && done_on)
		commitment_need_past(&a, "--done-on", done_on);
	begin(&a, &w, out);
	for (size_t i = 0; !a.rc && i < w.chosen_count; i++) {
		need_no_claimant(&a, &w, w.chosen[i]);
		put_line(&a, &w, i);
		act_str(&a, "done_on", done_on ? done_on : w.chosen[i]->claimed_on);
		act_append(&a, "task.verified/1", w.t.id);
	}
	return finish(&a, &w, true, out);
}

enum err_code office_task_refuse_claim(struct office *o, const struct office_task_lines *which,
	const char *reason, struct office_task_acted *out, struct err *e)
{
	struct work w = {.which = which, .want = WANT_CLAIMED};
	struct act a;
	enum err_code rc = units_load(o->home, &w.all, e);

	if (rc)
		return rc;
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("refuse a claim"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("refusing a claim needs --reason"));
	begin(&a, &w, out);
	for (size_t i = 0; !a.rc && i < w.chosen_count; i++) {
		need_no_claimant(&a, &w, w.chosen[i]);
		put_line(&a, &w, i);
		act_str(&a, "done_on", w.chosen[i]->claimed_on);
		act_text(&a, "reason_text", reason);
		act_append(&a, "task.claim_refused/1", w.t.id);
	}
	return finish(&a, &w, false, out);
}

/* --- set off --- */

static void next_ref(struct act *a, const char *id, char ref[16])
{
	struct task_occasion *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = tasks_occasions(a->db, id, a->arena, &list, &count, a->err);
	snprintf(ref, 16, "%zu", count + 1);
}

static void check_trigger(struct act *a, const struct office_task_trigger *in,
	const struct task_record *t, const char *on)
{
	if (!a->rc && !is_kind(t, "triggered"))
		act_fail(a, ERR_REFUSED, _("%s is not of the kind that something sets off"), t->id);
	if (!a->rc && strcmp(t->state, "open") != 0)
		act_fail(a, ERR_REFUSED, _("%s was closed by %s at %s"), t->id, t->closed_name,
			act_when(a, t->closed_at));
	if (!a->rc && typed_is_blank(in->note))
		act_fail(a, ERR_USAGE, _("say by --text what set it off"));
	if (!a->rc)
		commitment_need_past(a, "--on", on);
	if (!a->rc && in->due)
		commitment_end_of_date(a, in->due, "--due");
	if (!a->rc && in->due && strcmp(in->due, on) < 0)
		act_fail(a, ERR_USAGE, _("--due %s lies before %s"), in->due, on);
}

/* The unit that is meant alone; *count: how many are. */
static const char *meant_unit(struct act *a, const struct office_task_trigger *in,
	const struct task_record *t, int64_t *units)
{
	const struct unit *u = NULL;
	struct task_unit *list = NULL;
	struct units *all = NULL;
	const char *name = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = tasks_units(a->db, t->id, a->arena, &list, &count, a->err);
	*units = in->unit ? 1 : (int64_t)count;
	if (a->rc || !in->unit)
		return NULL;
	a->rc = units_load(a->office->home, &all, a->err);
	if (!a->rc)
		a->rc = units_resolve(all, in->unit, a->today, &u, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (strcmp(list[i].unit, u->name) == 0)
			name = list[i].unit;
	if (!a->rc && !name)
		act_fail(a, ERR_REFUSED, _("%s has no part in %s"), u->name, t->id);
	units_free(all);
	return name;
}

enum err_code office_task_trigger(struct office *o, const struct office_task_trigger *in,
	struct office_task_triggered *out, struct err *e)
{
	struct task_opening open = {.note = in->note, .due = in->due};
	struct calendar_result due = {0};
	struct task_record t;
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("set a task off"), e);
	read_task(&a, in->task, &t, out->id);
	open.from = in->on ? in->on : a.today;
	check_trigger(&a, in, &t, open.from);
	open.unit = meant_unit(&a, in, &t, &out->units);
	next_ref(&a, out->id, out->ref);
	open.ref = out->ref;
	open.start = a.rc ? TIME_NONE : commitment_end_of_date(&a, open.from, "--on");
	if (!a.rc)
		task_open(&a, &t, &open, &due);
	if (!a.rc)
		out->due = in->due ? commitment_end_of_date(&a, in->due, "--due") : due.due;
	out->tentative = due.unlisted_year;
	return act_end(&a);
}

/* --- looked at --- */

static void count_lines(struct act *a, const char *id, int64_t *open)
{
	struct task_occasion *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = tasks_occasions(a->db, id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		*open += list[i].open;
}

/* Nothing of it runs out any more; what was not done stays on record as not done. */
static void end_clocks(struct act *a, const char *id)
{
	clock_rules_end(a, id, DEADLINE_TASK, NULL, NULL, "void", a->now, NULL);
	clock_rules_end(a, id, DEADLINE_PROGRESS, NULL, NULL, "void", a->now, NULL);
}

enum err_code office_task_review(struct office *o, const char *task, const char *next,
	const char *note, struct office_task_reviewed *out, struct err *e)
{
	struct task_record t;
	int64_t at = TIME_NONE;
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("review a task"), e);
	if (!a.rc && next)
		at = commitment_end_of_date(&a, next, "--next");
	if (!a.rc && next && strcmp(next, a.today) <= 0)
		act_fail(&a, ERR_USAGE, _("--next %s is not in the future"), next);
	read_task(&a, task, &t, out->id);
	if (!a.rc && strcmp(t.state, "open") != 0)
		act_fail(&a, ERR_REFUSED, _("%s was closed by %s at %s"), t.id, t.closed_name,
			act_when(&a, t.closed_at));
	count_lines(&a, out->id, &out->open);
	if (!a.rc && !next && out->open && typed_is_blank(note))
		act_fail(&a, ERR_REFUSED,
			n_("%s: %lld line is not done; to close it all the same say why (--text)",
				"%s: %lld lines are not done; to close it all the same say why "
				"(--text)",
				(unsigned long)out->open),
			t.id, (long long)out->open);
	act_event(&a);
	act_str(&a, "review_date", next);
	act_int(&a, "review_at", at);
	act_text(&a, "note_text", note);
	if (!next)
		act_int(&a, "open", out->open);
	act_append(&a, next ? "task.reviewed/1" : "task.closed/1", out->id);
	if (!next)
		end_clocks(&a, out->id);
	return act_end(&a);
}
