/*
 * url.c - URLs through curl_url(), then brought into canonical form.
 *
 * The fetcher is libcurl; whatever decides which host a URL names must therefore
 * be libcurl too, or a crafted URL names one host here and another at the socket.
 * Only paths and queries, on which no such decision rests, are worked on here.
 */
#include "base/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/url_path.h"
#include "base/utf8.h"

#define FLAGS (CURLU_DISALLOW_USER | CURLU_PATH_AS_IS)

static enum err_code refuse(struct err *e, const char *why)
{
	return err_set(e, ERR_INPUT, _("not a usable URL: %s"), why);
}

bool url_is_http(const char *url)
{
	struct str s = str_of(url);

	return str_is_nocase(str_sub(s, 0, 7), "http://") ||
	       str_is_nocase(str_sub(s, 0, 8), "https://");
}

/* --- before curl --------------------------------------------------------- */

/* Bytes that no URL of ours has anywhere. */
static enum err_code check_bytes(struct str s, bool blanks, struct err *e)
{
	if (s.n > URL_MAX)
		return err_set(e, ERR_LIMIT, _("a URL of more than %d bytes"), URL_MAX);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == 0x7F)
			return refuse(e, _("it holds a control character"));
		if (c == ' ' && !blanks)
			return refuse(e, _("it holds a blank"));
		if (c == '\\')
			return refuse(e, _("it holds a backslash"));
	}
	if (!utf8_is_valid(s.p, s.n))
		return refuse(e, _("it is not UTF-8"));
	return ERR_OK;
}

/* Length of "scheme:" at the front, 0 when there is none (RFC 3986 §3.1). */
static size_t scheme_length(struct str s)
{
	size_t i = 0;

	if (s.n == 0 || !str_is_alpha((unsigned char)s.p[0]))
		return 0;
	while (i < s.n && (str_is_alnum((unsigned char)s.p[i]) || strchr("+-.", s.p[i]) != NULL))
		i++;
	return i < s.n && s.p[i] == ':' ? i + 1 : 0;
}

/* curl forgives one to three slashes and an empty user; we do not. This only ever
 * refuses, so that it cannot disagree with curl about a host. */
static enum err_code check_front(struct str s, struct err *e)
{
	if (!url_is_http(s.p))
		return refuse(e, _("only http and https are read"));
	size_t from = str_find(s, "//", 0) + 2, i = from;
	while (i < s.n && strchr("/?#", s.p[i]) == NULL)
		i++;
	struct str authority = str_sub(s, from, i);
	if (authority.n == 0)
		return refuse(e, _("it has no host"));
	if (memchr(authority.p, '@', authority.n) != NULL)
		return refuse(e, _("it holds a user name"));
	if (memchr(authority.p, ' ', authority.n) != NULL)
		return refuse(e, _("it holds a blank"));
	return ERR_OK;
}

/* --- curl's view --------------------------------------------------------- */

/* A part as curl has it; *out NULL when absent. Free with curl_free(). */
static enum err_code get_part(CURLU *u, CURLUPart part, unsigned flags, char **out, struct err *e)
{
	CURLUcode rc = curl_url_get(u, part, out, flags);

	if (rc == CURLUE_OK)
		return ERR_OK;
	*out = NULL;
	if (rc == CURLUE_NO_HOST || rc == CURLUE_NO_PORT || rc == CURLUE_NO_QUERY ||
		rc == CURLUE_NO_ZONEID)
		return ERR_OK;
	return rc == CURLUE_OUT_OF_MEMORY ? err_nomem(e) : refuse(e, curl_url_strerror(rc));
}

/* IPv6 in its shortest form, host without brackets. */
static enum err_code normal_ipv6(const char *host, char **out, struct err *e)
{
	struct in6_addr a;
	char inner[INET6_ADDRSTRLEN], text[INET6_ADDRSTRLEN];
	size_t n = strlen(host);

	if (n < 4 || n - 2 >= sizeof inner || host[n - 1] != ']')
		return refuse(e, _("its IPv6 address is wrong"));
	memcpy(inner, host + 1, n - 2);
	inner[n - 2] = '\0';
	if (inet_pton(AF_INET6, inner, &a) != 1 ||
		inet_ntop(AF_INET6, &a, text, sizeof text) == NULL)
		return refuse(e, _("its IPv6 address is wrong"));
	*out = strdup(text);
	return *out == NULL ? err_nomem(e) : ERR_OK;
}

