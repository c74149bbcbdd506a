/*
 * send.h - one message to one target, and what became of it.
 *
 * HTTP/1.1 or SMTP over TLS: https, smtps, or smtp whose server must offer STARTTLS (plain
 * http, and smtp that needs not, only to the target's allow_private); certificates are
 * verified; no redirects, no proxy, no .netrc; of an answer 64 KiB are read; 20 s. Private
 * addresses are refused but for allow_private (address.h). Whatever fails before the request
 * is whole on the wire was surely not delivered; what fails after it is unknown. A mail that
 * some of its receivers' servers refused is sent, and its receipt says how many did. Words
 * of an answer that hold a part of the address or a secret are hidden.
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
