/*
 * mail.h - a message as a mail: RFC 5322, MIME (RFC 2045, 2047), UTF-8 in base64. Pure.
 */
#ifndef CRAWLER_MAIL_H
#define CRAWLER_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crawler/message.h"

/* from: "duty@example.gov.cn"; to: addresses with blanks between them; host: for the
 * Message-ID, which is the same for every try of a message. CRLF line ends; no line of more
 * than 78 bytes but long addresses. Nothing of the message can begin a header of its own. */
enum err_code mail_write(const struct message *m, const char *from, const char *to,
	const char *host, int64_t now, struct buf *out, struct err *e);

/* Local part, @, domain; no blanks, controls, angle brackets or commas. */
bool mail_is_address(const char *s, size_t n);

#endif
