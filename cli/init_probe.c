/*
 * init_probe.c - fetch, take in, judge, switch on.
 */
#include "cli/init_probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/sig.h"
#include "base/time.h"
#include "cli/fetcher.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/sources_file.h"
#include "crawler/source_edit.h"
#include "office/health.h"
#include "office/ingest.h"

#define BATCH 24 /* sources in one run of the fetcher */
#define STALE (INT64_C(180) * 86400) /* nothing newer: the source is dead */

struct probing {
	const struct call *call; /* of the new instance */
	struct office *office;
	struct arena *arena;
	const struct sources *sources;
	struct sig sig;
	struct progress bar;
	size_t total, before; /* sources; fetched in earlier batches */
	size_t on, off;
};

static void on_fetch(const struct fetcher_progress *p, void *data)
{
	struct probing *g = data;

	progress_update(
		&g->bar, g->before + (p->done > 0 ? (size_t)p->done : 0), g->total, p->source);
}

static enum err_code fetch_batch(struct probing *g, size_t from, size_t *next, struct err *e)
{
	const char *args[FETCHER_ARGS_MAX];
	size_t n = 0, sources = 0, i = from;
	enum err_code rc = ERR_OK;

	args[n++] = "--quiet";
	args[n++] = "--no-wanted";
	args[n++] = "--home";
	args[n++] = g->call->home_option;
	for (; i < sources_count(g->sources) && sources < BATCH; i++) {
		if (sources_at(g->sources, i)->enabled)
			continue;
		args[n++] = "--source";
		args[n++] = sources_at(g->sources, i)->id;
		sources++;
	}
	*next = i;
	if (sources)
		rc = fetcher_run(args, n, &g->sig, on_fetch, g, e);
	g->before += sources;
	return rc;
}

static enum err_code fetch_all(struct probing *g, struct err *e)
{
	size_t next = 0;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < sources_count(g->sources); i++)
		g->total += !sources_at(g->sources, i)->enabled;
	progress_init(&g->bar, _("trying the sources"), g->call->quiet);
	while (!rc && next < sources_count(g->sources)) {
		rc = fetch_batch(g, next, &next, e);
		if (!rc && sig_stop_asked(&g->sig))
			rc = err_set(e, ERR_STOPPED, _("stopped; what was fetched is kept"));
	}
	progress_end(&g->bar);
	return rc;
}

static enum err_code take_in(struct probing *g, struct err *e)
{
	struct ingest_options opt = {.sig = &g->sig};
	struct ingest_result result;
	int lock = -1;
	enum err_code rc = ingest_lock(g->office, &lock, e);

	memset(&result, 0, sizeof result);
	if (!rc)
		rc = ingest_spool(g->office, &opt, &result, e);
	if (lock >= 0)
		close(lock);
	return rc;
}

/* Why it stays off, in buf; empty: it answers and is to be switched on. */
static void judge(const struct health_report *r, int64_t now, struct buf *why)
{
	char day[TIME_TEXT_SIZE];

	if (!r->log)
		buf_add_str(why, _("not tried"));
	else if (r->log->failures > 0)
		buf_addf(why, "%s: %s", r->log->error, r->log->detail);
	else if (r->log->items == 0)
		buf_add_str(why, _("it answers, but holds no entries"));
	else if (r->habit && r->habit->newest != TIME_NONE && now - r->habit->newest > STALE) {
		time_format_rfc3339(r->habit->newest, day);
		buf_addf(why, _("it answers, but has had nothing new since %.10s"), day);
	}
}

static enum err_code judge_one(
	struct probing *g, const struct health_report *r, struct sources_file *f, struct err *e)
{
	struct buf why;
	enum err_code rc;

	buf_init(&why, 65536);
	judge(r, office_now(g->office), &why);
	rc = buf_check(&why, "probe", e);
	if (!rc && why.len == 0)
		rc = source_edit_set(&f->text, r->source->id, "enabled", "yes", e);
	g->on += !rc && why.len == 0;
	g->off += !rc && why.len > 0;
	if (!rc && !g->call->json && !g->call->quiet) {
		if (why.len)
			output_printf(stdout, _("off  %s: %s\n"), r->source->id, buf_str(&why));
		else
			output_printf(stdout,
				n_("on   %s: %lld entry\n", "on   %s: %lld entries\n",
					r->log->items),
				r->source->id, (long long)r->log->items);
	}
	buf_fini(&why);
	return rc;
}

static enum err_code switch_on(struct probing *g, struct err *e)
{
	struct health_report *reports = NULL;
	struct sources_file f;
	size_t count = 0;
	enum err_code rc = sources_file_open(&g->call->home, &f, e);

	if (!rc)
		rc = health_reports(g->office, g->arena, &reports, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		if (!reports[i].source->enabled)
			rc = judge_one(g, &reports[i], &f, e);
	if (!rc && g->on)
		rc = sources_file_save(g->call, g->office, &f, "probe", e);
	sources_file_close(&f);
	return rc;
}

static enum err_code probe(struct probing *g, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code fetched, rc = office_sources(g->office, &g->sources, e);

	if (rc)
		return rc;
	/* What came before a failure counts all the same. */
	fetched = fetch_all(g, &why);
	rc = take_in(g, e);
	if (!rc)
		rc = switch_on(g, e);
	return !rc && fetched ? err_set(e, fetched, "%s", why.text) : rc;
}

enum err_code init_probe(const struct call *call, const char *dir, struct err *e)
{
	struct call there = *call;
	struct probing g = {.call = &there, .sig = SIG_NONE};
	enum err_code rc;

	there.home_option = dir;
	rc = path_home_init(&there.home, dir, e);
	if (!rc)
		rc = sig_open(&g.sig, e);
	g.arena = arena_new(ARENA_MAX_DEFAULT);
	if (!rc)
		rc = g.arena ? session_open(&there, false, &g.office, e) : err_nomem(e);
	if (!rc)
		rc = probe(&g, e);
	if (g.on + g.off && !call->quiet)
		log_notice(&call->log,
			n_("%zu source is on, %zu off", "%zu sources are on, %zu off", g.on), g.on,
			g.off);
	sig_close(&g.sig);
	office_close(g.office);
	arena_free(g.arena);
	path_home_fini(&there.home);
	return rc;
}
