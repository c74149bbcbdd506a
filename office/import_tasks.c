/*
 * import_tasks.c - a yearly plan's table into the ledger, in one act.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/date_find.h"
#include "crawler/table_map.h"
#include "ledger/tasks.h"
#include "office/act.h"
#include "office/import_private.h"
#include "office/task_open.h"
#include "office/task_sheet.h"
#include "office/units.h"

#define UNITS_MAX 512 /* of one task */
#define ITEM_MAX 32 /* bytes of its number */

struct member {
	const char *unit, *role, *group;
};

struct plan {
	struct import_job *job;
	struct act *a;
	struct units *units;
	struct task_sheet sheet;
	struct member members[UNITS_MAX]; /* of the row in hand */
	size_t member_count;
	char made_on[11];
	int64_t made; /* days since 1970-01-01 */
};

static const char *text_or_empty(const char *s)
{
	return s ? s : "";
}

/* --- units and groups --- */

static void add_member(struct plan *p, const char *unit, const char *role, const char *group)
{
	for (size_t i = 0; i < p->member_count; i++)
		if (strcmp(p->members[i].unit, unit) == 0)
			return; /* named before: a lead that stands in a group too */
	if (p->member_count == UNITS_MAX)
		act_fail(p->a, ERR_LIMIT, _("a task has more than %d units"), UNITS_MAX);
	else
		p->members[p->member_count++] = (struct member){unit, role, group};
}

/* 各镇〈街〉, 各镇（街）, 各镇(街): 各镇街. */
static const char *group_name(struct plan *p, const char *typed)
{
	static const char *const brackets[] = {"〈", "〉", "（", "）", "(", ")", "<", ">"};
	char *out = arena_strdup(p->job->arena, typed);

	for (size_t i = 0; out && i < sizeof brackets / sizeof *brackets; i++)
		for (char *at; (at = strstr(out, brackets[i]));)
			memmove(at, at + strlen(brackets[i]), strlen(at + strlen(brackets[i])) + 1);
	return out;
}

/* The units of a group that are there today. False: there is no such group. */
static bool add_group(struct plan *p, const char *name, const char *role)
{
	bool found = false;

	for (size_t i = 0; name && i < units_count(p->units); i++) {
		const struct unit *u = units_at(p->units, i);
		if (!namelist_has(&u->groups, name))
			continue;
		found = true;
		if (!u->until || strcmp(u->until, p->a->today) >= 0)
			add_member(p, u->name, role, name);
	}
	return found;
}

/* *why when a name is neither. */
static void add_names(
	struct plan *p, const struct namelist *names, const char *role, const char **why)
{
	for (size_t i = 0; !*why && !p->a->rc && i < names->count; i++) {
		const struct unit *u = NULL;
		struct err fault;
		if (add_group(p, group_name(p, names->names[i]), role))
			continue;
		if (units_resolve(p->units, names->names[i], p->a->today, &u, &fault) == ERR_OK)
			add_member(p, u->name, role, "");
		else
			*why = arena_strdup(p->job->arena, fault.text);
	}
}

static void find_members(struct plan *p, const struct task_row *r, const char **why)
{
	p->member_count = 0;
	add_names(p, &r->leads, "lead", why);
	add_names(p, &r->cos, "co", why);
}

/* --- a new task --- */

/* Once, within so many days of the plan's own day. */
static bool runs_from_plan(const struct task_row *r)
{
	return strcmp(r->kind, "once") == 0 && r->limit.amount > 0;
}

static int64_t start_of(struct plan *p, const struct task_row *r)
{
	struct act *a = p->a;
	int64_t at = TIME_NONE;

	if (!a->rc && runs_from_plan(r))
		a->rc = calendar_end_of_date(p->made_on, a->office->settings.zone, &at, a->err);
	return at;
}

static void append_task(
	struct plan *p, const struct task_row *r, struct task_record *t, char id[IDS_SIZE])
{
	struct act *a = p->a;
	const char *rule = "";
	char review[11] = "";
	int64_t due_at = TIME_NONE, review_at = TIME_NONE;

