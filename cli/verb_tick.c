/*
 * verb_tick.c - `huiying tick`: time passes; limits that were reached are written down.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/notices.h"
#include "office/tick.h"

static void put_reached(struct json_writer *w, const void *data)
{
	json_put_int(w, "reached", *(const int64_t *)data);
}

static enum err_code run_tick(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct notices_done told;
	int64_t reached = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_tick(o, &reached, e);
	if (!rc)
		rc = office_notices(o, &told, e);
	/* A timer runs it every minute: silence when nothing happened. */
	if (!rc && (reached || call->json))
		rc = done_line(call, NULL, put_reached, &reached, e,
			n_("%lld thing was written down", "%lld things were written down", reached),
			(long long)reached);
	office_close(o);
	return rc;
}

const struct command command_tick = {
	.verb = "tick",
	.args = "",
	.summary = N_("write down the limits that have passed (a timer runs it)"),
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_tick,
};