/* A host whose last label is a number is an IPv4 address or nothing: libc's
 * resolver would read some that curl does not. */
static bool is_bad_number(const char *host)
{
	struct in_addr a;
	size_t n = strlen(host);

	if (n > 0 && host[n - 1] == '.')
		n--;
	size_t from = n;
	while (from > 0 && host[from - 1] != '.')
		from--;
	if (from == n || !str_is_digit((unsigned char)host[from]))
		return false;
	for (size_t i = from; i < n; i++) {
		bool hex = i == from + 1 && host[from] == '0' && host[i] == 'x';
		bool digit = strchr("0123456789abcdef", host[i]) != NULL;
		if (!hex && !(host[from + 1] == 'x' ? digit : str_is_digit((unsigned char)host[i])))
			return false;
	}
	return inet_pton(AF_INET, host, &a) != 1;
}

/* Lower case; letters, digits, "-._" and, where curl cannot convert them,
 * characters beyond ASCII. */
static enum err_code normal_name(const char *host, char **out, struct err *e)
{
	size_t n = strlen(host);
	char *name = strdup(host);

	*out = name;
	if (name == NULL)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)host[i];
		if (c < 0x80 && !str_is_alnum(c) && strchr("-._", c) == NULL)
			return refuse(e, _("its host holds a character that no host has"));
		if (c == '.' && (i == 0 || host[i - 1] == '.'))
			return refuse(e, _("its host has an empty part"));
		name[i] = str_lower(host[i]);
	}
	if (n == 0 || n > 254)
		return refuse(e, _("its host is empty or too long"));
	if (is_bad_number(name))
		return refuse(e, _("its host is no IPv4 address"));
	return ERR_OK;
}

#ifdef CURLU_PUNYCODE
/* A URL whose host is ASCII, NULL when it has no such form. curl converts from the
 * charset of the locale. The whole URL is asked for because libcurl 7.88 leaks
 * when the host alone cannot be converted. */
static char *ascii_url(CURLU *u)
{
	char *url = NULL;
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

	if (utf8 == (locale_t)0)
		return NULL;
	locale_t old = uselocale(utf8);
	if (curl_url_get(u, CURLUPART_URL, &url, CURLU_PUNYCODE) != CURLUE_OK)
		url = NULL;
	(void)uselocale(old);
	freelocale(utf8);
	return url;
}

static enum err_code convert_host(CURLU *u, char **out, struct err *e)
{
	char *url = ascii_url(u);
	CURLU *again = url == NULL ? NULL : curl_url();
	enum err_code rc;

	if (url == NULL)
		return refuse(e, _("its host cannot be written in ASCII"));
	if (again == NULL)
		rc = err_nomem(e);
	else if (curl_url_set(again, CURLUPART_URL, url, FLAGS) != CURLUE_OK)
		rc = refuse(e, _("its host holds a character that no host has"));
	else
		rc = get_part(again, CURLUPART_HOST, 0, out, e);
	curl_url_cleanup(again);
	curl_free(url);
	return rc;
}
#endif

/* The host as it goes to the resolver. */
static enum err_code get_ascii_host(CURLU *u, char **out, struct err *e)
{
	enum err_code rc = get_part(u, CURLUPART_HOST, 0, out, e);
#ifdef CURLU_PUNYCODE
	bool idn = (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_IDN) != 0;
	bool ascii = true;

	for (const char *p = *out; p != NULL && *p != '\0'; p++)
		ascii = ascii && (unsigned char)*p < 0x80;
	if (rc == ERR_OK && *out != NULL && !ascii && idn) {
		curl_free(*out);
		*out = NULL;
		rc = convert_host(u, out, e);
	}
#endif
	return rc;
}

static enum err_code get_host(CURLU *u, char **out, struct err *e)
{
	char *host = NULL, *zone = NULL;
	enum err_code rc = get_part(u, CURLUPART_ZONEID, 0, &zone, e);

