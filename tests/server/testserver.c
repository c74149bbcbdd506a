/*
 * testserver.c - the web of the tests and of the demonstration.
 *
 *   testserver [--dir DIR] [--address IP] [--port N] [--raw-port N]
 *
 * Listens on 127.0.0.1 and a port that the kernel picks, unless told otherwise (tests
 * in a network namespace of their own do).
 * Prints "PORT n" and "RAW n" and serves until standard input closes or SIGTERM comes.
 *
 * On PORT (libmicrohttpd):
 *   files of DIR, with ETag, Last-Modified and 304; a file NAME.headers beside NAME adds
 *   header lines to its answer, its first line may be "STATUS nnn"
 *   /status/NNN                      that status
 *   /redirect?to=URL&code=302        a redirect
 *   /retry-after/NNN?seconds=120     that status with Retry-After; value=TEXT: that text;
 *                                    bare=1: without the header
 *   /chain?n=0                       a redirect to /chain?n=1, and so on without end
 *   /slow?bytes_per_second=1&size=N  a body that drips
 *   /big?size=N                      a body of N bytes without a Content-Length
 *   /bomb?mb=N                       gzip of N MiB of zeros, about N KiB on the wire
 *   /headers?n=N                     N headers of 100 bytes
 *   /log  /clear                     the requests seen as JSON lines; forget them
 * On RAW (plain sockets): what no proper server does, raw.h
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/path.h"
#include "base/sig.h"
#include "base/str.h"
#include "tests/server/raw.h"

#define LOG_MAX ((size_t)64 << 20)
#define FILE_MAX ((size_t)64 << 20)
#define BLOCK ((size_t)1 << 20)
#define MEMORY_LIMIT ((size_t)4 << 20)

struct server {
	const char *dir;
	pthread_mutex_t lock;
	struct buf log;
};

/* ---- the log ------------------------------------------------------------ */

static enum MHD_Result add_header_line(
	void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct json_writer *w = arg;
	char key[64];
	size_t n = 0;

	(void)kind;
	for (; name[n] && n + 1 < sizeof key; n++)
		key[n] = str_lower(name[n]);
	key[n] = '\0';
	json_put_str(w, key, value ? value : "");
	return MHD_YES;
}

static void log_request(
	struct server *s, struct MHD_Connection *c, const char *method, const char *path)
{
	struct json_writer w;

	pthread_mutex_lock(&s->lock);
	json_writer_init(&w, &s->log);
	json_begin_object(&w);
	json_put_str(&w, "method", method);
	json_put_str(&w, "path", path);
	if (c) {
		json_key(&w, "headers");
		json_begin_object(&w);
		MHD_get_connection_values(c, MHD_HEADER_KIND, add_header_line, &w);
		json_end_object(&w);
	}
	json_end_object(&w);
	buf_add_char(&s->log, '\n');
	pthread_mutex_unlock(&s->lock);
}

static void log_raw(void *arg, const char *request)
{
	log_request(arg, NULL, "RAW", request);
}

/* ---- small answers ------------------------------------------------------ */

static enum MHD_Result send_response(
	struct MHD_Connection *c, unsigned int status, struct MHD_Response *r)
{
	enum MHD_Result ok;

	if (!r)
		return MHD_NO;
	ok = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return ok;
}

static struct MHD_Response *text_response(const char *text)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(
		strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);

	if (r)
		MHD_add_response_header(r, "Content-Type", "text/plain; charset=utf-8");
	return r;
}

static enum MHD_Result send_text(struct MHD_Connection *c, unsigned int status, const char *text)
{
	return send_response(c, status, text_response(text));
}

static const char *argument(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
}

static int64_t number(const char *text, int64_t fallback)
{
	int64_t n;

	return text && str_to_int(str_of(text), 0, INT64_MAX / 2, &n) ? n : fallback;
}

static enum MHD_Result send_status(struct server *s, struct MHD_Connection *c, const char *rest)
{
	(void)s;
	return send_text(c, (unsigned int)number(rest, 500), "as asked\n");
}

static enum MHD_Result send_redirect(struct server *s, struct MHD_Connection *c, const char *rest)
{
	struct MHD_Response *r = text_response("elsewhere\n");
	const char *to = argument(c, "to");

	(void)s;
	(void)rest;
	if (r && to)
		MHD_add_response_header(r, "Location", to);
	return send_response(c, (unsigned int)number(argument(c, "code"), 302), r);
}

static enum MHD_Result send_retry_after(
	struct server *s, struct MHD_Connection *c, const char *rest)
{
	struct MHD_Response *r = text_response("later\n");
	const char *value = argument(c, "value");

