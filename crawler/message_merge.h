/*
 * message_merge.h - several messages to one target in one, when more wait than its pace
 * admits: their number as title, their words below each other, urgent if one of them is.
 */
#ifndef CRAWLER_MESSAGE_MERGE_H
#define CRAWLER_MESSAGE_MERGE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "crawler/message.h"

#define MESSAGE_MERGE_EXTRA 64 /* bytes that each may take beside its words */

/* n >= 1; one stays as it is. The strings of *out live in the list and in `text`. */
enum err_code message_merge(
	const struct message *list, size_t n, struct buf *text, struct message *out, struct err *e);

#endif
