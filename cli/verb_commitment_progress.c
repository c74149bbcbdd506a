/*
 * verb_commitment_progress.c - `huiying commitment progress`: what a unit has done so far.
 */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/commitments.h"

static void put_progress(struct json_writer *w, const void *data)
{
	const struct office_progressed *p = data;

	if (p->share.of > 0) {
		json_put_int(w, "share_done", p->share.done);
		json_put_int(w, "share_of", p->share.of);
	}
	json_put_str(w, "evidence", p->evidence[0] ? p->evidence : NULL);
}

static enum err_code confirm_progress(
	const struct call *call, const struct office_progressed *p, struct err *e)
{
	char share[SHARE_SIZE], before[SHARE_SIZE];
	enum err_code rc;

	share_format(&p->share, share);
	share_format(&p->before, before);
	if (share[0])
		rc = done_line(call, p->id, put_progress, p, e, _("%s progress: %s"), p->id, share);
	else
		rc = done_line(call, p->id, put_progress, p, e, _("%s progress entered"), p->id);
	if (!rc && before[0] && share[0] && share_is_less(&p->share, &p->before))
		done_note(call, _("note: less than what was told before (%s)"), before);
	return rc;
}

static enum err_code run_progress(struct call *call, struct err *e)
{
	struct office_progress in = {
		.commitment = call->argv[0],
		.share = call_flag(call, "share"),
		.on = call_flag(call, "on"),
		.evidence = call_flag(call, "evidence"),
	};
	struct office_progressed p;
	struct office *o = NULL;
	struct buf words;
	enum err_code rc = done_words(call, &words, e);

	in.note = buf_str(&words);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_commitment_progress(o, &in, &p, e);
	if (!rc)
		rc = confirm_progress(call, &p, e);
	if (!rc)
		done_next(call, "commitment claim %s --done-on DATE --for UNIT · show %s", p.id,
			p.id);
	buf_fini(&words);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"text", N_("TEXT"), N_("what was done")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{"share", N_("SHARE"), N_("how much of it: 38/45 or 60%")},
	{"on", N_("DATE"), N_("the day that this tells of; default today")},
	{"evidence", N_("EVIDENCE"), N_("what proves it, captured already")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_progress = {
	.verb = "commitment progress",
	.args = N_("COMMITMENT --text TEXT"),
	.summary = N_("what was done about a promise so far, in words and as a share"),
	.help = N_("Partly done is not done: a share never changes the outcome, it is shown beside "
		   "it (逾期未兑现（已办 38/45）). Nothing can be added once the promise is kept."),
	.flags = flags,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.min_args = 1,
	.max_args = 1,
	.run = run_progress,
};