	(void)s;
	if (!value)
		value = argument(c, "seconds");
	if (r && !argument(c, "bare"))
		MHD_add_response_header(r, "Retry-After", value ? value : "120");
	return send_response(c, (unsigned int)number(rest, 429), r);
}

static enum MHD_Result send_chain(struct server *s, struct MHD_Connection *c, const char *rest)
{
	struct MHD_Response *r = text_response("further\n");
	char to[64];

	(void)s;
	(void)rest;
	snprintf(to, sizeof to, "/chain?n=%lld", (long long)number(argument(c, "n"), 0) + 1);
	if (r)
		MHD_add_response_header(r, "Location", to);
	return send_response(c, 302, r);
}

static enum MHD_Result send_many_headers(
	struct server *s, struct MHD_Connection *c, const char *rest)
{
	struct MHD_Response *r = text_response("many headers\n");
	char name[32], value[90];

	(void)s;
	(void)rest;
	memset(value, 'h', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	for (int64_t i = 0, n = number(argument(c, "n"), 1000); r && i < n; i++) {
		snprintf(name, sizeof name, "X-Many-%lld", (long long)i);
		MHD_add_response_header(r, name, value);
	}
	return send_response(c, 200, r);
}

static enum MHD_Result send_log(struct server *s, struct MHD_Connection *c, const char *rest)
{
	enum MHD_Result ok;

	(void)rest;
	pthread_mutex_lock(&s->lock);
	ok = send_text(c, 200, buf_str(&s->log));
	pthread_mutex_unlock(&s->lock);
	return ok;
}

static enum MHD_Result clear_log(struct server *s, struct MHD_Connection *c, const char *rest)
{
	(void)rest;
	pthread_mutex_lock(&s->lock);
	buf_clear(&s->log);
	pthread_mutex_unlock(&s->lock);
	return send_text(c, 200, "cleared\n");
}

/* ---- streams ------------------------------------------------------------ */

static ssize_t fill_drip(void *arg, uint64_t pos, char *out, size_t max)
{
	size_t rate = *(const size_t *)arg;
	struct timespec second = {1, 0};

	(void)pos;
	nanosleep(&second, NULL);
	if (rate > max)
		rate = max;
	memset(out, 'x', rate);
	return (ssize_t)rate;
}

static enum MHD_Result send_slow(struct server *s, struct MHD_Connection *c, const char *rest)
{
	size_t *rate = malloc(sizeof *rate);

	(void)s;
	(void)rest;
	if (!rate)
		return MHD_NO;
	*rate = (size_t)number(argument(c, "bytes_per_second"), 1);
	return send_response(c, 200,
		MHD_create_response_from_callback((uint64_t)number(argument(c, "size"), 1000000),
			4096, fill_drip, rate, free));
}

static ssize_t fill_big(void *arg, uint64_t pos, char *out, size_t max)
{
	uint64_t size = *(const uint64_t *)arg;

	if (pos >= size)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (max > size - pos)
		max = (size_t)(size - pos);
	memset(out, 'b', max);
	return (ssize_t)max;
}

static enum MHD_Result send_big(struct server *s, struct MHD_Connection *c, const char *rest)
{
	uint64_t *size = malloc(sizeof *size);

	(void)s;
	(void)rest;
	if (!size)
		return MHD_NO;
	*size = (uint64_t)number(argument(c, "size"), 10000000000);
	return send_response(c, 200,
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 65536, fill_big, size, free));
}

/* One deflated MiB of zeros, ended on a byte boundary so that it can be repeated. */
static size_t zero_block(unsigned char *out, size_t room)
{
	unsigned char *zeros = calloc(1, BLOCK);
	z_stream z;
	size_t n = 0;

	memset(&z, 0, sizeof z);
	if (zeros && deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK) {
		z.next_in = zeros;
		z.avail_in = (uInt)BLOCK;
		z.next_out = out;
		z.avail_out = (uInt)room;
		deflate(&z, Z_FULL_FLUSH);
		n = room - z.avail_out;
		deflateEnd(&z);
	}
	free(zeros);
	return n;
}

static uLong zero_crc(int64_t blocks)
{
	unsigned char *zeros = calloc(1, BLOCK);
	uLong one = zeros ? crc32(0, zeros, (uInt)BLOCK) : 0, all = 0;

	for (int64_t i = 0; i < blocks; i++)
		all = crc32_combine(all, one, (z_off_t)BLOCK);
	free(zeros);
	return all;
}

static enum MHD_Result send_bomb(struct server *s, struct MHD_Connection *c, const char *rest)
{
	static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
	unsigned char block[8192], tail[10] = {3, 0};
	int64_t mb = number(argument(c, "mb"), 10240);
	size_t n = zero_block(block, sizeof block);
	uLong crc = zero_crc(mb), size = (uLong)((uint64_t)mb * BLOCK & 0xffffffffu);
	struct MHD_Response *r;
	struct buf b;

