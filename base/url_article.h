/*
 * url_article.h - one address for one article.
 *
 * Beyond url.h's canonical form, which a fetcher may use, this one is for telling
 * articles apart: parameters that only say where a reader came from are dropped (a
 * table), session ids too, an address of a site's mobile twin (m., wap., 3g.,
 * mobile.) becomes that of the desktop site. A fragment that a program in the page reads
 * ("#/news/1", "#!news/1") stays: articles differ in it. It may name a page that does not
 * exist: never fetch it. The form is a fixed point.
 */
#ifndef BASE_URL_ARTICLE_H
#define BASE_URL_ARTICLE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* As url_canonical(). *out malloc'd. */
enum err_code url_article(const char *url, const char *base, char **out, struct err *e);

/* The article is shown by a program in the page: a server sends the same page for all. */
bool url_article_is_programs(const char *url);
/* The front page of a site, which is the address of no article. url is absolute. */
bool url_article_is_front(const char *url);

/* What two addresses of one article have in common: url_article() without scheme and
 * "www.". Appends; url is absolute. */
enum err_code url_add_article_key(struct buf *out, const char *url, struct err *e);

#endif
