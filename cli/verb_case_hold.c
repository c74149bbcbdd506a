/*
 * verb_case_hold.c - `huiying case sign` and `case return`: a unit signs for a case or
 * gives it back.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/case_hold.h"

static void put_held(struct json_writer *w, const void *data)
{
	const struct office_held *h = data;

	json_put_str(w, "case", h->id);
	json_put_str(w, "unit", h->unit);
	json_put_str(w, "role", h->lead ? "lead" : "co");
	if (h->returns)
		json_put_int(w, "returns", h->returns);
}

static enum err_code run_sign(struct call *call, struct err *e)
{
	struct office_held h;
	struct office *o = NULL;
	char text[TIME_TEXT_SIZE];
	int64_t at = TIME_NONE;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = done_time(call, o, "at", &at, e);
	if (!rc)
		rc = office_case_sign(o, call->argv[0], call_flag(call, "unit"), at, &h, e);
	if (!rc) {
		time_format_local(at == TIME_NONE ? office_now(o) : at, o->settings.zone, text);
		rc = done_line(call, h.id, put_held, &h, e, _("%s signed by %s (签收) at %s"), h.id,
			h.unit, text);
	}
	if (!rc)
		done_next(call, "respond %s --unit %s --url URL --file F", h.id, h.unit);
	office_close(o);
	return rc;
}

static const struct command_flag sign_flags[] = {
	{"unit", N_("UNIT"), N_("who signs; --for by default")},
	{"at", N_("TIME"), N_("when it signed; now by default")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_sign = {
	.verb = "case sign",
	.args = N_("CASE --unit UNIT"),
	.summary = N_("a unit signs for the case that it was given (签收)"),
	.help = N_("The limit stands in deadlines.conf (clock sign). A unit that rings: "
		   "--by-phone 值班室."),
	.flags = sign_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_sign,
};

/* What comes next: another lead, by a supervisor after the second return. */
static void tell_next(const struct call *call, const struct office_held *h)
{
	if (h->lead)
		done_note(call, _("%s is with the office until it is assigned"), h->id);
	if (h->needs_final)
		done_next(call, "case assign %s --lead U --final --reason T", h->id);
	else
		done_next(call, "case route %s · case assign %s --lead U", h->id, h->id);
}

static enum err_code run_return(struct call *call, struct err *e)
{
	struct office_held h;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_case_return(o, call->argv[0], call_flag(call, "unit"),
			call_flag(call, "reason"), call_has(call, "late"), &h, e);
	if (!rc)
		rc = done_line(
			call, h.id, put_held, &h, e, _("%s returned by %s (退回)"), h.id, h.unit);
	if (!rc)
		tell_next(call, &h);
	office_close(o);
	return rc;
}

static const struct command_flag return_flags[] = {
	{"unit", N_("UNIT"), N_("who returns it; --for by default")},
	{"reason", N_("TEXT"), N_("why it is not theirs")},
	{"late", NULL, N_("a supervisor enters it after the limit to give it back")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_return = {
	.verb = "case return",
	.args = N_("CASE --unit UNIT --reason TEXT"),
	.summary = N_("a unit gives a case back with its reason (退回)"),
	.help = N_("It has a limit of its own (deadlines.conf, clock return). After the second "
		   "return a supervisor settles where the case stays: case assign --final."),
	.flags = return_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_return,
};
