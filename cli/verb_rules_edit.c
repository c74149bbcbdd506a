/*
 * verb_rules_edit.c - `huiying rules edit` and `rules revert`: another text of a rule file,
 * checked and tried on what came in lately before it counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/editor.h"
#include "cli/output.h"
#include "cli/rules_change.h"
#include "cli/session.h"
#include "matcher/rulefile.h"

/* --- rules edit ---------------------------------------------------------------------- */

struct edit {
	struct call *call;
	struct rules_change change;
	char *draft; /* NULL: the text comes from --from */
	struct str base; /* what the draft began with */
	struct buf text;
	bool keep_draft; /* something typed is in it */
};

/* Where what was typed is, whatever happens to it. */
static void tell_draft(const struct edit *x)
{
	if (!x->draft || !x->keep_draft)
		return;
	output_line(stderr, _("the draft is kept: %s"), x->draft);
	done_next(x->call, "rules edit %s --from %s", x->change.keep.name, x->draft);
}

static enum err_code read_text(struct edit *x, const char *path, struct err *e)
{
	buf_clear(&x->text);
	return path_read(path, &x->text, e);
}

static struct str text_of(const struct edit *x)
{
	return (struct str){buf_str(&x->text), x->text.len};
}

/* A draft with what is in the file, or with what --from brought. */
static enum err_code begin_draft(struct edit *x, struct str text, struct err *e)
{
	enum err_code rc = rulekeep_write_draft(&x->change.keep, text, &x->draft, e);

	x->base = text;
	return rc;
}

/* What an earlier edit left: given up, or ended before it could say where its draft is. */
static enum err_code tell_left_draft(struct edit *x, struct err *e)
{
	const char *left = NULL;
	enum err_code rc = rulekeep_left_draft(&x->change.keep, &left, e);

	if (!rc && left && !x->call->quiet)
		output_line(stderr,
			_("an earlier draft is still there: huiying rules edit %s --from %s"),
			x->change.keep.name, left);
	return rc;
}