	if (*r->due_date)
		a->rc = calendar_end_of_date(
			r->due_date, a->office->settings.zone, &due_at, a->err);
	if (!*r->due_date && !runs_from_plan(r))
		task_review_by_rule(a, p->made_on, review, &review_at, &rule);
	act_event(a);
	act_new_id(a, IDS_TASK, id);
	act_str(a, "plan", p->job->out->plan);
	act_str(a, "item", r->item);
	act_str(a, "kind", r->kind);
	act_text(a, "words_text", r->words);
	act_str(a, "made_on", p->made_on);
	act_str(a, "due_date", r->due_date);
	act_int(a, "due_at", due_at);
	act_str(a, "period", r->period);
	act_text(a, "trigger_text", r->trigger);
	if (r->limit.amount) {
		act_int(a, "limit_amount", r->limit.amount);
		act_str(a, "limit_unit", calendar_unit_name(r->limit.unit));
	}
	act_text(a, "note_text", r->note);
	act_str(a, "review_date", review);
	act_int(a, "review_at", review_at);
	act_str(a, "review_rule", rule);
	act_append(a, "task.added/1", id);
	if (!a->rc)
		a->rc = tasks_get(a->db, id, p->job->arena, t, a->err);
}

static void append_member(struct plan *p, const char *id, size_t i)
{
	struct act *a = p->a;

	act_event(a);
	act_str(a, "unit", p->members[i].unit);
	act_str(a, "role", p->members[i].role);
	act_str(a, "group", p->members[i].group);
	act_int(a, "n", (int64_t)i + 1);
	act_append(a, "task.assigned/1", id);
	p->job->out->lines++;
}

static void add_task(struct plan *p, const struct task_row *r)
{
	struct task_record t;
	int64_t opened = 0;
	char id[IDS_SIZE];

	append_task(p, r, &t, id);
	for (size_t i = 0; !p->a->rc && i < p->member_count; i++)
		append_member(p, id, i);
	if (!p->a->rc && strcmp(r->kind, "once") == 0)
		task_open(p->a, &t,
			&(struct task_opening){.ref = "",
				.from = "",
				.due = *r->due_date ? r->due_date : NULL,
				.start = start_of(p, r)},
			NULL);
	else if (!p->a->rc && *r->period)
		task_open_periods(p->a, &t, &opened);
	p->job->out->added++;
}

/* --- one that is there --- */

static bool has_same_words(const struct task_record *t, const struct task_row *r)
{
	return strcmp(text_or_empty(t->words), r->words) == 0 &&
	       strcmp(text_or_empty(t->trigger), r->trigger) == 0 &&
	       strcmp(text_or_empty(t->note), r->note) == 0;
}

/* When it is due is no matter of its words: an import does not move it. */
static bool has_same_limit(const struct task_record *t, const struct task_row *r)
{
	return strcmp(t->kind, r->kind) == 0 && strcmp(t->due_date, r->due_date) == 0 &&
	       strcmp(t->period, r->period) == 0 && t->limit_amount == r->limit.amount &&
	       (!r->limit.amount || strcmp(t->limit_unit, calendar_unit_name(r->limit.unit)) == 0);
}

static const struct task_unit *find_unit(
	const struct task_unit *list, size_t count, const char *unit)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].unit, unit) == 0)
			return &list[i];
	return NULL;
}

static bool is_member(const struct plan *p, const char *unit)
{
	for (size_t i = 0; i < p->member_count; i++)
		if (strcmp(p->members[i].unit, unit) == 0)
			return true;
	return false;
}

/* Units that came or left. */
static void revise_members(struct plan *p, const char *id, bool *changed)
{
	struct act *a = p->a;
	struct task_unit *now = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = tasks_units(a->db, id, p->job->arena, &now, &count, a->err);
	for (size_t i = 0; !a->rc && i < p->member_count; i++) {
		const struct task_unit *u = find_unit(now, count, p->members[i].unit);
		if (u && strcmp(u->role, p->members[i].role) == 0)
			continue;
		append_member(p, id, i);
		*changed = true;
	}
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (is_member(p, now[i].unit))
			continue;
		act_event(a);
		act_str(a, "unit", now[i].unit);
		act_append(a, "task.released/1", id);
		*changed = true;
	}
}

static void revise_task(struct plan *p, const char *id, const struct task_row *r, const char **why)
{
	struct act *a = p->a;
	struct task_record t;
	bool changed = false;

	a->rc = tasks_get(a->db, id, p->job->arena, &t, a->err);
	if (!a->rc && !has_same_limit(&t, r))
		*why = arena_printf(p->job->arena,
			_("%s has another kind or date on record (%s %s): an import moves no date"),
			id, t.kind, *t.due_date ? t.due_date : t.period);
	if (a->rc || *why)
		return;
	if (!has_same_words(&t, r)) {
		act_event(a);
		act_text(a, "words_text", r->words);
		act_text(a, "trigger_text", r->trigger);
		act_text(a, "note_text", r->note);
		act_append(a, "task.revised/1", id);
		changed = true;
	}
	revise_members(p, id, &changed);
	p->job->out->changed += changed;
	p->job->out->same += !changed;
}

