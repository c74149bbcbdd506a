/*
 * verb_rules_apply.c - `huiying rules apply`: what came in lately, judged by the rules of
 * today.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/reapply.h"

#define SHOWN 20 /* alerts of each list, by name */

/* --- what came of it --- */

static void print_alert(const struct reapply_alert *a)
{
	const char *words = a->title ? a->title : "";

	if (a->alert)
		output_line_cut(stdout, "  A%lld  S%lld  [%s]  %s", (long long)a->alert,
			(long long)a->story, a->topic, words);
	else if (a->story)
		output_line_cut(stdout, "  S%lld  [%s]  %s", (long long)a->story, a->topic, words);
	else
		output_line_cut(stdout, "  [%s]  %s", a->topic, words);
}

static void print_list(const char *title, const struct reapply_list *l)
{
	if (l->count)
		output_printf(stdout, "%s\n", title);
	for (size_t i = 0; i < l->count && i < SHOWN; i++)
		print_alert(&l->alert[i]);
	if (l->count > SHOWN)
		output_printf(stdout, _("  … and %zu more; --json has all\n"), l->count - SHOWN);
}

static void print_result(const struct call *call, const struct reapply_result *r, bool dry)
{
	size_t raised = r->raised.count;

	output_printf(stdout, n_("%lld item judged: ", "%lld items judged: ", r->items),
		(long long)r->items);
	output_printf(stdout,
		dry ? n_("%zu alert would be raised, %zu open ones be in doubt, %zu not any more\n",
			      "%zu alerts would be raised, %zu open ones be in doubt, %zu not any "
			      "more\n",
			      raised)
		    : n_("%zu alert raised, %zu open ones in doubt, %zu not any more\n",
			      "%zu alerts raised, %zu open ones in doubt, %zu not any more\n",
			      raised),
		raised, r->doubted.count, r->upheld.count);
	if (call->quiet)
		return;
	print_list(dry ? _("would be raised:") : _("raised:"), &r->raised);
	print_list(_("no rule gives reason for these any more; decide on them:"), &r->doubted);
	print_list(_("rules give reason again for:"), &r->upheld);
	fflush(stdout);
}

static void put_list(struct json_writer *w, const char *key, const struct reapply_list *l)
{
	json_key(w, key);
	json_begin_array(w);
	for (size_t i = 0; i < l->count; i++) {
		json_begin_object(w);
		if (l->alert[i].alert)
			json_put_int(w, "alert", l->alert[i].alert);
		if (l->alert[i].story)
			json_put_int(w, "story", l->alert[i].story);
		json_put_str(w, "topic", l->alert[i].topic);
		json_put_str(w, "title", l->alert[i].title);
		json_end_object(w);
	}
	json_end_array(w);
}

static enum err_code print_json(
	const struct reapply_result *r, bool dry, bool stopped, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "items", r->items);
	json_put_bool(w, "dry_run", dry);
	json_put_bool(w, "stopped", stopped);
	put_list(w, "raised", &r->raised);
	put_list(w, "doubted", &r->doubted);
	put_list(w, "upheld", &r->upheld);
	return json_out_end(&out, ERR_OK, e);
}

/* --- the command --- */

static enum err_code read_span(const struct call *call, int64_t *out, struct err *e)
{
	const char *since = call_flag(call, "since");

	if (!since)
		return err_set(e, ERR_USAGE, _("say how far back: --since 7d"));
	if (!time_parse_span(since, out))
		return err_set(e, ERR_USAGE, _("--since: “%s” is no span of time like 7d"), since);
	return ERR_OK;
}

static enum err_code apply(
	struct call *call, struct office *o, int64_t since, struct arena *a, struct err *e)
{
	struct reapply_result r;
	struct progress bar;
	struct sig sig = SIG_NONE;
	struct trial_watch watch = {&sig, progress_count, &bar};
	bool dry = call_has(call, "dry-run"), stopped;
	enum err_code rc = sig_open(&sig, e);

	if (rc)
		return rc;
	progress_init(&bar, _("judging"), call->quiet);
	rc = office_reapply(o, since, dry, &watch, a, &r, e);
	progress_end(&bar);
	sig_close(&sig);
	stopped = rc == ERR_STOPPED;
	if (stopped)
		err_set(e, rc, _("stopped; run it again for the rest"));
	if (rc && !stopped)
		return rc;
	if (call->json) {
		struct err why;
		enum err_code told = print_json(&r, dry, stopped, &why);
		return told ? err_set(e, told, "%s", why.text) : rc;
	}
	print_result(call, &r, dry);
	if (!stopped && dry)
		done_next(call, "rules apply --since %s", call_flag(call, "since"));
	else if (!stopped)
		done_next(call, r.doubted.count ? "alerts --doubted · show A… · dismiss S…"
						: "alerts · show A…");
	return rc;
}

static enum err_code run_apply(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	int64_t span = 0;
	enum err_code rc = a ? read_span(call, &span, e) : err_nomem(e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = apply(call, o, office_now(o) - span, a, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"since", N_("SPAN"), N_("the items of this time: 7d, 12h")},
	{"dry-run", NULL, N_("say what would change, write nothing")},
	{NULL, NULL, NULL},
};

const struct command command_rules_apply = {
	.verb = "rules apply",
	.args = N_("--since SPAN"),
	.summary = N_("judge what came in lately by the rules of today"),
	.help = N_(
		"New rules judge what comes in from now on. This judges the items of the last "
		"days too: what alerts now and did not is raised, with the same stories as by "
		"ingest. An open alert that no rule gives reason for any more stays in the queue, "
		"marked (see `show`), until somebody decides on it. Others can work meanwhile; "
		"Ctrl-C does no harm, what was judged is kept."),
	.flags = flags,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_apply,
};
