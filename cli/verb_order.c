/*
 * verb_order.c - `huiying case order` and `huiying order answer, settle, withdraw`. Confirming
 * is in verb_order_confirm.c, listing and printing in verb_order_list.c.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/order_view.h"
#include "cli/session.h"
#include "office/supervision.h"

/* --- case order --- */

static enum err_code run_issue(struct call *call, struct err *e)
{
	struct office_order in = {
		.subject = call->argv[0],
		.level = call_flag(call, "level"),
		.unit = call_flag(call, "unit"),
		.reason = call_flag(call, "reason"),
	};
	struct office_ordered x;
	struct office *o = NULL;
	enum err_code rc = done_number(call, "days", &in.days, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_order_issue(o, &in, &x, e);
	if (!rc)
		rc = order_tell_issued(call, o, &x, e);
	office_close(o);
	return rc;
}

static const struct command_flag issue_flags[] = {
	{"level", N_("LEVEL"), N_("a level of supervision.conf: 提醒, 蓝, 黄, 红")},
	{"unit", N_("UNIT"), N_("whom it is for; default who holds the case or promised")},
	{"days", N_("N"), N_("working days for the answer; default as the level has it")},
	{"reason", N_("TEXT"), N_("why")},
	{NULL, NULL, NULL},
};

const struct command command_case_order = {
	.verb = "case order",
	.args = N_("CASE|COMMITMENT --level LEVEL --reason TEXT"),
	.summary = N_("issue an order of supervision by hand (督办单)"),
	.help = N_("tick issues or proposes orders by supervision.conf when a limit comes near or "
		   "passes; this one is written by a supervisor. While an order is open the case "
		   "is not closed. Not the work orders of the 12345 hotline: those are listed by "
		   "“huiying orders”."),
	.flags = issue_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_issue,
};

/* --- order answer --- */

static enum err_code run_answer(struct call *call, struct err *e)
{
	struct office_ordered x;
	struct office *o = NULL;
	struct buf text;
	enum err_code rc;

	buf_init(&text, BUF_MAX_DEFAULT);
	rc = done_words(call, &text, e);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_order_answer(
			o, call->argv[0], call_flag(call, "unit"), buf_str(&text), &x, e);
	if (!rc)
		rc = done_line(call, x.id, order_put_told, &x, e,
			x.late ? _("%s answered by %s, after its limit") : _("%s answered by %s"),
			x.id, order_unit(x.unit));
	if (!rc)
		done_next(call, "order settle %s --result 已说明", x.id);
	office_close(o);
	buf_fini(&text);
	return rc;
}

static const struct command_flag answer_flags[] = {
	{"unit", N_("UNIT"), N_("who answers; default the unit that it was issued to")},
	{"text", N_("TEXT"), N_("what was done, why it is late, until when it will be done")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{NULL, NULL, NULL},
};

const struct command command_order_answer = {
	.verb = "order answer",
	.args = N_("ORDER --text TEXT | --file FILE"),
	.summary = N_("enter the unit's answer to an order of supervision (反馈)"),
	.flags = answer_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_answer,
};

/* --- order settle --- */

static enum err_code run_settle(struct call *call, struct err *e)
{
	struct office_ordered x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_order_settle(o, call->argv[0], call_flag(call, "result"),
			call_flag(call, "note"), &x, e);
	if (!rc)
		rc = done_line(call, x.id, order_put_told, &x, e, _("%s settled (%s)"), x.id,
			call_flag(call, "result"));
	if (!rc)
		done_next(call, "show %s", x.subject);
	office_close(o);
	return rc;
}

static const struct command_flag settle_flags[] = {
	{"result", N_("RESULT"),
		N_("已办理 (done), 已说明 (explained), 约谈 (talked) or 通报 (circulated)")},
	{"note", N_("TEXT"), N_("a remark")},
	{NULL, NULL, NULL},
};

const struct command command_order_settle = {
	.verb = "order settle",
	.args = N_("ORDER --result RESULT"),
	.summary = N_("settle an order of supervision (审结)"),
	.help = N_("By a supervisor with a login of their own, and not by the person who entered "
		   "the unit's answer."),
	.flags = settle_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_settle,
};

/* --- order withdraw --- */

static enum err_code run_withdraw(struct call *call, struct err *e)
{
	struct office_ordered x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_order_withdraw(o, call->argv[0], call_flag(call, "reason"), &x, e);
	if (!rc)
		rc = done_line(call, x.id, order_put_told, &x, e, _("%s withdrawn"), x.id);
	office_close(o);
	return rc;
}

static const struct command_flag withdraw_flags[] = {
	{"reason", N_("TEXT"), N_("why")},
	{NULL, NULL, NULL},
};

const struct command command_order_withdraw = {
	.verb = "order withdraw",
	.args = N_("ORDER --reason TEXT"),
	.summary = N_("withdraw an order of supervision, or what was proposed"),
	.flags = withdraw_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_withdraw,
};
