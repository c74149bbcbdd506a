/*
 * verb_case_lookback.c - `huiying case lookback`: what a look back at a closed case found.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "ledger/lookbacks.h"
#include "office/lookbacks.h"

static void put_looked(struct json_writer *w, const void *data)
{
	const struct office_looked *x = data;

	json_put_int(w, "n", x->n);
	json_put_str(w, "new_case", x->new_case[0] ? x->new_case : NULL);
	json_put_time(w, "next_due", x->next_due);
}

static enum err_code confirm(
	const struct call *call, struct office *o, const struct office_looked *x, struct err *e)
{
	char next[TIME_TEXT_SIZE] = "-";
	enum err_code rc;

	if (x->new_case[0]) {
		rc = done_line(call, x->id, put_looked, x, e, _("%s opened, linked to %s (%s)"),
			x->new_case, x->id, LOOKBACK_REBOUND);
		if (!rc)
			done_next(call, "show %s --why · case assign %s --lead U", x->new_case,
				x->new_case);
		return rc;
	}
	rc = done_line(call, x->id, put_looked, x, e, _("%s look-back %lld: %s"), x->id,
		(long long)x->n, LOOKBACK_HOLDS);
	if (!rc && x->next_due != TIME_NONE) {
		time_format_local(x->next_due, o->settings.zone, next);
		done_note(call, _("the next one is due %s"), next);
	}
	return rc;
}

static enum err_code run_lookback(struct call *call, struct err *e)
{
	const struct office_lookback in = {
		.subject = call->argv[0],
		.result = call_flag(call, "result"),
		.note = call_flag(call, "note"),
		.grade = call_flag(call, "grade"),
		.lead = call_flag(call, "lead"),
	};
	struct office_looked x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_lookback_done(o, &in, &x, e);
	if (!rc)
		rc = confirm(call, o, &x, e);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"result", N_("RESULT"), N_("巩固 (holds) or 反弹 (rebound)")},
	{"note", N_("TEXT"), N_("what was found")},
	{"grade", N_("GRADE"), N_("of the new case; default that of the old one")},
	{"lead", N_("UNIT"), N_("of the new case; default that of the old one")},
	{NULL, NULL, NULL},
};

const struct command command_case_lookback = {
	.verb = "case lookback",
	.args = N_("CASE --result RESULT --note TEXT"),
	.summary = N_("enter a look-back at a closed case (回头看)"),
	.help = N_("The earliest look-back that was planned when the case was closed. A relapse "
		   "(反弹) opens a new case that is linked to the old one, which stays closed."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_lookback,
};
