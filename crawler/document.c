/*
 * document.c - bytes to UTF-8, then to the parser of their kind.
 */
#include "crawler/document.h"

#include <libxml/xmlmemory.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/inflate.h"
#include "base/memory.h"
#include "crawler/article.h"
#include "crawler/charset.h"
#include "crawler/feed.h"
#include "crawler/jsonfeed.h"
#include "crawler/jsonlist.h"
#include "crawler/listpage.h"
#include "crawler/pagekind.h"
#include "crawler/sitemap.h"
#include "crawler/table_rows.h"

#define LINKS_SHOWN 3

static const struct {
	const char *name;
	enum document_type type;
} type_names[] = {
	{"auto", DOCUMENT_AUTO},
	{"feed", DOCUMENT_FEED},
	{"list", DOCUMENT_LIST},
	{"article", DOCUMENT_ARTICLE},
	{"sitemap", DOCUMENT_SITEMAP},
	{"json", DOCUMENT_JSON},
	{"table", DOCUMENT_TABLE},
};

bool document_type_from_name(const char *name, enum document_type *out)
{
	for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
		if (strcmp(type_names[i].name, name) == 0) {
			*out = type_names[i].type;
			return true;
		}
	}
	return false;
}

/* The value of an attribute within one tag; empty when absent. */
static struct str attribute(struct str tag, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 1; i + n < tag.n; i++) {
		if (!str_is_space((unsigned char)tag.p[i - 1]) ||
			!str_is_nocase(str_sub(tag, i, i + n), name))
			continue;
		struct str rest = str_trim(str_sub(tag, i + n, tag.n));
		if (rest.n < 2 || rest.p[0] != '=')
			continue;
		rest = str_trim(str_sub(rest, 1, rest.n));
		if (rest.n && (rest.p[0] == '"' || rest.p[0] == '\'')) {
			size_t end = 1;
			while (end < rest.n && rest.p[end] != rest.p[0])
				end++;
			return str_sub(rest, 1, end);
		}
		size_t end = 0;
		while (end < rest.n && !str_is_space((unsigned char)rest.p[end]))
			end++;
		return str_sub(rest, 0, end);
	}
	return (struct str){"", 0};
}

static bool is_feed_link(struct str tag)
{
	struct str type = attribute(tag, "type");

	return str_is_nocase(attribute(tag, "rel"), "alternate") &&
	       (str_is_nocase(type, "application/rss+xml") ||
		       str_is_nocase(type, "application/atom+xml") ||
		       str_is_nocase(type, "application/feed+json"));
}

/* The feeds that a page names, at most LINKS_SHOWN of them; how many. */
static int add_feeds_named(struct str text, struct buf *out)
{
	int shown = 0;
	const char *lt;

	for (size_t i = 0; shown < LINKS_SHOWN && (lt = memchr(text.p + i, '<', text.n - i)); i++) {
		i = (size_t)(lt - text.p);
		if (!str_is_nocase(str_sub(text, i + 1, i + 5), "link"))
			continue;
		struct str tag = str_sub(text, i, str_find(text, ">", i));
		struct str href = attribute(tag, "href");
		if (href.n == 0 || href.n > 1000 || !is_feed_link(tag))
			continue;
		buf_addf(out, "%s%.*s", shown++ ? ", " : "", (int)href.n, href.p);
	}
	return shown;
}

/* A page that is no feed may still say where its feeds are; if it names none and may be
 * anything, it may be a list or an article. */
static enum err_code parse_page(const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct err *e)
{
	struct buf feeds;
	enum err_code rc = ERR_OK;
	bool found = false;

	buf_init(&feeds, 4096);
	if (add_feeds_named(text, &feeds))
		rc = err_set(e, ERR_INPUT, _("no feed found in this page; it names these: %s"),
			buf_str(&feeds));
	else if (in->type == DOCUMENT_AUTO)
		rc = pagekind_parse(in, text.p, text.n, arena, out, &found, e);
	if (!rc && !found)
		rc = err_set(e, ERR_INPUT, _("no feed found in this page"));
	buf_fini(&feeds);
	return rc;
}

/* A feed in whatever form; a page that is none. */
static enum err_code parse_feed(const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct err *e)
{
	enum err_code rc;

	if (jsonfeed_is_likely(text.p, text.n))
		return jsonfeed_parse(in, text.p, text.n, arena, out, e);
	rc = feed_parse(in, text.p, text.n, arena, out, e);
	return rc == ERR_INPUT ? parse_page(in, text, arena, out, e) : rc;
}

/* What kind of document it is says the document itself. */
static enum err_code parse_any(const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct err *e)
{
	enum err_code rc;

