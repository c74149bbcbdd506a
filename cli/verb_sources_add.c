/*
 * verb_sources_add.c - `huiying sources add`: fetch an address once, say what it is, show
 * what it gives, and write its section.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/url.h"
#include "base/utf8.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/probe.h"
#include "cli/rows.h"
#include "cli/session.h"
#include "cli/sources_file.h"
#include "cli/zone.h"
#include "crawler/recognise.h"
#include "crawler/source_edit.h"

#define NAME_CHARS 40 /* of a name that is taken from a title */

struct add {
	struct call *call;
	struct zone zone;
	char *url; /* as it will be written */
	enum document_type told; /* --kind, or DOCUMENT_AUTO */
	struct probe probe;
	struct recognised what;
	bool answered;
	int64_t every;
	bool asks, added;
	struct buf id, name, section;
};

/* ---- the address -------------------------------------------------------- */

/* --rsshub BASE /route: the two put together. */
static enum err_code make_url(struct add *a, struct err *e)
{
	const char *base = call_flag(a->call, "rsshub"), *word = a->call->argv[0];
	struct err why = {ERR_OK, ""};
	char *canonical = NULL;
	size_t n = base ? strlen(base) : 0;

	while (n > 0 && base[n - 1] == '/')
		n--;
	if (base && *word != '/')
		return err_set(e, ERR_USAGE, _("a route of RSSHub begins with a slash: /%s"), word);
	a->url = malloc(n + strlen(word) + 1);
	if (!a->url)
		return err_nomem(e);
	sprintf(a->url, "%.*s%s", (int)n, base ? base : "", word);
	if (url_canonical(a->url, NULL, &canonical, &why) != ERR_OK)
		return err_set(e, ERR_USAGE, "%s: %s", a->url, why.text);
	free(canonical);
	return ERR_OK;
}

static enum err_code refuse_known(const struct sources *all, const char *url, struct err *e)
{
	const struct source *s = NULL;
	enum err_code rc = source_edit_find_url(all, url, &s, e);

	if (!rc && s)
		rc = err_set(e, ERR_REFUSED, _("%s is there already as source “%s” (line %d)"), url,
			s->id, s->line);
	return rc;
}

static enum err_code check_known(struct add *a, struct err *e)
{
	struct sources *all = NULL;
	enum err_code rc = sources_load(&a->call->home, &all, e);

	if (!rc)
		rc = refuse_known(all, a->url, e);
	sources_free(all);
	return rc;
}

/* ---- fetching ----------------------------------------------------------- */

static enum err_code on_answer(void *data, const struct probe_answer *answer, struct err *e)
{
	struct add *a = data;
	struct document_input in = {
		.data = answer->body,
		.size = answer->size,
		.type = a->told,
		.url = answer->url,
		.content_type = answer->content_type,
		.charset = call_flag(a->call, "charset"),
		.now = answer->date,
		.zone = a->zone.zone,
	};

	if (!answer->good)
		return ERR_OK;
	a->answered = true;
	return recognise(&in, a->probe.arena, &a->what, e);
}

static enum err_code fetch(struct add *a, struct err *e)
{
	enum err_code rc;

	probe_fini(&a->probe);
	a->probe =
		(struct probe){.call = a->call, .url = a->url, .on_answer = on_answer, .data = a};
	a->answered = false;
	rc = probe_run(&a->probe, e);
	if (!rc && !a->answered)
		rc = err_set(e, ERR_NET, _("%s gave no answer"), a->url);
	return rc;
}

/* ---- a page that names feeds -------------------------------------------- */

static void list_feeds(const struct add *a)
{
	output_printf(stderr, "%s\n", _("this page names feeds, which are better than a page:"));
	for (size_t i = 0; i < a->what.feed_count; i++)
		output_printf(stderr, "  %zu  %s  %s\n", i + 1, a->what.feeds[i].url,
			a->what.feeds[i].title);
}

/* *which: 0 is the page itself. Without a word from anybody it is the first feed. */
static enum err_code choose_feed(struct add *a, size_t *which, struct err *e)
{
	const char *given = call_flag(a->call, "feed");
	struct buf line;
	int64_t n = 1;
	enum err_code rc = ERR_OK;

	buf_init(&line, 4096);
	if (given && !str_to_int(str_of(given), 0, (int64_t)a->what.feed_count, &n))
		rc = err_set(e, ERR_USAGE, _("--feed: from 0 (the page itself) to %zu"),
			a->what.feed_count);
	if (!rc && !given && !a->call->quiet)
		list_feeds(a);
	if (!rc && !given && a->asks) {
		rc = ask_line(_("which one? [1; 0 is the page itself]"), &line, e);
		if (!rc && line.len &&
			!str_to_int(str_of(line.data), 0, (int64_t)a->what.feed_count, &n))
			rc = err_set(e, ERR_USAGE, _("there is no feed %s"), buf_str(&line));
	}
	*which = (size_t)n;
	buf_fini(&line);
	return rc;
}

