/*
 * verb_order_list.c - `huiying order list`, `huiying order print`.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/order_view.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "cli/words.h"
#include "ledger/records.h"
#include "ledger/supervision.h"

/* What an order waits for, and until when. */
static void add_left(struct office *o, struct table *t, const struct supervision_order *x)
{
	char left[WHEN_SIZE] = "";

	if (strcmp(x->state, "issued") == 0 && x->feedback_due != TIME_NONE)
		when_format_due(x->feedback_due, office_now(o), left);
	table_cell(t, left);
}

static enum err_code print_table(
	struct office *o, const struct supervision_order *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("ORDER NO."), TABLE_LEFT, 0},
		{N_("LEVEL"), TABLE_LEFT, 0},
		{N_("UNIT"), TABLE_CUT, 0},
		{N_("ABOUT"), TABLE_LEFT, 0},
		{N_("WAS DUE"), TABLE_LEFT, 1},
		{N_("STATE"), TABLE_LEFT, 0},
		{N_("FEEDBACK"), TABLE_LEFT, 0},
		{N_("RESULT"), TABLE_LEFT, 1},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	char about[ORDER_SUBJECT_SIZE];
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		table_cell(t, list[i].id);
		table_cell(t, list[i].level);
		table_cell(t, order_unit(list[i].unit));
		order_format_subject(list[i].subject, list[i].lines, about);
		table_cell(t, about);
		table_cell_time(t, list[i].matter_due, o->settings.zone);
		table_cell(t, words_of("order", list[i].state));
		add_left(o, t, &list[i]);
		table_cell(t, *list[i].result ? words_of("order", list[i].result) : "");
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_json(
	struct office *o, struct arena *a, const struct supervision_order *x, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	enum err_code rc;

	order_put(w, x, office_now(o));
	rc = order_put_lines(w, o, a, x, e);
	return json_out_end(&out, rc, e);
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct supervision_order *list = NULL;
	struct office *o = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = supervision_list(o->db, !call_has(call, "all"), a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(o, a, &list[i], e);
	if (!rc && !call->json && count)
		rc = print_table(o, list, count, e);
	else if (!rc && !call->json)
		puts(_("no orders of supervision"));
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag list_flags[] = {
	{"all", NULL, N_("settled, withdrawn and lapsed ones too")},
	{NULL, NULL, NULL},
};

const struct command command_order_list = {
	.verb = "order list",
	.args = "",
	.summary = N_("the orders of supervision that are open (督办台账)"),
	.help = N_("Proposed, issued and answered ones. The work orders of the 12345 hotline are "
		   "listed by “huiying orders”."),
	.flags = list_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};

static enum err_code run_print(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct supervision_order x;
	struct office *o = NULL;
	char id[IDS_SIZE];
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = records_find(o->db, IDS_ORDER, call->argv[0], id, e);
	if (!rc)
		rc = supervision_get(o->db, id, a, &x, e);
	if (!rc && call->json)
		rc = print_json(o, a, &x, e);
	else if (!rc)
		rc = order_print_paper(o, a, &x, e);
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_order_print = {
	.verb = "order print",
	.args = N_("ORDER"),
	.summary = N_("the paper of an order of supervision (督查催办通知)"),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_print,
};
