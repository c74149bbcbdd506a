/*
 * verb_init.c - `huiying init`: a new instance, real or for trying out, made the office's
 * own by what a person says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/json.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/init_ask.h"
#include "cli/init_probe.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "office/answers.h"
#include "office/office.h"

struct init {
	struct call *call;
	struct arena *arena;
	struct answers answers;
	struct buf kept; /* files that were there already */
	char *dir;
	bool demo, fresh;
	bool asks; /* a person is there to be asked */
	enum err_code probed; /* how the first look at the sources ended */
};

static enum err_code print_json(const struct init *n, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "home", n->dir);
	json_put_bool(w, "demo", n->demo);
	json_put_bool(w, "fresh", n->fresh);
	json_put_str(w, "city", n->answers.city);
	json_put_int(w, "towns", (int64_t)n->answers.town_count);
	json_put_int(w, "units", (int64_t)n->answers.unit_count);
	json_put_str(w, "kept", n->kept.len ? buf_str(&n->kept) : NULL);
	return json_out_end(&out, ERR_OK, e);
}

static void print_words(const struct init *n)
{
	if (!n->fresh)
		output_printf(stdout, _("%s is an instance already; what was missing was added\n"),
			n->dir);
	else if (n->demo)
		output_printf(stdout, _("made a demonstration in %s\n"), n->dir);
	else
		output_printf(stdout, _("made an instance in %s\n"), n->dir);
	if (n->kept.len)
		output_printf(stdout, _("was there and stays as it is: %s\n"), buf_str(&n->kept));
	if (n->answers.ignored)
		output_printf(stdout, _("columns of the units' table that were not used: %s\n"),
			n->answers.ignored);
	output_printf(stdout,
		_("next: edit %s/huiying.conf, sources.conf, units.conf; then\n"
		  "  huiying --home %s crawl\n  huiying --home %s alerts\n"),
		n->dir, n->dir, n->dir);
}

static bool has_answers(const struct init *n)
{
	return n->answers.city || n->answers.town_count || n->answers.unit_count;
}

/* What is asked, before anything is made. */
static enum err_code prepare(struct init *n, const char *given, struct err *e)
{
	char *ledger = path_join(given, "ledger.db");
	bool there = ledger && path_exists(ledger);
	enum err_code rc = ledger ? ERR_OK : err_nomem(e);

	free(ledger);
	n->asks = !there && !n->demo && ask_is_possible(n->call);
	if (!rc)
		rc = init_ask(n->call, n->asks, n->arena, &n->answers, e);
	if (!rc && !n->asks && !there && !n->demo && !has_answers(n) && !n->call->quiet)
		log_notice(&n->call->log,
			_("nobody is there to be asked: city, towns and units are as shipped "
			  "(--city, --towns, --units say others)"));
	return rc;
}

static enum err_code make(struct init *n, const char *given, struct err *e)
{
	enum err_code rc = path_make_dirs(given, 02770, e);

	if (!rc && !(n->dir = realpath(given, NULL)))
		rc = err_set(e, ERR_IO, _("cannot open %s"), given);
	if (!rc && has_answers(n))
		rc = answers_write(&n->answers, &n->call->home, n->dir, &n->kept, e);
	return rc ? rc : office_create(&n->call->home, n->dir, n->demo, &n->fresh, e);
}

/* Only on a person's word: by --probe, or asked. What was entered stays however it ends. */
static enum err_code look_at_sources(struct init *n, struct err *e)
{
	struct err why = {ERR_OK, ""};
	bool yes = call_has(n->call, "probe");
	enum err_code rc = ERR_OK;

	if (call_has(n->call, "no-probe"))
		return ERR_OK;
	if (!yes && n->asks)
		rc = ask_yes(_("fetch the shipped sources once now and switch on those that "
			       "answer? [Y/n]"),
			true, &yes, e);
	if (rc || !yes)
		return rc;
	n->probed = init_probe(n->call, n->dir, &why);
	if (n->probed)
		log_warning(&n->call->log,
			_("the sources could not all be tried: %s; the instance is made, try "
			  "again with “huiying init %s --probe”"),
			why.text, n->dir);
	return ERR_OK;
}

static enum err_code run_init(struct call *call, struct err *e)
{
	const char *given = call->argc ? call->argv[0] : call->home.data;
	struct init n = {.call = call, .demo = call_has(call, "demo")};
	enum err_code rc = ERR_OK;

	umask(0007);
	buf_init(&n.kept, 65536);
	n.arena = arena_new(ARENA_MAX_DEFAULT);
	if (!n.arena)
		rc = err_nomem(e);
	if (!rc && call_has(call, "probe") && call_has(call, "no-probe"))
		rc = err_set(e, ERR_USAGE, _("--probe and --no-probe exclude each other"));
	if (!rc)
		rc = prepare(&n, given, e);
	if (!rc)
		rc = make(&n, given, e);
	if (!rc)
		rc = look_at_sources(&n, e);
	if (!rc && call->json)
		rc = print_json(&n, e);
	else if (!rc && !call->quiet)
		print_words(&n);
	free(n.dir);
	buf_fini(&n.kept);
	arena_free(n.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"demo", NULL, N_("a demonstration, in which --actor plays several people")},
	{"city", N_("NAME"), N_("the city or county: 某某市")},
	{"towns", N_("FILE"), N_("its towns and streets, one a line or separated by 、")},
	{"units", N_("FILE.csv"), N_("the units that answer; the first line names the columns")},
	{"probe", NULL, N_("fetch each source once and switch on those that answer")},
	{"no-probe", NULL, N_("do not, and do not ask")},
	{NULL, NULL, NULL},
};

const struct command command_init = {
	.verb = "init",
	.args = N_("[DIR]"),
	.summary = N_("make an instance: ledger, spool, configuration to start from"),
	.help = N_("Makes DIR (default: --home, or the place where data is looked for) with an "
		   "empty ledger, the directories spool, archive, evidence, state and local.d, and "
		   "copies of the shipped configuration. Nothing that exists is overwritten, so it "
		   "may be run again.\n\n"
		   "On a terminal it asks for the city, its towns and its units, and whether to "
		   "try the shipped sources; elsewhere it asks nothing, and --city, --towns, "
		   "--units and --probe say it. From the answers come local.d/region.conf (what "
		   "makes an item ours), units.conf and the office's name; they are checked before "
		   "anything is made. The units' table is CSV with the columns 名称 全称 简称 分组 "
		   "牵头 层级 垂直管理 上级 督办单位, of which only 名称 is needed.\n\n"
		   "A demonstration says so in its first event and whenever its ledger is opened; "
		   "it can never become a real instance."),
	.flags = flags,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_init,
};