static enum err_code follow_feed(struct add *a, struct err *e)
{
	size_t which = 0;
	char *url;
	enum err_code rc;

	if (a->told != DOCUMENT_AUTO || a->what.feed_count == 0)
		return call_has(a->call, "feed") && a->told == DOCUMENT_AUTO
			       ? err_set(e, ERR_USAGE, _("--feed: the page names no feed"))
			       : ERR_OK;
	rc = choose_feed(a, &which, e);
	if (rc || which == 0)
		return rc;
	url = strdup(a->what.feeds[which - 1].url);
	if (!url)
		return err_nomem(e);
	free(a->url);
	a->url = url;
	rc = check_known(a, e);
	return rc ? rc : fetch(a, e);
}

/* ---- the section -------------------------------------------------------- */

/* "通知公告_某市人民政府网" is kept, but not a whole sentence. */
static void add_name(struct buf *b, const char *title)
{
	size_t n = strlen(title);

	buf_add(b, title, utf8_offset(title, n, NAME_CHARS));
}

static enum err_code propose(struct add *a, const struct sources *all, struct err *e)
{
	const char *id = call_flag(a->call, "id"), *name = call_flag(a->call, "name");

	buf_clear(&a->id);
	buf_clear(&a->name);
	if (id && sources_find(all, id))
		return err_set(e, ERR_REFUSED, _("sources.conf has a source “%s” already"), id);
	if (id)
		buf_add_str(&a->id, id);
	else
		source_edit_propose_id(a->url, sources_file_has_id, all, &a->id);
	if (name)
		buf_add_str(&a->name, name);
	else if (a->what.title)
		add_name(&a->name, a->what.title);
	return buf_check(&a->id, "id", e);
}

static struct source_new section_of(const struct add *a)
{
	const struct source_new s = {
		.id = buf_str(&a->id),
		.url = a->url,
		.name = buf_str(&a->name),
		.charset = call_flag(a->call, "charset"),
		.article = call_flag(a->call, "article"),
		.kind = a->what.type,
		.every = a->every,
		.local = call_has(a->call, "local"),
		.off = call_has(a->call, "off"),
	};

	return s;
}

/* The file with the section in it; not yet written. */
static enum err_code edit(struct add *a, struct sources_file *f, struct err *e)
{
	struct source_new s;
	enum err_code rc = sources_file_open(&a->call->home, f, e);

	if (!rc)
		rc = refuse_known(f->sources, a->url, e);
	if (!rc)
		rc = propose(a, f->sources, e);
	if (rc)
		return rc;
	s = section_of(a);
	source_edit_add(&f->text, &s);
	buf_clear(&a->section);
	source_edit_add(&a->section, &s);
	return sources_file_check(f, e);
}

static enum err_code save(struct add *a, struct err *e)
{
	struct sources_file f;
	enum err_code rc = edit(a, &f, e);

	if (!rc)
		rc = sources_file_save(a->call, NULL, &f, "add", e);
	a->added = !rc;
	if (!rc && !a->call->json && !a->call->quiet)
		output_printf(stdout, _("added to %s\nnext: huiying crawl --source %s\n"), f.path,
			buf_str(&a->id));
	sources_file_close(&f);
	return rc;
}

/* What would be written, for a look; the lock is let go while a person thinks. */
static enum err_code preview(struct add *a, struct err *e)
{
	struct sources_file f;
	enum err_code rc = edit(a, &f, e);

	sources_file_close(&f);
	return rc;
}

/* ---- showing ------------------------------------------------------------ */

static void show(const struct add *a)
{
	output_printf(stdout,
		n_("kind: %s, %zu entry\n", "kind: %s, %zu entries\n", a->what.doc.count),
		source_kind_name(a->what.type), a->what.doc.count);
	rows_print(&a->what.doc, a->zone.zone);
	output_printf(stdout, "\n%s\n", buf_str(&a->section));
}

static void put_rows(struct json_writer *w, const struct document *d)
{
	json_key(w, "rows");
	json_begin_array(w);
	for (size_t i = 0; i < d->count; i++) {
		json_begin_object(w);
		json_put_str(w, "title", d->items[i].title);
		json_put_time(w, "published", d->items[i].published);
		json_put_str(w, "link", d->items[i].link);
		json_end_object(w);
	}
	json_end_array(w);
}

static enum err_code print_json(const struct add *a, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "id", buf_str(&a->id));
	json_put_str(w, "name", a->name.len ? buf_str(&a->name) : NULL);
	json_put_str(w, "kind", source_kind_name(a->what.type));
	json_put_str(w, "url", a->url);
	json_put_bool(w, "added", a->added);
	json_key(w, "feeds");
	json_begin_array(w);
	for (size_t i = 0; i < a->what.feed_count; i++)
		json_add_str(w, a->what.feeds[i].url);
	json_end_array(w);
	put_rows(w, &a->what.doc);
	json_put_str(w, "section", buf_str(&a->section));
	return json_out_end(&out, ERR_OK, e);
}

