/*
 * transfer.c - a curl easy handle with our rules around it.
 *
 * libcurl 7.88 (Debian 12) does not bound bodies by itself, so the write callback
 * counts; it does not decode them either: we ask for gzip in a header of our own.
 */
#include "crawler/transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/address.h"

#define LOW_SPEED_LIMIT 50L /* bytes a second */
#define REQUEST_MAX ((size_t)64 << 10)
#define DETAIL_MAX 512
#define READ_SIZE (64L << 10)
#define SPARE_MAX 64
#define SPARE_BODY_MAX ((size_t)128 << 10) /* the memory of a longer one is given back */

struct transfer_pool {
	const struct transfer_settings *settings;
	CURLSH *private_connections;
	struct transfer *spare[SPARE_MAX];
	size_t count;
};

struct transfer {
	struct transfer_pool *pool;
	CURL *easy;
	struct curl_slist *header_list;
	const struct transfer_settings *settings;
	bool private_ok;
	struct buf request, headers, body;
	size_t header_bytes; /* all that came, interim answers and trailers too */
	bool headers_over; /* the blank line came */
	int body_fd; /* -1: in memory */
	size_t body_size; /* on the wire, without the transfer coding */
	const char *cut; /* why we ended it: "headers", "body"; NULL */
	const char *blocked; /* the address block that was refused */
	int io_errno; /* the temporary file failed */
	char *ip;
	int64_t date, started_ms;
	char curl_text[CURL_ERROR_SIZE];
	char detail[DETAIL_MAX];
};

/* ---- callbacks ---------------------------------------------------------- */

static curl_socket_t on_open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = arg;
	const char *block = address_block(&a->addr);

	if (purpose != CURLSOCKTYPE_IPCXN || (block && !t->private_ok)) {
		t->blocked = block ? block : "no Internet address";
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* A connection that is kept alive was judged for the transfer that opened it, which
 * may have had more rights than this one. */
static int on_connected(void *arg, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
	struct transfer *t = arg;
	const char *block = address_block_text(remote_ip);

	(void)local_ip;
	(void)remote_port;
	(void)local_port;
	if (block && !t->private_ok) {
		t->blocked = block;
		return CURL_PREREQFUNC_ABORT;
	}
	free(t->ip);
	t->ip = strdup(remote_ip);
	return CURL_PREREQFUNC_OK;
}

/* The body is stored without its chunks, so the header must not promise them. */
static void keep_header(struct transfer *t, const char *line, size_t n)
{
	static const char name[] = "Transfer-Encoding:";

	if (n >= sizeof name - 1 && strncasecmp(line, name, sizeof name - 1) == 0)
		buf_add_str(&t->headers, "X-Archive-Orig-");
	buf_add(&t->headers, line, n);
}

static size_t on_header(char *line, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = size * count;

	t->header_bytes += n;
	if (t->header_bytes > TRANSFER_HEADERS_MAX) {
		t->cut = "headers";
		return 0;
	}
	if (n >= 5 && memcmp(line, "HTTP/", 5) == 0 && t->body_size == 0) {
		buf_clear(&t->headers); /* what came before was a 1xx */
		t->headers_over = false;
	}
	if (t->headers_over)
		return n; /* a trailer */
	keep_header(t, line, n);
	if (n <= 2 && (line[0] == '\r' || line[0] == '\n'))
		t->headers_over = true;
	return t->headers.fault ? 0 : n;
}

static int open_unnamed(const char *dir)
{
	char *name;
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	name = path_join(dir, ".body-XXXXXX");
	if (!name)
		return -1;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	free(name);
	return fd;
}

static bool write_file(struct transfer *t, const char *p, size_t n)
{
	while (n) {
		ssize_t put = write(t->body_fd, p, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			t->io_errno = errno;
			return false;
		}
		p += put;
		n -= (size_t)put;
	}
	return true;
}

static bool keep_body(struct transfer *t, const char *p, size_t n)
{
	if (t->body_fd < 0 && t->body.len + n <= TRANSFER_MEMORY_MAX) {
		buf_add(&t->body, p, n);
		return !t->body.fault;
	}
	if (t->body_fd < 0) {
		t->body_fd = open_unnamed(t->settings->temp_dir);
		if (t->body_fd < 0) {
			t->io_errno = errno;
			return false;
		}
		if (!write_file(t, buf_str(&t->body), t->body.len))
			return false;
		buf_fini(&t->body);
		buf_init(&t->body, TRANSFER_MEMORY_MAX);
	}
	return write_file(t, p, n);
}

static size_t on_body(char *data, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = size * count;

	if (n > TRANSFER_BODY_MAX - t->body_size) {
		t->cut = "body";
		return 0;
	}
	if (!keep_body(t, data, n))
		return 0;
	t->body_size += n;
	return n;
}

/* The request as it was sent, for the archive. */
static int on_debug(CURL *easy, curl_infotype type, char *data, size_t n, void *arg)
{
	struct transfer *t = arg;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT)
		buf_add(&t->request, data, n);
	return 0;
}

