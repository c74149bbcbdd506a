/*
 * verb_commitment_propose.c - `huiying commitment extend, cannot`: one person proposes, another
 * approves.
 */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/commitment_proposals.h"

static void put_proposed(struct json_writer *w, const void *data)
{
	const struct office_proposed *x = data;

	json_put_str(w, "state", "proposed");
	json_put_str(w, "to", x->to[0] ? x->to : NULL);
	json_put_str(w, "evidence", x->evidence[0] ? x->evidence : NULL);
}

static void put_approved(struct json_writer *w, const void *data)
{
	const struct office_proposed *x = data;

	json_put_str(w, "state", "approved");
	json_put_str(w, "to", x->to[0] ? x->to : NULL);
	json_put_str(w, "evidence", x->evidence[0] ? x->evidence : NULL);
	json_put_str(w, "counts_if_captured_by", x->why == OFFICE_EXTENDED_WAITS ? x->until : NULL);
}

static void put_withdrawn(struct json_writer *w, const void *data)
{
	(void)data;
	json_put_str(w, "state", "withdrawn");
}

/* --- proposing --- */

/* What will come of a later date once it is approved, told while it can still be mended. */
static void note_on_date(const struct call *call, const struct office_proposed *x)
{
	if (!x->to[0] || x->why == OFFICE_EXTENDED_COUNTS)
		return;
	if (x->why == OFFICE_EXTENDED_UNTOLD)
		done_note(call, "%s", _("it will not count: the public was not told (--url)"));
	else if (x->why == OFFICE_EXTENDED_UNREGISTERED)
		done_note(call, "%s", _("it will not count: the page is on no registered channel"));
	else if (x->why == OFFICE_EXTENDED_LATE)
		done_note(call, _("it will not count: %s is over already"), x->until);
	else
		done_note(call,
			_("it counts if it is approved and %s is captured by the end of %s"),
			x->evidence, x->until);
}

static enum err_code run_propose(struct call *call, bool later_date, struct err *e)
{
	const struct office_proposal in = {
		.commitment = call->argv[0],
		.to = later_date ? call_flag(call, "to") : NULL,
		.reason = call_flag(call, "reason"),
		.url = call_flag(call, "url"),
		.screenshot = call_flag(call, "file"),
	};
	struct office_proposed x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc && later_date && !in.to)
		rc = err_set(e, ERR_USAGE, _("an extension needs --to DATE and --reason"));
	if (!rc)
		rc = office_commitment_propose(o, &in, &x, e);
	if (!rc && later_date)
		rc = done_line(call, x.id, put_proposed, &x, e,
			_("%s: an extension to %s is proposed; another person approves it"), x.id,
			x.to);
	else if (!rc)
		rc = done_line(call, x.id, put_proposed, &x, e,
			_("%s: that it cannot be kept is proposed; another person approves it"),
			x.id);
	if (!rc)
		note_on_date(call, &x);
	if (!rc && in.screenshot && x.evidence[0])
		done_next(call, _("evidence confirm %s · %s %s --confirm (another person)"),
			x.evidence, call->command->verb, x.id);
	else if (!rc)
		done_next(call, _("%s %s --confirm (another person)"), call->command->verb, x.id);
	office_close(o);
	return rc;
}

/* --- approving, withdrawing --- */

static enum err_code tell_cannot(
	const struct call *call, const struct office_proposed *x, struct err *e)
{
	if (x->captured)
		return done_line(call, x->id, put_approved, x, e,
			_("%s cannot be kept (无法兑现); %s is captured"), x->id, x->evidence);
	return done_line(call, x->id, put_approved, x, e,
		_("%s cannot be kept; it counts once %s is captured"), x->id, x->evidence);
}

static enum err_code tell_extended(
	const struct call *call, const struct office_proposed *x, struct err *e)
{
	switch (x->why) {
	case OFFICE_EXTENDED_COUNTS:
		return done_line(call, x->id, put_approved, x, e,
			_("%s extended to %s; it counts: %s is captured"), x->id, x->to,
			x->evidence);
	case OFFICE_EXTENDED_WAITS:
		return done_line(call, x->id, put_approved, x, e,
			_("%s extended to %s; it counts if %s is captured by the end of %s"), x->id,
			x->to, x->evidence, x->until);
	case OFFICE_EXTENDED_LATE:
		return done_line(call, x->id, put_approved, x, e,
			_("%s extended to %s; it does not count: %s was over already"), x->id,
			x->to, x->until);
	case OFFICE_EXTENDED_UNREGISTERED:
		return done_line(call, x->id, put_approved, x, e,
			_("%s extended to %s; it does not count: the page is on no registered "
			  "channel"),
			x->id, x->to);
	case OFFICE_EXTENDED_UNTOLD:
	default:
		return done_line(call, x->id, put_approved, x, e,
			_("%s extended to %s; it does not count: the public was not told (--url)"),
			x->id, x->to);
	}
}

