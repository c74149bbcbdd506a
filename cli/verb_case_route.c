/*
 * verb_case_route.c - `huiying case route`: which units a matter would go to, and why.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/ids.h"
#include "office/route.h"

static enum err_code print_json(const struct route *r, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "lead", r->lead ? r->lead->name : NULL);
	json_put_str(w, "level", r->lead ? r->lead->level : NULL);
	json_put_bool(w, "vertical", r->lead && r->lead->vertical);
	json_put_str(w, "coordinator", json_out_or_null(r->coordinator));
	json_key(w, "co");
	json_begin_array(w);
	for (size_t i = 0; i < r->co_count; i++)
		json_add_str(w, r->co[i]->name);
	json_end_array(w);
	json_key(w, "why");
	json_begin_array(w);
	for (size_t i = 0; i < r->why_count; i++) {
		json_begin_object(w);
		json_put_str(w, "rule", r->why[i].rule);
		json_put_str(w, "text", r->why[i].text);
		json_end_object(w);
	}
	json_end_array(w);
	return json_out_end(&out, ERR_OK, e);
}

static void print_words(const struct route *r)
{
	if (r->lead) {
		output_label(stdout, _("lead"));
		output_line(stdout, "%s (%s)", r->lead->name, r->lead->level);
	}
	for (size_t i = 0; i < r->co_count; i++)
		output_fact(stdout, _("with"), r->co[i]->name);
	output_fact(stdout, _("steered by"), r->coordinator);
	for (size_t i = 0; i < r->why_count; i++)
		output_fact(stdout, _("why"), r->why[i].text);
	fflush(stdout); /* before the remarks on standard error */
}

static enum err_code run(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct units *units = NULL;
	struct office *o = NULL;
	struct route r;
	struct ids id;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = units_load(&call->home, &units, e);
	if (!rc)
		rc = office_route(o, units, call->argv[0], a, &r, e);
	if (!rc && call->json)
		rc = print_json(&r, e);
	else if (!rc)
		print_words(&r);
	if (!rc && !r.lead)
		rc = err_set(e, ERR_REFUSED, _("neither topic nor place suggests a lead; name it"));
	else if (!rc && ids_parse(call->argv[0], &id) && id.type == IDS_CASE)
		done_next(call, "case assign %s --lead auto", call->argv[0]);
	else if (!rc)
		done_next(call, "case open %s --grade G --lead auto", call->argv[0]);
	units_free(units);
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_case_route = {
	.verb = "case route",
	.args = N_("ROW|CASE"),
	.summary = N_("which units it would go to by topic, place and 垂直管理, and why"),
	.help = N_(
		"The units of units.conf: those that lead the topics, the towns that it names. A "
		"suggestion; --lead auto takes it. Exit 1: there is none."),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run,
};
