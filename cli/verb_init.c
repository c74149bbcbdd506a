/*
 * verb_init.c - `huiying init`: a new instance, real or for trying out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/office.h"

static enum err_code print_json(const char *dir, bool demo, bool fresh, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, 65536);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "home", dir);
	json_put_bool(&w, "demo", demo);
	json_put_bool(&w, "fresh", fresh);
	json_end_object(&w);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
}

static void print_words(const char *dir, bool demo, bool fresh)
{
	if (!fresh)
		output_printf(
			stdout, _("%s is an instance already; what was missing was added\n"), dir);
	else if (demo)
		output_printf(stdout, _("made a demonstration in %s\n"), dir);
	else
		output_printf(stdout, _("made an instance in %s\n"), dir);
	output_printf(stdout,
		_("next: edit %s/huiying.conf, sources.conf, units.conf; then\n"
		  "  huiying --home %s crawl\n  huiying --home %s alerts\n"),
		dir, dir, dir);
}

static enum err_code run_init(struct call *call, struct err *e)
{
	const char *given = call->argc ? call->argv[0] : call->home.data;
	bool demo = call_has(call, "demo"), fresh = false;
	char *dir = NULL;
	enum err_code rc;

	umask(0007);
	rc = path_make_dirs(given, 02770, e);
	if (!rc && !(dir = realpath(given, NULL)))
		rc = err_set(e, ERR_IO, _("cannot open %s"), given);
	if (!rc)
		rc = office_create(&call->home, dir, demo, &fresh, e);
	if (!rc && call->json)
		rc = print_json(dir, demo, fresh, e);
	else if (!rc && !call->quiet)
		print_words(dir, demo, fresh);
	free(dir);
	return rc;
}

static const struct command_flag flags[] = {
	{"demo", NULL, N_("a demonstration, in which --actor plays several people")},
	{NULL, NULL, NULL},
};

const struct command command_init = {
	.verb = "init",
	.args = N_("[DIR]"),
	.summary = N_("make an instance: ledger, spool, configuration to start from"),
	.help = N_("Makes DIR (default: --home, or the place where data is looked for) with an "
		   "empty ledger, the directories spool, archive, evidence, state and local.d, and "
		   "copies of the shipped configuration. Nothing that exists is overwritten, so it "
		   "may be run again.\n\nA demonstration says so in its first event and in every "
		   "listing; it can never become a real instance."),
	.flags = flags,
	.max_args = 1,
	.run = run_init,
};
