/*
 * verb_round_show.c - `huiying round show`, `huiying round list`.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "cli/round_view.h"
#include "cli/session.h"
#include "cli/supervision_json.h"
#include "cli/words.h"
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

static const struct table_column columns[] = {
	{N_("ROUND"), TABLE_LEFT, 0},
	{N_("OPENED"), TABLE_LEFT, 0},
	{N_("LINES"), TABLE_RIGHT, 0},
	{N_("BLANK"), TABLE_RIGHT, 0},
	{N_("CLOSED"), TABLE_LEFT, 0},
	{N_("NAME"), TABLE_LEFT, 0},
};

static enum err_code read_all(const struct call *call, struct office *o, struct arena *a,
	struct listing_records *out, struct err *e)
{
	struct round_record *list = NULL;
	enum err_code rc = rounds_list(o->db, a, &list, &out->count, e);

	(void)call;
	out->items = list;
	return rc;
}

static void add_row(struct table *t, struct office *o, const void *record)
{
	const struct round_record *x = record;

	table_cell(t, x->id);
	table_cell_time(t, x->opened_at, o->settings.zone);
	table_cellf(t, "%lld", (long long)x->lines);
	table_cellf(t, "%lld", (long long)x->blank);
	table_cell_time(t, x->closed_at, o->settings.zone);
	table_cell(t, words_or_erased(x->name));
}

static void put_row(struct json_writer *w, const void *record)
{
	supervision_put_round(w, record);
}

static const struct listing listing = {
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns,
	.size = sizeof(struct round_record),
	.none = N_("no rounds of checking"),
	.read = read_all,
	.add = add_row,
	.put = put_row,
};

const struct command command_round_list = {
	.verb = "round list",
	.args = "",
	.summary = N_("the rounds of checking"),
	.roles = COMMAND_ANYBODY,
	.listing = &listing,
};
