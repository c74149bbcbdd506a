/*
 * verb_refused.c - `huiying audit refused`: who was refused what, and the line about it in
 * `huiying status`.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/since.h"
#include "cli/status_parts.h"
#include "cli/words.h"
#include "ledger/refusals.h"

#define DAY 86400

enum err_code status_refusals(struct status_part *p, struct err *e)
{
	struct refusal *list = NULL;
	size_t count = 0;
	enum err_code rc = refusals_since(
		p->office->db, office_now(p->office) - DAY, p->arena, &list, &count, e);

	if (!rc && count)
		buf_addf(p->told,
			n_("refused   %zu act in the last 24 hours, the last to %s (%s)\n",
				"refused   %zu acts in the last 24 hours, the last to %s (%s)\n",
				(int64_t)count),
			count, list[0].by_name, list[0].verb);
	return rc;
}

static enum err_code print_json(const struct refusal *r, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_time(w, "at", r->at);
	json_put_str(w, "by", r->by_name);
	json_put_str(w, "role", *r->role ? r->role : NULL);
	json_put_str(w, "verb", r->verb);
	json_put_str(w, "subject", *r->subject ? r->subject : NULL);
	json_put_str(w, "said", r->said);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_table(
	const struct office *o, const struct refusal *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("AT"), TABLE_LEFT, 0},
		{N_("BY"), TABLE_LEFT, 0},
		{N_("ROLE"), TABLE_LEFT, 1},
		{N_("COMMAND"), TABLE_LEFT, 0},
		{N_("ABOUT"), TABLE_LEFT, 0},
		{N_("SAID"), TABLE_CUT, 2},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		table_cell_time(t, list[i].at, o->settings.zone);
		table_cell(t, list[i].by_name);
		table_cell(t, list[i].role);
		table_cell(t, list[i].verb);
		table_cell(t, list[i].subject);
		table_cell(t, words_or_erased(list[i].said));
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code run_refused(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct refusal *list = NULL;
	size_t count = 0;
	int64_t since = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc && call_has(call, "since"))
		rc = since_read(call, o, &since, e);
	if (!rc)
		rc = refusals_since(o->db, since, a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(&list[i], e);
	if (!rc && !call->json && count)
		rc = print_table(o, list, count, e);
	else if (!rc && !call->json)
		puts(_("nobody was refused anything"));
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"since", N_("TIME"), N_("only those from then on: 2026-09-01, 7d")},
	{NULL, NULL, NULL},
};

const struct command command_audit_refused = {
	.verb = "audit refused",
	.args = N_("[--since TIME]"),
	.summary = N_("who was refused what: every act that somebody may not do"),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_refused,
};
