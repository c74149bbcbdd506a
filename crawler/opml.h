/*
 * opml.h - subscription lists: OPML 1.0, 1.1 and 2.0, in and out.
 *
 * In: every <outline> with an address is an entry, however deep it stands; the outlines
 * round it are its category ("政府 / 市直"). Real files have stray "&", attributes in any case,
 * cut ends: they are read as far as they go, and `complete` says whether that was all. There
 * is no XML parser behind it: tags and attributes only, in one pass; no entity but characters,
 * no document type, nothing outside is ever opened.
 * Out: OPML 2.0 (or 1.0). A source that is no feed is written as type="link" so that other
 * readers leave it alone; what only Huiying knows (kind, id, every …) stands in attributes
 * of a namespace of its own.
 */
#ifndef CRAWLER_OPML_H
#define CRAWLER_OPML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "crawler/source.h"

#define OPML_BYTES_MAX ((size_t)8 << 20)
#define OPML_ENTRIES_MAX 20000
#define OPML_DEPTH_MAX 64 /* of categories; what stands deeper takes the 64th's */
#define OPML_NAMESPACE "urn:huiying:sources"

struct opml_entry {
	const char *title; /* "" when it has none */
	const char *url; /* as written; NULL: a leaf without an address */
	const char *category; /* "" at the top */
	const char *id, *kind, *every, *charset; /* Huiying's own, or NULL */
	bool local, off; /* likewise */
	int line;
};

struct opml {
	struct opml_entry *entries;
	size_t count;
	bool complete; /* </opml> was reached */
};

/* text: UTF-8. ERR_INPUT when it is no OPML, ERR_LIMIT beyond the limits. */
enum err_code opml_parse(
	const char *text, size_t n, struct arena *a, struct opml *out, struct err *e);

/* `created` is the moment for dateCreated. version1: OPML 1.0. */
enum err_code opml_write(const struct sources *s, const char *title, int64_t created, bool version1,
	struct buf *out, struct err *e);

#endif
