/*
 * pages.c - from a document to the documents behind it, and back.
 */
#include "office/pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "base/url.h"
#include "base/url_article.h"
#include "base/utf8.h"
#include "ledger/articles.h"
#include "ledger/intake_log.h"
#include "office/changes.h"

#define TEXT_ENOUGH 400 /* characters: an item that says so much needs no page */
#define SITEMAP_DAYS 30 /* older sitemaps of an index, and older entries, are history */
#define SUBJECT_MAX 32

/* ---- asking ---- */

static bool asks_for_articles(const struct source *s)
{
	return s && s->article && strcmp(s->article, "no") != 0;
}

static size_t text_length(const struct item_record *r)
{
	const char *text = r->content && *r->content ? r->content : r->summary;

	return text ? utf8_count(text, strlen(text)) : 0;
}

/* Its host and port are those of the URL. */
static bool is_at(const struct url_parts *place, const char *url)
{
	struct url_parts u;
	bool same;

	if (url_split(url, &u, NULL) != ERR_OK)
		return false;
	same = u.port == place->port && strcmp(u.host, place->host) == 0;
	url_parts_fini(&u);
	return same;
}

static bool is_at_a_source(const struct sources *all, const char *link)
{
	struct url_parts place = {0};
	char *canonical = NULL;
	bool found = false, is_url = url_canonical(link, NULL, &canonical, NULL) == ERR_OK &&
				     url_split(canonical, &place, NULL) == ERR_OK;

	for (size_t i = 0; is_url && !found && i < sources_count(all); i++)
		found = is_at(&place, sources_at(all, i)->url);
	url_parts_fini(&place);
	free(canonical);
	return found;
}

/* A demonstration plays with invented links: it follows those to its own sources only. */
static enum err_code may_follow(const struct intake *in, const char *link, bool *out, struct err *e)
{
	const struct sources *all;
	enum err_code rc = ERR_OK;

	*out = url_is_http(link) && in->warc[0] && !url_article_is_programs(link);
	if (!*out || !in->office->demo)
		return ERR_OK;
	rc = office_sources(in->office, &all, e);
	*out = !rc && is_at_a_source(all, link);
	return rc;
}

/* At once, or when there is room again. */
static enum err_code want(const struct intake *in, const char *kind, const char *url,
	const char *subject, int64_t depth, int64_t at, struct err *e)
{
	int64_t id = 0;
	enum err_code rc = wants_add(in->office->db, kind, url, in->source_id, subject, depth,
		office_now(in->office), &id, NULL, e);

	if (rc || id)
		return rc;
	return wants_add_later(in->office->db, kind, url, in->source_id, subject, depth, at, e);
}

static bool is_untitled(const struct item_record *r)
{
	return !r->title || !*r->title;
}

static int64_t last_known(const struct item_record *r)
{
	return r->published != TIME_NONE ? r->published
	       : r->updated != TIME_NONE ? r->updated
					 : r->fetched;
}

/* Nothing but its address is known. */
static bool is_bare(const struct item_record *r)
{
	return is_untitled(r) && text_length(r) == 0;
}

bool pages_is_history(const struct intake *in, const struct item_record *r)
{
	return is_bare(r) && last_known(r) < in->fetched - (int64_t)SITEMAP_DAYS * 86400;
}

enum err_code pages_want_article(
	const struct intake *in, const struct item_record *r, struct err *e)
{
	char subject[SUBJECT_MAX];
	/* topics: what hits on the office's own channels may be an answer; its words count. */
	bool needed = asks_for_articles(in->source) || is_untitled(r) ||
		      (r->topics > 0 && text_length(r) < TEXT_ENOUGH);
	bool may = false;
	/* Without url the link is not the item's own: a front page, or one page for all. */
	enum err_code rc = needed && r->link && r->url ? may_follow(in, r->link, &may, e) : ERR_OK;

	if (rc || !may)
		return rc;
	snprintf(subject, sizeof subject, "I%lld", (long long)r->id);
	/* Sitemaps name thousands of these, often the oldest first. */
	if (is_bare(r))
		return wants_add_later(in->office->db, "article", r->link, in->source_id, subject,
			0, last_known(r), e);
	return want(in, "article", r->link, subject, 0, last_known(r), e);
}

static enum err_code want_page(
	const struct intake *in, const char *url, int64_t depth, struct err *e)
{
	return want(in, "page", url, "", depth, in->fetched, e);
}

static enum err_code want_sitemaps(
	const struct intake *in, const struct document *doc, int64_t depth, struct err *e)
{
	int64_t since = in->fetched - (int64_t)SITEMAP_DAYS * 86400;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < doc->count && !rc; i++) {
		const struct item *it = &doc->items[i];
		if (it->updated == TIME_NONE || it->updated >= since)
			rc = want_page(in, it->link, depth + 1, e);
	}
	return rc;
}

enum err_code pages_want_more(const struct intake *in, const struct document *doc, int64_t depth,
	int64_t fresh, struct err *e)
{
	if (!in->source || depth >= WANTS_DEPTH_MAX)
		return ERR_OK;
	if (doc->is_index)
		return want_sitemaps(in, doc, depth, e);
	if (doc->next && fresh > 0)
		return want_page(in, doc->next, depth + 1, e);
	return ERR_OK;
}

/* ---- taking ---- */

static bool item_of(const struct want *w, int64_t *item)
{
	struct str s = str_of(w->subject);

	return s.n > 1 && s.p[0] == 'I' && str_to_int(str_sub(s, 1, s.n), 1, INT64_MAX, item);
}

static enum err_code store(const struct intake *in, const struct want *w, int64_t item,
	const struct item *page, struct err *e)
{
	struct article_record r = {
		.item = item,
		.url = w->url,
		.title = page->title,
		.content = page->content ? page->content : "",
		.published = page->published,
		.fetched = in->fetched,
		.warc = in->warc,
		.warc_offset = in->warc_offset,
	};

	if (w->depth > 0)
		return articles_add_page(in->office->db, item, r.content, e);
	return articles_put(in->office->db, &r, e);
}

/* The article goes on; past the limit that is said, not silently left out. */
static enum err_code want_next(
	const struct intake *in, const struct want *w, const char *next, struct err *e)
{
	if (!next)
		return ERR_OK;
	if (w->depth >= WANTS_DEPTH_MAX)
		return intake_log_problem(in->office->db, office_now(in->office), in->warc,
			in->warc_offset, in->source_id,
			_("the article has more pages than are read"), e);
	return want(in, "article", next, w->subject, w->depth + 1, in->fetched, e);
}

enum err_code pages_take_article(const struct intake *in, const struct want *w,
	const struct document *doc, struct intake_counts *counts, struct err *e)
{
	struct db *db = in->office->db;
	struct item_record r;
	const char *before;
	int64_t item = 0;
	enum err_code rc;

	if (!item_of(w, &item) || doc->count == 0)
		return ERR_OK;
	rc = items_get(db, item, in->arena, &r, e);
	if (!rc)
		rc = changes_words(db, in->arena, &r, &before, e);
	if (!rc)
		rc = store(in, w, item, &doc->items[0], e);
	if (!rc)
		rc = intake_weigh(in, item, before, counts, e);
	return rc ? rc : want_next(in, w, doc->next, e);
}
