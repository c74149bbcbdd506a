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
#include "cli/listing.h"
#include "cli/order_view.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "cli/words.h"
#include "ledger/records.h"
#include "ledger/supervision.h"
#include "office/due.h"

/* What an order waits for, and until when. */
static void add_left(struct office *o, struct table *t, const struct supervision_order *x)
{
	char left[WHEN_SIZE] = "";

	if (strcmp(x->state, "issued") == 0 && x->feedback_due != TIME_NONE)
		when_format_limit(x->feedback_due, x->feedback_tentative, office_now(o), left);
	table_cell(t, left);
}

static void add_was_due(struct office *o, struct table *t, const struct supervision_order *x)
{
	char due[TIME_TEXT_SIZE] = "";

	if (x->matter_due != TIME_NONE)
		time_format_local(x->matter_due, o->settings.zone, due);
	table_cellf(t, "%s%s", due, due_mark(x->matter_tentative));
}

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

static enum err_code read_all(const struct call *call, struct office *o, struct arena *a,
	struct listing_records *out, struct err *e)
{
	struct supervision_order *list = NULL;
	enum err_code rc =
		supervision_list(o->db, !call_has(call, "all"), a, &list, &out->count, e);

	out->items = list;
	return rc;
}

static void add_row(struct table *t, struct office *o, const void *record)
{
	const struct supervision_order *x = record;
	char about[ORDER_SUBJECT_SIZE];

	order_format_subject(x->subject, x->lines, about);
	table_cell(t, x->id);
	table_cell(t, x->level);
	table_cell(t, order_unit(x->unit));
	table_cell(t, about);
	add_was_due(o, t, x);
	table_cell(t, words_of("order", x->state));
	add_left(o, t, x);
	table_cell(t, *x->result ? words_of("order", x->result) : "");
}

static enum err_code put_row(
	struct json_writer *w, struct office *o, struct arena *a, const void *record, struct err *e)
{
	order_put(w, record, office_now(o));
	return order_put_lines(w, o, a, record, e);
}

static const struct listing listing = {
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns,
	.size = sizeof(struct supervision_order),
	.none = N_("no orders of supervision"),
	.read = read_all,
	.add = add_row,
	.put_more = put_row,
};

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
	.listing = &listing,
};

static enum err_code print_json(
	struct office *o, struct arena *a, const struct supervision_order *x, struct err *e)
{
	struct json_out out;

	return json_out_end(&out, put_row(json_out_begin(&out), o, a, x, e), e);
}

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