/* ---- setting up --------------------------------------------------------- */

static bool add_header(struct transfer *t, const char *name, const char *value)
{
	char line[4096];
	struct curl_slist *list;
	int n = snprintf(line, sizeof line, "%s: %s", name, value);

	if (n < 0 || (size_t)n >= sizeof line)
		return false;
	for (const char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	list = curl_slist_append(t->header_list, line);
	if (list)
		t->header_list = list;
	return list != NULL;
}

static bool add_headers(struct transfer *t, const struct transfer_request *r)
{
	return add_header(t, "Accept",
		       "application/atom+xml, application/rss+xml, application/feed+json, "
		       "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5") &&
	       add_header(t, "Accept-Encoding", "gzip") &&
	       (!r->etag || add_header(t, "If-None-Match", r->etag)) &&
	       (!r->last_modified || add_header(t, "If-Modified-Since", r->last_modified));
}

#define SET(option, value) (bad = bad || curl_easy_setopt(t->easy, option, value) != CURLE_OK)

static bool set_callbacks(struct transfer *t)
{
	bool bad = false;

	SET(CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
	SET(CURLOPT_OPENSOCKETDATA, t);
	SET(CURLOPT_PREREQFUNCTION, on_connected);
	SET(CURLOPT_PREREQDATA, t);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_DEBUGFUNCTION, on_debug);
	SET(CURLOPT_DEBUGDATA, t);
	SET(CURLOPT_VERBOSE, 1L);
	SET(CURLOPT_ERRORBUFFER, t->curl_text);
	return !bad;
}

/* What holds for all requests of a run. */
static bool set_rules(struct transfer *t)
{
	const struct transfer_settings *s = t->settings;
	bool bad = false;

	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_USERAGENT, s->user_agent);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_QUICK_EXIT, 1L); /* do not wait for a resolver that hangs */
	SET(CURLOPT_CONNECTTIMEOUT, s->connect_timeout);
	SET(CURLOPT_TIMEOUT, s->timeout);
	SET(CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED_LIMIT);
	SET(CURLOPT_LOW_SPEED_TIME, s->low_speed_time);
	SET(CURLOPT_BUFFERSIZE, READ_SIZE);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	/* Each connection shows its certificates, also when its handle had one there before. */
	SET(CURLOPT_SSL_SESSIONID_CACHE, 0L);
	SET(CURLOPT_CAINFO, s->ca_file);
	/* With a CAPATH, Debian's libcurl reads all CAs anew for each connection. */
	SET(CURLOPT_CAPATH, NULL);
	return !bad;
}

/* What is of this request alone: all of it is set, since the handle had others before. */
static bool set_request(struct transfer *t, const struct transfer_request *r)
{
	bool bad = !add_headers(t, r);

	SET(CURLOPT_URL, r->url);
	SET(CURLOPT_HTTPHEADER, t->header_list);
	SET(CURLOPT_CERTINFO, r->certificate ? 1L : 0L);
	SET(CURLOPT_SHARE, r->private_ok ? t->pool->private_connections : NULL);
	SET(CURLOPT_PRIVATE, NULL);
	t->private_ok = r->private_ok;
	t->date = time_now();
	t->started_ms = time_monotonic_ms();
	return !bad;
}

