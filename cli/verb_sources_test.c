/*
 * verb_sources_test.c - `huiying sources test`: what a source gives today.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/probe.h"
#include "cli/rows.h"
#include "cli/zone.h"
#include "crawler/challenge.h"

struct test {
	struct probe probe;
	struct zone zone;
	size_t items;
};

static enum err_code refuse_wall(
	struct test *t, const struct probe_answer *a, const char *charset, struct err *e)
{
	struct challenge c;
	enum err_code rc = challenge_find(a->body, a->size, a->content_type, charset, &c, e);

	(void)t;
	if (rc || c.kind == CHALLENGE_NONE)
		return rc;
	return err_set(e, ERR_INPUT, _("the site answers with a wall instead of its page (%s)"),
		c.mark ? c.mark : _("nothing but a script"));
}

static enum err_code on_answer(void *data, const struct probe_answer *a, struct err *e)
{
	struct test *t = data;
	const struct source *s = t->probe.source;
	struct document_input in = {
		.data = a->body,
		.size = a->size,
		.type = s ? s->kind : DOCUMENT_AUTO,
		.url = a->url,
		.content_type = a->content_type,
		.charset = s ? s->charset : NULL,
		.now = a->date,
		.zone = t->zone.zone,
	};
	struct document doc;
	enum err_code rc;

	if (!t->probe.call->json)
		output_printf(stdout, "%d  %s\n", a->status, a->url ? a->url : "-");
	if (!a->good)
		return ERR_OK;
	if (s)
		in.paths = (struct document_paths){s->items, s->link, s->title, s->date};
	rc = document_parse(&in, t->probe.arena, &doc, e);
	if (rc == ERR_INPUT || (!rc && doc.count == 0)) {
		enum err_code wall = refuse_wall(t, a, in.charset, e);
		rc = wall ? wall : rc;
	}
	if (rc)
		return rc;
	t->items += doc.count;
	if (t->probe.call->json)
		return rows_print_json(&doc, s ? s->id : NULL, e);
	rows_print(&doc, t->zone.zone);
	return ERR_OK;
}

static enum err_code choose(
	struct test *t, const struct sources *sources, const char *word, struct err *e)
{
	t->probe.source = sources_find(sources, word);
	t->probe.url = word;
	if (t->probe.source || url_is_http(word))
		return ERR_OK;
	return err_set(e, ERR_USAGE, _("%s has no source “%s”, and it is no URL"),
		sources_path(sources), word);
}

static enum err_code run_test(struct call *call, struct err *e)
{
	struct sources *sources = NULL;
	struct test t = {.probe = {.call = call, .on_answer = on_answer}};
	enum err_code rc = sources_load(&call->home, &sources, e);

	t.probe.data = &t;
	if (!rc)
		rc = zone_open(&call->home, &t.zone, e);
	if (!rc)
		rc = choose(&t, sources, call->argv[0], e);
	if (!rc)
		rc = probe_run(&t.probe, e);
	if (!rc)
		log_notice(&call->log, n_("%zu item", "%zu items", t.items), t.items);
	if (!rc)
		rc = output_flush(stdout, e);
	probe_fini(&t.probe);
	zone_close(&t.zone);
	sources_free(sources);
	return rc;
}

const struct command command_sources_test = {
	.verb = "sources test",
	.args = N_("ID|URL"),
	.summary = N_("fetch one source now and show what it gives"),
	.help = N_("Fetches the source, or a URL before it becomes one, exactly as a crawl would "
		   "(robots.txt, address guard, limits), parses the answer and shows its items. "
		   "Nothing is stored. The exit status is 3 when the fetch failed or the answer "
		   "cannot be read."),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_test,
};
