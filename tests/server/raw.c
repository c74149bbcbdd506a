/*
 * raw.c - answers over plain sockets, a thread a connection.
 */
#include "tests/server/raw.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/str.h"

#define FILE_MAX ((size_t)64 << 20)

struct raw_peer {
	struct raw *raw;
	int fd;
};

/* ---- raw sockets -------------------------------------------------------- */

static bool say(int fd, const char *text, size_t n)
{
	while (n) {
		ssize_t put = send(fd, text, n, MSG_NOSIGNAL);
		if (put <= 0)
			return false;
		text += put;
		n -= (size_t)put;
	}
	return true;
}

static int64_t raw_argument(const char *request, const char *name, int64_t fallback)
{
	const char *at = strstr(request, name);
	struct str v;
	size_t n = 0;

	if (!at)
		return fallback;
	v = str_of(at + strlen(name));
	while (n < v.n && str_is_digit((unsigned char)v.p[n]))
		n++;
	/* Leaves the fallback alone when it is no number. */
	(void)str_to_int(str_sub(v, 0, n), 0, 1 << 30, &fallback);
	return fallback;
}

static void say_body(int fd, int64_t n, int64_t length)
{
	char head[200];

	snprintf(head, sizeof head,
		"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %lld\r\n\r\n",
		(long long)length);
	if (!say(fd, head, strlen(head)))
		return;
	while (n-- > 0 && say(fd, "<", 1))
		;
}

/* "GET /cut/NAME?…" -> the file; false when there is none. */
static bool read_named(
	const struct raw *r, const char *request, const char *prefix, struct buf *out)
{
	const char *at = strstr(request, prefix);
	char name[256];
	char *path;
	size_t n;
	bool ok;

	if (!at || !r->dir)
		return false;
	at += strlen(prefix);
	n = strcspn(at, "? ");
	snprintf(name, sizeof name, "%.*s", (int)n, at);
	path = strstr(name, "..") ? NULL : path_join(r->dir, name);
	ok = path && path_read(path, out, NULL) == ERR_OK;
	free(path);
	return ok;
}

static void reset_at_close(int fd)
{
	struct linger now = {1, 0};

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

static void say_cut(const struct raw *r, int fd, const char *request)
{
	struct buf body;
	char head[200];
	size_t n;

	buf_init(&body, FILE_MAX);
	if (read_named(r, request, "/cut/", &body)) {
		n = (size_t)raw_argument(request, "after=", (int64_t)body.len);
		n = n > body.len ? body.len : n;
		snprintf(head, sizeof head,
			"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
			"ETag: \"cut\"\r\nContent-Length: %zu\r\n\r\n",
			body.len);
		if (say(fd, head, strlen(head)))
			(void)say(fd, buf_str(&body), n);
		if (strstr(request, "how=reset"))
			reset_at_close(fd);
	}
	buf_fini(&body);
}

static void say_half_chunk(const struct raw *r, int fd, const char *request)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
				   "ETag: \"chunk\"\r\nTransfer-Encoding: chunked\r\n\r\n";
	struct buf body;
	char size[32];
	size_t n;

	buf_init(&body, FILE_MAX);
	if (read_named(r, request, "/half-chunk/", &body)) {
		n = (size_t)raw_argument(request, "after=", (int64_t)body.len);
		n = n > body.len ? body.len : n;
		snprintf(size, sizeof size, "%zx\r\n", n);
		(void)(say(fd, head, sizeof head - 1) && say(fd, size, strlen(size)) &&
			say(fd, buf_str(&body), n) && say(fd, "\r\n", 2));
	}
	buf_fini(&body);
}

static void say_loris(int fd)
{
	struct timespec second = {1, 0};
	bool ok = say(fd, "HTTP/1.1 200 OK\r\nX-Loris: ", 26);

	while (ok) {
		nanosleep(&second, NULL);
		ok = say(fd, "l", 1);
	}
}

static void say_endless_headers(int fd)
{
	static const char line[] = "X-Endless: hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh\r\n";
	bool ok = say(fd, "HTTP/1.1 200 OK\r\n", 17);

	while (ok)
		ok = say(fd, line, sizeof line - 1);
}

static void say_nothing(int fd)
{
	char byte;

	while (recv(fd, &byte, 1, 0) > 0)
		;
}

static void answer(const struct raw *r, int fd, const char *request)
{
	if (strstr(request, "/endless-headers")) {
		say_endless_headers(fd);
	} else if (strstr(request, "/loris")) {
		say_loris(fd);
	} else if (strstr(request, "/reset")) {
		say_body(fd, raw_argument(request, "after=", 10), 100000);
		reset_at_close(fd);
	} else if (strstr(request, "/short")) {
		say_body(fd, raw_argument(request, "after=", 10),
			raw_argument(request, "length=", 1000));
	} else if (strstr(request, "/cut/")) {
		say_cut(r, fd, request);
	} else if (strstr(request, "/half-chunk/")) {
		say_half_chunk(r, fd, request);
	} else if (strstr(request, "/silent")) {
		say_nothing(fd);
	} else {
		(void)say(fd, "\x01\x02no HTTP at all\r\n\r\n", 20);
	}
}

static void *serve(void *arg)
{
	struct raw_peer *p = arg;
	char request[4096];
	ssize_t n = recv(p->fd, request, sizeof request - 1, 0);
	char *end;

	request[n > 0 ? n : 0] = '\0';
	end = strchr(request, '\r');
	if (end)
		*end = '\0';
	p->raw->log(p->raw->log_arg, request);
	if (n > 0)
		answer(p->raw, p->fd, request);
	close(p->fd);
	free(p);
	return NULL;
}

static void *accept_all(void *arg)
{
	struct raw *r = arg;

	for (;;) {
		struct raw_peer *p = malloc(sizeof *p);
		pthread_t thread;
		if (!p)
			return NULL;
		p->raw = r;
		p->fd = accept(r->fd, NULL, NULL);
		if (p->fd < 0 || pthread_create(&thread, NULL, serve, p) != 0) {
			free(p);
			return NULL;
		}
		pthread_detach(thread);
	}
}

bool raw_start(struct raw *r)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, accept_all, r) == 0;
}
