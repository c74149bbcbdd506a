/*
 * pagedate.h - the date that belongs to a stretch of a page.
 *
 * A row of a list may hold several dates: in the title, in the summary, of the last
 * reply. The one that stands for itself counts, a text that is little else than a date;
 * of equal ones the first. Pieces that a design sets apart are put together: 22 and
 * 2020-09, 04-21 and 2021, 2020-09-22 and 07:42. At most PAGEDATE_TEXT_MAX bytes of
 * text are looked at.
 */
#ifndef CRAWLER_PAGEDATE_H
#define CRAWLER_PAGEDATE_H

#include "crawler/date_find.h"
#include "crawler/document.h"
#include "crawler/page.h"

#define PAGEDATE_TEXT_MAX ((size_t)16 << 10)

/* In the nodes [from, to), leaving out the subtree of `except` (-1: nothing). The places
 * in *out mean nothing. */
bool pagedate_find(const struct page *p, int from, int to, int except,
	const struct document_input *in, struct date_found *out);

#endif
