/*
 * url_article.h - one address for one article.
 *
 * Beyond url.h's canonical form, which a fetcher may use, this one is for telling
 * articles apart: parameters that only say where a reader came from are dropped (a
 * table), session ids too, an address of a site's mobile twin (m., wap., 3g.,
 * mobile.) becomes that of the desktop site. It may name a page that does not exist:
 * never fetch it. The form is a fixed point.
 */
#ifndef BASE_URL_ARTICLE_H
#define BASE_URL_ARTICLE_H

#include "base/buf.h"
#include "base/err.h"

/* As url_canonical(). *out malloc'd. */
enum err_code url_article(const char *url, const char *base, char **out, struct err *e);

/* What two addresses of one article have in common: url_article() without scheme and
 * "www.". Appends; url is absolute. */
enum err_code url_add_article_key(struct buf *out, const char *url, struct err *e);

#endif
