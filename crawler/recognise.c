/*
 * recognise.c - first the look of the document, then its parser's word.
 */
#include "crawler/recognise.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crawler/challenge.h"
#include "crawler/charset.h"
#include "crawler/page.h"
#include "crawler/pagelink.h"
#include "crawler/sitemap.h"

#define HEAD_BYTES 4096
#define LIST_ROWS 4 /* a list of fewer may be what stands beside an article */
#define ARTICLE_CHARS 200
#define TITLE_MAX ((size_t)64 << 10)

/* ---- the look ---- */

static bool has_nocase(struct str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.n; i++)
		if (str_is_nocase(str_sub(s, i, i + n), word))
			return true;
	return false;
}

static bool is_table(const struct document_input *in)
{
	struct str type = str_of(in->content_type), url = str_of(in->url);

	url = str_sub(url, 0, str_find(url, "?", 0));
	return has_nocase(type, "text/csv") || has_nocase(type, "spreadsheetml") ||
	       str_has_suffix(url, ".csv") || str_has_suffix(url, ".xlsx");
}

static enum document_type look(const struct document_input *in)
{
	struct str head = str_trim(str_sub((struct str){in->data, in->size}, 0, HEAD_BYTES));

	if (str_has_prefix(head, "\xef\xbb\xbf"))
		head = str_trim(str_sub(head, 3, head.n));
	if (is_table(in))
		return DOCUMENT_TABLE;
	if (str_has_prefix(head, "{") || str_has_prefix(head, "["))
		return has_nocase(head, "jsonfeed.org") ? DOCUMENT_FEED : DOCUMENT_JSON;
	if (sitemap_is_likely(head.p, head.n))
		return DOCUMENT_SITEMAP;
	if (has_nocase(head, "<rss") || has_nocase(head, "<feed") || has_nocase(head, "<rdf:rdf"))
		return DOCUMENT_FEED;
	if (has_nocase(head, "<html") || has_nocase(head, "<!doctype html") ||
		has_nocase(head, "<head") || has_nocase(head, "<body"))
		return DOCUMENT_LIST;
	return DOCUMENT_FEED;
}

/* ---- a page's own words ---- */

static enum err_code read_title(
	const struct page *p, struct arena *a, const char **out, struct err *e)
{
	int at = page_count(p) ? page_find(p, 0, 0, PAGE_TITLE) : -1;
	struct buf raw, line;
	enum err_code rc;

	if (at < 0)
		return ERR_OK;
	buf_init(&raw, TITLE_MAX);
	buf_init(&line, TITLE_MAX);
	for (int i = at; i < page_node(p, at)->end; i++)
		if (page_node(p, i)->tag == PAGE_TEXT)
			buf_add(&raw, page_node(p, i)->text.p, page_node(p, i)->text.n);
	text_add_collapsed(&line, buf_str(&raw), raw.len, false);
	rc = line.len ? buf_check(&line, _("a title"), e) : ERR_OK;
	if (!rc && line.len)
		*out = arena_strdup(a, buf_str(&line));
	buf_fini(&raw);
	buf_fini(&line);
	return rc;
}

static bool is_feed_type(const char *type)
{
	static const char *const types[] = {
		"application/rss+xml", "application/atom+xml", "application/feed+json"};

	for (size_t i = 0; type && i < sizeof types / sizeof *types; i++)
		if (str_is_nocase(str_trim(str_of(type)), types[i]))
			return true;
	return false;
}

static bool is_listed(const struct recognised *r, const char *url)
{
	for (size_t i = 0; i < r->feed_count; i++)
		if (strcmp(r->feeds[i].url, url) == 0)
			return true;
	return false;
}

static void read_feeds(
	const struct page *p, const char *base, struct arena *a, struct recognised *out)
{
	for (int i = 0; i < page_count(p) && out->feed_count < RECOGNISE_FEEDS_MAX; i++) {
		const char *url, *title, *rel;
		if (page_node(p, i)->tag != PAGE_LINK)
			continue;
		rel = page_attr(p, i, "rel");
		if (!rel || !has_nocase(str_of(rel), "alternate") ||
			!is_feed_type(page_attr(p, i, "type")))
			continue;
		url = pagelink_address(p, i, base, a);
		if (!url || is_listed(out, url))
			continue;
		title = page_attr(p, i, "title");
		out->feeds[out->feed_count].url = url;
		out->feeds[out->feed_count++].title = arena_strdup(a, title ? title : "");
	}
}

