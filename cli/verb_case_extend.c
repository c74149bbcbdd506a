/*
 * verb_case_extend.c - `huiying case extend`: one person proposes to put a limit of a case
 * off, once, as far as its rule allows; another one approves it.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/session.h"
#include "cli/words.h"
#include "office/clock_acts.h"
#include "office/due.h"

static void put_what(struct json_writer *w, const struct office_extended *x, const char *state)
{
	json_put_str(w, "state", state);
	json_put_str(w, "clock", x->clock);
	json_put_str(w, "ref", json_out_or_null(x->ref));
	if (x->due)
		json_put_bool(w, "tentative", x->unlisted_year != 0);
}

static void put_extended(struct json_writer *w, const void *data)
{
	const struct office_extended *x = data;

	put_what(w, x, "approved");
	json_put_time(w, "due", x->due);
	json_put_time(w, "due_before", x->before);
}

static void put_proposed(struct json_writer *w, const void *data)
{
	const struct office_extended *x = data;

	put_what(w, x, "proposed");
	json_put_time(w, "due", x->before);
	json_put_time(w, "due_if_approved", x->due);
}

static void put_withdrawn(struct json_writer *w, const void *data)
{
	put_what(w, data, "withdrawn");
}

/* "order GK1" */
static const char *name_of(const struct office_extended *x, char out[128])
{
	snprintf(out, 128, "%s%s%s", words_of("clock", x->clock), *x->ref ? " " : "", x->ref);
	return out;
}

/* The word by which the same limit is meant again. */
static const char *typed_of(const struct office_extended *x)
{
	return *x->ref ? x->ref : x->clock;
}

static enum err_code propose(
	const struct call *call, struct office *o, const struct office_extension *in, struct err *e)
{
	char due[TIME_TEXT_SIZE], before[TIME_TEXT_SIZE], name[128];
	struct office_extended x;
	enum err_code rc = office_case_extend(o, in, &x, e);

	if (rc)
		return rc;
	time_format_local(x.due, o->settings.zone, due);
	time_format_local(x.before, o->settings.zone, before);
	rc = done_line(call, x.case_id, put_proposed, &x, e,
		_("%s: %s due %s instead of %s%s is proposed; another person approves it"),
		x.case_id, name_of(&x, name), due, before, due_mark(x.unlisted_year));
	if (!rc)
		done_note(call, _("until then it falls due %s"), before);
	if (!rc)
		done_next(call, _("case extend %s --clock %s --confirm (another person)"),
			x.case_id, typed_of(&x));
	return rc;
}

static enum err_code approve(
	const struct call *call, struct office *o, const struct office_extension *in, struct err *e)
{
	char due[TIME_TEXT_SIZE], before[TIME_TEXT_SIZE], name[128];
	struct office_extended x;
	enum err_code rc = office_case_extend_approve(o, in, &x, e);

	if (rc)
		return rc;
	time_format_local(x.due, o->settings.zone, due);
	time_format_local(x.before, o->settings.zone, before);
	rc = done_line(call, x.case_id, put_extended, &x, e, _("%s: %s is due %s instead of %s%s"),
		x.case_id, name_of(&x, name), due, before, due_mark(x.unlisted_year));
	if (!rc)
		done_next(call, "show %s --why", x.case_id);
	return rc;
}

static enum err_code withdraw(
	const struct call *call, struct office *o, const struct office_extension *in, struct err *e)
{
	struct office_extended x;
	char name[128];
	enum err_code rc = office_case_extend_withdraw(o, in, &x, e);

	if (!rc)
		rc = done_line(call, x.case_id, put_withdrawn, &x, e,
			_("%s: the extension of %s is not approved"), x.case_id, name_of(&x, name));
	if (!rc)
		done_next(call, "show %s --why", x.case_id);
	return rc;
}

/* Three acts of one verb. */
static enum err_code check_flags(const struct call *call, struct err *e)
{
	bool confirm = call_has(call, "confirm"), drop = call_has(call, "withdraw");

	if (confirm && drop)
		return err_set(e, ERR_USAGE, _("either --confirm or --withdraw"));
	if ((confirm || drop) && call_has(call, "by"))
		return err_set(e, ERR_USAGE, _("--%s belongs to the proposal"), "by");
	if (confirm && call_has(call, "reason"))
		return err_set(e, ERR_USAGE, _("--%s belongs to the proposal"), "reason");
	return ERR_OK;
}

static enum err_code run_extend(struct call *call, struct err *e)
{
	const struct office_extension in = {
		.case_id = call->argv[0],
		.clock = call_flag(call, "clock"),
		.by = call_flag(call, "by"),
		.reason = call_flag(call, "reason"),
	};
	struct office *o = NULL;
	enum err_code rc = check_flags(call, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc && call_has(call, "confirm"))
		rc = approve(call, o, &in, e);
	else if (!rc && call_has(call, "withdraw"))
		rc = withdraw(call, o, &in, e);
	else if (!rc)
		rc = propose(call, o, &in, e);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"clock", N_("NAME"),
		N_("which limit: its name, its rule's, or an order's number, as show --why tells "
		   "them")},
	{"by", N_("LIMIT"), N_("by how much: “10 working days”, “30 days”")},
	{"reason", N_("TEXT"), N_("why; or why it is not approved")},
	{"confirm", NULL, N_("approve what another person proposed")},
	{"withdraw", NULL, N_("drop the proposal")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_extend = {
	.verb = "case extend",
	.args = N_("CASE --clock NAME --by LIMIT --reason TEXT"),
	.summary = N_("propose to put a limit off, once, as far as its rule allows, and approve it "
		      "(延期)"),
	.help = N_("One person proposes it, a supervisor who is another one approves it with "
		   "--confirm (经批准可延长), both before the limit is over and with logins of "
		   "their own. How far a limit may be extended stands in deadlines.conf; the first "
		   "due time stays on record."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_extend,
};