	if (sitemap_is_likely(text.p, text.n))
		return sitemap_parse(in, text.p, text.n, arena, out, e);
	if (jsonfeed_is_likely(text.p, text.n)) {
		rc = jsonfeed_parse(in, text.p, text.n, arena, out, e);
		return rc == ERR_INPUT ? jsonlist_parse(in, text.p, text.n, arena, out, e) : rc;
	}
	return parse_feed(in, text, arena, out, e);
}

/* The protocol admits feeds as sitemaps: <rss>, <feed>, <rdf:RDF>. */
static enum err_code parse_sitemap(const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct err *e)
{
	enum err_code rc = sitemap_parse(in, text.p, text.n, arena, out, e), as_feed;
	struct err ignored;

	if (rc != ERR_INPUT)
		return rc;
	memset(out, 0, sizeof *out);
	as_feed = feed_parse(in, text.p, text.n, arena, out, &ignored);
	if (as_feed == ERR_NOMEM)
		return err_nomem(e);
	if (as_feed)
		return rc;
	err_clear(e);
	return ERR_OK;
}

static enum err_code parse_text(const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct err *e)
{
	if (str_trim(text).n == 0)
		return err_set(e, ERR_INPUT, _("the document is empty"));
	switch (in->type) {
	case DOCUMENT_LIST:
		return listpage_parse(in, text.p, text.n, arena, out, e);
	case DOCUMENT_ARTICLE:
		return article_parse(in, text.p, text.n, arena, out, e);
	case DOCUMENT_SITEMAP:
		return parse_sitemap(in, text, arena, out, e);
	case DOCUMENT_JSON:
		return jsonlist_parse(in, text.p, text.n, arena, out, e);
	case DOCUMENT_FEED:
		return parse_feed(in, text, arena, out, e);
	case DOCUMENT_AUTO:
	case DOCUMENT_TABLE:
		break;
	}
	return parse_any(in, text, arena, out, e);
}

static enum err_code check_input(const struct document_input *in, struct err *e)
{
	if (in->size > DOCUMENT_BYTES_MAX)
		return err_set(e, ERR_LIMIT, _("the document is larger than %zu bytes"),
			DOCUMENT_BYTES_MAX);
	return ERR_OK;
}

/* Sitemaps and exports come as .gz files, whatever the transfer did. */
static enum err_code decompress(
	const struct document_input *in, struct buf *plain, struct str *data, struct err *e)
{
	*data = (struct str){in->data, in->size};
	if (!inflate_is_gzip(*data))
		return ERR_OK;
	enum err_code rc = inflate_add(plain, *data, INFLATE_GZIP, e);
	*data = (struct str){buf_str(plain), plain->len};
	return rc;
}

/* A ZIP file or an old workbook can be nothing but a table. */
static bool is_workbook(const struct document_input *in)
{
	return in->size > 4 && (memcmp(in->data, "PK\x03\x04", 4) == 0 ||
				       memcmp(in->data, "\xD0\xCF\x11\xE0", 4) == 0);
}

enum err_code document_parse(
	const struct document_input *in, struct arena *arena, struct document *out, struct err *e)
{
	struct charset_hints hints = {.override = in->charset, .content_type = in->content_type};
	struct charset_result charset;
	struct buf room, plain;
	struct str data, text;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = check_input(in, e);
	if (rc)
		return rc;
	if (in->type == DOCUMENT_TABLE || (in->type == DOCUMENT_AUTO && is_workbook(in)))
		return table_document(in, arena, out, e);
	buf_init(&plain, DOCUMENT_BYTES_MAX);
	buf_init(&room, DOCUMENT_BYTES_MAX * 4);
	rc = decompress(in, &plain, &data, e);
	hints.json = !rc && jsonfeed_is_likely(data.p, data.n);
	if (!rc)
		rc = charset_view_utf8(data.p, data.n, &hints, &room, &text, &charset, e);
	if (!rc)
		rc = parse_text(in, text, arena, out, e);
	if (!rc) {
		if (in->type != DOCUMENT_LIST && (out->has_feed || in->type == DOCUMENT_JSON) &&
			!item_mark_shared_links(out->items, out->count, arena))
			rc = err_nomem(e);
		out->feed.encoding = arena_strdup(arena, charset.name);
		if (charset.replaced || charset.contradicted)
			out->feed.malformed = true;
		if (arena_failed(arena))
			rc = err_nomem(e);
	}
	buf_fini(&room);
	buf_fini(&plain);
	return rc;
}

void document_init(void)
{
	(void)xmlMemSetup(free, memory_get, memory_resize, memory_copy);
}
