/*
 * verb_case_list.c - `huiying case list`: the ledger of cases, a row a case.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "cli/words.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"

/* The answer's clock that counts: the one that was not replaced. */
static enum err_code response_clock(struct office *o, struct arena *a, const char *id,
	struct clock_record *out, bool *found, struct err *e)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_of(o->db, id, a, &list, &count, e);

	*found = false;
	for (size_t i = 0; !rc && i < count; i++) {
		if (strcmp(list[i].clock, "response") == 0 &&
			strcmp(list[i].state, "replaced") != 0) {
			*out = list[i];
			*found = true;
		}
	}
	return rc;
}

static void clock_cell(struct office *o, struct table *t, const struct clock_record *c)
{
	char due[WHEN_SIZE];

	if (strcmp(c->state, "met") == 0) {
		table_cell(t, clocks_is_late(c, 0) ? _("answered late") : _("answered"));
		return;
	}
	when_format_limit(c->due_at, c->tentative, office_now(o), due);
	table_cell(t, due);
}

static enum err_code add_row(struct office *o, struct arena *a, struct table *t,
	const struct case_record *c, struct err *e)
{
	struct clock_record clock;
	bool found;
	enum err_code rc = response_clock(o, a, c->id, &clock, &found, e);

	if (rc)
		return rc;
	table_cell(t, c->id);
	table_cell(t, c->grade);
	table_cell(t, words_of("case", c->state));
	if (found)
		clock_cell(o, t, &clock);
	else
		table_cell(t, "");
	table_cell(t, *c->holder ? c->holder : _("(the office)"));
	table_cell(t, c->topics);
	table_cell(t, words_or_erased(c->title));
	table_end_row(t);
	return ERR_OK;
}

static enum err_code print_table(struct office *o, struct arena *a, const struct case_record *list,
	size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("CASE"), TABLE_LEFT, 0},
		{N_("GRADE"), TABLE_LEFT, 0},
		{N_("STATE"), TABLE_LEFT, 0},
		{N_("ANSWER"), TABLE_LEFT, 0},
		{N_("LEAD"), TABLE_CUT, 0},
		{N_("TOPICS"), TABLE_CUT, 1},
		{N_("TITLE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++)
		rc = add_row(o, a, t, &list[i], e);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_json(
	struct office *o, struct arena *a, const struct case_record *c, struct err *e)
{
	struct clock_record clock;
	struct json_writer *w;
	struct json_out out;
	bool found;
	enum err_code rc = response_clock(o, a, c->id, &clock, &found, e);

	if (rc)
		return rc;
	w = json_out_begin(&out);
	json_put_str(w, "id", c->id);
	json_put_str(w, "title", c->title);
	json_put_str(w, "grade", c->grade);
	json_put_str(w, "state", c->state);
	json_put_str(w, "lead", c->lead);
	json_put_str(w, "holder", *c->holder ? c->holder : NULL);
	json_put_str(w, "topics", c->topics);
	json_put_str(w, "place", *c->place ? c->place : NULL);
	json_put_time(w, "opened", c->opened_at);
	json_put_time(w, "finished", c->finished_at);
	json_put_time(w, "closed", c->closed_at);
	if (found) {
		json_put_time(w, "answer_due", clock.due_at);
		json_put_time(w, "answered", clock.met_at);
		json_put_bool(w, "late", clocks_is_late(&clock, office_now(o)));
		json_put_bool(w, "tentative", clock.tentative != 0);
	}
	json_put_int(w, "version", c->version);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct case_record *list = NULL;
	struct office *o = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = cases_list(
			o->db, call_has(call, "all"), call_flag(call, "unit"), a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(o, a, &list[i], e);
	if (!rc && !call->json && count)
		rc = print_table(o, a, list, count, e);
	else if (!rc && !call->json)
		puts(_("no cases"));
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"all", NULL, N_("closed ones too")},
	{"unit", N_("UNIT"), N_("only cases that this unit holds")},
	{NULL, NULL, NULL},
};

const struct command command_case_list = {
	.verb = "case list",
	.args = "",
	.summary = N_("the cases, with how their answers stand"),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};