	(void)s;
	(void)rest;
	buf_init(&b, FILE_MAX);
	buf_add(&b, head, sizeof head);
	for (int64_t i = 0; i < mb; i++)
		buf_add(&b, block, n);
	for (int i = 0; i < 4; i++) {
		tail[2 + i] = (unsigned char)(crc >> (8 * i) & 0xff);
		tail[6 + i] = (unsigned char)(size >> (8 * i) & 0xff);
	}
	buf_add(&b, tail, sizeof tail);
	r = b.fault ? NULL : MHD_create_response_from_buffer(b.len, b.data, MHD_RESPMEM_MUST_COPY);
	buf_fini(&b);
	if (r) {
		MHD_add_response_header(r, "Content-Encoding", "gzip");
		MHD_add_response_header(r, "Content-Type", "application/xml");
	}
	return send_response(c, 200, r);
}

/* ---- files -------------------------------------------------------------- */

static const char *type_of(const char *path)
{
	static const char *const types[][2] = {
		{".xml", "application/xml"},
		{".rss", "application/rss+xml"},
		{".atom", "application/atom+xml"},
		{".rdf", "application/rdf+xml"},
		{".json", "application/json"},
		{".html", "text/html"},
		{".txt", "text/plain; charset=utf-8"},
		{".gz", "application/gzip"},
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_has_suffix(str_of(path), types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

static void replace_header(struct MHD_Response *r, const char *key, const char *value)
{
	const char *old;
	char copy[4096];

	while ((old = MHD_get_response_header(r, key)) != NULL) {
		snprintf(copy, sizeof copy, "%s", old);
		if (MHD_del_response_header(r, key, copy) != MHD_YES)
			break;
	}
	MHD_add_response_header(r, key, value);
}

/* The lines of NAME.headers; returns the status they set, or 0. */
static unsigned int add_sidecar(struct MHD_Response *r, const char *path)
{
	struct buf name, text;
	struct str rest, line;
	unsigned int status = 0;

	buf_init(&name, 8192);
	buf_init(&text, 65536);
	buf_addf(&name, "%s.headers", path);
	if (path_read(buf_str(&name), &text, NULL) != ERR_OK)
		buf_clear(&text);
	rest = str_of(buf_str(&text));
	while (rest.p) {
		char key[256], value[4096];
		size_t colon;
		line = str_trim(str_split(&rest, '\n'));
		if (str_has_prefix(line, "STATUS ")) {
			int64_t n = 0;
			if (str_to_int(str_sub(line, 7, line.n), 100, 999, &n))
				status = (unsigned int)n;
			continue;
		}
		colon = str_find(line, ":", 0);
		if (colon >= line.n)
			continue;
		struct str v = str_trim(str_sub(line, colon + 1, line.n));
		snprintf(key, sizeof key, "%.*s", (int)colon, line.p);
		snprintf(value, sizeof value, "%.*s", (int)v.n, v.p);
		replace_header(r, key, value);
	}
	buf_fini(&name);
	buf_fini(&text);
	return status;
}

static bool is_unchanged(struct MHD_Connection *c, const char *etag, const char *modified)
{
	const char *match = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match");
	const char *since = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-Modified-Since");

	if (match)
		return strcmp(match, etag) == 0;
	return since && strcmp(since, modified) == 0;
}

static void make_validators(const struct stat *st, char etag[64], char modified[64])
{
	struct tm tm;

	snprintf(etag, 64, "\"%llx-%llx-%llx\"", (unsigned long long)st->st_mtim.tv_sec,
		(unsigned long long)st->st_mtim.tv_nsec, (unsigned long long)st->st_size);
	gmtime_r(&st->st_mtim.tv_sec, &tm);
	strftime(modified, 64, "%a, %d %b %Y %H:%M:%S GMT", &tm);
}

static enum MHD_Result send_path(struct MHD_Connection *c, const char *path)
{
	struct MHD_Response *r;
	struct stat st;
	struct buf body;
	char etag[64] = "", modified[64] = "";
	unsigned int status = 200, forced;

	buf_init(&body, FILE_MAX);
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
		path_read(path, &body, NULL) != ERR_OK) {
		status = 404;
		buf_clear(&body);
		buf_add_str(&body, "not here\n");
	} else {
		make_validators(&st, etag, modified);
	}
	if (*etag && is_unchanged(c, etag, modified)) {
		status = 304;
		buf_clear(&body);
	}
	r = MHD_create_response_from_buffer(
		body.len, (void *)(uintptr_t)buf_str(&body), MHD_RESPMEM_MUST_COPY);
	buf_fini(&body);
	if (!r)
		return MHD_NO;
	if (*etag) {
		MHD_add_response_header(r, "ETag", etag);
		MHD_add_response_header(r, "Last-Modified", modified);
		MHD_add_response_header(r, "Content-Type", type_of(path));
	}
	forced = add_sidecar(r, path);
	return send_response(c, forced && status != 304 ? forced : status, r);
}

static enum MHD_Result send_file(struct server *s, struct MHD_Connection *c, const char *path)
{
	char *full;
	enum MHD_Result ok;

	if (!s->dir || strstr(path, ".."))
		return send_text(c, 404, "not here\n");
	full = path_join(s->dir, *path == '/' ? path + 1 : path);
	ok = full ? send_path(c, full) : MHD_NO;
	free(full);
	return ok;
}

/* ---- which answer ------------------------------------------------------- */

static const struct {
	const char *prefix;
	enum MHD_Result (*send)(struct server *s, struct MHD_Connection *c, const char *rest);
} routes[] = {
	{"/status/", send_status},
	{"/redirect", send_redirect},
	{"/retry-after/", send_retry_after},
	{"/chain", send_chain},
	{"/slow", send_slow},
	{"/big", send_big},
	{"/bomb", send_bomb},
	{"/headers", send_many_headers},
	{"/log", send_log},
	{"/clear", clear_log},
};

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **request)
{
	struct server *s = arg;

	(void)version;
	(void)upload;
	(void)upload_size;
	(void)request;
	if (strcmp(url, "/log") != 0 && strcmp(url, "/clear") != 0)
		log_request(s, c, method, url);
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		size_t n = strlen(routes[i].prefix);
		bool whole = routes[i].prefix[n - 1] != '/';
		if (strncmp(url, routes[i].prefix, n) == 0 && (!whole || url[n] == '\0'))
			return routes[i].send(s, c, url + n);
	}
	return send_file(s, c, url);
}