	if (rc == ERR_OK && zone != NULL)
		rc = refuse(e, _("its IPv6 address has a zone"));
	if (rc == ERR_OK)
		rc = get_ascii_host(u, &host, e);
	if (rc == ERR_OK && (host == NULL || host[0] == '\0'))
		rc = refuse(e, _("it has no host"));
	if (rc == ERR_OK)
		rc = host[0] == '[' ? normal_ipv6(host, out, e) : normal_name(host, out, e);
	curl_free(zone);
	curl_free(host);
	return rc;
}

static enum err_code get_port(CURLU *u, int *out, struct err *e)
{
	char *port = NULL;
	int64_t v = 0;
	enum err_code rc = get_part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, &port, e);

	if (rc == ERR_OK && (port == NULL || !str_to_int(str_of(port), 1, 65535, &v)))
		rc = refuse(e, _("its port is wrong"));
	*out = (int)v;
	curl_free(port);
	return rc;
}

/* curl's string in our own allocation. */
static enum err_code copy_part(CURLU *u, CURLUPart part, char **out, struct err *e)
{
	char *v = NULL;
	enum err_code rc = get_part(u, part, 0, &v, e);

	*out = v == NULL ? NULL : strdup(v);
	if (v != NULL && *out == NULL)
		rc = err_nomem(e);
	curl_free(v);
	return rc;
}

/* The parts of an absolute URL. */
static enum err_code take_apart(const char *url, struct url_parts *out, struct err *e)
{
	CURLU *u = curl_url();
	CURLUcode set;
	enum err_code rc = u == NULL ? err_nomem(e) : check_front(str_of(url), e);

	if (rc != ERR_OK)
		goto out;
	set = curl_url_set(u, CURLUPART_URL, url, FLAGS);
	if (set != CURLUE_OK) {
		rc = set == CURLUE_OUT_OF_MEMORY ? err_nomem(e) : refuse(e, curl_url_strerror(set));
		goto out;
	}
	rc = copy_part(u, CURLUPART_SCHEME, &out->scheme, e);
	for (char *p = out->scheme; rc == ERR_OK && *p != '\0'; p++)
		*p = str_lower(*p);
	if (rc == ERR_OK)
		rc = get_host(u, &out->host, e);
	if (rc == ERR_OK)
		rc = get_port(u, &out->port, e);
	if (rc == ERR_OK)
		rc = copy_part(u, CURLUPART_PATH, &out->path, e);
	if (rc == ERR_OK)
		rc = copy_part(u, CURLUPART_QUERY, &out->query, e);
out:
	curl_url_cleanup(u);
	return rc;
}

/* --- what is canonical as it stands -------------------------------------- */

/* Labels of small letters, digits and inner hyphens, none of them punycode, the last
 * beginning with a letter: nothing that curl, IDNA or inet_aton() could read otherwise. */
static bool is_plain_host(struct str host)
{
	struct str label = host;

	if (host.n == 0 || host.n > 200 || host.p[host.n - 1] == '.')
		return false;
	while (host.n) {
		label = str_split(&host, '.');
		if (label.n == 0 || label.p[0] == '-' || label.p[label.n - 1] == '-' ||
			str_has_prefix(label, "xn--"))
			return false;
		for (size_t i = 0; i < label.n; i++) {
			char c = label.p[i];
			if (!(c >= 'a' && c <= 'z') && !str_is_digit((unsigned char)c) && c != '-')
				return false;
		}
	}
	return str_is_alpha((unsigned char)label.p[0]);
}

/* No escape, no dot segment, no character that would be escaped. */
static bool is_plain_path(struct str path)
{
	bool in_query = false;

	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		if (c == '?' && !in_query) {
			in_query = true;
			if (i + 1 == path.n) /* an empty query is left out */
				return false;
		} else if (c == '/') {
			if (!in_query && i + 1 < path.n && path.p[i + 1] == '.')
				return false;
		} else if (!str_is_alnum((unsigned char)c) && c != '-' && c != '.' && c != '_' &&
			   c != '=' && c != '&') {
			return false;
		}
	}
	return path.n > 0 && path.p[0] == '/';
}

/* An address of four decimal numbers as inet_ntop() writes it. */
static bool is_plain_ipv4(struct str host)
{
	int64_t v;
	int count = 0;

	for (; host.p && count < 5; count++) {
		struct str number = str_split(&host, '.');
		if (number.n > 1 && number.p[0] == '0')
			return false;
		if (number.n == 0 || !str_is_digit((unsigned char)number.p[0]) ||
			!str_to_int(number, 0, 255, &v))
			return false;
	}
	return count == 4;
}

