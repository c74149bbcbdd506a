/*
 * feed_names.c - tables: namespaces, customary prefixes, elements.
 */
#include "crawler/feed_names.h"

#include <string.h>
#include <strings.h>

struct ns_row {
	const char *text;
	enum feed_ns ns;
};

static const struct ns_row uris[] = {
	{"http://www.w3.org/2005/atom", FEED_NS_ATOM10},
	{"https://www.w3.org/2005/atom", FEED_NS_ATOM10},
	{"http://purl.org/atom/ns#", FEED_NS_ATOM03},
	{"http://purl.org/atom/ns", FEED_NS_ATOM03},
	{"http://purl.org/pie/", FEED_NS_ATOM03},
	{"http://purl.org/echo/", FEED_NS_ATOM03},
	{"uri/of/echo/namespace#", FEED_NS_ATOM03},
	{"http://example.com/necho", FEED_NS_ATOM03},
	{"http://example.com/newformat#", FEED_NS_ATOM03},
	{"http://purl.org/rss/1.0/", FEED_NS_RSS10},
	{"http://purl.org/rss/1.0", FEED_NS_RSS10},
	{"http://my.netscape.com/rdf/simple/0.9/", FEED_NS_RSS09},
	{"http://channel.netscape.com/rdf/simple/0.9/", FEED_NS_RSS09},
	{"http://blogs.law.harvard.edu/tech/rss", FEED_NS_BASE},
	{"http://cyber.law.harvard.edu/rss/rss.html", FEED_NS_BASE},
	{"http://purl.org/rss/1.0/modules/rss091#", FEED_NS_BASE},
	{"http://www.rssboard.org/rss-specification", FEED_NS_BASE},
	{"http://purl.org/net/rss1.1#", FEED_NS_RSS10},
	{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", FEED_NS_RDF},
	{"http://purl.org/dc/elements/1.1/", FEED_NS_DC},
	{"http://purl.org/dc/elements/1.0/", FEED_NS_DC},
	{"http://purl.org/dc/elements/1.1", FEED_NS_DC},
	{"http://purl.org/dc/terms/", FEED_NS_DCTERMS},
	{"http://purl.org/rss/1.0/modules/dcterms/", FEED_NS_DCTERMS},
	{"http://purl.org/rss/1.0/modules/content/", FEED_NS_CONTENT},
	{"http://www.w3.org/1999/xhtml", FEED_NS_XHTML},
	{"http://search.yahoo.com/mrss/", FEED_NS_MEDIA},
	{"http://search.yahoo.com/mrss", FEED_NS_MEDIA},
	{"http://www.itunes.com/dtds/podcast-1.0.dtd", FEED_NS_ITUNES},
	{"http://example.com/dtds/podcast-1.0.dtd", FEED_NS_ITUNES},
};

static const struct ns_row prefixes[] = {
	{"", FEED_NS_BASE},
	{"rss", FEED_NS_BASE},
	{"atom", FEED_NS_ATOM10},
	{"atom10", FEED_NS_ATOM10},
	{"a10", FEED_NS_ATOM10},
	{"rdf", FEED_NS_RDF},
	{"dc", FEED_NS_DC},
	{"dcterms", FEED_NS_DCTERMS},
	{"content", FEED_NS_CONTENT},
	{"xhtml", FEED_NS_XHTML},
	{"media", FEED_NS_MEDIA},
	{"itunes", FEED_NS_ITUNES},
};

enum feed_ns feed_ns_of_uri(struct str uri)
{
	uri = str_trim(uri);
	for (size_t i = 0; i < sizeof uris / sizeof *uris; i++)
		if (str_is_nocase(uri, uris[i].text))
			return uris[i].ns;
	/* Every address below backend.userland.com/rss is RSS of some version. */
	if (str_is_nocase(str_sub(uri, 0, 31), "http://backend.userland.com/rss"))
		return FEED_NS_BASE;
	return FEED_NS_OTHER;
}

enum feed_ns feed_ns_of_prefix(struct str prefix)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_is_nocase(prefix, prefixes[i].text))
			return prefixes[i].ns;
	return FEED_NS_OTHER;
}

struct element_row {
	const char *local;
	struct feed_meaning meaning;
};

#define FIELD(slot, rank)                                                                          \
	{                                                                                          \
		FEED_ROLE_FIELD, FEED_SLOT_##slot, (rank), false, false                            \
	}
#define FIELD_HTML(slot, rank)                                                                     \
	{                                                                                          \
		FEED_ROLE_FIELD, FEED_SLOT_##slot, (rank), true, false                             \
	}
#define FIELD_XHTML(slot, rank)                                                                    \
	{                                                                                          \
		FEED_ROLE_FIELD, FEED_SLOT_##slot, (rank), false, true                             \
	}
#define ROLE(role)                                                                                 \
	{                                                                                          \
		FEED_ROLE_##role, FEED_SLOT_NONE, 0, false, false                                  \
	}

