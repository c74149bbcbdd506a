/*
 * jsonfeed.h - JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1).
 */
#ifndef CRAWLER_JSONFEED_H
#define CRAWLER_JSONFEED_H

#include "crawler/document.h"

/* text: UTF-8. ERR_INPUT when it is no JSON, or JSON without feed and items.
 * Repaired, incomplete or mistyped feeds are read with feed.malformed set. */
enum err_code jsonfeed_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e);

/* Does the text begin like JSON? */
bool jsonfeed_is_likely(const char *text, size_t n);

#endif
