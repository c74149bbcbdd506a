/*
 * url.h - URLs as the fetcher will see them (curl_url(), so that both parse
 * alike) and their canonical form.
 *
 * Only http and https with a host; user information, backslashes, control
 * characters, blanks at either end or in front of the path, bytes that are not UTF-8,
 * IPv6 zones and numeric hosts that are no IPv4 address are refused, for by such URLs a parser and
 * a fetcher have been made to see two hosts.
 *
 * Canonical (RFC 3986 §6.2.2, §6.2.3): scheme and host in lower case, names beyond
 * ASCII as punycode (in lower case as given when this libcurl has no IDN), every
 * way of writing an IP address in its usual form; default and empty port dropped;
 * dot segments resolved; percent-encoding of unreserved characters decoded, of
 * others upper-cased; characters that may not stand in a URL escaped, a lone "%"
 * and blanks within path and query too; empty path "/"; empty query and every fragment dropped.
 * Empty path segments,
 * "+" and the order of the query are kept. The form is a fixed point.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define URL_MAX 8192

struct url_parts {
	char *scheme, *host, *path, *query; /* query NULL when absent; host without [] */
	int port; /* explicit or default */
};

/* *out is malloc'd; ERR_INPUT with the reason when url is no URL for us. base
 * may be NULL; url may then not be relative. */
enum err_code url_canonical(const char *url, const char *base, char **out, struct err *e);
/* Resolves against base without canonicalising further: a link as published, an
 * absolute one byte for byte, fragment and all. Blanks after the host, which real
 * pages have, become %20. */
enum err_code url_resolve(const char *url, const char *base, char **out, struct err *e);
enum err_code url_split(const char *url, struct url_parts *out, struct err *e);
void url_parts_fini(struct url_parts *p);
bool url_is_http(const char *url);

#endif
