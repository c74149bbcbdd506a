/*
 * verb_report.c - `huiying report week|month|quarter|year`: the figures of a period.
 */
#include <string.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/session.h"
#include "cli/tally_print.h"
#include "office/term.h"
#include "office/tally.h"

static enum err_code choose_period(
	const struct call *call, const struct office *o, struct term *out, struct err *e)
{
	const struct time_zone *z = o->settings.zone;
	const char *of = call_flag(call, "of");
	int64_t now = office_now(o);
	enum term_kind kind = TERM_YEAR;
	struct term today;
	enum err_code rc = term_kind_read(call->argv[0], &kind, e);

	if (!rc && of && call_has(call, "last"))
		rc = err_set(e, ERR_USAGE, _("--of and --last name two periods"));
	if (!rc && of)
		rc = term_read(kind, of, z, out, e);
	if (rc || of) {
		if (!rc && out->from > now)
			rc = err_set(e, ERR_USAGE, _("%s has not begun"), out->name);
		return rc;
	}
	term_at(kind, now, z, &today);
	*out = today;
	if (call_has(call, "last"))
		term_before(&today, z, out);
	return ERR_OK;
}

static enum err_code print(
	const struct call *call, const struct office *o, const struct tally *t, struct err *e)
{
	const struct time_zone *z = o->settings.zone;
	struct term before, year_before;
	struct tally_print p = {.tally = t, .office = o, .broken = call_has(call, "broken")};

	term_before(&t->period, z, &before);
	term_year_before(&t->period, z, &year_before);
	p.names[0] = t->period.name;
	p.names[1] = before.name;
	p.names[2] = year_before.name;
	if (call->json)
		return tally_print_json(&p, e);
	return call_has(call, "csv") ? tally_print_csv(&p, e) : tally_print_text(&p, e);
}

static enum err_code run_report(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct term p;
	struct tally t;
	enum err_code rc = a ? ERR_OK : err_nomem(e);

	if (!rc && call->json + call_has(call, "csv") + call_has(call, "text") > 1)
		rc = err_set(e, ERR_USAGE, _("one of --text, --csv and --json"));
	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc)
		rc = choose_period(call, o, &p, e);
	if (!rc)
		rc = tally_make(o, &p, a, &t, e);
	if (!rc)
		rc = print(call, o, &t, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"of", N_("PERIOD"), N_("2026-W39, 2026-09, 2026Q3 or 2026; default: the one that runs")},
	{"last", NULL, N_("the one before")},
	{"broken", NULL, N_("the promises that were not kept, on one page")},
	{"text", NULL, N_("a page of tables (the default)")},
	{"csv", NULL, N_("CSV for a spreadsheet, one figure a line")},
	{NULL, NULL, NULL},
};

const struct command command_report = {
	.verb = "report",
	.args = N_("week|month|quarter|year [--of PERIOD] [--broken]"),
	.summary = N_("the figures of a period, each with its definition"),
	.help = N_("Cases count to the period in which they were discovered, promises to that of "
		   "their original date; what became of them is told as of now. What was carried "
		   "in and what came equals what went and what is carried on; a ledger for which "
		   "it does not is reported (exit 4). A rate of nothing is “—”."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_report,
};