/* An editor that was told to, or failed halfway, leaves no file: nothing is kept then. */
static bool is_left(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static enum err_code edit_draft(struct edit *x, struct err *e)
{
	struct err why;
	enum err_code rc = editor_run(x->draft, e);

	if (!is_left(x->draft)) {
		x->keep_draft = false;
		return rc ? rc
			  : err_set(e, ERR_IO, _("the editor left no file: %s is gone"), x->draft);
	}
	if (read_text(x, x->draft, &why) != ERR_OK) {
		x->keep_draft = true;
		return rc ? rc : err_set(e, why.code, "%s", why.text);
	}
	x->keep_draft = !str_eq(text_of(x), x->base);
	return rc;
}

/* Back to the editor; what came from --from is copied first, that file stays as it is. */
static enum err_code edit_again(struct edit *x, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (!x->draft) {
		char *copy = strndup(buf_str(&x->text), x->text.len);
		rc = copy ? begin_draft(x, (struct str){copy, x->text.len}, e) : err_nomem(e);
		free(copy);
		x->base = str_of("");
	}
	return rc ? rc : edit_draft(x, e);
}

static enum err_code given_up(const struct edit *x, struct err *e)
{
	return err_set(e, ERR_NO, _("%s stays as it is"), x->change.keep.name);
}

/* Checked, tried and confirmed; RULES_EDIT: once more. Nothing to install is RULES_GIVE_UP
 * with *same set. */
static enum err_code judge(struct edit *x, enum rules_change_answer *out, bool *same, struct err *e)
{
	bool can_ask = ask_is_possible(x->call) && !call_has(x->call, "yes");
	enum err_code rc;

	*out = RULES_GIVE_UP;
	*same = rules_change_is_none(&x->change, text_of(x)) || (x->draft && !x->keep_draft);
	if (*same)
		return ERR_OK;
	rc = rules_change_check(&x->change, text_of(x), e);
	if (rc == ERR_CONFIG && can_ask) {
		output_line(stderr, "%s", e->text);
		err_clear(e);
		rc = rules_change_ask_again(out, e);
		return rc || *out == RULES_EDIT ? rc : given_up(x, e);
	}
	if (!rc)
		rc = rules_change_try(&x->change, e);
	if (rc || call_has(x->call, "dry-run"))
		return rc;
	rc = rules_change_confirm(&x->change, true, out, e);
	return rc || *out != RULES_GIVE_UP ? rc : given_up(x, e);
}

static enum err_code begin(struct edit *x, struct err *e)
{
	const char *from = call_flag(x->call, "from");
	struct str text = {NULL, 0};
	enum err_code rc;

	if (from)
		return read_text(x, from, e);
	if (!ask_is_possible(x->call) && !editor_is_named())
		return err_set(e, ERR_USAGE,
			_("no terminal for an editor: give the new text with --from FILE"));
	rc = tell_left_draft(x, e);
	if (!rc)
		rc = rulekeep_draft(&x->change.keep, &text, e);
	if (!rc)
		rc = begin_draft(x, text, e);
	return rc ? rc : edit_draft(x, e);
}

/* A draft that --from took up has served: its text is in the file. */
static void drop_left_draft(struct edit *x)
{
	const char *from = call_flag(x->call, "from"), *left = NULL;

	if (from && rulekeep_left_draft(&x->change.keep, &left, NULL) == ERR_OK && left &&
		strcmp(from, left) == 0)
		(void)unlink(left);
}

static enum err_code finish(struct edit *x, bool same, struct err *e)
{
	bool install = !same && !call_has(x->call, "dry-run");
	enum err_code rc = install ? rules_change_install(&x->change, "edit", e) : ERR_OK;

	if (!rc && same && !x->call->json && !x->call->quiet)
		output_line(stdout, _("%s: nothing changed"), x->change.keep.name);
	if (!rc && x->call->json)
		rc = rules_change_print_json(&x->change, install, e);
	if (!rc && (install || same)) {
		x->keep_draft = false;
		drop_left_draft(x);
	}
	return rc;
}

static enum err_code edit(struct edit *x, struct err *e)
{
	enum rules_change_answer answer = RULES_EDIT;
	bool same = false;
	enum err_code rc = begin(x, e);

	if (!rc)
		rc = judge(x, &answer, &same, e);
	while (!rc && answer == RULES_EDIT) {
		rc = edit_again(x, e);
		if (!rc)
			rc = judge(x, &answer, &same, e);
	}
	return rc ? rc : finish(x, same, e);
}

static enum err_code run_edit(struct call *call, struct err *e)
{
	struct edit x = {.call = call};
	enum err_code rc = rules_change_open(
		call, call->argc ? call->argv[0] : NULL, call_has(call, "new"), &x.change, e);

	buf_init(&x.text, RULEFILE_MAX + 1);
	if (!rc)
		rc = edit(&x, e);
	tell_draft(&x);
	if (x.draft && !x.keep_draft)
		(void)unlink(x.draft);
	free(x.draft);
	buf_fini(&x.text);
	rules_change_fini(&x.change);
	return rc;
}

static const struct command_flag edit_flags[] = {
	{"from", N_("FILE"), N_("take the new text from FILE (“-”: standard input), no editor")},
	{"new", NULL, N_("make an overlay FILE that is not there yet")},
	{"yes", NULL, N_("install without asking")},
	{"alerts", N_("N"), N_("the number of alerts, when it is more than three times today's")},
	{"since", N_("SPAN"), N_("try on the items of this time (default 7d)")},
	{"dry-run", NULL, N_("check and try, install nothing")},
	{NULL, NULL, NULL},
};

const struct command command_rules_edit = {
	.verb = "rules edit",
	.args = N_("[FILE]"),
	.summary = N_("change a rule file: edit, check, try on the last 7 days, install"),
	.help = N_(
		"Opens keywords.conf or an overlay of local.d (without FILE the office's only one) "
		"in "
		"$VISUAL or $EDITOR, as a draft beside it. Then the draft is checked with all "
		"other "
		"files, its tests are run, and it is tried on the items of the last 7 days: alerts "
		"gained and lost, line by line. Only what was confirmed is installed, at once and "
		"whole; the event rules.installed says who changed what, and both versions are "
		"archived. More than three times today's alerts ask for their number.\n\nA draft "
		"that "
		"is given up is kept and its place is told. Two people cannot edit at once. A file "
		"that came with the program is copied into the home by its first edit."),
	.flags = edit_flags,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_edit,
};

/* --- rules revert -------------------------------------------------------------------- */

static enum err_code revert(struct rules_change *x, struct str text, struct err *e)
{
	enum rules_change_answer answer = RULES_INSTALL;
	bool dry = call_has(x->call, "dry-run");
	enum err_code rc = rules_change_check(x, text, e);

	if (!rc)
		rc = rules_change_try(x, e);
	if (!rc && !dry)
		rc = rules_change_confirm(x, false, &answer, e);
	if (!rc && answer == RULES_GIVE_UP)
		return err_set(e, ERR_NO, _("%s stays as it is"), x->keep.name);
	if (!rc && !dry)
		rc = rules_change_install(x, "revert", e);
	return rc || !x->call->json ? rc : rules_change_print_json(x, !dry, e);
}

/* Which file and text; the office is opened a second time for the change itself. */
static enum err_code find_version(
	struct call *call, struct arena *a, const char **name, struct str *text, struct err *e)
{
	struct office *o = NULL;
	enum err_code rc = session_open(call, true, &o, e);

	if (!rc)
		rc = rulekeep_version(o, call->argc ? call->argv[0] : NULL, a, name, text, e);
	office_close(o);
	return rc;
}

static enum err_code run_revert(struct call *call, struct err *e)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct rules_change x = {.keep = {.lock = -1}};
	const char *name = NULL;
	struct str text = {NULL, 0};
	enum err_code rc = a ? find_version(call, a, &name, &text, e) : err_nomem(e);

	if (!rc)
		rc = rules_change_open(call, name, true, &x, e);
	/* What was not there before may be gone again already. */
	if (!rc && (rules_change_is_none(&x, text) || (x.keep.is_new && !text.n))) {
		if (!call->json)
			output_line(stdout, _("%s: nothing changed"), name);
		else
			rc = rules_change_print_json(&x, false, e);
	} else if (!rc) {
		rc = revert(&x, text, e);
	}
	rules_change_fini(&x);
	arena_free(a);
	return rc;
}

static const struct command_flag revert_flags[] = {
	{"yes", NULL, N_("install without asking")},
	{"alerts", N_("N"), N_("the number of alerts, when it is more than three times today's")},
	{"since", N_("SPAN"), N_("try on the items of this time (default 7d)")},
	{"dry-run", NULL, N_("check and try, install nothing")},
	{NULL, NULL, NULL},
};

const struct command command_rules_revert = {
	.verb = "rules revert",
	.args = N_("[VERSION]"),
	.summary = N_("go back to an earlier version of a rule file"),
	.help = N_("Without VERSION what the last install replaced; a second revert takes the "
		   "first back. VERSION is the beginning of a hash that `rules versions` lists. It "
		   "is checked, tried and confirmed like an edit, and is an install of its own: "
		   "nothing is taken out of the record."),
	.flags = revert_flags,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_revert,
};
