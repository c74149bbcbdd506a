/*
 * article.h - a page of one article: its title, time and text.
 *
 * The text is what an XPath names, or it is found: the element whose paragraphs weigh
 * most, without navigation, share bars, related links, hidden blocks, headers and
 * footers. The title is checked against <title>, the headings and what the page says
 * of itself in its meta elements; the time comes from those, from what stands between
 * title and text, or from the address.
 */
#ifndef CRAWLER_ARTICLE_H
#define CRAWLER_ARTICLE_H

#include "crawler/document.h"

/* text: UTF-8. in->paths.items: XPath of the text, NULL finds it. ERR_INPUT when the page
 * holds no article. One item; out->next is the address of the article's own next page. */
enum err_code article_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e);

#endif