/* ":8080", or nothing for the usual port, which is never written. */
static bool read_plain_port(struct str text, int usual, int *out)
{
	int64_t v = usual;

	if (text.n && (text.n < 2 || text.p[1] < '1' || text.p[1] > '9' ||
			      !str_to_int(str_sub(text, 1, text.n), 1, 65535, &v) || v == usual))
		return false;
	*out = (int)v;
	return true;
}

struct plain {
	struct str scheme, host, path, query; /* query.n 0: none */
	int port;
};

/* Most addresses are as they will be kept. Only the plainest of them are known here; a
 * test compares random ones with the way through curl. */
static bool read_plain(struct str url, struct plain *out)
{
	size_t from, colon, slash, mark;
	bool tls = str_has_prefix(url, "https://");

	if (url.n > URL_MAX / 2 || (!tls && !str_has_prefix(url, "http://")))
		return false;
	from = tls ? 8 : 7;
	slash = str_find(url, "/", from);
	mark = str_find(url, "?", slash);
	colon = str_find(str_sub(url, 0, slash), ":", from);
	out->scheme = str_sub(url, 0, from - 3);
	out->host = str_sub(url, from, colon);
	out->path = str_sub(url, slash, mark);
	out->query = str_sub(url, mark + 1, url.n);
	return read_plain_port(str_sub(url, colon, slash), tls ? 443 : 80, &out->port) &&
	       (is_plain_host(out->host) || is_plain_ipv4(out->host)) &&
	       is_plain_path(str_sub(url, slash, url.n));
}

static enum err_code copy_plain(const struct plain *p, struct url_parts *out, struct err *e)
{
	out->scheme = strndup(p->scheme.p, p->scheme.n);
	out->host = strndup(p->host.p, p->host.n);
	out->path = strndup(p->path.p, p->path.n);
	out->query = p->query.n ? strndup(p->query.p, p->query.n) : NULL;
	out->port = p->port;
	return out->scheme && out->host && out->path && (out->query || !p->query.n) ? ERR_OK
										    : err_nomem(e);
}

/* --- taking apart ---------------------------------------------------------- */

enum err_code url_split(const char *url, struct url_parts *out, struct err *e)
{
	struct plain plain;
	enum err_code rc = check_bytes(str_of(url), false, e);

	*out = (struct url_parts){0};
	if (rc == ERR_OK && read_plain(str_of(url), &plain))
		rc = copy_plain(&plain, out, e);
	else if (rc == ERR_OK)
		rc = take_apart(url, out, e);
	if (rc != ERR_OK)
		url_parts_fini(out);
	return rc;
}

void url_parts_fini(struct url_parts *p)
{
	free(p->scheme);
	free(p->host);
	free(p->path);
	free(p->query);
	*p = (struct url_parts){0};
}

/* --- putting together ---------------------------------------------------- */

static void add_origin(struct buf *b, const struct url_parts *p)
{
	bool six = strchr(p->host, ':') != NULL;
	int usual = strcmp(p->scheme, "https") == 0 ? 443 : 80;

	buf_addf(b, "%s://%s%s%s", p->scheme, six ? "[" : "", p->host, six ? "]" : "");
	if (p->port != usual)
		buf_addf(b, ":%d", p->port);
}

/* A relative reference against a base that has been taken apart (RFC 3986 §5.2). */
static void add_resolved(struct buf *b, struct str ref, const struct url_parts *base)
{
	size_t hash = str_find(ref, "#", 0);
	struct str fragment = str_sub(ref, hash, ref.n);
	struct str rest = str_sub(ref, 0, hash);
	size_t mark = str_find(rest, "?", 0);
	struct str path = str_sub(rest, 0, mark), query = str_sub(rest, mark, rest.n);

	add_origin(b, base);
	if (path.n == 0) {
		buf_add_str(b, base->path);
		if (query.n == 0 && base->query != NULL)
			buf_addf(b, "?%s", base->query);
	} else {
		url_add_merged_path(b, base->path, path);
	}
	buf_add(b, query.p, query.n);
	buf_add(b, fragment.p, fragment.n);
}

/* Blanks behind the host, which real links have, become %20; check_front() refuses others. */
static void add_without_blanks(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			buf_add_str(b, "%20");
		else
			buf_add_char(b, s.p[i]);
	}
}

