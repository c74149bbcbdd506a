/*
 * verb_case_extend.c - `huiying case extend`: a limit of a case is put off, once, as far as
 * its rule allows.
 */
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "cli/words.h"
#include "office/clock_acts.h"

static void put_extended(struct json_writer *w, const void *data)
{
	const struct office_extended *x = data;

	json_put_str(w, "clock", x->clock);
	json_put_time(w, "due", x->due);
	json_put_time(w, "due_before", x->before);
	json_put_bool(w, "tentative", x->unlisted_year != 0);
}

static enum err_code print_extended(const struct call *call, const struct office *o,
	const struct office_extended *x, struct err *e)
{
	char due[TIME_TEXT_SIZE], before[TIME_TEXT_SIZE];

	time_format_local(x->due, o->settings.zone, due);
	time_format_local(x->before, o->settings.zone, before);
	return done_line(call, x->case_id, put_extended, x, e,
		_("%s: %s is due %s instead of %s%s"), x->case_id, words_of("clock", x->clock), due,
		before, x->unlisted_year ? _(" (暂定)") : "");
}

static enum err_code run_extend(struct call *call, struct err *e)
{
	struct office_extension in = {
		.case_id = call->argv[0],
		.clock = call_flag(call, "clock"),
		.by = call_flag(call, "by"),
		.reason = call_flag(call, "reason"),
	};
	struct office_extended out;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_case_extend(o, &in, &out, e);
	if (!rc)
		rc = print_extended(call, o, &out, e);
	if (!rc)
		done_next(call, "show %s --why", out.case_id);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"clock", N_("NAME"), N_("which limit: its name or its rule's, as show --why tells them")},
	{"by", N_("LIMIT"), N_("by how much: “10 working days”, “30 days”")},
	{"reason", N_("TEXT"), N_("why")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_extend = {
	.verb = "case extend",
	.args = N_("CASE --clock NAME --by LIMIT --reason TEXT"),
	.summary = N_("put a limit off, once, as far as its rule allows (延期)"),
	.help = N_(
		"A supervisor does it, before the limit is over. How far a limit may be extended "
		"stands in deadlines.conf; the first due time stays on record."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_extend,
};
