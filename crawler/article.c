/*
 * article.c - title, time and text of a page put together.
 */
#include "crawler/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"
#include "base/utf8.h"
#include "crawler/article_private.h"
#include "crawler/feedtext.h"

#define NUMBER_CHARS_MAX 5 /* "【12】" */
#define SHOWN_MIN 80 /* characters of a text that leave no doubt that it is the article */
#define HELD_SHARE 2 /* so many times longer is a text that is held back */

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

/* Length of the stem without the page's number: "…/t20201127_653_2" is page 2 of
 * "…/t20201127_653". *page: the number, 0 when there is none. */
static size_t split_page_number(const char *url, int64_t *page)
{
	size_t n = stem_length(url), digits = n;

	*page = 0;
	while (digits > 0 && str_is_digit((unsigned char)url[digits - 1]))
		digits--;
	if (digits == 0 || digits == n || n - digits > 2 || !strchr("_-", url[digits - 1]) ||
		!str_to_int((struct str){url + digits, n - digits}, 1, 99, page))
		return n;
	return digits - 1;
}

/* The number of the page `other` of the article `url`; 0: it is none of its pages. */
static int64_t page_of_article(const char *url, const char *other)
{
	int64_t own, number;
	size_t stem = split_page_number(url, &own), n = stem_length(url), m;

	m = split_page_number(other, &number);
	/* A name that ends with a number of its own may be the article's. */
	if (m == n && strncmp(url, other, n) == 0 && number > 0)
		return number;
	if (own > 0 && m == stem && strncmp(url, other, stem) == 0 && number > 0)
		return number;
	/* "show.asp?id=3&page=2" */
	if (strchr(other, '?') && stem_length(other) == n && strncmp(url, other, n) == 0)
		return own + 1;
	return 0;
}

/* Among the numbers of an article's pages, 【1】【2】【3】: the least behind this one's. */
static const char *numbered_next(const struct article *a, const char *base)
{
	const char *next = NULL;
	int64_t own, best = INT64_MAX;

	split_page_number(a->in->url, &own);
	for (int i = 0; (i = page_find(a->page, 0, i, PAGE_A)) >= 0; i++) {
		const char *other = NULL;
		if (page_node(a->page, i)->chars <= NUMBER_CHARS_MAX)
			other = pagelink_address(a->page, i, base, a->arena);
		if (!other || strchr(other, '?'))
			continue;
		int64_t number = page_of_article(a->in->url, other);
		if (number > own && number < best) {
			best = number;
			next = other;
		}
	}
	return next;
}

/* A "next page" that is not a page of this article is the next article. */
static const char *next_page(const struct article *a)
{
	const char *base = pagelink_base(a->in, a->page, a->arena), *next;

	if (!a->in->url)
		return NULL;
	next = pagelink_next(a->page, a->in, base, a->arena);
	if (next && page_of_article(a->in->url, next) > 0)
		return next;
	return numbered_next(a, base);
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

/* The headline helps to find the text, and the text to tell the headline from others. */
static enum err_code find_body(struct article *a, struct err *e)
{
	enum err_code rc = article_find_title(a, e);

	if (!rc)
		a->body = article_find_body(a);
	return rc;
}

/* ---- the whole ---- */

/* The text that is shown; where that is no article, the one that the page holds back. */
static enum err_code add_text(struct article *a, struct buf *text, struct err *e)
{
	const char *held, *title;
	size_t shown;
	enum err_code rc;

	if (a->body >= 0)
		article_add_body(a, text);
	shown = utf8_count(buf_str(text), text->len);
	if (a->in->paths.items || shown >= SHOWN_MIN)
		return ERR_OK;
	rc = article_find_held(a, &held, &title, e);
	if (rc || !held || utf8_count(held, strlen(held)) < shown * HELD_SHARE)
		return rc;
	buf_clear(text);
	if (title)
		article_take_held_title(a, title);
	article_add_lines(a, str_of(held), text);
	return ERR_OK;
}

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
	rc = add_text(a, &text, e);
	if (!rc)
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
	rc = article_mark_heads(&a, e);
	if (!rc)
		rc = in->paths.items ? body_by_path(&a, e) : find_body(&a, e);
	if (!rc)
		rc = article_find_title(&a, e);
	if (!rc) {
		article_find_time(&a);
		rc = fill_item(&a, out, e);
	}
	page_free(a.page);
	return rc;
}
