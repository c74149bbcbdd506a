/*
 * verb_order_confirm.c - `huiying order confirm`: what tick proposed goes out.
 */
#include "base/arena.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/order_view.h"
#include "cli/session.h"
#include "office/supervision.h"

static void tell_next(const struct call *call, const struct office_ordered *list, size_t count)
{
	if (count == 1)
		done_next(call,
			"order print %s · order answer %s --text T · order settle %s "
			"--result 已办理",
			list[0].id, list[0].id, list[0].id);
	else if (count)
		done_next(call, "order list · order print %s · order withdraw %s --reason T",
			list[0].id, list[0].id);
}

static enum err_code tell(struct call *call, struct office *o, const struct office_ordered *list,
	size_t count, size_t left_out, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < count; i++)
		rc = order_tell_issued(call, o, &list[i], e);
	if (!rc && left_out)
		done_note(call,
			n_("%zu order was left out: what it is about was done or moved, or a "
			   "claim waits",
				"%zu orders were left out: what they are about was done or moved, "
				"or a claim waits",
				left_out),
			left_out);
	if (!rc)
		tell_next(call, list, count);
	return rc;
}

static enum err_code run_confirm(struct call *call, struct err *e)
{
	const struct office_confirm in = {
		.typed = call->argv,
		.count = (size_t)call->argc,
		.all = call_has(call, "all"),
		.level = call_flag(call, "level"),
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office_ordered *list = NULL;
	struct office *o = NULL;
	size_t count = 0, left_out = 0;
	enum err_code rc = a ? session_open(call, false, &o, e) : err_nomem(e);

	if (!rc)
		rc = office_order_confirm(o, &in, a, &list, &count, &left_out, e);
	if (!rc)
		rc = tell(call, o, list, count, left_out, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag confirm_flags[] = {
	{"all", NULL, N_("every order that is proposed")},
	{"level", N_("LEVEL"), N_("of a span or of all, only those of this level")},
	{NULL, NULL, NULL},
};

const struct command command_order_confirm = {
	.verb = "order confirm",
	.args = N_("ORDER… | --all [--level LEVEL]"),
	.summary = N_("issue orders of supervision that tick proposed"),
	.help = N_(
		"Levels with issue = person in supervision.conf are only proposed. ORDER is an id "
		"(db3) or a span (db3-db9). An order that is named is refused, and nothing is "
		"issued, when what it is about was done or moved meanwhile, or while a claim "
		"about it waits to be verified; of a span and of all those are left out. Each is "
		"an event of its own and can be withdrawn by itself."),
	.flags = confirm_flags,
	.min_args = 0,
	.max_args = -1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_confirm,
};
