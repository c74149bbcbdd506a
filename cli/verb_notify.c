/*
 * verb_notify.c - `huiying notify list/ack/retry/test`: messages to people.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/words.h"
#include "ledger/outbox.h"
#include "office/notices.h"

#define LIST_MEMORY ((size_t)64 << 20)
#define LIST_ROWS 1000

/* --- list --- */

static enum err_code print_json(const struct outbox_row *r, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "id", r->id);
	json_put_str(w, "target", r->target);
	json_put_int(w, "stage", r->stage);
	json_put_str(w, "kind", r->kind);
	json_put_str(w, "subject", *r->subject ? r->subject : NULL);
	json_put_str(w, "title", r->title);
	json_put_str(w, "text", r->body);
	json_put_bool(w, "urgent", r->urgent);
	json_put_str(w, "state", r->state);
	json_put_int(w, "tries", r->tries);
	json_put_str(w, "error", *r->error ? r->error : NULL);
	json_put_time(w, "made", r->made_at);
	json_put_time(w, "settled", r->settled_at);
	json_put_time(w, "acknowledged", r->acked_at);
	json_put_str(w, "acknowledged_by", *r->acked_name ? r->acked_name : NULL);
	return json_out_end(&out, ERR_OK, e);
}

static void add_row(struct table *t, const struct outbox_row *r, const struct office *o)
{
	table_cellf(t, "N%lld", (long long)r->id);
	table_cell_time(t, r->made_at, o->settings.zone);
	table_cell(t, r->target);
	table_cell(t, words_of("notice", r->state));
	table_cellf(t, "%lld", (long long)r->tries);
	table_cell(t, r->acked_at == TIME_NONE ? "" : r->acked_name);
	table_cell(t, r->title);
	table_cell(t, r->error);
	table_end_row(t);
}

static enum err_code print_table(
	const struct office *o, const struct outbox_row *rows, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("NUMBER"), TABLE_LEFT, 0},
		{N_("MADE"), TABLE_LEFT, 0},
		{N_("TARGET"), TABLE_LEFT, 0},
		{N_("STATE"), TABLE_LEFT, 0},
		{N_("TRIES"), TABLE_RIGHT, 2},
		{N_("SEEN BY"), TABLE_LEFT, 1},
		{N_("MESSAGE"), TABLE_CUT, 0},
		{N_("ERROR"), TABLE_CUT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < count; i++)
		add_row(t, &rows[i], o);
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct arena *a = arena_new(LIST_MEMORY);
	struct outbox_row *rows = NULL;
	struct office *o = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = outbox_list(o->db, call_has(call, "failed"), LIST_ROWS, a, &rows, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(&rows[i], e);
	if (!rc && !call->json && count)
		rc = print_table(o, rows, count, e);
	else if (!rc && !call->json)
		puts(_("no messages"));
	if (!rc && call_has(call, "failed") && count)
		done_next(call, "notify ack N%lld · notify retry N%lld", (long long)rows[0].id,
			(long long)rows[0].id);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag list_flags[] = {
	{"failed", NULL,
		N_("only those that failed, may not have arrived or did not reach everybody, and "
		   "nobody has seen")},
	{NULL, NULL, NULL},
};

const struct command command_notify_list = {
	.verb = "notify list",
	.args = "",
	.summary = N_("messages to people, and what became of them"),
	.help = N_("The newest 1,000, the newest first. What is perhaps delivered is never "
		   "repeated by "
		   "itself."),
	.flags = list_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};

/* --- ack, retry, test --- */

static enum err_code run_ack(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t count = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_notices_ack(o, call->argv[0], &count, e);
	if (!rc)
		rc = done_line(call, call->argv[0], NULL, NULL, e,
			n_("%lld message acknowledged", "%lld messages acknowledged", count),
			(long long)count);
	if (!rc)
		done_next(call, "notify list · alerts");
	office_close(o);
	return rc;
}

const struct command command_notify_ack = {
	.verb = "notify ack",
	.args = N_("N12|SUBJECT"),
	.summary = N_("say that you have seen a message: nobody else is called"),
	.help = N_("By its number, or by what it is about (S12, DB-2026-000001). Taking or "
		   "deciding a queue row does it too."),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_ack,
};

static enum err_code run_retry(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t id = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_notices_retry(o, call->argv[0], &id, e);
	if (!rc)
		rc = done_line(call, call->argv[0], NULL, NULL, e, _("N%lld is sent again"),
			(long long)id);
	if (!rc)
		done_next(call, "notify list");
	office_close(o);
	return rc;
}

const struct command command_notify_retry = {
	.verb = "notify retry",
	.args = N_("N12"),
	.summary = N_("send a message that failed once more"),
	.help = N_("One that may have arrived then arrives twice: you decide."),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_retry,
};

static enum err_code run_test(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t id = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_notices_test(o, call->argv[0], &id, e);
	if (!rc)
		rc = done_line(call, call->argv[0], NULL, NULL, e,
			_("N%lld waits for the next tick and for huiying-send"), (long long)id);
	if (!rc)
		done_next(call, "notify list");
	office_close(o);
	return rc;
}

const struct command command_notify_test = {
	.verb = "notify test",
	.args = N_("TARGET"),
	.summary = N_("send a test message to a target of huiying.conf"),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_test,
};
