/*
 * verb_withhold.c - `huiying withhold`: off the next public build, at once.
 */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/withheld.h"
#include "office/withhold.h"

static void put_row(struct json_writer *w, const void *record)
{
	const struct withheld *x = record;

	json_put_str(w, "id", x->subject);
	json_put_time(w, "at", x->at);
	json_put_str(w, "by", x->by_name);
	json_put_str(w, "reason", x->reason);
}

static const struct table_column columns[] = {
	{N_("ID"), TABLE_LEFT, 0},
	{N_("SINCE"), TABLE_LEFT, 0},
	{N_("WITHHELD BY"), TABLE_LEFT, 1},
	{N_("REASON"), TABLE_CUT, 0},
};

static void add_row(struct table *t, struct office *o, const void *record)
{
	const struct withheld *x = record;

	table_cell(t, x->subject);
	table_cell_time(t, x->at, o->settings.zone);
	table_cell(t, x->by_name);
	table_cell(t, x->reason);
}

static enum err_code read_all(const struct call *call, struct office *o, struct arena *a,
	struct listing_records *out, struct err *e)
{
	struct withheld *list = NULL;
	enum err_code rc = withheld_list(o->db, NULL, a, &list, &out->count, e);

	(void)call;
	out->items = list;
	return rc;
}

static const struct listing all = {
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns,
	.size = sizeof(struct withheld),
	.none = N_("nothing is withheld"),
	.read = read_all,
	.add = add_row,
	.put = put_row,
};

static enum err_code run(struct call *call, struct err *e)
{
	const char *reason = call_flag(call, "reason");
	bool lift = call_has(call, "lift");
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc;

	if (!call->argc)
		return listing_run(call, &all, e);
	rc = session_open(call, false, &o, e);
	if (!rc)
		rc = lift ? office_unwithhold(o, call->argv[0], reason, id, e)
			  : office_withhold(o, call->argv[0], reason, id, e);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e,
			lift ? _("%s may be shown to the public again")
			     : _("%s withheld: it is in no public build from the next one on"),
			id);
	if (!rc && !lift)
		done_next(call, "show %s · withhold %s --lift --reason R · redact %s --reason R",
			id, id, id);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"reason", N_("TEXT"), N_("why; it stays inside")},
	{"lift", NULL, N_("show it to the public again")},
	{NULL, NULL, NULL},
};

const struct command command_withhold = {
	.verb = "withhold",
	.args = N_("[ID]"),
	.summary = N_("take a record off the next public build, or list those that are"),
	.help = N_("One person does it, and it holds at once. Nothing is erased: inside the office "
		   "the record stays as it is. What the law wants gone is erased by “redact”."),
	.flags = flags,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run,
};
