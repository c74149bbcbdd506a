/*
 * send.h - one message to one target, and what became of it.
 *
 * HTTP/1.1 or SMTP over TLS (http and smtp only to the target's allow_private); no
 * redirects, no proxy, no .netrc; an answer of at most 64 KiB; 20 s. Private addresses are
 * refused but for allow_private (address.h). Whatever fails before the request is whole on
 * the wire was surely not delivered; what fails after it is unknown.
 */
#ifndef CRAWLER_SEND_H
#define CRAWLER_SEND_H

#include <stdint.h>

#include "base/err.h"
#include "crawler/message.h"
#include "crawler/target.h"

#define SEND_ANSWER_MAX ((size_t)64 << 10)
#define SEND_TIMEOUT 20L /* seconds */
#define SEND_CONNECT_TIMEOUT 8L

struct send_settings {
	const char *ca_file, *user_agent;
	long timeout, connect_timeout; /* seconds */
};

/* Sets everything of *out but id and tries. A wrong setting is MESSAGE_REFUSED with its
 * text; an error only when there is no memory. */
enum err_code send_message(const struct send_settings *s, const struct target *t,
	const struct message *m, struct receipt *out, struct err *e);

#endif
