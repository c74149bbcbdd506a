/*
 * verb_due.c - `huiying due`: what falls due and what is overdue; `huiying tick`.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/due_view.h"
#include "cli/json_out.h"
#include "cli/session.h"
#include "office/due.h"

#define WITHIN_DEFAULT (7 * 86400LL)

static enum err_code print_json(struct office *o, const struct due_entry *d, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "id", d->subject);
	json_put_str(w, "what", d->what);
	json_put_time(w, "due", d->due_at);
	json_put_bool(w, "overdue", d->due_at != TIME_NONE && d->due_at < office_now(o));
	json_put_str(w, "unit", *d->unit ? d->unit : NULL);
	json_put_str(w, "rule", *d->rule ? d->rule : NULL);
	json_put_str(w, "about", d->about);
	if (d->due_at != TIME_NONE)
		json_put_bool(w, "tentative", d->tentative != 0);
	return json_out_end(&out, ERR_OK, e);
}

static size_t count_overdue(struct office *o, const struct due_entry *list, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += list[i].due_at != TIME_NONE && list[i].due_at < office_now(o);
	return n;
}

static enum err_code print_all(const struct call *call, struct office *o,
	const struct due_entry *list, size_t count, struct err *e)
{
	size_t overdue = count_overdue(o, list, count);
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(o, &list[i], e);
	if (!rc && !call->json && count)
		rc = due_view_print(o, list, count, office_now(o), e);
	else if (!rc && !call->json)
		puts(_("nothing falls due"));
	if (!rc && overdue && call_has(call, "check"))
		rc = err_set(e, ERR_NO,
			n_("%zu limit has passed", "%zu limits have passed", overdue), overdue);
	return rc;
}

static enum err_code run_due(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	const char *span = call_flag(call, "within");
	struct due_entry *list = NULL;
	struct office *o = NULL;
	int64_t within = WITHIN_DEFAULT;
	size_t count = 0;
	enum err_code rc = a ? ERR_OK : err_nomem(e);

	if (!rc && span && !time_parse_span(span, &within))
		rc = err_set(e, ERR_USAGE, _("--within: “%s” is no time like 48h or 7d"), span);
	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc)
		rc = office_due(o, office_now(o) + within, a, &list, &count, e);
	if (!rc)
		rc = print_all(call, o, list, count, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag due_flags[] = {
	{"within", N_("SPAN"), N_("how far to look ahead: 48h, 7d (the default)")},
	{"check", NULL, N_("exit 1 when something is overdue")},
	{NULL, NULL, NULL},
};

const struct command command_due = {
	.verb = "due",
	.args = "",
	.summary = N_("what falls due and what is overdue"),
	.help = N_("Reviews of the queue, answers, promises, review dates; then what waits for "
		   "somebody without a limit of its own: answers to accept, pages to capture."),
	.flags = due_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_due,
};
