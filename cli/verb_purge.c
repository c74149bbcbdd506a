/*
 * verb_purge.c - `huiying purge`: what is older than its time goes.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/purge.h"

static enum err_code print_json(const struct purge_row *r, bool dry, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "rule", r->rule);
	json_put_int(w, "days", r->keep / 86400);
	json_put_time(w, "before", r->before);
	json_put_int(w, "rows", r->rows);
	json_put_int(w, "files", r->files);
	json_put_int(w, "bytes", r->bytes);
	json_put_time(w, "oldest", r->oldest);
	json_put_bool(w, "dry_run", dry);
	return json_out_end(&out, ERR_OK, e);
}

static const char *rule_word(const char *rule)
{
	return rule[0] == 'i' ? _("items") : rule[0] == 'a' ? _("archive") : _("hotline orders");
}

static enum err_code print_table(
	const struct purge_row rows[PURGE_RULES], const struct office *o, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("WHAT"), TABLE_LEFT, 0},
		{N_("DAYS"), TABLE_RIGHT, 0},
		{N_("OLDER THAN"), TABLE_LEFT, 0},
		{N_("ROWS"), TABLE_RIGHT, 0},
		{N_("FILES"), TABLE_RIGHT, 0},
		{N_("MIB"), TABLE_RIGHT, 0},
		{N_("OLDEST"), TABLE_LEFT, 1},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < PURGE_RULES; i++) {
		table_cell(t, rule_word(rows[i].rule));
		if (rows[i].keep)
			table_cellf(t, "%lld", (long long)(rows[i].keep / 86400));
		else
			table_cell(t, _("kept"));
		table_cell_time(t, rows[i].before, o->settings.zone);
		table_cellf(t, "%lld", (long long)rows[i].rows);
		table_cellf(t, "%lld", (long long)rows[i].files);
		table_cellf(t, "%lld", (long long)(rows[i].bytes >> 20));
		table_cell_time(t, rows[i].oldest, o->settings.zone);
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static bool anything(const struct purge_row rows[PURGE_RULES])
{
	for (size_t i = 0; i < PURGE_RULES; i++)
		if (rows[i].rows || rows[i].files)
			return true;
	return false;
}

/* Of a dry run alone: in earnest it refuses. */
static void note_clock(const struct call *call, const struct office *o, const struct purge_clock *c)
{
	char text[ERR_TEXT_MAX];

	purge_clock_text(o, c, text, sizeof text);
	if (*text)
		done_note(call, _("it would refuse: %s"), text);
}

static enum err_code run_purge(struct call *call, struct err *e)
{
	const bool dry = call_has(call, "dry-run");
	const struct purge_wish wish = {dry, call_has(call, "clock-is-right")};
	struct purge_row rows[PURGE_RULES];
	struct purge_clock clock;
	struct office *o = NULL;
	enum err_code rc = session_open(call, dry, &o, e);

	if (!rc)
		rc = office_purge(o, &wish, rows, &clock, e);
	for (size_t i = 0; !rc && call->json && i < PURGE_RULES; i++)
		rc = print_json(&rows[i], dry, e);
	if (!rc && !call->json && !call->quiet)
		rc = print_table(rows, o, e);
	if (!rc && !call->json && !call->quiet)
		output_printf(stdout, "%s\n",
			!anything(rows) ? _("nothing is old enough to go")
			: dry           ? _("this would go; nothing was changed")
					: _("this is gone"));
	if (!rc)
		note_clock(call, o, &clock);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"dry-run", NULL, N_("only say what would go")},
	{"clock-is-right", NULL,
		N_("the clock is right though the ledger does not bear it out: entered in your "
		   "name")},
	{NULL, NULL, NULL},
};

const struct command command_purge = {
	.verb = "purge",
	.args = "",
	.summary = N_("let go of what is older than [retention] of huiying.conf allows"),
	.help = N_(
		"Items that became no matter of the office's, WARC files that nothing refers to, "
		"and finished orders of hotlines. The ledger of events, its texts and the "
		"evidence are kept. What waits, or belongs to an open case, stays. An item that "
		"went is not taken in again while a page still lists it. A timer does it every "
		"week; it is entered in the record.\n\n"
		"When the clock stands before the newest entry, or more than 300 days after the "
		"entries that led up to it, nothing goes until a person says that it is right."),
	.flags = flags,
	.roles = PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_purge,
};
