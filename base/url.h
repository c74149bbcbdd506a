/*
 * url.h - URLs as the fetcher will see them (curl_url(), so that both parse
 * alike) and their canonical form.
 *
 * Only http and https with a host; user information, backslashes, control
 * characters and blanks are refused (faults.md A4 class of attacks). Canonical: scheme
 * and host in lower case (IDN as given, punycode kept), default port dropped,
 * dot segments resolved, percent-encoding of unreserved characters decoded and
 * of others upper-cased, fragment dropped, empty path "/".
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define URL_MAX 8192

struct url_parts {
	char *scheme, *host, *path, *query; /* query NULL when absent; host without [] */
	int port;                            /* explicit or default */
};

/* *out is malloc'd; ERR_INPUT with the reason when url is no URL for us. base
 * may be NULL; url may then not be relative. */
enum err_code url_canonical(const char *url, const char *base, char **out, struct err *e);
/* Resolves against base without canonicalising further (links as published). */
enum err_code url_resolve(const char *url, const char *base, char **out, struct err *e);
enum err_code url_split(const char *url, struct url_parts *out, struct err *e);
void url_parts_fini(struct url_parts *p);
bool url_is_http(const char *url);

#endif
