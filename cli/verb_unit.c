/*
 * verb_unit.c - `huiying unit list`, `unit check`, `unit transfer`: units over time, and
 * the part of `huiying status` about duties that nobody can fulfil any more.
 */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/status_parts.h"
#include "ledger/unit_moves.h"
#include "office/transfer.h"
#include "office/units.h"

/* "3 cases, 12 promises, 1 order" */
static void add_duties(struct buf *b, const struct unit_duties *d)
{
	buf_addf(b, n_("%lld case, ", "%lld cases, ", d->cases), (long long)d->cases);
	buf_addf(b, n_("%lld promise, ", "%lld promises, ", d->promises), (long long)d->promises);
	buf_addf(b, n_("%lld order", "%lld orders", d->orders), (long long)d->orders);
	if (d->tasks)
		buf_addf(b, n_(", %lld task of a plan", ", %lld tasks of plans", d->tasks),
			(long long)d->tasks);
}

/* --- unit transfer --- */

static void put_moved(struct json_writer *w, const void *data)
{
	const struct transferred *t = data;

	json_put_str(w, "from", t->from);
	json_put_str(w, "to", t->to);
	json_put_str(w, "on", t->on);
	json_put_int(w, "cases", t->moved.cases);
	json_put_int(w, "promises", t->moved.promises);
	json_put_int(w, "orders", t->moved.orders);
	json_put_int(w, "tasks", t->moved.tasks);
	json_put_bool(w, "planned", t->planned);
}

static enum err_code tell_moved(const struct call *call, const struct transferred *t, struct err *e)
{
	struct buf duties;
	enum err_code rc;

	buf_init(&duties, 1024);
	add_duties(&duties, &t->moved);
	rc = done_line(call, NULL, put_moved, t, e,
		t->planned ? _("%s: from %s on they will be duties of %s; until then of %s")
			   : _("%s: from %s they are duties of %s, not of %s"),
		buf_str(&duties), t->on, t->to, t->from);
	buf_fini(&duties);
	if (!rc && t->still_listed)
		done_note(call,
			_("units.conf still lists %s: give it “until” (its last day) and "
			  "“successor = %s”"),
			t->from, t->to);
	if (!rc)
		done_next(call, _("case list --unit %s · unit list"), t->to);
	return rc;
}

static enum err_code tell_withdrawn(
	const struct call *call, const struct transferred *t, struct err *e)
{
	enum err_code rc = done_line(call, NULL, put_moved, t, e,
		_("the transfer of %s to %s on %s is taken back"), t->from, t->to, t->on);

	if (!rc)
		done_next(call, _("unit list"));
	return rc;
}

/* OLD alone with --withdraw, OLD NEW without. */
static enum err_code check_units(const struct call *call, struct err *e)
{
	bool withdraw = call_has(call, "withdraw");

	if (call->argc == (withdraw ? 1 : 2))
		return ERR_OK;
	return err_set(e, ERR_USAGE,
		withdraw ? _("--withdraw takes the old unit alone")
			 : _("a transfer needs two units: the old one and the new one"));
}