static enum err_code run_approve(struct call *call, bool later_date, struct err *e)
{
	struct office_proposed x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_commitment_approve(o, call->argv[0], later_date, &x, e);
	if (!rc)
		rc = later_date ? tell_extended(call, &x, e) : tell_cannot(call, &x, e);
	if (!rc && x.evidence[0] && !x.captured)
		done_next(call, "crawl · show %s", x.id);
	else if (!rc)
		done_next(call, "show %s", x.id);
	office_close(o);
	return rc;
}

static enum err_code run_withdraw(struct call *call, bool later_date, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_commitment_withdraw(
			o, call->argv[0], later_date, call_flag(call, "reason"), id, e);
	if (!rc)
		rc = done_line(call, id, put_withdrawn, NULL, e,
			later_date ? _("%s: the extension is not approved")
				   : _("%s: that it cannot be kept is taken back"),
			id);
	if (!rc)
		done_next(call, "show %s", id);
	office_close(o);
	return rc;
}

static enum err_code run(struct call *call, bool later_date, struct err *e)
{
	static const char *const of_proposing[] = {"to", "url", "file"};
	bool confirm = call_has(call, "confirm"), withdraw = call_has(call, "withdraw");

	if (confirm && withdraw)
		return err_set(e, ERR_USAGE, _("either --confirm or --withdraw"));
	for (size_t i = 0; i < 3 && (confirm || withdraw); i++)
		if (call_has(call, of_proposing[i]))
			return err_set(
				e, ERR_USAGE, _("--%s belongs to the proposal"), of_proposing[i]);
	if (confirm && call_has(call, "reason"))
		return err_set(e, ERR_USAGE, _("--%s belongs to the proposal"), "reason");
	if (confirm)
		return run_approve(call, later_date, e);
	return withdraw ? run_withdraw(call, later_date, e) : run_propose(call, later_date, e);
}

/* --- the verbs --- */

static enum err_code run_cannot(struct call *call, struct err *e)
{
	return run(call, false, e);
}

static enum err_code run_extend(struct call *call, struct err *e)
{
	return run(call, true, e);
}

static const struct command_flag cannot_flags[] = {
	{"reason", N_("TEXT"), N_("why it cannot be kept; or why it is withdrawn")},
	{"url", N_("URL"), N_("where the public was told")},
	{"file", N_("FILE"), N_("a screenshot, for channels that cannot be captured")},
	{"confirm", NULL, N_("approve what another person proposed")},
	{"withdraw", NULL,
		N_("drop the proposal; what is approved is taken back until its page "
		   "is captured")},
	{"seen", N_("VERSION"), N_("refuse when the promise is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_cannot = {
	.verb = "commitment cannot",
	.args = N_("COMMITMENT --reason TEXT --url URL"),
	.summary = N_("a promise cannot be kept, and the public was told why (无法兑现)"),
	.help = N_("It takes two persons with logins of their own: one proposes it, a supervisor "
		   "approves it with --confirm. Until then, and until the page with the reason is "
		   "captured, the promise stands as before. What is given up in public is final: "
		   "nothing is claimed or verified any more."),
	.flags = cannot_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_cannot,
};

static const struct command_flag extend_flags[] = {
	{"to", N_("DATE"), N_("the new date, YYYY-MM-DD")},
	{"reason", N_("TEXT"), N_("why; or why it is not approved")},
	{"url", N_("URL"), N_("the page on a registered channel that tells the public")},
	{"file", N_("FILE"), N_("a screenshot, for channels that cannot be captured")},
	{"confirm", NULL, N_("approve what another person proposed")},
	{"withdraw", NULL, N_("drop the proposal")},
	{"seen", N_("VERSION"), N_("refuse when the promise is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_extend = {
	.verb = "commitment extend",
	.args = N_("COMMITMENT --to DATE --reason TEXT"),
	.summary = N_("propose a later date, and approve it; the original one decides"),
	.help = N_("One person proposes it, a supervisor who is another one approves it with "
		   "--confirm; both have logins of their own. The original date decides what "
		   "became of the promise. A later date counts in a column of its own, and only "
		   "when it was approved and the page that tells of it was captured before the "
		   "date that counted until then."),
	.flags = extend_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_extend,
};
