/*
 * feed.h - RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0, CDF: text in UTF-8 to a document.
 *
 * A strict reading by libxml2 (no network, no DTD, no entity declarations, no
 * substitution) first, or by a shorter way to the same result; what is not well-formed is
 * read again by a lenient reader of our own, and the reading with more items counts.
 */
#ifndef CRAWLER_FEED_H
#define CRAWLER_FEED_H

#include "crawler/document.h"

/* text: the whole document, valid UTF-8 without byte order mark. ERR_INPUT when it
 * is no feed. Sets feed.malformed, not feed.encoding. */
enum err_code feed_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e);

/* Does the text look like a feed in XML, judging by its first element? */
bool feed_is_likely(const char *text, size_t n);

#endif
