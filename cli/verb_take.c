/*
 * verb_take.c - `huiying take`, `release`: who is on a queue row.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/queue.h"

static enum err_code run_take(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	int64_t story = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_queue_take(o, call->argv[0], &story, e);
	snprintf(id, sizeof id, "S%lld", (long long)story);
	if (!rc)
		rc = done_line(
			call, id, NULL, NULL, e, _("%s is taken by %s"), id, o->person.login);
	if (!rc)
		done_next(call, "show %s --why · case open %s · dismiss %s · release %s", id, id,
			id, id);
	office_close(o);
	return rc;
}

const struct command command_take = {
	.verb = "take",
	.args = N_("ROW"),
	.summary = N_("say that you work on a queue row"),
	.help = N_("ROW is a story (S12 or 12) or one of its alerts (A40). Others are told who "
		   "has it."),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_take,
};

static enum err_code run_release(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	int64_t story = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_queue_release(o, call->argv[0], &story, e);
	snprintf(id, sizeof id, "S%lld", (long long)story);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e, _("%s is free again"), id);
	office_close(o);
	return rc;
}

const struct command command_release = {
	.verb = "release",
	.args = N_("ROW"),
	.summary = N_("give a queue row back"),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_release,
};