/* ---- life --------------------------------------------------------------- */

static void destroy(struct transfer *t)
{
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->header_list);
	if (t->body_fd >= 0)
		close(t->body_fd);
	buf_fini(&t->request);
	buf_fini(&t->headers);
	buf_fini(&t->body);
	free(t->ip);
	free(t);
}

static struct transfer *make(struct transfer_pool *p)
{
	struct transfer *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->pool = p;
	t->settings = p->settings;
	t->body_fd = -1;
	buf_init(&t->request, REQUEST_MAX);
	buf_init(&t->headers, 2 * TRANSFER_HEADERS_MAX);
	buf_init(&t->body, TRANSFER_MEMORY_MAX);
	t->easy = curl_easy_init();
	if (t->easy && set_callbacks(t) && set_rules(t))
		return t;
	destroy(t);
	return NULL;
}

/* As it was when it was made, but for the memory of its buffers. */
static void wipe(struct transfer *t)
{
	struct transfer kept = *t;

	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(t->header_list);
	if (t->body_fd >= 0)
		close(t->body_fd);
	free(t->ip);
	memset(t, 0, sizeof *t);
	t->pool = kept.pool;
	t->easy = kept.easy;
	t->settings = kept.settings;
	t->body_fd = -1;
	t->request = kept.request;
	t->headers = kept.headers;
	t->body = kept.body;
	buf_clear(&t->request);
	buf_clear(&t->headers);
	buf_clear(&t->body);
	if (t->body.cap > SPARE_BODY_MAX)
		buf_fini(&t->body);
}

struct transfer_pool *transfer_pool_new(const struct transfer_settings *s)
{
	struct transfer_pool *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	p->settings = s;
	p->private_connections = curl_share_init();
	if (p->private_connections && curl_share_setopt(p->private_connections, CURLSHOPT_SHARE,
					      CURL_LOCK_DATA_CONNECT) == CURLSHE_OK)
		return p;
	transfer_pool_free(p);
	return NULL;
}

void transfer_pool_free(struct transfer_pool *p)
{
	if (!p)
		return;
	while (p->count)
		destroy(p->spare[--p->count]);
	if (p->private_connections)
		curl_share_cleanup(p->private_connections);
	free(p);
}

enum err_code transfer_new(struct transfer_pool *p, const struct transfer_request *r,
	struct transfer **out, struct err *e)
{
	struct transfer *t = p->count ? p->spare[--p->count] : make(p);

	*out = NULL;
	if (!t)
		return err_nomem(e);
	if (!set_request(t, r)) {
		destroy(t);
		return err_set(e, ERR_NET, _("cannot prepare a request for %s"), r->url);
	}
	*out = t;
	return ERR_OK;
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	if (t->pool->count == SPARE_MAX) {
		destroy(t);
		return;
	}
	wipe(t);
	t->pool->spare[t->pool->count++] = t;
}

void *transfer_handle(struct transfer *t)
{
	return t->easy;
}

void transfer_set_private(struct transfer *t, void *owner)
{
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, owner);
}

/* ---- what became of it -------------------------------------------------- */

