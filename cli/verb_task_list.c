/*
 * verb_task_list.c - `huiying task list`: the plan item by item, how far it is, who lags.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/task_view.h"
#include "cli/words.h"
#include "ledger/list.h"
#include "office/units.h"

#define NAMES_SHOWN 3 /* in a cell; all of them stand below with --late, and in show */

struct listing {
	struct office *office;
	struct arena *arena;
	const char *unit; /* only those that it has a line of; NULL: all */
	bool late, every;
	struct list views;
};

/* --- which --- */

/* The unit's own line; NULL: it has none. */
static const struct task_line *line_of(const struct task_view *v, const char *unit)
{
	for (size_t i = 0; i < v->line_count; i++)
		if (strcmp(v->lines[i].unit, unit) == 0)
			return &v->lines[i];
	return NULL;
}

static bool is_asked_for(const struct listing *l, const struct task_view *v)
{
	const struct task_line *own = l->unit ? line_of(v, l->unit) : NULL;

	if (l->unit && (!own || (l->late && !tasks_is_waiting(own))))
		return false;
	return !l->late || v->late;
}

static enum err_code gather(struct listing *l, const struct task_record *t, struct err *e)
{
	struct task_view *views = NULL;
	size_t count = 0;
	enum err_code rc = task_view_each(l->office, t, l->every, l->arena, &views, &count, e);

	for (size_t i = 0; !rc && i < count; i++) {
		struct task_view *v;
		if (!is_asked_for(l, &views[i]))
			continue;
		v = list_add(&l->views);
		if (v)
			*v = views[i];
		else
			rc = err_nomem(e);
	}
	return rc;
}

static enum err_code find_unit(struct listing *l, const char *typed, struct err *e)
{
	struct units *all = NULL;
	const struct unit *u = NULL;
	char today[11];
	enum err_code rc = units_load(l->office->home, &all, e);

	calendar_date_of(office_now(l->office), l->office->settings.zone, today);
	if (!rc)
		rc = units_resolve(all, typed, today, &u, e);
	if (!rc) {
		l->unit = arena_strdup(l->arena, u->name);
		rc = l->unit ? ERR_OK : err_nomem(e);
	}
	units_free(all);
	return rc;
}

/* --- for people --- */

/* Who lags behind; where nobody does, whether something is to be verified. */
static void add_lagging(const struct listing *l, struct buf *b, const struct task_view *v)
{
	const struct task_line *own = l->unit ? line_of(v, l->unit) : NULL;

	if (v->late && own && tasks_is_waiting(own))
		buf_add_str(b, own->unit);
	else if (v->late && v->waiting && !own)
		task_view_add_waiting(b, v, NAMES_SHOWN);
	else
		buf_add_str(b, v->o.claimed ? _("verify") : "-");
}

static void add_row(const struct listing *l, struct table *t, const struct task_view *v)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	table_cell(t, v->t.id);
	table_cell(t, v->t.item);
	table_cell(t, words_of("task", v->t.kind));
	table_cell(t, *v->o.ref ? v->o.ref : "-");
	task_view_add_due(&b, v, l->office->settings.zone);
	table_cell(t, buf_str(&b));
	buf_clear(&b);
	task_view_add_done(&b, v);
	table_cell(t, buf_str(&b));
	buf_clear(&b);
	add_lagging(l, &b, v);
	table_cell(t, buf_str(&b));
	table_cell(t, words_or_erased(v->t.words));
	table_end_row(t);
	buf_fini(&b);
}

static enum err_code print_table(const struct listing *l, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("TASK"), TABLE_LEFT, 0},
		{N_("ITEM"), TABLE_LEFT, 0},
		{N_("KIND"), TABLE_LEFT, 1},
		{N_("FOR"), TABLE_LEFT, 0},
		{N_("DUE"), TABLE_LEFT, 0},
		{N_("DONE"), TABLE_LEFT, 0},
		{N_("LAGGING"), TABLE_LEFT, 0},
		{N_("WORDS"), TABLE_CUT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < l->views.count; i++)
		add_row(l, t, (const struct task_view *)l->views.items + i);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

struct laggard {
	const char *unit;
	const struct task_view *of;
};