/* ---- the verb ----------------------------------------------------------- */

static enum err_code read_flags(struct add *a, struct err *e)
{
	const char *kind = call_flag(a->call, "kind"), *every = call_flag(a->call, "every");

	a->told = call_has(a->call, "rsshub") ? DOCUMENT_FEED : DOCUMENT_AUTO;
	a->asks = ask_is_possible(a->call) && !call_has(a->call, "yes");
	if (kind && (!document_type_from_name(kind, &a->told) || a->told == DOCUMENT_ARTICLE))
		return err_set(
			e, ERR_USAGE, _("--kind must be feed, list, json, sitemap or table"));
	if (every && !time_parse_span(every, &a->every))
		return err_set(e, ERR_USAGE, _("--every must be a time span such as 15m or 2h"));
	return ERR_OK;
}

static enum err_code decide(struct add *a, struct err *e)
{
	bool yes = call_has(a->call, "yes");
	enum err_code rc = ERR_OK;

	if (call_has(a->call, "dry-run"))
		return ERR_OK;
	if (!yes && !a->asks)
		return err_set(e, ERR_USAGE, _("nothing was written: say --yes (or --dry-run)"));
	if (!yes)
		rc = ask_yes(_("write this section? [Y/n]"), true, &yes, e);
	if (!rc && !yes)
		return err_set(e, ERR_NO, "%s", _("nothing was written"));
	return rc ? rc : save(a, e);
}

static enum err_code work(struct add *a, struct err *e)
{
	enum err_code rc = read_flags(a, e);

	if (!rc)
		rc = make_url(a, e);
	if (!rc)
		rc = check_known(a, e);
	if (!rc)
		rc = zone_open(&a->call->home, &a->zone, e);
	if (!rc)
		rc = fetch(a, e);
	if (!rc)
		rc = follow_feed(a, e);
	if (!rc && a->what.problem)
		rc = err_set(e, ERR_INPUT, "%s: %s", a->url, a->what.problem);
	if (!rc)
		rc = preview(a, e);
	if (!rc && !a->call->json && !a->call->quiet)
		show(a);
	return rc ? rc : decide(a, e);
}

static enum err_code run_add(struct call *call, struct err *e)
{
	struct add a = {.call = call};
	enum err_code rc;

	buf_init(&a.id, 4096);
	buf_init(&a.name, 65536);
	buf_init(&a.section, 1 << 20);
	rc = session_may(call, e);
	if (!rc)
		rc = work(&a, e);
	if (call->json && a.section.len && (!rc || rc == ERR_USAGE)) {
		enum err_code printed = print_json(&a, rc ? NULL : e);
		rc = rc ? rc : printed;
	}
	if (!rc)
		rc = output_flush(stdout, e);
	probe_fini(&a.probe);
	zone_close(&a.zone);
	buf_fini(&a.id);
	buf_fini(&a.name);
	buf_fini(&a.section);
	free(a.url);
	return rc;
}

static const struct command_flag flags[] = {
	{"id", N_("ID"), N_("the source's id (default: made from host and path)")},
	{"name", N_("NAME"), N_("what people call it (default: its title)")},
	{"kind", N_("KIND"), N_("feed, list, json, sitemap or table (default: by looking)")},
	{"feed", N_("N"), N_("of a page that names feeds: the N-th; 0 is the page itself")},
	{"every", N_("SPAN"), N_("how often it is polled: 15m, 2h")},
	{"charset", N_("NAME"), N_("its character set, where it names a wrong one")},
	{"article", N_("yes|XPATH"), N_("fetch the page behind each entry too")},
	{"local", NULL, N_("its items count as ours whatever place they name")},
	{"rsshub", N_("BASE"), N_("an RSSHub instance; the argument is a route of it")},
	{"off", NULL, N_("write it switched off")},
	{"yes", NULL, N_("write without asking")},
	{"dry-run", NULL, N_("show only")},
	{NULL, NULL, NULL},
};

const struct command command_sources_add = {
	.verb = "sources add",
	.args = N_("URL|/ROUTE"),
	.summary = N_("try an address and write it into sources.conf"),
	.help = N_("Fetches the address once, exactly as a crawl would, says what it is (feed, "
		   "list page, JSON, sitemap, table), shows the entries it found, and after a yes "
		   "writes a section into the home's sources.conf; comments and order of the file "
		   "stay. A page that names feeds offers them. An address that is there already "
		   "is refused, also in another spelling.\n\n"
		   "For what has no page of its own to read (a Weibo account, a Douyin user, a "
		   "WeChat account) give a route of an RSSHub instance that you are allowed to "
		   "use:\n  huiying sources add --rsshub https://rsshub.example.gov.cn "
		   "/weibo/user/100"),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_add,
};