static enum err_code run_transfer(struct call *call, struct err *e)
{
	struct transfer in = {.from = call->argv[0],
		.to = call->argc > 1 ? call->argv[1] : NULL,
		.on = call_flag(call, "from"),
		.topic = call_flag(call, "topic"),
		.note = call_flag(call, "note")};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct transferred out;
	bool withdraw = call_has(call, "withdraw");
	enum err_code rc = a ? check_units(call, e) : err_nomem(e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = withdraw ? transfer_withdraw(o, in.from, in.note, a, &out, e)
			      : transfer_unit(o, &in, a, &out, e);
	if (!rc)
		rc = withdraw ? tell_withdrawn(call, &out, e) : tell_moved(call, &out, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag transfer_flags[] = {
	{"from", N_("DATE"), N_("the first day of the new unit, also one to come; default: today")},
	{"topic", N_("TOPIC"), N_("only matters of this topic: the unit lost a part of its work")},
	{"withdraw", NULL, N_("take back what was planned for a day to come")},
	{"note", N_("TEXT"), N_("what is to be remembered about it")},
	{NULL, NULL, NULL},
};

const struct command command_unit_transfer = {
	.verb = "unit transfer",
	.args = N_("OLD NEW [--from DATE] [--topic T] | OLD --withdraw"),
	.summary = N_("the open duties of a unit go over to another"),
	.help = N_("For a unit that was renamed, merged or split: its open cases and promises are "
		   "those of the new unit from now on, and commands take the new name. What is "
		   "closed keeps the old name. units.conf must know the new unit; --document names "
		   "the paper that says so. With a day to come nothing moves before it; tick does "
		   "it then. What units.conf says itself (until and successor, formerly) tick "
		   "follows without this command."),
	.flags = transfer_flags,
	.min_args = 1,
	.max_args = 2,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_transfer,
};

/* --- unit list --- */

struct listing {
	struct office *office;
	struct arena *arena;
	struct units *all;
	char on[11];
};

/* Is it a unit on that day? One that has ended is listed as long as it has duties. */
static bool is_listed(const struct listing *l, const struct unit *u, const struct unit_duties *d)
{
	return !u->until || strcmp(l->on, u->until) <= 0 || d->cases || d->promises || d->orders ||
	       d->tasks;
}

static enum err_code print_unit_json(
	const struct unit *u, const struct unit_duties *d, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "unit", u->name);
	json_put_str(w, "full", u->full);
	json_put_str(w, "level", u->level);
	json_put_str(w, "until", u->until);
	json_put_str(w, "successor", u->successor);
	json_put_int(w, "cases", d->cases);
	json_put_int(w, "promises", d->promises);
	json_put_int(w, "orders", d->orders);
	json_put_int(w, "tasks", d->tasks);
	return json_out_end(&out, ERR_OK, e);
}

static void add_unit_row(struct table *t, const struct unit *u, const struct unit_duties *d)
{
	table_cell(t, u->name);
	table_cell(t, u->level);
	table_cellf(t, "%lld", (long long)d->cases);
	table_cellf(t, "%lld", (long long)d->promises);
	table_cellf(t, "%lld", (long long)d->orders);
	table_cellf(t, "%lld", (long long)d->tasks);
	table_cell(t, u->until ? u->until : "");
	table_cell(t, u->successor ? u->successor : "");
	table_cell(t, u->full ? u->full : "");
	table_end_row(t);
}

static enum err_code list_units(struct listing *l, struct table *t, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < units_count(l->all); i++) {
		const struct unit *u = units_at(l->all, i);
		struct unit_duties d;
		rc = unit_moves_duties(l->office->db, u->name, "", &d, e);
		if (rc || !is_listed(l, u, &d))
			continue;
		if (t)
			add_unit_row(t, u, &d);
		else
			rc = print_unit_json(u, &d, e);
	}
	return rc;
}

static enum err_code print_units(struct listing *l, bool json, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("UNIT"), TABLE_LEFT, 0},
		{N_("LEVEL"), TABLE_LEFT, 2},
		{N_("CASES"), TABLE_RIGHT, 0},
		{N_("PROMISES"), TABLE_RIGHT, 0},
		{N_("ORDERS"), TABLE_RIGHT, 1},
		{N_("TASKS"), TABLE_RIGHT, 1},
		{N_("UNTIL"), TABLE_LEFT, 1},
		{N_("SUCCESSOR"), TABLE_LEFT, 0},
		{N_("FULL NAME"), TABLE_CUT, 3},
	};
	struct table *t;
	enum err_code rc;

	if (json)
		return list_units(l, NULL, e);
	t = table_new(columns, sizeof columns / sizeof *columns);
	rc = t ? list_units(l, t, e) : err_nomem(e);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code read_on(const struct call *call, struct listing *l, struct err *e)
{
	const char *typed = call_flag(call, "on");
	int64_t end;

	calendar_date_of(office_now(l->office), l->office->settings.zone, l->on);
	if (!typed)
		return ERR_OK;
	if (strlen(typed) != 10 ||
		calendar_end_of_date(typed, l->office->settings.zone, &end, NULL))
		return err_set(
			e, ERR_USAGE, _("%s: “%s” is no date like 2026-09-30"), "--on", typed);
	memcpy(l->on, typed, sizeof l->on);
	return ERR_OK;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct listing l = {.arena = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = l.arena ? session_open(call, true, &l.office, e) : err_nomem(e);

	if (!rc)
		rc = units_load(&call->home, &l.all, e);
	if (!rc)
		rc = read_on(call, &l, e);
	if (!rc)
		rc = print_units(&l, call->json, e);
	units_free(l.all);
	office_close(l.office);
	arena_free(l.arena);
	return rc;
}

static const struct command_flag list_flags[] = {
	{"on", N_("DATE"), N_("the units of that day; default: today")},
	{NULL, NULL, NULL},
};

const struct command command_unit_list = {
	.verb = "unit list",
	.args = N_("[--on DATE]"),
	.summary = N_("the units with their open cases and promises"),
	.flags = list_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};

/* --- unit check --- */

static void add_orphan(struct buf *b, const struct orphan *x)
{
	struct buf duties;

	buf_init(&duties, 1024);
	add_duties(&duties, &x->duties);
	buf_addf(b, _("%s is no unit any more and holds %s: huiying unit transfer %s %s\n"),
		x->unit, buf_str(&duties), x->unit, x->successor ? x->successor : _("NEW"));
	buf_fini(&duties);
}

/* What is planned; one whose day has come and that tick could not do is wrong. */
static enum err_code tell_planned(struct status_part *p, struct err *e)
{
	struct unit_plan *list = NULL;
	size_t count = 0;
	char today[11];
	enum err_code rc = unit_moves_planned(p->office->db, p->arena, &list, &count, e);

	calendar_date_of(office_now(p->office), p->office->settings.zone, today);
	for (size_t i = 0; !rc && i < count; i++) {
		if (strcmp(list[i].on, today) > 0)
			buf_addf(p->told, _("units     %s goes over to %s on %s\n"), list[i].from,
				list[i].to, list[i].on);
		else
			buf_addf(p->wrong,
				_("%s was to go over to %s on %s: the next tick does it, when "
				  "units.conf knows %s\n"),
				list[i].from, list[i].to, list[i].on, list[i].to);
	}
	return rc;
}

enum err_code status_units(struct status_part *p, struct err *e)
{
	struct orphan *list = NULL;
	size_t count = 0;
	enum err_code rc = transfer_orphans(p->office, p->arena, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++)
		add_orphan(p->wrong, &list[i]);
	return rc ? rc : tell_planned(p, e);
}

static enum err_code print_orphan(const struct call *call, const struct orphan *x, struct err *e)
{
	struct json_out out;
	struct json_writer *w;
	struct buf line;

	if (call->json) {
		w = json_out_begin(&out);
		json_put_str(w, "unit", x->unit);
		json_put_str(w, "successor", x->successor);
		json_put_int(w, "cases", x->duties.cases);
		json_put_int(w, "promises", x->duties.promises);
		json_put_int(w, "orders", x->duties.orders);
		json_put_int(w, "tasks", x->duties.tasks);
		return json_out_end(&out, ERR_OK, e);
	}
	buf_init(&line, 4096);
	add_orphan(&line, x);
	output_lines(stdout, &line);
	buf_fini(&line);
	return ERR_OK;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct orphan *list = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = transfer_orphans(o, a, &list, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		rc = print_orphan(call, &list[i], e);
	if (!rc && !count && !call->json)
		output_line(stdout, "%s", _("every open duty belongs to a unit of today"));
	office_close(o);
	arena_free(a);
	return !rc && count ? ERR_NO : rc;
}

const struct command command_unit_check = {
	.verb = "unit check",
	.args = "",
	.summary = N_("open duties of units that are none any more (exit 1 when there are some)"),
	.roles = COMMAND_ANYBODY,
	.run = run_check,
};