static int by_unit(const void *a, const void *b)
{
	const struct laggard *x = a, *y = b;
	int c = strcmp(x->unit, y->unit);

	return c ? c : (x->of > y->of) - (x->of < y->of);
}

static enum err_code find_laggards(const struct listing *l, struct list *out, struct err *e)
{
	list_init(out, l->arena, sizeof(struct laggard));
	for (size_t i = 0; i < l->views.count; i++) {
		const struct task_view *v = (const struct task_view *)l->views.items + i;
		for (size_t k = 0; k < v->line_count; k++) {
			struct laggard *x;
			if (!tasks_is_waiting(&v->lines[k]) ||
				(l->unit && strcmp(l->unit, v->lines[k].unit) != 0))
				continue;
			x = list_add(out);
			if (!x)
				return err_nomem(e);
			*x = (struct laggard){v->lines[k].unit, v};
		}
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(struct laggard), by_unit);
	return ERR_OK;
}

/* Every unit that lags behind, with the items that it owes. */
static enum err_code print_laggards(const struct listing *l, struct err *e)
{
	struct list all;
	enum err_code rc = find_laggards(l, &all, e);
	const struct laggard *x = all.items;
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; !rc && i < all.count; i++) {
		const struct task_view *v = x[i].of;
		bool goes_on = i > 0 && strcmp(x[i].unit, x[i - 1].unit) == 0;
		if (!goes_on && i)
			buf_add_str(&b, "\n");
		buf_addf(&b, "%s%s%s%s", goes_on ? "、" : x[i].unit, goes_on ? "" : "  ", v->t.item,
			"");
		if (*v->o.ref)
			buf_addf(&b, " (%s)", v->o.ref);
	}
	if (!rc)
		rc = buf_check(&b, _("the list"), e);
	if (!rc && all.count)
		output_printf(stdout, "\n%s\n%s\n", _("units that lag behind, and the items:"),
			buf_str(&b));
	buf_fini(&b);
	return rc;
}

/* --- JSON --- */

static enum err_code print_json(const struct task_view *v, struct err *e)
{
	struct json_out out;

	task_view_put(json_out_begin(&out), v);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_all(const struct call *call, const struct listing *l, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (call->json) {
		for (size_t i = 0; !rc && i < l->views.count; i++)
			rc = print_json((const struct task_view *)l->views.items + i, e);
		return rc;
	}
	if (!l->views.count) {
		puts(l->late ? _("no task is late") : _("no tasks"));
		return ERR_OK;
	}
	rc = print_table(l, e);
	return rc || !l->late ? rc : print_laggards(l, e);
}

static enum err_code read_all(struct call *call, struct listing *l, struct err *e)
{
	struct task_record *tasks = NULL;
	size_t count = 0;
	enum err_code rc = ERR_OK;

	list_init(&l->views, l->arena, sizeof(struct task_view));
	if (call_flag(call, "unit"))
		rc = find_unit(l, call_flag(call, "unit"), e);
	if (!rc)
		rc = db_begin_read(l->office->db, e);
	if (!rc)
		rc = tasks_of(l->office->db, call_flag(call, "plan"), l->arena, &tasks, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		rc = gather(l, &tasks[i], e);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct listing l = {.arena = arena_new(ARENA_MAX_DEFAULT),
		.late = call_has(call, "late"),
		.every = call_has(call, "all")};
	enum err_code rc = l.arena ? session_open(call, true, &l.office, e) : err_nomem(e);

	if (!rc)
		rc = read_all(call, &l, e);
	if (!rc)
		rc = print_all(call, &l, e);
	office_close(l.office);
	arena_free(l.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"late", NULL, N_("only what is past its limit, and which units lag behind")},
	{"unit", N_("UNIT"), N_("only what this unit has a part in")},
	{"plan", N_("PLAN"), N_("only this plan")},
	{"all", NULL, N_("every period and every time, not only what is open")},
	{NULL, NULL, NULL},
};

const struct command command_task_list = {
	.verb = "task list",
	.args = "",
	.summary = N_("the tasks of a plan: what is due, how many units are done, who lags behind"),
	.help = N_(
		"A row for each period or time that is not done by all (FOR), else for the last. "
		"DONE is the units that are done, of all. A unit is done when a supervisor has "
		"verified its claim; with a task that goes on, when it has told of its progress "
		"in the period. Who has claimed does not lag behind."),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};
