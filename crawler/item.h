/*
 * item.h - what a source published, in the one shape that everything behind the
 * parser uses (DESIGN §5.1), and its JSON line.
 *
 * Text is valid UTF-8 in NFC, tags and entities resolved. Absent is NULL or
 * TIME_NONE. All strings belong to the arena the document was parsed into.
 */
#ifndef CRAWLER_ITEM_H
#define CRAWLER_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct item {
	const char *source; /* source id, set by the caller; NULL in plumbing */
	const char *id; /* the document's own guid/id, verbatim */
	const char *link; /* absolute */
	const char *title; /* one line */
	const char *summary; /* plain text */
	const char *content; /* plain text */
	int64_t published, updated, fetched; /* TIME_NONE when absent */
	bool shared_link; /* item_mark_shared_links() */
};

enum feed_format {
	FEED_NONE,
	FEED_RSS20,
	FEED_RSS10,
	FEED_RSS09X,
	FEED_ATOM10,
	FEED_ATOM03,
	FEED_JSON,
	FEED_CDF
};

struct feed {
	const char *title, *link, *id, *subtitle, *language, *encoding;
	int64_t updated;
	enum feed_format format;
	bool malformed;
};

/* Entries of one document that have no id and share a link under different titles: the link is of
 * none of them. False: no memory. */
bool item_mark_shared_links(struct item *items, size_t count, struct arena *a);

/* An item without id is known by its link, one without both, or with a title and the link of
 * a site's front page or one that others share, by its content:
 * "g:" + id, "l:" + the article's key (url_article.h), or "c:" + SHA-256 of title, summary and
 * content. Unique together with the source. Appends to out. */
void item_add_identity(struct buf *out, const struct item *it);

/* One line with its "\n": {"kind":"item",…} and {"kind":"feed",…}. */
void item_add_json(struct buf *out, const struct item *it);
/* {"kind":"article",…}: link, title, published, content. */
void item_add_article_json(struct buf *out, const struct item *it);
/* {"kind":"sitemap",…}: link, updated - a document that an index names. */
void item_add_index_json(struct buf *out, const struct item *it);
void feed_add_json(struct buf *out, const struct feed *f);
/* "rss20", "atom10" … ; "" for FEED_NONE */
const char *feed_format_name(enum feed_format f);

#endif