static const struct {
	CURLcode code;
	const char *kind;
} kinds[] = {
	{CURLE_COULDNT_RESOLVE_HOST, "dns"},
	{CURLE_COULDNT_CONNECT, "connect"},
	{CURLE_OPERATION_TIMEDOUT, "timeout"},
	{CURLE_SSL_CONNECT_ERROR, "tls"},
	{CURLE_PEER_FAILED_VERIFICATION, "tls"},
	{CURLE_SSL_CERTPROBLEM, "tls"},
	{CURLE_SSL_CIPHER, "tls"},
	{CURLE_SSL_CACERT_BADFILE, "tls"},
	{CURLE_SSL_ISSUER_ERROR, "tls"},
	{CURLE_SSL_INVALIDCERTSTATUS, "tls"},
	{CURLE_URL_MALFORMAT, "url"},
	{CURLE_PARTIAL_FILE, "broken"},
	{CURLE_RECV_ERROR, "broken"},
	{CURLE_SEND_ERROR, "broken"},
	{CURLE_GOT_NOTHING, "broken"},
	{CURLE_WEIRD_SERVER_REPLY, "http"},
};

static const char *kind_of(CURLcode code)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].code == code)
			return kinds[i].kind;
	return "http";
}

static void judge_failure(struct transfer *t, CURLcode code, struct transfer_result *out)
{
	out->error = kind_of(code);
	if (t->blocked && code != CURLE_OK) {
		out->error = "address";
		snprintf(t->detail, sizeof t->detail,
			_("its address is not public (%s); nothing was sent"), t->blocked);
	} else if (t->cut && t->cut[0] == 'h') {
		out->error = "too-large";
		snprintf(t->detail, sizeof t->detail, _("more than %zu bytes of headers"),
			TRANSFER_HEADERS_MAX);
	} else if (t->cut) {
		out->error = "too-large";
		snprintf(t->detail, sizeof t->detail, _("a body of more than %zu bytes"),
			TRANSFER_BODY_MAX);
	} else {
		snprintf(t->detail, sizeof t->detail, "%s",
			*t->curl_text ? t->curl_text : curl_easy_strerror(code));
	}
	out->detail = t->detail;
}

/* The end of the host's own certificate, which comes first in the chain. */
static int64_t certificate_end(struct transfer *t)
{
	static const char name[] = "Expire date:";
	struct curl_certinfo *chain = NULL;

	if (curl_easy_getinfo(t->easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain ||
		chain->num_of_certs < 1)
		return TIME_NONE;
	for (struct curl_slist *l = chain->certinfo[0]; l; l = l->next) {
		if (strncmp(l->data, name, sizeof name - 1) != 0)
			continue;
		time_t end = curl_getdate(l->data + sizeof name - 1, NULL);
		return end < 0 ? TIME_NONE : (int64_t)end;
	}
	return TIME_NONE;
}

/* An answer that was cut is kept as far as it came, and marked. */
static void judge_cut(struct transfer *t, CURLcode code, struct transfer_result *out)
{
	if (!t->headers_over) {
		out->status = 0;
		buf_clear(&t->headers);
		return;
	}
	out->truncated = "disconnect";
	if (t->cut)
		out->truncated = "length";
	else if (code == CURLE_OPERATION_TIMEDOUT)
		out->truncated = "time";
	if (t->cut && out->body_size > TRANSFER_CUT_KEPT)
		out->body_size = TRANSFER_CUT_KEPT;
}

enum err_code transfer_finish(
	struct transfer *t, int code, struct transfer_result *out, struct err *e)
{
	long status = 0;
	curl_off_t wait = 0;

	memset(out, 0, sizeof *out);
	if (t->io_errno)
		return err_errno(e, t->io_errno, _("cannot write a temporary file in %s"),
			t->settings->temp_dir);
	if (t->body.fault || t->headers.fault || t->request.fault)
		return err_nomem(e);
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wait);
	out->status = (int)status;
	out->retry_after = wait > 0 ? (int64_t)wait : 0;
	out->date = t->date;
	out->ms = time_monotonic_ms() - t->started_ms;
	out->ip = t->ip;
	out->cert_expires = certificate_end(t);
	out->request = &t->request;
	out->headers = &t->headers;
	out->body_fd = t->body_fd;
	out->body = buf_str(&t->body);
	out->body_size = t->body_size;
	if (code != CURLE_OK) {
		judge_failure(t, (CURLcode)code, out);
		judge_cut(t, (CURLcode)code, out);
	}
	return ERR_OK;
}
