/*
 * verb_import_orders.c - `huiying orders`: the orders that sheets brought.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/show_orders.h"

static enum err_code list(struct call *call, struct office *o, struct arena *a, struct err *e)
{
	const char *source = call_flag(call, "source");
	struct order_record *orders;
	size_t n;
	enum err_code rc = orders_list(o->db, source ? source : "",
		call_has(call, "late") ? office_now(o) : TIME_NONE, call_has(call, "all"), a,
		&orders, &n, e);

	for (size_t i = 0; !rc && call->json && i < n; i++)
		rc = show_orders_one(call, o, &orders[i], e);
	if (rc || call->json)
		return rc;
	if (!n) {
		puts(_("no orders"));
		return ERR_OK;
	}
	return show_orders_table(o, orders, n, e);
}

static enum err_code show(struct call *call, struct office *o, struct arena *a, struct err *e)
{
	const char *source = call_flag(call, "source");
	enum err_code rc = ERR_OK;

	for (int i = 0; !rc && i < call->argc; i++) {
		struct order_record *orders;
		size_t n;
		rc = orders_get(o->db, source ? source : "", call->argv[i], a, &orders, &n, e);
		if (!rc && !n)
			rc = err_set(e, ERR_NOT_FOUND, _("there is no order %s"), call->argv[i]);
		for (size_t k = 0; !rc && k < n; k++)
			rc = show_orders_one(call, o, &orders[k], e);
	}
	return rc;
}

static enum err_code run_orders(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = call->argc ? show(call, o, a, e) : list(call, o, a, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"source", N_("ID"), N_("only this hotline or mailbox")},
	{"late", NULL,
		N_("only those that are open and past their limit; that of their case where it was "
		   "extended or stands still")},
	{"all", NULL, N_("finished ones too")},
	{NULL, NULL, NULL},
};

const struct command command_orders = {
	.verb = "orders",
	.args = N_("[NUMBER…]"),
	.summary = N_("orders of hotlines and mailboxes, by what falls due"),
	.help = N_("What “import --as orders” brought, with the limit that the sheet itself gives. "
		   "With NUMBER the order whole. STORY is the queue row that it belongs to."),
	.flags = flags,
	.max_args = -1,
	.roles = COMMAND_ANYBODY,
	.run = run_orders,
};
