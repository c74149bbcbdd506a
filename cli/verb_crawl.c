/*
 * verb_crawl.c - `huiying crawl`: fetch and ingest until nothing is wanted.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/fetcher.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/taken.h"
#include "crawler/source.h"
#include "ledger/wants.h"
#include "office/ingest.h"

#define ROUNDS_MAX 8 /* a list's further pages, then their articles */

struct crawl {
	struct call *call;
	struct office *office;
	struct sig sig;
	struct progress bar;
	struct ingest_result result;
	int64_t fetched, rounds;
};

static void on_fetch(const struct fetcher_progress *p, void *data)
{
	struct crawl *c = data;

	c->fetched += p->done > 0;
	progress_update(&c->bar, p->done > 0 ? (size_t)p->done : 0,
		p->total > 0 ? (size_t)p->total : 0, p->source);
}

static size_t add_arg(const char **args, size_t n, const char *a, const char *b)
{
	args[n++] = a;
	if (b)
		args[n++] = b;
	return n;
}

/* The first round polls the sources, later ones get what the first has found wanting. */
static enum err_code fetch_round(struct crawl *c, bool first, struct err *e)
{
	const char *args[FETCHER_ARGS_MAX];
	const char *source;
	size_t n = 0;
	enum err_code rc;

	if (c->call->home.home)
		n = add_arg(args, n, "--home", c->call->home.home);
	if (c->call->quiet)
		n = add_arg(args, n, "--quiet", NULL);
	else if (c->call->verbose)
		n = add_arg(args, n, "--verbose", NULL);
	if (!first)
		n = add_arg(args, n, "--wanted-only", NULL);
	else if (call_has(c->call, "all"))
		n = add_arg(args, n, "--all", NULL);
	for (int i = 0; first && (source = call_flag_at(c->call, "source", i)) != NULL; i++) {
		if (n + 2 > FETCHER_ARGS_MAX)
			return err_set(e, ERR_USAGE, _("too many --source"));
		n = add_arg(args, n, "--source", source);
	}
	progress_init(
		&c->bar, first ? _("fetching") : _("fetching what is wanted"), c->call->quiet);
	rc = fetcher_run(args, n, &c->sig, on_fetch, c, e);
	progress_end(&c->bar);
	return rc;
}

static enum err_code ingest_round(struct crawl *c, bool first, struct err *e)
{
	struct ingest_options opt = {.sig = &c->sig, .untried_only = !first};
	int lock = -1;
	enum err_code rc = ingest_lock(c->office, &lock, e);

	if (!rc)
		rc = ingest_spool(c->office, &opt, &c->result, e);
	if (lock >= 0)
		close(lock);
	return rc;
}

static enum err_code crawl_rounds(struct crawl *c, struct err *e)
{
	int64_t open = 1;
	/* What an earlier run left behind comes first, and with it a fresh wanted list. */
	enum err_code rc = ingest_round(c, true, e);

	for (int i = 0; !rc && open > 0 && i < ROUNDS_MAX; i++) {
		int64_t before = c->result.records;
		rc = fetch_round(c, i == 0, e);
		if (!rc || rc == ERR_NET) {
			/* What was fetched before it failed is in the spool and counts. */
			struct err why = {ERR_OK, ""};
			enum err_code got = ingest_round(c, false, rc ? &why : e);
			rc = rc ? rc : got;
		}
		if (!rc)
			rc = wants_untried_count(c->office->db, &open, e);
		c->rounds++;
		/* Nothing came back: the rest waits for the next crawl. */
		if (i > 0 && c->result.records == before)
			break;
		if (!rc && sig_stop_asked(&c->sig))
			rc = err_set(e, ERR_STOPPED, _("stopped; what was fetched is kept"));
	}
	/* What failed in this run is for the next one, or for fetch-wanted.service. */
	return rc ? rc : ingest_write_wanted(c->office, false, e);
}

/* Shipped sources are off: the first crawl of a new instance would say “0” and no more. */
static void warn_when_all_off(struct call *call, const struct sources *list)
{
	for (size_t i = 0; i < sources_count(list); i++)
		if (sources_at(list, i)->enabled)
			return;
	log_warning(&call->log, "%s",
		_("no source is on; next: huiying sources enable ID… · huiying sources add URL"));
}

static enum err_code print_summary(struct crawl *c, struct err *e)
{
	struct json_writer *w;
	struct json_out out;

	if (!c->call->json) {
		if (!c->call->quiet) {
			printf(n_("%lld fetch", "%lld fetches", c->fetched), (long long)c->fetched);
			printf(n_(" in %lld round: ", " in %lld rounds: ", c->rounds),
				(long long)c->rounds);
			taken_print(&c->result);
			if (c->result.counts.alerts)
				printf("%s\n", _("next: huiying alerts"));
			if (c->result.problems)
				done_next(c->call, "status");
		}
		return ERR_OK;
	}
	w = json_out_begin(&out);
	json_put_int(w, "fetches", c->fetched);
	json_put_int(w, "rounds", c->rounds);
	taken_put_json(w, &c->result);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_crawl(struct call *call, struct err *e)
{
	struct crawl c = {.call = call, .sig = SIG_NONE};
	const struct rules *rules;
	const struct sources *sources;
	enum err_code rc = session_open(call, false, &c.office, e);

	/* A mistake in the rules shows before anything is fetched. */
	if (!rc)
		rc = office_rules(c.office, &rules, e);
	if (!rc)
		rc = office_sources(c.office, &sources, e);
	if (!rc && !call_has(call, "source"))
		warn_when_all_off(call, sources);
	if (!rc)
		rc = sig_open(&c.sig, e);
	if (!rc)
		rc = crawl_rounds(&c, e);
	if (!rc)
		rc = print_summary(&c, e);
	sig_close(&c.sig);
	office_close(c.office);
	return rc;
}

static const struct command_flag flags[] = {
	{"all", NULL, N_("every source, due or not")},
	{"source", N_("ID"), N_("only this source, due or not; may be repeated")},
	{NULL, NULL, NULL},
};

const struct command command_crawl = {
	.verb = "crawl",
	.args = "",
	.summary = N_("fetch the sources that are due, take everything in, raise alerts"),
	.help = N_("The main job: starts huiying-fetch, ingests what it wrote, and fetches again "
		   "what that made wanted (articles, evidence), up to eight rounds. It may be "
		   "interrupted at any moment and run again; nothing is lost and nothing is taken "
		   "in twice."),
	.flags = flags,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_crawl,
};
