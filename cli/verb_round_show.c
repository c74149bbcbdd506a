/*
 * verb_round_show.c - `huiying round show`, `huiying round list`.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/round_view.h"
#include "cli/session.h"
#include "cli/supervision_json.h"
#include "ledger/records.h"

static enum err_code run_show(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	char id[IDS_SIZE];
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = records_find(o->db, IDS_ROUND, call->argv[0], id, e);
	if (!rc)
		rc = round_view(o, a, id, call_has(call, "blank"), call->json, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag show_flags[] = {
	{"blank", NULL, N_("only lines that stand blank")},
	{NULL, NULL, NULL},
};

const struct command command_round_show = {
	.verb = "round show",
	.args = N_("ROUND"),
	.summary = N_("a round of checking, its lines and its bulletin"),
	.flags = show_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_show,
};

static enum err_code print_table(
	struct office *o, const struct round_record *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("ROUND"), TABLE_LEFT, 0},
		{N_("OPENED"), TABLE_LEFT, 0},
		{N_("LINES"), TABLE_RIGHT, 0},
		{N_("BLANK"), TABLE_RIGHT, 0},
		{N_("CLOSED"), TABLE_LEFT, 0},
		{N_("NAME"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		table_cell(t, list[i].id);
		table_cell_time(t, list[i].opened_at, o->settings.zone);
		table_cellf(t, "%lld", (long long)list[i].lines);
		table_cellf(t, "%lld", (long long)list[i].blank);
		table_cell_time(t, list[i].closed_at, o->settings.zone);
		table_cell(t, list[i].name ? list[i].name : _("(erased by order of law)"));
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct round_record *list = NULL;
	struct office *o = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = rounds_list(o->db, a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++) {
		struct json_out out;
		supervision_put_round(json_out_begin(&out), &list[i]);
		rc = json_out_end(&out, ERR_OK, e);
	}
	if (!rc && !call->json && count)
		rc = print_table(o, list, count, e);
	else if (!rc && !call->json)
		puts(_("no rounds of checking"));
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_round_list = {
	.verb = "round list",
	.args = "",
	.summary = N_("the rounds of checking"),
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};
