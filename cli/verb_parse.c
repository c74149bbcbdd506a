/*
 * verb_parse.c - `huiying parse`: a document in, one JSON line for the feed and one
 * for each of its items out. No ledger, no network.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/output.h"
#include "crawler/document.h"

#define DEFAULT_ZONE "Asia/Shanghai"
#define LINES_MAX ((size_t)256 << 20) /* that wait to be written */
#define LINES_ENOUGH ((size_t)64 << 10) /* to be written */

static enum err_code read_options(
	struct call *call, struct document_input *in, struct time_zone **zone, struct err *e)
{
	const char *type = call_flag(call, "type"), *now = call_flag(call, "now");
	const char *tz = call_flag(call, "tz");
	enum err_code rc;

	in->url = call_flag(call, "url");
	in->content_type = call_flag(call, "content-type");
	in->charset = call_flag(call, "charset");
	in->paths.items = call_flag(call, "items");
	in->paths.link = call_flag(call, "link");
	in->paths.title = call_flag(call, "title");
	in->paths.date = call_flag(call, "date");
	if (type && !document_type_from_name(type, &in->type))
		return err_set(e, ERR_USAGE, _("--type: unknown type %s"), type);
	rc = time_zone_open(tz ? tz : DEFAULT_ZONE, zone, e);
	if (rc) {
		(void)err_prefix(e, "--tz: ");
		return e->code = tz ? ERR_USAGE : rc;
	}
	in->zone = *zone;
	in->now = time_now();
	if (now && !time_parse_option(now, *zone, &in->now))
		return err_set(e, ERR_USAGE, _("--now: %s is no time"), now);
	return ERR_OK;
}

/* Rows that are no items: none is lost silently. */
static void print_refused(const struct document *doc, const char *name)
{
	for (size_t i = 0; i < doc->refused_count; i++)
		output_printf(stderr, _("%s: row %zu is left out: %s\n"), name, doc->refused[i].row,
			doc->refused[i].why);
}

static void add_line(struct buf *lines, const struct document *doc, const struct item *it)
{
	if (doc->is_article)
		item_add_article_json(lines, it);
	else if (doc->is_index)
		item_add_index_json(lines, it);
	else
		item_add_json(lines, it);
}

static enum err_code write_lines(struct buf *lines, struct err *e)
{
	enum err_code rc = buf_check(lines, "output", e);

	if (!rc && fwrite(buf_str(lines), 1, lines->len, stdout) != lines->len)
		rc = err_set(e, ERR_IO, _("cannot write standard output"));
	buf_clear(lines);
	return rc;
}

static enum err_code print_document(const struct document *doc, struct err *e)
{
	struct buf lines;
	enum err_code rc = ERR_OK;

	buf_init(&lines, LINES_MAX);
	if (doc->has_feed)
		feed_add_json(&lines, &doc->feed);
	for (size_t i = 0; i < doc->count && !rc; i++) {
		add_line(&lines, doc, &doc->items[i]);
		if (lines.len >= LINES_ENOUGH || lines.fault)
			rc = write_lines(&lines, e);
	}
	if (!rc)
		rc = write_lines(&lines, e);
	buf_fini(&lines);
	return rc ? rc : output_flush(stdout, e);
}

static enum err_code run_parse(struct call *call, struct err *e)
{
	struct document_input in = {.type = DOCUMENT_AUTO};
	struct time_zone *zone = NULL;
	struct arena *arena = arena_new(ARENA_MAX_DEFAULT);
	struct document doc;
	struct buf data;
	enum err_code rc;

	buf_init(&data, DOCUMENT_BYTES_MAX + 1);
	rc = arena ? read_options(call, &in, &zone, e) : err_nomem(e);
	if (!rc)
		rc = path_read(call->argv[0], &data, e);
	if (!rc) {
		in.data = buf_str(&data);
		in.size = data.len;
		rc = document_parse(&in, arena, &doc, e);
		if (rc)
			(void)err_prefix(e, "%s: ", call->argv[0]);
	}
	if (!rc) {
		print_refused(&doc, call->argv[0]);
		rc = print_document(&doc, e);
	}
	buf_fini(&data);
	arena_free(arena);
	time_zone_close(zone);
	return rc;
}

static const struct command_flag flags[] = {
	{"type", "TYPE", N_("auto (default), feed, list, article, sitemap, json or table")},
	{"url", "URL", N_("where the document came from: base of its relative links")},
	{"content-type", "TYPE", N_("the Content-Type header that came with it")},
	{"charset", "NAME", N_("the charset, when the document and its header are wrong about it")},
	{"items", "PATH",
		N_("XPath (list, article) or JSON Pointer (json) of the rows; default: found")},
	{"link", "PATH", N_("of the link within a row")},
	{"title", "PATH", N_("of the title within a row")},
	{"date", "PATH", N_("of the date within a row")},
	{"now", "TIME", N_("the moment that relative dates count from; default: now")},
	{"tz", "ZONE", N_("the zone of times without one; default: Asia/Shanghai")},
	{NULL, NULL, NULL},
};

const struct command command_parse_document = {
	.verb = "parse",
	.args = N_("[OPTIONS] FILE"),
	.summary = N_("read one document and write its items as JSON lines"),
	.help = N_(
		"Reads a feed (RSS, Atom, RDF, CDF, JSON Feed), a list page, an article page, "
		"a sitemap, JSON of any shape or a table; - is standard input. Writes a JSON line "
		"for a feed itself and one for each item. A document that is malformed but "
		"readable is read all the same, and the feed's line says \"malformed\":true. "
		"Where rows stand is found by looking, or said with --items, --link, --title and "
		"--date: XPath for pages, JSON Pointer for JSON.\n\nA table (CSV, XLSX) is read "
		"by the words in its head; columns about persons are left out, and rows that "
		"cannot be read are told on standard error."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_parse,
};
