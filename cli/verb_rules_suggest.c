/*
 * verb_rules_suggest.c - `huiying rules suggest`: rule lines that would have spared a false
 * alarm.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/rules_suggest.h"
#include "office/suggest_past.h"

#define SUGGEST_MEMORY ((size_t)1 << 30)
#define SHOWN 12 /* alerts by number */

static const char *const forms[] = {
	[RULES_SUGGEST_EXCLUDE] = "exclude",
	[RULES_SUGGEST_SUBTRACT] = "subtract",
	[RULES_SUGGEST_EXCLUDE_ALL] = "exclude-all",
	[RULES_SUGGEST_WEAKEN_ALL] = "weaken-all",
};

/* " A3 A7 …" */
static void print_alerts(const int64_t *ids, size_t count)
{
	for (size_t i = 0; i < count && i < SHOWN; i++)
		output_printf(stdout, " A%lld", (long long)ids[i]);
	fputs(count > SHOWN ? " …\n" : "\n", stdout);
}

static void print_effect(const struct rules_suggestion *s)
{
	output_printf(stdout,
		n_("   would have spared %zu false alarm:",
			"   would have spared %zu false alarms:", s->spared_count),
		s->spared_count);
	print_alerts(s->spared, s->spared_count);
	if (!s->lost_count && !s->true_of)
		return; /* nobody knows; that is told once for all of them */
	if (!s->lost_count) {
		output_line(stdout, "%s", _("   would have lost no true alert"));
		return;
	}
	output_printf(stdout,
		n_("   would have lost %zu true alert:", "   would have lost %zu true alerts:",
			s->lost_count),
		s->lost_count);
	print_alerts(s->lost, s->lost_count);
}

static void print_overlay(const char *overlay)
{
	struct str rest = str_of(overlay);

	fputc('\n', stdout);
	while (rest.n) {
		struct str line = str_split(&rest, '\n');
		output_line(stdout, "%s%.*s", line.n ? "       " : "", (int)line.n, line.p);
	}
	fputc('\n', stdout);
}

static void print_suggestion(const struct rules_suggestion *s, size_t number)
{
	output_line(stdout, _("%zu  %s  in %zu of %zu false alarms, in %zu of %zu true alerts"),
		number, s->line, s->false_with, s->false_of, s->true_with, s->true_of);
	print_effect(s);
	print_overlay(s->overlay);
	if (!s->test)
		output_line(stdout, "%s",
			_("   no short text of this alert shows it: write its 不中 test by hand"));
}

static enum err_code print_text(
	const struct call *call, const struct rules_suggest *r, struct err *e)
{
	enum err_code rc;

	output_line(stdout, "A%lld  S%lld  [%s]  %s", (long long)r->alert, (long long)r->story,
		r->topic, r->title ? r->title : "");
	for (size_t i = 0; i < r->count; i++)
		print_suggestion(&r->suggestion[i], i + 1);
	rc = output_flush(stdout, e);
	if (rc)
		return rc;
	if (r->cut)
		done_note(call, _("only the newest %d alerts were looked at"), SUGGEST_PAST_MAX);
	if (r->count && !r->suggestion[0].true_of)
		done_note(call, "%s",
			_("no alert of this topic was decided otherwise yet: nobody knows what "
			  "the lines would lose"));
	if (!r->count)
		return err_set(e, ERR_REFUSED,
			_("no word of it stands in false alarms and not in true alerts"));
	done_note(call, "%s",
		_("nothing is installed: paste one into a file of local.d, with huiying rules "
		  "edit"));
	done_next(call, "rules edit · rules check · rules stats");
	return ERR_OK;
}

static void put_suggestion(struct json_writer *w, const struct rules_suggestion *s)
{
	json_begin_object(w);
	json_put_str(w, "word", s->word);
	json_put_str(w, "form", forms[s->form]);
	json_put_str(w, "line", s->line);
	json_put_str(w, "test", s->test);
	json_put_str(w, "overlay", s->overlay);
	json_put_int(w, "false_with", (int64_t)s->false_with);
	json_put_int(w, "false_of", (int64_t)s->false_of);
	json_put_int(w, "true_with", (int64_t)s->true_with);
	json_put_int(w, "true_of", (int64_t)s->true_of);
	json_put_ints(w, "spared", s->spared, s->spared_count);
	json_put_ints(w, "lost", s->lost, s->lost_count);
	json_end_object(w);
}

static enum err_code print_json(const struct rules_suggest *r, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "alert", r->alert);
	json_put_int(w, "story", r->story);
	json_put_str(w, "topic", r->topic);
	json_put_bool(w, "cut", r->cut);
	json_key(w, "suggestions");
	json_begin_array(w);
	for (size_t i = 0; i < r->count; i++)
		put_suggestion(w, &r->suggestion[i]);
	json_end_array(w);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_suggest(struct call *call, struct err *e)
{
	struct arena *a = arena_new(SUGGEST_MEMORY);
	struct rules_suggest r;
	struct office *o = NULL;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = office_rules_suggest(o, call->argv[0], a, &r, e);
	if (!rc)
		rc = call->json ? print_json(&r, e) : print_text(call, &r, e);
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_rules_suggest = {
	.verb = "rules suggest",
	.args = N_("ALERT"),
	.summary = N_("propose rule lines that would have spared a false alarm"),
	.help = N_(
		"ALERT is an alert that was dismissed as 误报, A12, or its row, S12. Proposes up "
		"to "
		"three lines, each with a word of the title or of the sentences that the rules "
		"hit: "
		"one that stands in false alarms of this topic and in no alert that was decided "
		"otherwise. ! excludes from the topic, - takes points where a few true alerts hold "
		"the word; when false alarms of three topics or more hold it, the line is one of "
		"全局排除 or 全局扣分. Tells which past false alarms it would have spared and "
		"which "
		"true alerts it would have lost, by the matcher itself, and prints what to paste "
		"into a file of local.d: section, line, and its 不中 test with personal data "
		"hidden. Installs nothing."),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_suggest,
};