/* The absolute form of ref in b, checked as far as its bytes go. */
static enum err_code make_absolute(
	const char *url, const char *base, bool blanks, struct buf *b, struct err *e)
{
	struct str ref = str_of(url);
	struct url_parts parts = {0};
	enum err_code rc = check_bytes(ref, blanks, e);

	if (rc != ERR_OK)
		return rc;
	if (scheme_length(ref) > 0) {
		rc = check_front(ref, e);
		buf_add(b, ref.p, ref.n);
	} else if (base == NULL) {
		rc = refuse(e, _("it is relative"));
	} else if ((rc = url_split(base, &parts, e)) != ERR_OK) {
		rc = err_prefix(e, "%s: ", _("the base"));
	} else if (str_has_prefix(ref, "//")) {
		buf_addf(b, "%s:%s", parts.scheme, url);
		rc = check_front(str_of(buf_str(b)), e);
	} else {
		add_resolved(b, ref, &parts);
	}
	url_parts_fini(&parts);
	return rc != ERR_OK ? rc : buf_check(b, _("a URL"), e);
}

enum err_code url_resolve(const char *url, const char *base, char **out, struct err *e)
{
	struct buf absolute, clean;
	struct url_parts parts = {0};
	enum err_code rc;

	*out = NULL;
	buf_init(&absolute, 3 * URL_MAX);
	buf_init(&clean, URL_MAX);
	rc = make_absolute(url, base, true, &absolute, e);
	if (rc == ERR_OK) {
		add_without_blanks(&clean, str_of(buf_str(&absolute)));
		rc = buf_check(&clean, _("a URL"), e);
	}
	if (rc == ERR_OK)
		rc = url_split(buf_str(&clean), &parts, e);
	if (rc == ERR_OK && (*out = buf_detach(&clean)) == NULL)
		rc = err_nomem(e);
	url_parts_fini(&parts);
	buf_fini(&absolute);
	buf_fini(&clean);
	return rc;
}

/* One round: url taken apart and put together again in canonical form. */
static enum err_code canonical_round(const char *url, struct buf *b, struct err *e)
{
	struct url_parts parts = {0};
	enum err_code rc = url_split(url, &parts, e);

	if (rc == ERR_OK) {
		add_origin(b, &parts);
		rc = url_add_canonical_path(b, parts.path == NULL ? "" : parts.path, e);
	}
	if (rc == ERR_OK && parts.query != NULL && parts.query[0] != '\0') {
		buf_add_char(b, '?');
		url_add_canonical_query(b, parts.query);
	}
	url_parts_fini(&parts);
	return rc != ERR_OK ? rc : buf_check(b, _("a URL"), e);
}

/* --- the canonical form --------------------------------------------------- */

/* Before the scheme, or behind what a fetcher is shown. */
static bool is_framed_by_blanks(struct str s)
{
	s = str_sub(s, 0, str_find(s, "#", 0));
	return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

enum err_code url_canonical(const char *url, const char *base, char **out, struct err *e)
{
	struct buf absolute, clean, first, second;
	struct plain plain;
	enum err_code rc;

	*out = NULL;
	if (read_plain(str_of(url), &plain)) {
		*out = strdup(url);
		return *out ? ERR_OK : err_nomem(e);
	}
	buf_init(&absolute, 3 * URL_MAX);
	buf_init(&first, URL_MAX);
	buf_init(&second, URL_MAX);
	buf_init(&clean, 3 * URL_MAX);
	rc = make_absolute(url, base, !is_framed_by_blanks(str_of(url)), &absolute, e);
	if (rc == ERR_OK) {
		add_without_blanks(&clean, str_of(buf_str(&absolute)));
		rc = buf_check(&clean, _("a URL"), e);
	}
	if (rc == ERR_OK)
		rc = canonical_round(buf_str(&clean), &first, e);
	/* Read once more, so that what comes out is what would come out of itself. */
	if (rc == ERR_OK)
		rc = canonical_round(buf_str(&first), &second, e);
	if (rc == ERR_OK && (*out = buf_detach(&second)) == NULL)
		rc = err_nomem(e);
	buf_fini(&absolute);
	buf_fini(&clean);
	buf_fini(&first);
	buf_fini(&second);
	return rc;
}
