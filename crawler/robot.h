/*
 * robot.h - what the robots of chat programs, webhooks and ntfy want to be sent, and what
 * their answers mean. Pure: no socket, no clock.
 *
 * A chat robot may be set to take only messages that hold a keyword: where none of its words is
 * the keyword it stands in front.
 *
 *   wecom     {"msgtype":"text",…}; content of at most 2,048 bytes; errcode 0 is success
 *             in every robot's answer, whatever the HTTP status says
 *   dingtalk  the same shape; signed: timestamp (ms) and base64(HMAC-SHA256(secret,
 *             timestamp "\n" secret)) as parameters of the address
 *   feishu    {"msg_type":"text",…}; signed: HMAC-SHA256 of nothing with the key
 *             timestamp (s) "\n" secret, both in the body; code 0 is success
 *   webhook   {"v":1,"id","kind","urgent","title","text","link","made"} with the headers
 *             Idempotency-Key and, with a secret, X-Huiying-Signature: sha256=HEX, the
 *             HMAC of the body; any 2xx is success
 *   ntfy      published as JSON at the root of the server, the topic is the last part of
 *             the address; Authorization: Bearer with a secret
 */
#ifndef CRAWLER_ROBOT_H
#define CRAWLER_ROBOT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crawler/message.h"
#include "crawler/target.h"

#define ROBOT_HEADERS_MAX 4

struct robot_request {
	struct buf url, body;
	struct buf headers[ROBOT_HEADERS_MAX]; /* "Name: value" */
	size_t header_count;
};

void robot_request_init(struct robot_request *r);
void robot_request_fini(struct robot_request *r); /* wipes what is secret */

struct robot_to {
	enum target_kind kind; /* not TARGET_SMTP */
	const char *url, *secret; /* with their references followed; secret NULL: none */
	const char *keyword; /* stands in every message, or NULL */
};

/* now_ms since 1970. */
enum err_code robot_request(const struct robot_to *to, const struct message *m, int64_t now_ms,
	struct robot_request *out, struct err *e);

/* How many bytes of words one request may hold when several messages go out in it; 0: each
 * message is a request (a webhook, whatever tells copies by an id). */
size_t robot_merges(const struct target *t);

/* What an HTTP answer means; sets result, status, error, retry_after of *out. */
void robot_judge(enum target_kind kind, long status, const char *body, size_t n,
	int64_t retry_after, struct receipt *out);

#endif
