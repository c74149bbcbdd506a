/*
 * verb_proposals.c - `huiying proposals`: what the office's own channels brought that may
 * be an answer or a kept promise; taking and dismissing it.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/ids.h"
#include "office/proposals.h"

static const char *kind_text(const struct proposal *p)
{
	return strcmp(p->kind, "response") == 0 ? _("may be a response") : _("may be a fulfilment");
}

static enum err_code print_table(const struct call *call, struct office *o,
	const struct proposal *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("NO."), TABLE_RIGHT, 0},
		{N_("WHAT"), TABLE_LEFT, 0},
		{N_("CASE"), TABLE_LEFT, 0},
		{N_("COMMITMENT"), TABLE_LEFT, 0},
		{N_("CHANNEL"), TABLE_CUT, 0},
		{N_("PUBLISHED"), TABLE_LEFT, 2},
		{N_("CLOSE"), TABLE_RIGHT, 1},
		{N_("TITLE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct proposal *p = &list[i];
		char at[TIME_TEXT_SIZE] = "-";
		if (p->published != TIME_NONE)
			time_format_local(p->published, o->settings.zone, at);
		table_cellf(t, "%lld", (long long)p->id);
		table_cell(t, kind_text(p));
		table_cell(t, p->case_id);
		table_cell(t, p->commitment[0] ? p->commitment : "-");
		table_cell(t, p->channel);
		table_cell(t, at);
		table_cellf(t, "%lld%%", (long long)p->closeness);
		table_cell(t, p->title ? p->title : p->link);
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	if (!rc)
		done_next(call, "proposals take %lld · proposals dismiss %lld",
			(long long)list[0].id, (long long)list[0].id);
	return rc;
}

static enum err_code print_json(const struct proposal *p, struct err *e)
{
	struct json_writer *w;
	struct json_out out;
	char item[32];

	snprintf(item, sizeof item, "I%lld", (long long)p->item);
	w = json_out_begin(&out);
	json_put_int(w, "proposal", p->id);
	json_put_str(w, "kind", p->kind);
	json_put_str(w, "case", p->case_id);
	json_put_str(w, "commitment", p->commitment[0] ? p->commitment : NULL);
	json_put_str(w, "channel", p->channel);
	json_put_str(w, "item", item);
	json_put_str(w, "title", p->title);
	json_put_str(w, "link", p->link);
	json_put_time(w, "published", p->published);
	json_put_int(w, "closeness", p->closeness);
	json_put_str(w, "state", p->state);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct proposal *list = NULL;
	struct office *o = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = proposals_list(o->db, call_has(call, "all"), a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(&list[i], e);
	if (!rc && !call->json && count)
		rc = print_table(call, o, list, count, e);
	else if (!rc && !call->json)
		puts(_("no proposals"));
	office_close(o);
	arena_free(a);
	return rc;
}

static enum err_code read_number(const struct call *call, int64_t *out, struct err *e)
{
	if (str_to_int(str_of(call->argv[0]), 1, INT64_MAX, out))
		return ERR_OK;
	return err_set(e, ERR_USAGE, _("“%s” is no number of a proposal"), call->argv[0]);
}

static void put_taken(struct json_writer *w, const void *data)
{
	json_put_str(w, "case", ((const struct proposal_taken *)data)->case_id);
}

/* A response waits to be accepted; a promise's page waits to be captured. */
static enum err_code confirm(
	const struct call *call, const struct proposal_taken *taken, struct err *e)
{
	enum err_code rc = done_line(call, taken->id, put_taken, taken, e, _("%s of case %s"),
		taken->id, taken->case_id);
	struct ids id;

	if (rc)
		return rc;
	done_note(call, "%s", _("its pages are queued: capture pending"));
	if (ids_parse(taken->id, &id) && id.type == IDS_RESPONSE)
		done_next(call,
			_("show %s · respond accept %s (another person) · respond reject %s "
			  "--reason TEXT"),
			taken->id, taken->id, taken->id);
	else
		done_next(call, "crawl · show %s", taken->id);
	return ERR_OK;
}

static enum err_code run_take(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct proposal_taken taken;
	int64_t id = 0;
	enum err_code rc = read_number(call, &id, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_proposal_take(o, id, call_flag(call, "unit"), &taken, e);
	if (!rc)
		rc = confirm(call, &taken, e);
	office_close(o);
	return rc;
}

static enum err_code run_dismiss(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t id = 0;
	enum err_code rc = read_number(call, &id, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_proposal_dismiss(o, id, e);
	if (!rc)
		rc = done_line(call, call->argv[0], NULL, NULL, e, _("proposal %lld put away"),
			(long long)id);
	office_close(o);
	return rc;
}

static const struct command_flag list_flags[] = {
	{"all", NULL, N_("settled ones too")},
	{NULL, NULL, NULL},
};

static const struct command_flag take_flags[] = {
	{"unit", N_("UNIT"), N_("who answers; default: who runs the channel, else the lead")},
	{NULL, NULL, NULL},
};

const struct command command_proposals = {
	.verb = "proposals",
	.args = "",
	.summary = N_("what our own channels published that may answer a case"),
	.help = N_("An item of a registered channel that is close to an open case is proposed as "
		   "its response, one that reports a promise as done as the promise's "
		   "fulfilment. The program only proposes: “take” enters it, “dismiss” puts it "
		   "away."),
	.flags = list_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};

const struct command command_proposals_take = {
	.verb = "proposals take",
	.args = N_("NO."),
	.summary = N_("enter a proposal as a response, or as the page of a kept promise"),
	.flags = take_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_take,
};

const struct command command_proposals_dismiss = {
	.verb = "proposals dismiss",
	.args = N_("NO."),
	.summary = N_("put a proposal away"),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_dismiss,
};
