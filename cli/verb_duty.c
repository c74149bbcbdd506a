/*
 * verb_duty.c - `huiying duty`, `duty on`, `duty off`, `duty confirm`, `duty show`: shifts
 * and what they hand over.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/handover_view.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/since.h"
#include "office/duty.h"

#define BACK_DEFAULT (7 * 86400LL)

/* --- listing --- */

static const char *state_word(const struct duty_shift *s)
{
	return s->ended_at == TIME_NONE       ? "on-duty"
	       : s->confirmed_at == TIME_NONE ? "waiting"
					      : "confirmed";
}

static void add_state(struct office *o, struct table *t, const struct duty_shift *s)
{
	char at[TIME_TEXT_SIZE];

	if (s->ended_at == TIME_NONE)
		table_cell(t, _("on duty"));
	else if (s->confirmed_at == TIME_NONE)
		table_cell(t, _("nobody has taken note"));
	else {
		time_format_local(s->confirmed_at, o->settings.zone, at);
		table_cellf(t, _("%s took note %s"), s->confirmed_name, at);
	}
}

static void add_number(struct table *t, int64_t n)
{
	if (n == TIME_NONE)
		table_cell(t, "");
	else
		table_cellf(t, "%lld", (long long)n);
}

static enum err_code print_table(
	struct office *o, const struct duty_shift *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("SHIFT"), TABLE_RIGHT, 0},
		{N_("WHO"), TABLE_LEFT, 0},
		{N_("POST"), TABLE_CUT, 2},
		{N_("FROM"), TABLE_LEFT, 0},
		{N_("TO"), TABLE_LEFT, 0},
		{N_("OPEN"), TABLE_RIGHT, 1},
		{N_("LATE"), TABLE_RIGHT, 1},
		{N_("HAND-OVER"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct duty_shift *s = &list[i];
		table_cellf(t, "%lld", (long long)s->number);
		table_cell(t, s->name);
		table_cell(t, s->post);
		table_cell_time(t, s->started_at, o->settings.zone);
		table_cell_time(t, s->ended_at, o->settings.zone);
		add_number(t, s->open);
		add_number(t, s->late);
		add_state(o, t, s);
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_json(const struct duty_shift *s, struct arena *a, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "shift", s->number);
	json_put_str(w, "who", s->name);
	json_put_str(w, "post", json_out_or_null(s->post));
	json_put_str(w, "state", state_word(s));
	json_put_time(w, "from", s->started_at);
	json_put_time(w, "to", s->ended_at);
	if (s->ended_at != TIME_NONE) {
		json_put_int(w, "open", s->open);
		json_put_int(w, "late", s->late);
	}
	json_put_str(w, "for", json_out_or_null(s->to_name));
	json_put_str(w, "note", s->note);
	json_put_time(w, "confirmed", s->confirmed_at);
	json_put_str(w, "confirmed_by", json_out_or_null(s->confirmed_name));
	return json_out_end(&out, handover_view_put(w, s, a, e), e);
}

static enum err_code run_duty(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct duty_shift *list = NULL;
	struct office *o = NULL;
	int64_t since = TIME_NONE;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = since_read(call, o, &since, e);
	if (!rc && since == TIME_NONE)
		since = office_now(o) - BACK_DEFAULT;
	if (!rc)
		rc = duty_since(o->db, since, a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(&list[i], a, e);
	if (!rc && !call->json && !count)
		puts(_("nobody was on duty"));
	else if (!rc && !call->json)
		rc = print_table(o, list, count, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag list_flags[] = {
	{"since", N_("TIME"),
		N_("shifts that had not ended before: 12h, 30d or a date; default 7d")},
	{NULL, NULL, NULL},
};

const struct command command_duty = {
	.verb = "duty",
	.args = "",
	.summary = N_("who is on duty, and which hand-overs nobody has taken note of"),
	.flags = list_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_duty,
};

/* --- on --- */

/* What the shifts before have left. */
static enum err_code print_waiting(
	const struct call *call, struct office *o, struct arena *a, struct err *e)
{
	struct duty_shift *list = NULL;
	size_t count = 0;
	enum err_code rc = duty_list(o->db, DUTY_WAITING, a, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++) {
		fputc('\n', stdout);
		rc = handover_view_print(o, &list[i], a, e);
	}
	if (!rc && count)
		done_next(call, "duty confirm · alerts");
	else if (!rc)
		done_next(call, "alerts · due");
	return rc;
}

static enum err_code run_on(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	int64_t number = 0;
	char id[24];
	enum err_code rc = a ? session_open(call, false, &o, e) : err_nomem(e);

	if (!rc)
		rc = office_duty_on(o, call_flag(call, "as"), &number, e);
	snprintf(id, sizeof id, "%lld", (long long)number);
	if (!rc)
		rc = done_line(
			call, id, NULL, NULL, e, _("%s is on duty: shift %s"), o->person.login, id);
	if (!rc && !call->json)
		rc = print_waiting(call, o, a, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag on_flags[] = {
	{"as", N_("POST"), N_("as what: the desk, the leader on duty")},
	{NULL, NULL, NULL},
};

const struct command command_duty_on = {
	.verb = "duty on",
	.args = N_("[--as POST]"),
	.summary = N_("begin a shift and read what the one before has left"),
	.help = N_(
		"Hand-overs that nobody has taken note of are shown; `duty confirm` takes note of "
		"them."),
	.flags = on_flags,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_on,
};

/* --- off --- */

static void put_end(struct json_writer *w, const void *data)
{
	const struct duty_end *d = data;

	json_put_int(w, "open", d->open);
	json_put_int(w, "late", d->late);
	json_put_int(w, "given_back", d->taken);
}

static enum err_code tell_end(const struct call *call, struct office *o, const struct duty_end *d,
	struct arena *a, struct err *e)
{
	struct duty_shift s;
	char id[24];
	enum err_code rc;

	snprintf(id, sizeof id, "%lld", (long long)d->number);
	rc = done_line(call, id, put_end, d, e,
		_("%s is off duty: %lld rows open, %lld late, %lld given back"), o->person.login,
		(long long)d->open, (long long)d->late, (long long)d->taken);
	if (rc || call->json)
		return rc;
	rc = duty_get(o->db, d->number, a, &s, e);
	if (!rc)
		rc = handover_view_print(o, &s, a, e);
	if (!rc)
		done_next(call, _("duty on · duty confirm (the successor)"));
	return rc;
}

static enum err_code run_off(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct duty_end d;
	struct buf note;
	enum err_code rc = done_words(call, &note, e);

	if (!rc && !a)
		rc = err_nomem(e);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_duty_off(o, buf_str(&note), call_flag(call, "to"), &d, e);
	if (!rc)
		rc = tell_end(call, o, &d, a, e);
	office_close(o);
	buf_fini(&note);
	arena_free(a);
	return rc;
}

static const struct command_flag off_flags[] = {
	{"text", N_("TEXT"), N_("what the successor must know")},
	{"file", N_("FILE"), N_("the same from a file (- for standard input)")},
	{"to", N_("WHO"), N_("whom it is handed to: a login or a post")},
	{NULL, NULL, NULL},
};

const struct command command_duty_off = {
	.verb = "duty off",
	.args = N_("[--text TEXT] [--to WHO]"),
	.summary = N_("end your shift and hand over"),
	.help = N_(
		"Rows that you have taken are free again. The hand-over holds the balance of the "
		"queue in your shift, every limit that is over or falls within 24 hours, and "
		"what waits for somebody; it is kept and the successor takes note of it."),
	.flags = off_flags,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_off,
};

/* --- confirm, show --- */

static enum err_code read_shift(const struct call *call, int64_t *out, struct err *e)
{
	*out = 0;
	if (call->argc && !str_to_int(str_of(call->argv[0]), 1, INT64_MAX, out))
		return err_set(e, ERR_USAGE, _("“%s” is no number of a shift"), call->argv[0]);
	return ERR_OK;
}

static void put_count(struct json_writer *w, const void *data)
{
	json_put_int(w, "count", *(const int64_t *)data);
}

static enum err_code run_confirm(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t number, count = 0, last = 0;
	char id[24];
	enum err_code rc = read_shift(call, &number, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_duty_confirm(o, number, &count, &last, e);
	snprintf(id, sizeof id, "%lld", (long long)last);
	if (!rc && count == 1)
		rc = done_line(call, id, put_count, &count, e,
			_("%s has taken note of the hand-over of shift %s"), o->person.login, id);
	else if (!rc)
		rc = done_line(call, id, put_count, &count, e,
			_("%s has taken note of %lld hand-overs"), o->person.login,
			(long long)count);
	if (!rc)
		done_next(call, "alerts · due");
	office_close(o);
	return rc;
}

const struct command command_duty_confirm = {
	.verb = "duty confirm",
	.args = N_("[SHIFT]"),
	.summary = N_("take note of a hand-over"),
	.help = N_(
		"Of SHIFT, or of all that wait. By somebody who is on duty and did not hand over "
		"themselves; under a login that several share, by another post."),
	.min_args = 0,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_confirm,
};

static enum err_code show_shifts(const struct call *call, struct office *o,
	const struct duty_shift *list, size_t count, struct arena *a, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < count; i++) {
		if (i && !call->json)
			fputc('\n', stdout);
		rc = call->json ? print_json(&list[i], a, e)
				: handover_view_print(o, &list[i], a, e);
	}
	if (!rc && !count && !call->json)
		puts(_("no hand-over waits"));
	return rc;
}

static enum err_code run_show(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct duty_shift one, *list = &one;
	struct office *o = NULL;
	int64_t number = 0;
	size_t count = 1;
	enum err_code rc = a ? read_shift(call, &number, e) : err_nomem(e);

	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc && number)
		rc = duty_get(o->db, number, a, &one, e);
	else if (!rc)
		rc = duty_list(o->db, DUTY_WAITING, a, &list, &count, e);
	if (!rc && number && one.ended_at == TIME_NONE)
		rc = err_set(e, ERR_NO, _("shift %lld has not ended"), (long long)number);
	if (!rc)
		rc = show_shifts(call, o, list, count, a, e);
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_duty_show = {
	.verb = "duty show",
	.args = N_("[SHIFT]"),
	.summary = N_("read a hand-over: of SHIFT, or all that nobody has taken note of"),
	.min_args = 0,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_show,
};