static enum err_code read_page(
	const struct document_input *in, struct arena *a, struct recognised *out, struct err *e)
{
	const struct charset_hints hints = {
		.override = in->charset, .content_type = in->content_type};
	struct charset_result found;
	struct page *p = NULL;
	struct buf text;
	enum err_code rc;

	buf_init(&text, DOCUMENT_BYTES_MAX * 4);
	rc = charset_to_utf8(in->data, in->size, &hints, &text, &found, e);
	if (!rc)
		rc = page_parse(buf_str(&text), text.len, &p, e);
	if (!rc)
		rc = read_title(p, a, &out->title, e);
	if (!rc)
		read_feeds(p, pagelink_base(in, p, a), a, out);
	page_free(p);
	buf_fini(&text);
	return rc == ERR_INPUT || rc == ERR_LIMIT ? ERR_OK : rc;
}

/* ---- together ---- */

static enum err_code find_wall(
	const struct document_input *in, struct arena *a, struct recognised *out, struct err *e)
{
	struct challenge c;
	enum err_code rc = challenge_find(in->data, in->size, in->content_type, in->charset, &c, e);

	if (rc || c.kind == CHALLENGE_NONE)
		return rc;
	out->problem = arena_printf(a, _("the site answers with a wall instead of its page (%s)"),
		c.mark ? c.mark : _("nothing but a script"));
	return out->problem ? ERR_OK : err_nomem(e);
}

/* A page whose text is long and whose list, if any, is short: one article. */
static enum err_code find_article(
	const struct document_input *in, struct arena *a, bool *is_article, struct err *e)
{
	struct document_input again = *in;
	struct document doc;
	enum err_code rc;

	again.type = DOCUMENT_ARTICLE;
	memset(&again.paths, 0, sizeof again.paths);
	rc = document_parse(&again, a, &doc, NULL);
	*is_article =
		rc == ERR_OK && doc.is_article && doc.items[0].title && doc.items[0].content &&
		utf8_count(doc.items[0].content, strlen(doc.items[0].content)) >= ARTICLE_CHARS;
	return rc == ERR_NOMEM ? err_nomem(e) : ERR_OK;
}

/* `why` no list was found, or NULL when one was. */
static enum err_code judge_list(const struct document_input *in, const char *why, struct arena *a,
	struct recognised *out, struct err *e)
{
	bool is_article = false;
	enum err_code rc = ERR_OK;

	if (out->doc.count < LIST_ROWS)
		rc = find_article(in, a, &is_article, e);
	if (is_article)
		out->problem = _("this is the page of one article, not a list: use “huiying "
				 "register” for it, and add the list in which it stands");
	else if (why)
		out->problem = arena_strdup(a, why);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code recognise(
	const struct document_input *in, struct arena *a, struct recognised *out, struct err *e)
{
	struct document_input told = *in;
	struct err why = {ERR_OK, ""};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	if (told.type == DOCUMENT_AUTO)
		told.type = look(in);
	out->type = told.type;
	rc = find_wall(in, a, out, e);
	if (rc || out->problem)
		return rc;
	if (out->type == DOCUMENT_LIST)
		rc = read_page(in, a, out, e);
	if (rc)
		return rc;
	rc = document_parse(&told, a, &out->doc, &why);
	if (rc && rc != ERR_INPUT && rc != ERR_LIMIT && rc != ERR_CONFIG)
		return err_set(e, rc, "%s", why.text);
	if (rc)
		memset(&out->doc, 0, sizeof out->doc);
	if (out->type == DOCUMENT_LIST)
		return judge_list(in, rc ? why.text : NULL, a, out, e);
	if (rc) {
		out->problem = arena_strdup(a, why.text);
		return out->problem ? ERR_OK : err_nomem(e);
	}
	if (out->doc.has_feed && out->doc.feed.title)
		out->title = out->doc.feed.title;
	if (out->doc.count == 0)
		out->problem = _("it holds no entries");
	return ERR_OK;
}
