/*
 * pagelink.h - the links of a page: absolute address and the words that stand for it.
 *
 * Also the two things that lists and articles share: where the next page is, and a
 * date within a stretch of the page.
 */
#ifndef CRAWLER_PAGELINK_H
#define CRAWLER_PAGELINK_H

#include "base/arena.h"
#include "base/err.h"
#include "crawler/date_find.h"
#include "crawler/document.h"
#include "crawler/page.h"

/* What relative links are relative to: <base href>, else the page's own address; NULL
 * when neither is known. In the arena. */
const char *pagelink_base(const struct document_input *in, const struct page *p, struct arena *a);
/* href of node i as an absolute http(s) address, NULL when it is none (javascript:, #). */
const char *pagelink_address(const struct page *p, int i, const char *base, struct arena *a);
/* An address as written in an attribute or text, likewise. */
const char *pagelink_resolve(const char *href, const char *base, struct arena *a);
/* The title that a link stands for: its heading, its title attribute where the shown text
 * is a cut of it, else its text without dates and numbering. "" when it has none; NULL: no
 * memory. */
const char *pagelink_title(
	const struct page *p, int i, const struct document_input *in, struct arena *a);
/* The first date in the text of nodes [from, to), leaving out the subtree of `except`
 * (-1: nothing). */
bool pagelink_date(const struct page *p, int from, int to, int except,
	const struct document_input *in, struct date_found *out);
/* The address of the page that follows this one: 下一页, rel=next, createPageHTML(…).
 * NULL when there is none. */
const char *pagelink_next(
	const struct page *p, const struct document_input *in, const char *base, struct arena *a);

#endif
