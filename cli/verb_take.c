/*
 * verb_take.c - `huiying take`, `release`: who is on a queue row.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/session.h"
#include "office/taking.h"

static void put_taken(struct json_writer *w, const void *data)
{
	json_put_str(w, "over_from", json_out_or_null(((const struct taking *)data)->from));
}

static enum err_code tell(const struct call *call, const struct office *o, const struct taking *t,
	const char *id, struct err *e)
{
	enum err_code rc;

	if (t->from[0])
		rc = done_line(call, id, put_taken, t, e, _("%s is taken by %s, over from %s"), id,
			o->person.login, t->from);
	else
		rc = done_line(
			call, id, put_taken, t, e, _("%s is taken by %s"), id, o->person.login);
	if (!rc)
		done_next(call, "show %s --why · case open %s · dismiss %s · release %s", id, id,
			id, id);
	return rc;
}

static enum err_code run_take(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	struct taking t;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = taking_take(o, call->argv[0], call_has(call, "over"), &t, e);
	if (!rc) {
		ids_format(IDS_STORY, 0, t.story, id);
		rc = tell(call, o, &t, id, e);
	}
	office_close(o);
	return rc;
}

static const struct command_flag take_flags[] = {
	{"over", NULL, N_("although somebody else has it: it is yours, and the record says so")},
	{NULL, NULL, NULL},
};

const struct command command_take = {
	.verb = "take",
	.args = N_("ROW [--over]"),
	.summary = N_("say that you work on a queue row"),
	.help = N_("ROW is a story (S12 or 12) or one of its alerts (A40). Others are told who "
		   "has it. It is free again after half an hour without an act of yours ([desk] "
		   "idle in huiying.conf), when you go off duty, and when you log out; taking it "
		   "again renews it."),
	.flags = take_flags,
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
		rc = taking_release(o, call->argv[0], &story, e);
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