/* --- rows --- */

static void take_row(struct plan *p, const struct task_row *r, const char **why)
{
	struct act *a = p->a;
	const char *id = "";

	if (strlen(r->item) > ITEM_MAX)
		*why = _("its number is too long");
	if (!*why)
		find_members(p, r, why);
	if (*why || a->rc)
		return;
	a->rc = tasks_of_item(a->db, p->job->out->plan, r->item, p->job->arena, &id, a->err);
	if (a->rc)
		return;
	if (*id)
		revise_task(p, id, r, why);
	else
		add_task(p, r);
}

static void remark_undated(struct plan *p, const struct task_row *r)
{
	const char *text;

	if (p->a->rc || !*r->undated)
		return;
	text = arena_printf(p->job->arena,
		_("“%s” names no day; it is looked at on 31 December (年底前核查)"), r->undated);
	p->a->rc = text ? import_remark(p->job, r->row, text, p->a->err) : err_nomem(p->a->err);
}

/* Twice in one table: the first is taken. */
static const char *twin_of(
	struct plan *p, const struct task_row *rows, size_t n, const struct task_row *r)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].item, r->item) == 0)
			return arena_printf(p->job->arena, _("item %s stands in row %zu already"),
				r->item, rows[i].row);
	return NULL;
}

static void take_rows(struct plan *p)
{
	struct import_job *j = p->job;
	struct act *a = p->a;
	struct task_row *rows = arena_array(j->arena, j->sheet.count + 1, sizeof *rows);
	size_t taken = 0;

	if (!rows)
		a->rc = err_nomem(a->err);
	for (size_t i = p->sheet.head + 1; !a->rc && i < j->sheet.count; i++) {
		struct task_row *r = &rows[taken];
		const char *why = NULL;
		j->out->rows++;
		a->rc = task_sheet_read(&p->sheet, &j->sheet.rows[i], p->made, j->arena,
			&j->out->masked, r, &why, a->err);
		if (!a->rc && !why)
			why = twin_of(p, rows, taken, r);
		if (!a->rc)
			take_row(p, r, &why);
		if (!a->rc && why)
			a->rc = import_refuse(j, j->sheet.rows[i].number, why, a->err);
		else if (!a->rc)
			taken++;
		if (!why)
			remark_undated(p, r);
		if (!a->rc)
			a->rc = import_step(j, i, j->sheet.count, a->err);
	}
}

/* --- the whole --- */

static enum err_code tell_columns(struct plan *p, struct err *e)
{
	struct import_job *j = p->job;
	const struct table_row *head = &j->sheet.rows[p->sheet.head];
	struct import_result *r = j->out;

	r->head_row = head->number;
	r->columns = arena_array(j->arena, head->count + 1, sizeof *r->columns);
	if (!r->columns)
		return err_nomem(e);
	for (size_t k = 0; k < head->count; k++) {
		struct import_column *c = &r->columns[r->column_count];
		if (!head->cells[k].text)
			continue;
		c->head = head->cells[k].text;
		c->is_private = table_map_is_private(c->head);
		for (size_t f = 0; f < TASK_COLUMNS_COUNT; f++)
			if (p->sheet.column[f] == (int)k)
				c->field = task_sheet_field((enum task_column)f);
		r->column_count++;
	}
	return ERR_OK;
}

/* The plan's day: typed, else the last date above the table. */
static enum err_code find_day(struct plan *p, const char *made, struct err *e)
{
	const struct time_zone *zone = p->job->office->settings.zone;
	struct str title = str_of(p->sheet.title);
	struct date_found d;
	int64_t at = TIME_NONE;
	size_t pos = 0;

	if (made && (strlen(made) != 10 || calendar_end_of_date(made, zone, &at, e) != ERR_OK))
		return err_set(
			e, ERR_USAGE, _("%s: “%s” is no date like 2026-09-30"), "--made", made);
	while (!made && date_find(title, pos, p->job->now, zone, &d)) {
		if (d.has_year && !d.is_relative)
			at = d.moment;
		pos = d.end;
	}
	if (at == TIME_NONE)
		return err_set(e, ERR_USAGE,
			_("no date stands above the table: say the plan's day with --made DATE"));
	calendar_date_of(at, zone, p->made_on);
	p->made = calendar_day_of(at, zone);
	p->job->out->made_on = p->made_on;
	return ERR_OK;
}

