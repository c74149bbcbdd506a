/*
 * transfer.h - one HTTP request and its answer, guarded and bounded.
 *
 * Redirects are not followed here. The address of every socket is judged before it is
 * connected, and again before the request is sent (a kept connection may be reused).
 * Headers of more than 64 KiB, bodies of more than 8 MiB on the wire, slow and silent
 * peers end the transfer. Bodies are kept as they came, without the transfer coding;
 * one over 256 KiB stands in an unlinked temporary file. RFC 9110, 9112.
 */
#ifndef CRAWLER_TRANSFER_H
#define CRAWLER_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define TRANSFER_HEADERS_MAX ((size_t)64 << 10)
#define TRANSFER_BODY_MAX ((size_t)8 << 20)
#define TRANSFER_MEMORY_MAX ((size_t)256 << 10)
/* What is kept of a body that was cut by the cap: enough to see what it was. */
#define TRANSFER_CUT_KEPT ((size_t)64 << 10)

/* The same for all transfers of a run; borrowed. */
struct transfer_settings {
	const char *user_agent;
	const char *ca_file; /* bundle of trusted certificates */
	const char *temp_dir; /* for large bodies */
	long connect_timeout, timeout, low_speed_time; /* seconds */
};

struct transfer_request {
	const char *url;
	bool private_ok; /* no address is refused; such connections are kept apart */
	const char *etag, *last_modified; /* for a conditional request; NULL none */
	bool certificate; /* ask when the host's certificate ends: 0.05 ms a connection */
};

struct transfer_result {
	int status; /* of the last answer; 0: no whole header came */
	const char *error; /* NULL or a kind of warc.h: dns, connect, tls … */
	const char *detail; /* for people; NULL none */
	const char *truncated; /* "length", "time", "disconnect" or NULL */
	int64_t date, ms;
	int64_t retry_after; /* seconds; 0 none */
	const char *ip; /* NULL unknown */
	int64_t cert_expires; /* TIME_NONE: not asked for, or not known */
	struct buf *request, *headers;
	const char *body; /* when body_fd < 0 */
	int body_fd;
	size_t body_size;
};

/* What one transfer leaves for the next: handles, buffers, and the connections to private
 * addresses. (The multi handle keeps the others.) */
struct transfer_pool;
struct transfer;

/* s is borrowed. NULL: no memory. */
struct transfer_pool *transfer_pool_new(const struct transfer_settings *s);
/* When all its transfers were freed and the multi handle is gone. NULL is fine. */
void transfer_pool_free(struct transfer_pool *p);

enum err_code transfer_new(struct transfer_pool *p, const struct transfer_request *r,
	struct transfer **out, struct err *e);
void transfer_free(struct transfer *t); /* back into its pool; NULL is fine */
/* The CURL * to add to a multi handle; CURLOPT_PRIVATE is left to the caller. */
void *transfer_handle(struct transfer *t);
void transfer_set_private(struct transfer *t, void *owner);
/* After curl is done with it; code is its CURLcode. All strings live with t.
 * ERR_IO when the body could not be kept: nothing may be recorded. */
enum err_code transfer_finish(
	struct transfer *t, int code, struct transfer_result *out, struct err *e);

#endif
