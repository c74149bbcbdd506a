/*
 * verb_sources.c - `huiying sources check | list | test`: what is read, whether
 * sources.conf is right, and what a source gives today.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/url.h"
#include "cli/command.h"
#include "cli/fetcher.h"
#include "cli/output.h"
#include "cli/pace_view.h"
#include "crawler/document.h"
#include "crawler/source.h"
#include "crawler/warc.h"
#include "office/settings.h"

#define SHOWN_ITEMS 20

/* ---- check and list ----------------------------------------------------- */

static enum err_code print_json_rows(
	const struct sources *s, const struct state *state, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc = ERR_OK;

	buf_init(&b, 65536);
	for (size_t i = 0; i < sources_count(s) && !rc; i++) {
		const struct source *row = sources_at(s, i);
		buf_clear(&b);
		json_writer_init(&w, &b);
		json_begin_object(&w);
		json_put_str(&w, "id", row->id);
		json_put_str(&w, "name", row->name);
		json_put_str(&w, "kind", source_kind_name(row->kind));
		json_put_str(&w, "url", row->url);
		json_put_int(&w, "every", row->every);
		json_put_bool(&w, "local", row->local);
		json_put_bool(&w, "robots", row->robots);
		json_put_bool(&w, "allow_private", row->allow_private);
		json_put_bool(&w, "enabled", row->enabled);
		json_put_str(&w, "channel", row->channel);
		json_put_str(&w, "article", row->article);
		json_put_int(&w, "every_min", row->every_min);
		json_put_int(&w, "every_max", row->every_max);
		pace_view_put_json(&w, state, row);
		json_end_object(&w);
		rc = buf_check(&b, "JSON", e);
		if (!rc)
			puts(buf_str(&b));
	}
	buf_fini(&b);
	return rc;
}

static void add_row(struct table *t, const struct source *s, const struct state *state)
{
	table_cell(t, s->id);
	table_cell(t, s->enabled ? _("yes") : _("no"));
	table_cell(t, source_kind_name(s->kind));
	table_cellf(t, "%lld", (long long)(s->every / 60));
	pace_view_cell(t, state, s);
	table_cell(t, s->local ? _("yes") : _("no"));
	table_cell(t, s->name);
	table_cell(t, s->url);
	table_end_row(t);
}

static enum err_code print_table(const struct sources *s, const struct state *state, struct err *e)
{
	struct table *t = table_new(8);
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	table_head(t, 0, _("SOURCE"), TABLE_LEFT);
	table_head(t, 1, _("ON"), TABLE_LEFT);
	table_head(t, 2, _("KIND"), TABLE_LEFT);
	table_head(t, 3, _("MIN"), TABLE_RIGHT);
	table_head(t, 4, _("NOW"), TABLE_RIGHT);
	table_head(t, 5, _("LOCAL"), TABLE_LEFT);
	table_head(t, 6, _("NAME"), TABLE_LEFT);
	table_head(t, 7, _("URL"), TABLE_LEFT);
	for (size_t i = 0; i < sources_count(s); i++)
		add_row(t, sources_at(s, i), state);
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code load_sources(struct call *call, struct sources **out, struct err *e)
{
	struct buf text;
	enum err_code rc;

	if (call->argc == 0)
		return sources_load(&call->home, out, e);
	buf_init(&text, (size_t)4 << 20);
	rc = path_read(call->argv[0], &text, e);
	if (!rc)
		rc = sources_parse(call->argv[0], buf_str(&text), text.len, out, e);
	buf_fini(&text);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct sources *s = NULL;
	struct state *state = pace_view_load(&call->home);
	enum err_code rc = load_sources(call, &s, e);

	if (!rc)
		rc = call->json ? print_json_rows(s, state, e) : print_table(s, state, e);
	sources_free(s);
	state_free(state);
	return rc;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct sources *s = NULL;
	enum err_code rc = load_sources(call, &s, e);

	if (!rc)
		rc = call->json ? print_json_rows(s, NULL, e) : print_table(s, NULL, e);
	if (!rc)
		log_notice(&call->log,
			n_("%s: %zu source, no errors", "%s: %zu sources, no errors",
				sources_count(s)),
			sources_path(s), sources_count(s));
	sources_free(s);
	return rc;
}

/* ---- test --------------------------------------------------------------- */

struct probe {
	struct call *call;
	const struct source *source; /* NULL: a bare URL */
	struct time_zone *zone;
	char *dir, *state, *wanted;
	struct arena *arena;
	struct warc_metadata meta; /* of the exchange that is being read */
	size_t answers, items;
	char *failure; /* of the last exchange; NULL: it was good */
};

static enum err_code make_dir(struct probe *p, struct err *e)
{
	const char *base = getenv("TMPDIR");
	char *dir = path_join(base && *base ? base : "/tmp", "huiying-test-XXXXXX");

