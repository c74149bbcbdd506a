/*
 * document.h - the one door to all document parsers: bytes in, items out.
 *
 * Pure: no network, no files, no clock (`now` is given: the time of fetching).
 * Malformed but readable is ERR_OK with feed.malformed; unreadable is ERR_INPUT.
 * Never more than DOCUMENT_ITEMS_MAX items (ERR_LIMIT beyond, nothing silently cut).
 */
#ifndef CRAWLER_DOCUMENT_H
#define CRAWLER_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/time.h"
#include "crawler/item.h"

#define DOCUMENT_BYTES_MAX ((size_t)8 << 20)
#define DOCUMENT_ITEMS_MAX 50000 /* as many as a sitemap may name */

/* For main(), before anything is parsed and before threads: from here on a want of memory while
 * XML or HTML is read ends the program (base/memory.h). Without it libxml2 loses parts of a page
 * in silence, or runs into what it did not get. */
void document_init(void);

enum document_type {
	DOCUMENT_AUTO,
	DOCUMENT_FEED,
	DOCUMENT_LIST,
	DOCUMENT_ARTICLE,
	DOCUMENT_SITEMAP,
	DOCUMENT_JSON,
	DOCUMENT_TABLE
};

/* Where the parts of a row stand: XPath for pages, JSON Pointer for JSON; NULL: found by
 * looking. */
struct document_paths {
	const char *items, *link, *title, *date;
};

struct document_input {
	const char *data;
	size_t size;
	enum document_type type;
	const char *url; /* base for relative links; NULL unknown */
	const char *content_type; /* the HTTP header's value; NULL unknown */
	const char *charset; /* the source's override; NULL none */
	struct document_paths paths;
	int64_t now; /* for relative dates; stored as item.fetched if fetched_known */
	const struct time_zone *zone; /* for times without a zone; NULL is UTC */
};

/* Something about one row of a table. */
struct document_note {
	size_t row; /* from 1 */
	const char *why;
};

struct document {
	bool has_feed;
	struct feed feed;
	struct item *items;
	size_t count;
	bool is_article; /* the one item is an article page */
	bool is_index; /* the items are further documents: a sitemap index */
	const struct document_note *refused; /* rows of a table that are no items */
	size_t refused_count;
	const char *next; /* the page that goes on from here; NULL none */
};

enum err_code document_parse(
	const struct document_input *in, struct arena *arena, struct document *out, struct err *e);
bool document_type_from_name(const char *name, enum document_type *out);

#endif
