/*
 * feed_names.h - what the elements of feeds mean, whatever prefix they come with.
 *
 * A namespace is known by its URI; where a prefix is bound to nothing, or to a URI
 * nobody knows, the customary prefix itself counts (dc:date means dc:date). Names
 * are compared without case, because feeds in the wild are written so.
 */
#ifndef CRAWLER_FEED_NAMES_H
#define CRAWLER_FEED_NAMES_H

#include <stdbool.h>

#include "base/str.h"

enum feed_ns {
	FEED_NS_OTHER,
	FEED_NS_BASE, /* RSS of every version, CDF, and no namespace */
	FEED_NS_RSS10,
	FEED_NS_RSS09,
	FEED_NS_ATOM10,
	FEED_NS_ATOM03,
	FEED_NS_RDF,
	FEED_NS_DC,
	FEED_NS_DCTERMS,
	FEED_NS_CONTENT,
	FEED_NS_XHTML,
	FEED_NS_MEDIA,
	FEED_NS_ITUNES,
};

enum feed_slot {
	FEED_SLOT_NONE,
	FEED_SLOT_TITLE,
	FEED_SLOT_LINK,
	FEED_SLOT_ID,
	FEED_SLOT_SUMMARY,
	FEED_SLOT_CONTENT,
	FEED_SLOT_PUBLISHED,
	FEED_SLOT_UPDATED,
	FEED_SLOT_DATE, /* published or updated, whichever is missing */
	FEED_SLOT_LANGUAGE,
	FEED_SLOT_COUNT,
};

enum feed_role {
	FEED_ROLE_NONE,
	FEED_ROLE_FIELD,
	FEED_ROLE_ROOT, /* rss, RDF */
	FEED_ROLE_FEED, /* channel, feed */
	FEED_ROLE_ITEM, /* item, entry */
	FEED_ROLE_WRAP, /* media:group: its children are the item's */
	FEED_ROLE_SKIP, /* image, textInput, source, author: their titles are not ours */
};

struct feed_meaning {
	enum feed_role role;
	enum feed_slot slot;
	int rank; /* 1 is the best source of a slot */
	bool html, xhtml; /* the form when no type says otherwise; else plain */
};

enum feed_ns feed_ns_of_uri(struct str uri);
enum feed_ns feed_ns_of_prefix(struct str prefix); /* customary meaning; OTHER if none */
struct feed_meaning feed_meaning_of(enum feed_ns ns, struct str local);

#endif