	if (!dir)
		return err_nomem(e);
	if (!mkdtemp(dir)) {
		enum err_code rc = err_errno(e, errno, _("cannot make %s"), dir);
		free(dir);
		return rc;
	}
	p->dir = dir;
	p->state = path_join(dir, "fetch.json");
	p->wanted = path_join(dir, "wanted.jsonl");
	return p->state && p->wanted ? ERR_OK : err_nomem(e);
}

static void remove_dir(const char *dir)
{
	DIR *d = dir ? opendir(dir) : NULL;
	struct dirent *entry;

	while (d && (entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(d), entry->d_name, 0);
	if (d)
		closedir(d);
	if (dir)
		rmdir(dir);
}

static enum err_code write_wanted(const struct probe *p, const char *url, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, 65536);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "id", "test");
	json_put_str(&w, "url", url);
	json_put_str(&w, "kind", "page");
	json_end_object(&w);
	buf_add_char(&b, '\n');
	rc = buf_check(&b, "JSON", e);
	if (!rc)
		rc = path_write_atomic(p->wanted, b.data, b.len, 0600, e);
	buf_fini(&b);
	return rc;
}

static enum err_code run_fetcher(const struct probe *p, struct err *e)
{
	const char *args[16];
	size_t n = 0;

	args[n++] = "--quiet";
	args[n++] = "--spool";
	args[n++] = p->dir;
	args[n++] = "--state";
	args[n++] = p->state;
	if (p->call->home_option) {
		args[n++] = "--home";
		args[n++] = p->call->home_option;
	}
	if (p->source) {
		args[n++] = "--source";
		args[n++] = p->source->id;
		args[n++] = "--no-wanted";
	} else {
		args[n++] = "--wanted";
		args[n++] = p->wanted;
		args[n++] = "--wanted-only";
	}
	return fetcher_run(args, n, NULL, NULL, NULL, e);
}

static enum err_code print_item(struct probe *p, const struct item *it, struct err *e)
{
	char when[TIME_TEXT_SIZE] = "-";
	struct buf b;
	enum err_code rc;

	if (!p->call->json) {
		if (p->items > SHOWN_ITEMS)
			return ERR_OK;
		if (it->published != TIME_NONE)
			time_format_local(it->published, p->zone, when);
		output_printf(stdout, "%s  %s\n    %s\n", when, it->title ? it->title : "-",
			it->link ? it->link : "-");
		return ERR_OK;
	}
	buf_init(&b, (size_t)64 << 20);
	item_add_json(&b, it);
	rc = buf_check(&b, "JSON", e);
	if (!rc)
		fputs(buf_str(&b), stdout);
	buf_fini(&b);
	return rc;
}

static enum err_code print_document(struct probe *p, const struct document *d, struct err *e)
{
	struct buf b;
	enum err_code rc = ERR_OK;

	if (d->has_feed && p->call->json) {
		buf_init(&b, (size_t)64 << 20);
		feed_add_json(&b, &d->feed);
		rc = buf_check(&b, "JSON", e);
		if (!rc)
			fputs(buf_str(&b), stdout);
		buf_fini(&b);
	} else if (d->has_feed) {
		output_printf(stdout, "%s  %s  %s%s\n", feed_format_name(d->feed.format),
			d->feed.encoding ? d->feed.encoding : "-",
			d->feed.title ? d->feed.title : "-",
			d->feed.malformed ? _("  (malformed, but readable)") : "");
	}
	for (size_t i = 0; i < d->count && !rc; i++) {
		p->items++;
		d->items[i].source = p->source ? p->source->id : NULL;
		rc = print_item(p, &d->items[i], e);
	}
	if (!rc && !p->call->json && p->items > SHOWN_ITEMS)
		output_printf(stdout, _("… and %zu more\n"), p->items - SHOWN_ITEMS);
	return rc;
}

static enum err_code parse_answer(
	struct probe *p, const struct warc_record *rec, const struct warc_http *http, struct err *e)
{
	struct document_input in;
	struct document doc;
	struct buf body, type;
	enum err_code rc;

	memset(&in, 0, sizeof in);
	memset(&doc, 0, sizeof doc);
	buf_init(&body, DOCUMENT_BYTES_MAX);
	buf_init(&type, 4096);
	warc_http_header(http, "Content-Type", &type);
	rc = warc_http_body(http, &body, e);
	in.data = buf_str(&body);
	in.size = body.len;
	in.type = p->source ? p->source->kind : DOCUMENT_AUTO;
	in.url = rec->target_uri;
	in.content_type = type.len ? buf_str(&type) : NULL;
	in.charset = p->source ? p->source->charset : NULL;
	in.now = rec->date;
	in.zone = p->zone;
	if (!rc)
		rc = document_parse(&in, p->arena, &doc, e);
	if (!rc)
		rc = print_document(p, &doc, e);
	buf_fini(&body);
	buf_fini(&type);
	return rc;
}

static enum err_code note_failure(struct probe *p, const char *text, struct err *e)
{
	free(p->failure);
	p->failure = strdup(text);
	return p->failure ? ERR_OK : err_nomem(e);
}

static enum err_code take_answer(struct probe *p, const struct warc_record *rec, struct err *e)
{
	struct err why = {ERR_OK, ""};
	struct warc_http http;
	enum err_code rc = ERR_OK;

