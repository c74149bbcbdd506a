/*
 * bench_feed.c - how fast feeds become items, beside what libxml2 alone needs to read
 * the same bytes into a tree and walk over its texts.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "crawler/document.h"
#include "tests/bench/corpus.h"

#define ITEMS ((size_t)10000) /* a round, whatever the size of its feeds */

struct feeds {
	struct buf *feed;
	size_t count, bytes, items_each;
};

static void make_feeds(struct feeds *f, const struct corpus *c, size_t items_each)
{
	f->items_each = items_each;
	f->count = ITEMS / items_each;
	f->bytes = 0;
	f->feed = calloc(f->count, sizeof *f->feed);
	if (!f->feed)
		corpus_die("feeds", "no memory");
	for (size_t i = 0; i < f->count; i++) {
		buf_init(&f->feed[i], DOCUMENT_BYTES_MAX);
		corpus_add_feed(&f->feed[i], c, i * items_each, items_each);
		f->bytes += f->feed[i].len;
	}
}

static void free_feeds(struct feeds *f)
{
	for (size_t i = 0; i < f->count; i++)
		buf_fini(&f->feed[i]);
	free(f->feed);
}

static void parse_all(const struct feeds *f, struct arena *a)
{
	struct document_input in = {.type = DOCUMENT_FEED,
		.url = "https://www.example.gov.cn/rss.xml",
		.content_type = "text/xml; charset=utf-8",
		.now = 1795481781};
	struct document doc;
	struct err e = {ERR_OK, ""};

	for (size_t i = 0; i < f->count; i++) {
		in.data = buf_str(&f->feed[i]);
		in.size = f->feed[i].len;
		memset(&doc, 0, sizeof doc);
		corpus_check(document_parse(&in, a, &doc, &e), &e);
		if (doc.count != f->items_each || doc.feed.malformed)
			corpus_die("parse", "not the items that went in");
		arena_reset(a);
	}
}

/* The next node in document order; NULL behind the last. */
static xmlNode *next_node(xmlNode *n)
{
	if (n->children && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n && !n->next)
		n = n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL;
	return n ? n->next : NULL;
}

static size_t walk_texts(xmlDoc *doc)
{
	size_t bytes = 0;

	for (xmlNode *n = xmlDocGetRootElement(doc); n; n = next_node(n))
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
			bytes += strlen((const char *)n->content);
	return bytes;
}

static void walk_all(const struct feeds *f)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct buf *b = &f->feed[i];
		xmlDoc *doc = xmlReadMemory(buf_str(b), (int)b->len, NULL, NULL, XML_PARSE_NONET);
		if (!doc || walk_texts(doc) == 0)
			corpus_die("libxml2", "cannot read a feed");
		xmlFreeDoc(doc);
	}
}

static void report(const char *what, const struct feeds *f, struct corpus_time t)
{
	printf("  %-16s %9.0f items/s  %6.1f MB/s  (cpu %.3f s, wall %.3f s)\n", what,
		(double)(f->count * f->items_each) / t.cpu, (double)f->bytes / t.cpu / 1e6, t.cpu,
		t.wall);
}

static void measure(const struct corpus *c, size_t items_each, struct arena *a)
{
	struct corpus_time ours[CORPUS_ROUNDS], theirs[CORPUS_ROUNDS], o, t;
	struct feeds f;

	make_feeds(&f, c, items_each);
	parse_all(&f, a); /* warm up */
	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		struct corpus_time from = corpus_now();
		parse_all(&f, a);
		ours[i] = corpus_since(from);
		from = corpus_now();
		walk_all(&f);
		theirs[i] = corpus_since(from);
	}
	o = corpus_median(ours);
	t = corpus_median(theirs);
	printf("%zu feeds of %zu items, %.1f kB each\n", f.count, items_each,
		(double)f.bytes / (double)f.count / 1e3);
	report("document_parse", &f, o);
	report("libxml2 alone", &f, t);
	printf("  %-16s %9.2f x the cpu time\n", "ratio", o.cpu / t.cpu);
	free_feeds(&f);
}

int main(void)
{
	static const size_t sizes[] = {20, 100, 500};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct corpus c;

	if (!a)
		corpus_die("arena", "no memory");
	corpus_init(&c, ITEMS);
	printf("feeds, RSS 2.0, half CDATA, half escaped; %zu texts (%s); median of %d\n", c.count,
		c.from, CORPUS_ROUNDS);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		measure(&c, sizes[i], a);
	corpus_fini(&c);
	arena_free(a);
	xmlCleanupParser();
	return 0;
}
