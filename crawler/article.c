/*
 * article.c - title, time and text of a page put together.
 */
#include "crawler/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"
#include "crawler/article_private.h"
#include "crawler/feedtext.h"

/* ---- the next page of the same article ---- */

/* The address up to the last part's stem: "…/t20201127_653" of "…/t20201127_653_2.html". */
static size_t stem_length(const char *url)
{
	const char *query = strchr(url, '?');
	size_t n = query ? (size_t)(query - url) : strlen(url);
	size_t dot = n;

	for (size_t i = n; i > 0 && url[i - 1] != '/'; i--)
		if (url[i - 1] == '.')
			dot = i - 1;
	return dot;
}

/* next is the stem url[0..n) with "_2" or "-2" behind it, or with another query. */
static bool is_page_of(const char *url, size_t n, const char *next)
{
	size_t m = stem_length(next);

	if (m < n || strncmp(url, next, n) != 0)
		return false;
	if (m == n)
		return strchr(next, '?') != NULL;
	if (!strchr("_-", next[n]) || m - n < 2 || m - n > 4)
		return false;
	for (size_t i = n + 1; i < m; i++)
		if (!str_is_digit((unsigned char)next[i]))
			return false;
	return true;
}

/* A "next page" that is not a page of this article is the next article. From page 2 on
 * the stem itself ends with a number. */
static bool is_same_article(const char *url, const char *next)
{
	size_t n = stem_length(url), digits = n;

	if (is_page_of(url, n, next))
		return true;
	while (digits > 0 && str_is_digit((unsigned char)url[digits - 1]))
		digits--;
	if (digits == 0 || digits == n || n - digits > 2 || !strchr("_-", url[digits - 1]))
		return false;
	return is_page_of(url, digits - 1, next);
}

static const char *next_page(const struct article *a)
{
	const char *base = pagelink_base(a->in, a->page, a->arena);
	const char *next = pagelink_next(a->page, a->in, base, a->arena);

	return next && a->in->url && is_same_article(a->in->url, next) ? next : NULL;
}

/* ---- text by XPath ---- */

static enum err_code body_by_path(struct article *a, struct err *e)
{
	struct page_matches found;
	enum err_code rc = page_select(a->page, -1, a->in->paths.items, &found, e);

	for (size_t i = 0; !rc && i < found.count && a->body < 0; i++)
		if (found.at[i].node >= 0)
			a->body = found.at[i].node;
	if (!rc && a->body < 0)
		rc = err_set(e, ERR_INPUT, _("the XPath %s finds no text in this page"),
			a->in->paths.items);
	return rc;
}

/* ---- the whole ---- */

static enum err_code fill_item(struct article *a, struct document *out, struct err *e)
{
	struct item *it = arena_alloc(a->arena, sizeof *it);
	struct feedtext words;
	struct buf text;
	enum err_code rc = ERR_OK;

	if (!it)
		return err_nomem(e);
	buf_init(&text, FEEDTEXT_MAX);
	feedtext_init(&words);
	if (a->body >= 0)
		article_add_body(a, &text);
	rc = buf_check(&text, _("the text of an article"), e);
	if (!rc && a->title)
		rc = feedtext_make(&words, a->arena, a->title, strlen(a->title), FEEDTEXT_PLAIN,
			true, &it->title, e);
	if (!rc)
		rc = feedtext_make(&words, a->arena, buf_str(&text), text.len, FEEDTEXT_LINES,
			false, &it->content, e);
	it->link = a->in->url ? arena_strdup(a->arena, a->in->url) : NULL;
	it->published = a->published;
	it->updated = it->fetched = TIME_NONE;
	out->items = it;
	out->count = 1;
	out->is_article = true;
	out->next = next_page(a);
	feedtext_fini(&words);
	buf_fini(&text);
	if (!rc && !it->title && !it->content)
		rc = err_set(e, ERR_INPUT, _("no article is found in this page"));
	return rc;
}

enum err_code article_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct article a = {.in = in, .arena = arena, .body = -1, .title_node = -1};
	enum err_code rc = page_parse(text, n, &a.page, e);

	if (rc)
		return rc;
	if (in->paths.items)
		rc = body_by_path(&a, e);
	else
		a.body = article_find_body(a.page);
	if (!rc)
		rc = article_find_title(&a, e);
	if (!rc) {
		article_find_time(&a);
		rc = fill_item(&a, out, e);
	}
	page_free(a.page);
	return rc;
}