	if (!warc_http_parse(rec, &http))
		return note_failure(p, _("the answer is no HTTP"), e);
	p->answers++;
	if (!p->call->json)
		output_printf(
			stdout, "%d  %s\n", http.status, rec->target_uri ? rec->target_uri : "-");
	if (p->meta.error || http.status < 200 || http.status >= 300)
		return ERR_OK;
	rc = parse_answer(p, rec, &http, &why);
	if (rc == ERR_NOMEM || rc == ERR_IO)
		*e = why;
	else if (rc)
		rc = note_failure(p, why.text, e);
	return rc;
}

static enum err_code take_record(struct probe *p, const struct warc_record *rec, struct err *e)
{
	struct buf text;
	enum err_code rc = ERR_OK;

	if (rec->type == WARC_METADATA) {
		rc = warc_metadata_parse(rec, p->arena, &p->meta, e);
		if (rc || (p->meta.kind && strcmp(p->meta.kind, "robots") == 0))
			return rc;
		free(p->failure);
		p->failure = NULL;
		if (!p->meta.error)
			return ERR_OK;
		buf_init(&text, 8192);
		buf_addf(&text, "%s: %s", p->meta.error, p->meta.detail ? p->meta.detail : "");
		rc = note_failure(p, buf_str(&text), e);
		buf_fini(&text);
		return rc;
	}
	if (rec->type != WARC_RESPONSE || !p->meta.kind || strcmp(p->meta.kind, "robots") == 0)
		return ERR_OK;
	return take_answer(p, rec, e);
}

static enum err_code read_warc(struct probe *p, const char *path, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	enum err_code rc = warc_reader_open(path, &r, e);

	while (!rc) {
		rc = warc_reader_next(r, &rec, e);
		if (!rc)
			rc = take_record(p, &rec, e);
	}
	warc_reader_close(r);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code read_spool(struct probe *p, struct err *e)
{
	DIR *d = opendir(p->dir);
	struct dirent *entry;
	enum err_code rc = ERR_OK;

	if (!d)
		return err_errno(e, errno, _("cannot read %s"), p->dir);
	while (!rc && (entry = readdir(d)) != NULL) {
		char *path;
		if (!str_has_suffix(str_of(entry->d_name), ".warc.gz"))
			continue;
		path = path_join(p->dir, entry->d_name);
		rc = path ? read_warc(p, path, e) : err_nomem(e);
		free(path);
	}
	closedir(d);
	return rc;
}

/* The zone of the office; without a huiying.conf that of the shipped one's default. */
static enum err_code open_zone(struct probe *p, struct settings *s, struct err *e)
{
	enum err_code rc = settings_load(&p->call->home, s, e);

	if (rc == ERR_NOT_FOUND) {
		rc = time_zone_open("Asia/Shanghai", &p->zone, e);
		s->zone = p->zone;
	}
	p->zone = s->zone;
	return rc;
}

static enum err_code probe_all(struct probe *p, const char *url, struct err *e)
{
	enum err_code rc = make_dir(p, e);

	if (!rc && !p->source)
		rc = write_wanted(p, url, e);
	if (!rc)
		rc = run_fetcher(p, e);
	if (!rc)
		rc = read_spool(p, e);
	if (!rc && p->failure)
		rc = err_set(e, ERR_NET, "%s: %s", p->source ? p->source->id : url, p->failure);
	if (!rc)
		log_notice(&p->call->log, n_("%zu item", "%zu items", p->items), p->items);
	return rc;
}

static enum err_code run_test(struct call *call, struct err *e)
{
	const char *word = call->argv[0];
	struct sources *sources = NULL;
	struct settings settings;
	struct probe p;
	enum err_code rc = ERR_OK;

	memset(&p, 0, sizeof p);
	memset(&settings, 0, sizeof settings);
	p.call = call;
	p.arena = arena_new(ARENA_MAX_DEFAULT);
	if (!p.arena)
		rc = err_nomem(e);
	if (!rc)
		rc = sources_load(&call->home, &sources, e);
	if (!rc)
		rc = open_zone(&p, &settings, e);
	if (!rc) {
		p.source = sources_find(sources, word);
		if (!p.source && !url_is_http(word))
			rc = err_set(e, ERR_USAGE, _("%s has no source “%s”, and it is no URL"),
				sources_path(sources), word);
	}
	if (!rc)
		rc = probe_all(&p, word, e);
	if (!rc)
		rc = output_flush(stdout, e);
	remove_dir(p.dir);
	free(p.dir);
	free(p.state);
	free(p.wanted);
	free(p.failure);
	arena_free(p.arena);
	sources_free(sources);
	settings_fini(&settings);
	return rc;
}

const struct command command_sources_check = {
	.verb = "sources check",
	.args = N_("[FILE]"),
	.summary = N_("check sources.conf and list its sources"),
	.help = N_("Reads FILE, or the sources.conf in force. An error is shown with file, line "
		   "and column, and the exit status is 2."),
	.min_args = 0,
	.max_args = 1,
	.run = run_check,
};

const struct command command_sources_list = {
	.verb = "sources list",
	.args = "",
	.summary = N_("list the sources"),
	.min_args = 0,
	.max_args = 0,
	.run = run_list,
};

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
	.run = run_test,
};