static int listen_on(const char *address, int *port)
{
	struct sockaddr_in a;
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memset(&a, 0, sizeof a);
	a.sin_family = AF_INET;
	a.sin_port = htons((uint16_t)*port);
	if (fd < 0 || inet_pton(AF_INET, address, &a.sin_addr) != 1 ||
		bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 64) != 0 ||
		getsockname(fd, (struct sockaddr *)&a, &n) != 0)
		return -1;
	*port = ntohs(a.sin_port);
	return fd;
}

/* ---- life --------------------------------------------------------------- */

static void wait_for_end(struct sig *sig)
{
	char byte;

	for (;;) {
		struct pollfd p[2] = {{STDIN_FILENO, POLLIN, 0}, {sig->fd, POLLIN, 0}};
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			return;
		if (sig_stop_asked(sig))
			return;
		if (p[0].revents && read(STDIN_FILENO, &byte, 1) <= 0)
			return;
	}
}

int main(int argc, char **argv)
{
	struct server s = {.dir = NULL};
	struct raw raw = {.fd = -1};
	struct sig sig = SIG_NONE;
	struct MHD_Daemon *daemon;
	const char *address = "127.0.0.1";
	int port = 0, raw_port = 0, fd;

	for (int i = 1; i < argc; i += 2) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (value && strcmp(argv[i], "--dir") == 0) {
			s.dir = value;
		} else if (value && strcmp(argv[i], "--address") == 0) {
			address = value;
		} else if (value && strcmp(argv[i], "--port") == 0) {
			port = (int)number(value, 0);
		} else if (value && strcmp(argv[i], "--raw-port") == 0) {
			raw_port = (int)number(value, 0);
		} else {
			fputs("usage: testserver [--dir DIR] [--address IP] [--port N] "
			      "[--raw-port N]\n",
				stderr);
			return 2;
		}
	}
	pthread_mutex_init(&s.lock, NULL);
	buf_init(&s.log, LOG_MAX);
	fd = listen_on(address, &port);
	raw.fd = listen_on(address, &raw_port);
	raw.dir = s.dir;
	raw.log = log_raw;
	raw.log_arg = &s;
	if (fd < 0 || raw.fd < 0 || sig_open(&sig, NULL) != ERR_OK)
		return 3;
	daemon = MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0,
		NULL, NULL, on_request, &s, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_LIMIT, MHD_OPTION_END);
	if (!daemon || !raw_start(&raw))
		return 3;
	printf("PORT %d\nRAW %d\n", port, raw_port);
	fflush(stdout);
	wait_for_end(&sig);
	/* Threads may be in the middle of an endless answer: the process ends, not they. */
	_exit(0);
}
