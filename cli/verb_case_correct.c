/*
 * verb_case_correct.c - `huiying case correct`: another place, another category.
 */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/case_correct.h"

static void put_corrected(struct json_writer *w, const void *data)
{
	const struct office_corrected *x = data;

	json_put_bool(w, "place", x->place);
	json_put_bool(w, "category", x->category);
	json_put_bool(w, "limits", x->limits);
	json_put_str(w, "lead_suggested", x->lead[0] ? x->lead : NULL);
}

static void tell_next(const struct call *call, const struct office_corrected *x)
{
	if (x->limits)
		done_note(call, "%s",
			_("other limits hold for this category; they run from the original start"));
	if (x->lead[0]) {
		done_note(call, _("it would go to %s now"), x->lead);
		done_next(call, "case route %s · case assign %s --lead %s", x->id, x->id, x->lead);
	} else {
		done_next(call, "show %s --why", x->id);
	}
}

static enum err_code run(struct call *call, struct err *e)
{
	const struct office_correction in = {
		.case_typed = call->argv[0],
		.place = call_flag(call, "place"),
		.category = call_flag(call, "category"),
		.reason = call_flag(call, "reason"),
	};
	struct office_corrected x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_case_correct(o, &in, &x, e);
	if (!rc)
		rc = done_line(call, x.id, put_corrected, &x, e, "%s: %s%s%s%s%s", x.id,
			x.place ? _("place ") : "", x.place ? in.place : "",
			x.place && x.category ? _(", ") : "", x.category ? _("category ") : "",
			x.category ? in.category : "");
	if (!rc)
		tell_next(call, &x);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"place", N_("PLACE"), N_("the town or street")},
	{"category", N_("LETTERS"), N_("国办发〔2016〕61号 categories a to f: b,d")},
	{"reason", N_("TEXT"), N_("why it is corrected")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_correct = {
	.verb = "case correct",
	.args = N_("CASE [--place PLACE] [--category LETTERS] --reason TEXT"),
	.summary = N_("correct the place or the category of a case"),
	.help = N_("What it was before stays on record (show --why). Of another place the units "
		   "are suggested anew. A category for which other limits hold needs a "
		   "supervisor; the limits are recomputed from the original start."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run,
};