static const struct element_row base_rows[] = {
	{"title", FIELD(TITLE, 1)},
	{"link", FIELD(LINK, 1)},
	{"guid", FIELD(ID, 1)},
	{"id", FIELD(ID, 1)},
	{"description", FIELD_HTML(SUMMARY, 1)},
	{"summary", FIELD(SUMMARY, 1)},
	{"abstract", FIELD(SUMMARY, 1)},
	{"subtitle", FIELD(SUMMARY, 1)},
	{"tagline", FIELD(SUMMARY, 1)},
	{"content", FIELD(CONTENT, 1)},
	{"encoded", FIELD_HTML(CONTENT, 1)},
	{"fullitem", FIELD_HTML(CONTENT, 1)},
	{"body", FIELD_XHTML(CONTENT, 1)},
	{"pubdate", FIELD(PUBLISHED, 1)},
	{"published", FIELD(PUBLISHED, 1)},
	{"issued", FIELD(PUBLISHED, 1)},
	{"updated", FIELD(UPDATED, 1)},
	{"modified", FIELD(UPDATED, 1)},
	{"lastbuilddate", FIELD(UPDATED, 1)},
	{"created", FIELD(PUBLISHED, 5)},
	{"date", FIELD(DATE, 4)},
	{"pubtime", FIELD(PUBLISHED, 4)},
	{"language", FIELD(LANGUAGE, 1)},
	{"rss", ROLE(ROOT)},
	{"rdf", ROLE(ROOT)},
	{"channel", ROLE(FEED)},
	{"feed", ROLE(FEED)},
	{"item", ROLE(ITEM)},
	{"entry", ROLE(ITEM)},
	{"image", ROLE(SKIP)},
	{"textinput", ROLE(SKIP)},
	{"source", ROLE(SKIP)},
	{"author", ROLE(SKIP)},
	{"contributor", ROLE(SKIP)},
	{"managingeditor", ROLE(SKIP)},
	{"webmaster", ROLE(SKIP)},
};

static const struct element_row dc_rows[] = {
	{"title", FIELD(TITLE, 2)},
	{"description", FIELD_HTML(SUMMARY, 2)},
	{"date", FIELD(DATE, 3)},
	{"identifier", FIELD(ID, 3)},
	{"language", FIELD(LANGUAGE, 2)},
};

static const struct element_row dcterms_rows[] = {
	{"title", FIELD(TITLE, 3)},
	{"abstract", FIELD_HTML(SUMMARY, 3)},
	{"issued", FIELD(PUBLISHED, 2)},
	{"modified", FIELD(UPDATED, 2)},
	{"created", FIELD(PUBLISHED, 5)},
	{"date", FIELD(DATE, 4)},
};

static const struct element_row media_rows[] = {
	{"title", FIELD(TITLE, 4)},
	{"description", FIELD_HTML(SUMMARY, 4)},
	{"text", FIELD_HTML(SUMMARY, 6)},
	{"group", ROLE(WRAP)},
	{"content", ROLE(WRAP)},
};

static const struct element_row itunes_rows[] = {
	{"title", FIELD(TITLE, 5)},
	{"summary", FIELD(SUMMARY, 5)},
	{"subtitle", FIELD(SUMMARY, 7)},
	{"image", ROLE(SKIP)},
	{"owner", ROLE(SKIP)},
};

static const struct element_row content_rows[] = {
	{"encoded", FIELD_HTML(CONTENT, 1)},
};

static const struct element_row xhtml_rows[] = {
	{"body", FIELD_XHTML(CONTENT, 1)},
	{"div", FIELD_XHTML(CONTENT, 2)},
};

static const struct element_row rdf_rows[] = {
	{"rdf", ROLE(ROOT)},
};

struct table {
	const struct element_row *rows;
	size_t count;
};

#define TABLE(t)                                                                                   \
	{                                                                                          \
		(t), sizeof(t) / sizeof *(t)                                                       \
	}

static const struct table tables[] = {
	[FEED_NS_OTHER] = {NULL, 0},
	[FEED_NS_BASE] = TABLE(base_rows),
	[FEED_NS_RSS10] = TABLE(base_rows),
	[FEED_NS_RSS09] = TABLE(base_rows),
	[FEED_NS_ATOM10] = TABLE(base_rows),
	[FEED_NS_ATOM03] = TABLE(base_rows),
	[FEED_NS_RDF] = TABLE(rdf_rows),
	[FEED_NS_DC] = TABLE(dc_rows),
	[FEED_NS_DCTERMS] = TABLE(dcterms_rows),
	[FEED_NS_CONTENT] = TABLE(content_rows),
	[FEED_NS_XHTML] = TABLE(xhtml_rows),
	[FEED_NS_MEDIA] = TABLE(media_rows),
	[FEED_NS_ITUNES] = TABLE(itunes_rows),
};

struct feed_meaning feed_meaning_of(enum feed_ns ns, struct str local)
{
	const struct table *t = &tables[ns];

	if (local.n == 0)
		return (struct feed_meaning)ROLE(NONE);
	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].local[0] == str_lower(local.p[0]) &&
			strncasecmp(t->rows[i].local, local.p, local.n) == 0 &&
			t->rows[i].local[local.n] == '\0')
			return t->rows[i].meaning;
	return (struct feed_meaning)ROLE(NONE);
}
