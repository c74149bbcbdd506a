/*
 * recognise.h - what kind of source is this document? Asked once, when somebody adds an
 * address; a crawl goes by `kind` in sources.conf.
 */
#ifndef CRAWLER_RECOGNISE_H
#define CRAWLER_RECOGNISE_H

#include <stdbool.h>
#include <stddef.h>

#include "crawler/document.h"

#define RECOGNISE_FEEDS_MAX 10 /* that a page names; further ones are left out */

struct recognised_feed {
	const char *url; /* absolute */
	const char *title; /* "" when it has none */
};

struct recognised {
	enum document_type type; /* never DOCUMENT_AUTO */
	struct document doc; /* what was read; no items when `problem` is set */
	const char *title; /* of the feed or page, one line; NULL: none */
	const char *problem; /* why it cannot be a source; NULL: it can */
	struct recognised_feed feeds[RECOGNISE_FEEDS_MAX];
	size_t feed_count;
};

/* in->type DOCUMENT_AUTO looks at the document itself; another type is taken as told.
 * What cannot be read is ERR_OK with a problem. Everything lives in the arena. */
enum err_code recognise(
	const struct document_input *in, struct arena *a, struct recognised *out, struct err *e);

#endif
