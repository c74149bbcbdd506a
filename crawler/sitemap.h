/*
 * sitemap.h - sitemaps.org 0.9 with Google's news extension, index files and plain
 * lists of addresses.
 *
 * A <url> is an item: its address, lastmod as its update, news:title and
 * news:publication_date. An index names further sitemaps instead: out->is_index, and each
 * item's link is one of them. Read by libxml2 in recovery mode, no entities.
 */
#ifndef CRAWLER_SITEMAP_H
#define CRAWLER_SITEMAP_H

#include "crawler/document.h"

/* text: UTF-8. No address at all is ERR_INPUT where nothing else says that it is a sitemap. */
enum err_code sitemap_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e);
/* Is the first element one of a sitemap? */
bool sitemap_is_likely(const char *text, size_t n);

#endif