/* "plan-2021" of "…/plan-2021.csv". */
static const char *stem_of(struct arena *a, const char *file)
{
	const char *dot = strrchr(file, '.');

	return arena_strndup(a, file, dot && dot > file ? (size_t)(dot - file) : strlen(file));
}

static enum err_code read_plan(struct plan *p, const char *name, const char *made, struct err *e)
{
	struct import_job *j = p->job;
	enum err_code rc;

	j->mapping.sheet = j->opt->sheet;
	rc = import_read_sheet(j, e);
	if (rc)
		return rc;
	j->out->sheet = j->sheet.name;
	j->out->plan = name ? name : stem_of(j->arena, j->out->file);
	rc = j->out->plan ? task_sheet_find(&j->sheet, j->arena, &p->sheet, e) : err_nomem(e);
	if (rc == ERR_INPUT)
		(void)err_prefix(e, "%s: ", j->opt->path);
	if (!rc)
		rc = find_day(p, made, e);
	if (!rc)
		rc = tell_columns(p, e);
	return rc ? rc : units_load(j->office->home, &p->units, e);
}

static void append_import(struct plan *p)
{
	const struct import_result *out = p->job->out;
	struct act *a = p->a;
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&p->job->sha256, hex);
	act_event(a);
	act_str(a, "plan", out->plan);
	act_str(a, "made_on", p->made_on);
	act_text(a, "file_text", out->file);
	act_str(a, "digest", hex);
	act_int(a, "rows", (int64_t)out->rows);
	act_int(a, "added", (int64_t)out->added);
	act_int(a, "revised", (int64_t)out->changed);
	act_int(a, "unchanged", (int64_t)out->same);
	act_int(a, "refused", (int64_t)out->refused_count);
	act_append(a, "plan.imported/1", TASKS_SUBJECT);
}

static enum err_code take_plan(struct plan *p, struct err *e)
{
	struct import_job *j = p->job;
	struct act a;

	p->a = &a;
	act_begin(&a, j->office, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("import a plan"), e);
	take_rows(p);
	if (!a.rc && j->out->rows && j->out->refused_count == j->out->rows)
		act_fail(&a, ERR_INPUT, _("%s: every row was refused"), j->opt->path);
	append_import(p);
	if (a.rc || !j->opt->dry_run)
		return act_end(&a);
	db_rollback(j->office->db);
	return act_leave(&a);
}

/* A bare name that is not here may be one of those that came with the program. */
static enum err_code find_file(const struct office *o, const char *path, char **out, struct err *e)
{
	struct err ignored;

	*out = NULL;
	if (strchr(path, '/') || strcmp(path, "-") == 0 || path_exists(path))
		return ERR_OK;
	return path_find(o->home, path, out, &ignored) == ERR_NOMEM ? err_nomem(e) : ERR_OK;
}

enum err_code office_import_tasks(struct office *o, const struct import_options *opt,
	const char *plan, const char *made, struct import_result *out, struct err *e)
{
	struct import_job *j = calloc(1, sizeof *j);
	struct plan *p = calloc(1, sizeof *p);
	struct import_options at = *opt;
	const char *slash;
	char *found = NULL;
	enum err_code rc = j && p ? find_file(o, opt->path, &found, e) : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc) {
		at.path = found ? found : opt->path;
		slash = strrchr(at.path, '/');
		*j = (struct import_job){.office = o, .opt = &at, .out = out, .whole = true};
		j->now = office_now(o);
		out->arena = j->arena = arena_new(ARENA_MAX_DEFAULT);
		p->job = j;
		rc = out->arena ? ERR_OK : err_nomem(e);
	}
	if (!rc) {
		out->file = arena_strdup(out->arena, slash ? slash + 1 : at.path);
		rc = out->file ? read_plan(p, plan, made, e) : err_nomem(e);
	}
	if (!rc)
		rc = take_plan(p, e);
	if (!rc)
		out->made_on = arena_strdup(out->arena, p->made_on);
	if (rc == ERR_STOPPED)
		out->rows = 0; /* there is nothing to give an account of */
	units_free(p ? p->units : NULL);
	free(found);
	free(p);
	free(j);
	return rc;
}
