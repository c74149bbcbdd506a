/*
 * The door of the document parsers: kinds, charsets, limits, hostile documents, and
 * random damage to good feeds (FUZZ_ROUNDS of them, within a bounded time).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "crawler/charset.h"
#include "crawler/document.h"

#define NOW INT64_C(1795395600)
#define ROUNDS 8000
#define FUZZ_SECONDS 20

static enum err_code parse(const char *data, size_t n, const char *content_type, struct arena *a,
	struct document *doc, struct err *e)
{
	struct document_input in = {.data = data,
		.size = n,
		.type = DOCUMENT_AUTO,
		.url = "http://base.example/feed",
		.content_type = content_type,
		.now = NOW};

	err_clear(e);
	return document_parse(&in, a, doc, e);
}

/* ---- kinds ---- */

static void test_types(void **state)
{
	static const char *const types[] = {"feed", "list", "article", "sitemap", "json"};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct document doc;
	struct err e;

	(void)state;
	/* A document without anything in it is no document of any type. */
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct document_input in = {.data = "<p/>", .size = 4};
		assert_true(document_type_from_name(types[i], &in.type));
		assert_int_equal(document_parse(&in, a, &doc, &e), ERR_INPUT);
	}
	enum document_type type;
	assert_false(document_type_from_name("xml", &type));
	arena_free(a);
}

static void test_no_feed(void **state)
{
	static const char page[] = "<html><head><link rel='alternate' type='application/rss+xml' "
				   "href='/rss.xml'></head><body>x</body></html>";
	static const char *const others[] = {"", "  \n", "hello", "<html></html>", "[1,2]", "{}",
		"{\"error\":\"x\",\"title\":\"y\"}", "{\"_x\":1}", "\0\0\0\0"};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct document doc;
	struct err e;

	(void)state;
	assert_int_equal(parse(page, sizeof page - 1, NULL, a, &doc, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "/rss.xml"));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(parse(others[i], strlen(others[i]), NULL, a, &doc, &e), ERR_INPUT);
	assert_int_equal(parse("\0\0\0\0", 4, NULL, a, &doc, &e), ERR_INPUT);
	arena_free(a);
}

/* A JSON Feed without items is a feed; NaN is a name like another. */
static void test_bare_json_feed(void **state)
{
	static const char bare[] = "{\"_note\":1,\"title\":\"T\"}";
	static const char nan[] = "{\"items\":[{\"id\":NaN,\"title\":\"t\"}]}";
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct document doc;
	struct err e;

	(void)state;
	assert_int_equal(parse(bare, sizeof bare - 1, NULL, a, &doc, &e), ERR_OK);
	assert_string_equal(doc.feed.title, "T");
	assert_int_equal(doc.count, 0);
	assert_true(doc.feed.malformed);
	assert_int_equal(parse(nan, sizeof nan - 1, NULL, a, &doc, &e), ERR_OK);
	assert_string_equal(doc.items[0].id, "NaN");
	arena_free(a);
}

static void test_identity(void **state)
{
	struct item it = {.id = "x", .link = "HTTP://A.example:80/1#f", .title = "甲"};
	struct item other = {.title = "甲乙"}, moved = {.title = "甲", .summary = "乙"};
	struct buf a, b;

	(void)state;
	assert_int_equal(hash_init(NULL), ERR_OK);
	buf_init(&a, BUF_MAX_DEFAULT);
	buf_init(&b, BUF_MAX_DEFAULT);
	item_add_identity(&a, &it);
	assert_string_equal(buf_str(&a), "g:x");
	it.id = NULL;
	buf_clear(&a);
	item_add_identity(&a, &it);
	assert_string_equal(buf_str(&a), "l:a.example/1");
	it.link = "http://a.example/"; /* the site's front page */
	buf_clear(&a);
	item_add_identity(&a, &it);
	assert_int_equal(a.len, 2 + 64);
	it.title = NULL; /* as a sitemap names it */
	buf_clear(&a);
	item_add_identity(&a, &it);
	assert_string_equal(buf_str(&a), "l:a.example/");
	buf_clear(&a);
	item_add_identity(&a, &other);
	item_add_identity(&b, &moved);
	assert_int_equal(a.len, 2 + 64);
	assert_string_not_equal(buf_str(&a), buf_str(&b));
	buf_fini(&a);
	buf_fini(&b);
}

/* One page for several entries is the address of none of them. */
static void test_shared_links(void **state)
{
	struct item items[] = {
		{.link = "http://a.example/1", .title = "甲"},
		{.link = "http://a.example/2", .title = "乙"},
		{.link = "http://a.example/1", .title = "丙"},
		{.link = "http://a.example/2", .title = "乙"},
		{.link = "http://a.example/1", .title = "丁", .id = "d"},
		{.title = "戊"},
	};
	static const bool want[] = {true, false, true, false, false, false};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	(void)state;
	assert_true(item_mark_shared_links(items, 6, a));
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(items[i].shared_link, want[i]);
	assert_true(item_mark_shared_links(NULL, 0, a));
	arena_free(a);
}

static void test_json_lines(void **state)
{
	struct item it = {.id = "1",
		.title = "a\"b",
		.published = 0,
		.updated = TIME_NONE,
		.fetched = TIME_NONE};
	struct feed f = {.title = "T", .updated = TIME_NONE, .format = FEED_ATOM03};
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	item_add_json(&b, &it);
	feed_add_json(&b, &f);
	assert_string_equal(buf_str(&b),
		"{\"kind\":\"item\",\"id\":\"1\",\"title\":\"a\\\"b\","
		"\"published\":\"1970-01-01T00:00:00Z\"}\n"
		"{\"kind\":\"feed\",\"title\":\"T\",\"format\":\"atom03\",\"malformed\":false}\n");
	buf_fini(&b);
}

/* ---- hostile documents ---- */

struct made {
	struct buf b;
};

static void repeat(struct buf *b, const char *s, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add_str(b, s);
}

static int64_t cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The bound that matters is that time grows with the size of the input, not with
 * what it asks for. Sanitizers slow large allocations several times over. */
#ifdef __SANITIZE_ADDRESS__
#define BOUND_MS 10000
#else
#define BOUND_MS 2000
#endif

static void check_bounded(struct buf *b, const char *name, size_t most)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct document doc;
	struct err e;
	int64_t start = cpu_ms();
	enum err_code rc = parse(buf_str(b), b->len, NULL, a, &doc, &e);
	int64_t took = cpu_ms() - start;

	assert_int_equal(b->fault, ERR_OK);
	if (took > BOUND_MS || arena_used(a) > most)
		print_error("%s: %lld ms, %zu bytes\n", name, (long long)took, arena_used(a));
	assert_true(took <= BOUND_MS);
	assert_true(arena_used(a) <= most);
	assert_true(rc == ERR_OK || rc == ERR_INPUT || rc == ERR_LIMIT);
	arena_free(a);
	buf_clear(b);
}

static void check_declarations(struct buf *b)
{
	buf_add_str(b, "<!DOCTYPE r [<!ENTITY a0 'ha'>");
	for (int i = 1; i < 40; i++)
		buf_addf(b, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;'>", i, i - 1,
			i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	buf_add_str(b, "]><rss><channel><item><title>&a39;</title></item></channel></rss>");
	check_bounded(b, "laughs", 1 << 20);

	buf_add_str(b, "<!DOCTYPE r [<!ENTITY a '");
	repeat(b, "aaaaaaaaaa", 5000);
	buf_add_str(b, "'>]><rss><channel><item><title>");
	repeat(b, "&a;", 50000);
	buf_add_str(b, "</title></item></channel></rss>");
	check_bounded(b, "quadratic", 4 << 20);

	buf_add_str(b, "<!DOCTYPE r [<!ATTLIST a b (x");
	for (int i = 0; i < 300000; i++)
		buf_addf(b, "|x%d", i);
	buf_add_str(b, ") #IMPLIED>]><rss><channel><item/></channel></rss>");
	check_bounded(b, "enumeration", 1 << 20);

	buf_add_str(b, "<!DOCTYPE r [");
	for (int i = 0; i < 20000; i++)
		buf_addf(b, "<!ENTITY %% p%d '&#37;p%d;&#37;p%d;'> %%p%d;", i, i, i, i);
	buf_add_str(b, "]><rss><channel><item/></channel></rss>");
	check_bounded(b, "parameters", 1 << 20);
}

static void check_markup(struct buf *b)
{
	buf_add_str(b, "<rss><channel><item><description>");
	repeat(b, "&lt;div&gt;", 700000);
	check_bounded(b, "divs", 32 << 20);

	buf_add_str(b, "<rss><channel>");
	repeat(b, "<a>", 2000000);
	check_bounded(b, "deep", 1 << 20);

	buf_add_str(b, "<rss><channel><item><description><![CDATA[");
	repeat(b, "<a href=\"", 800000);
	check_bounded(b, "quotes", 32 << 20);

	buf_add_str(b, "<rss><channel><item><description><![CDATA[");
	repeat(b, "<!--", 2000000);
	check_bounded(b, "comments", 32 << 20);

	buf_add_str(b, "<rss><channel><item><description><![CDATA[");
	repeat(b, "<p hidden>", 800000);
	check_bounded(b, "hidden", 32 << 20);

	buf_add_str(b, "<rss><channel><item><description><![CDATA[");
	repeat(b, "<select><script>", 500000);
	check_bounded(b, "dropped", 32 << 20);
}

static void check_unfinished(struct buf *b)
{
	buf_add_str(b, "<rss><channel>");
	repeat(b, "<item", 1600000);
	check_bounded(b, "unfinished tags", 64 << 20);

	buf_add_str(b, "<rss><channel><item><description>");
	repeat(b, "<![CDATA[", 800000);
	check_bounded(b, "sections", 32 << 20);

	repeat(b, "<!DOCTYPE [", 700000);
	check_bounded(b, "doctypes", 1 << 20);

	repeat(b, "[", 4000000);
	check_bounded(b, "arrays", 1 << 20);

	buf_add_str(b, "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[");
	repeat(b, "{\"id\":\"1\"},", 100000);
	buf_add_str(b, "{}]}");
	check_bounded(b, "too many items", 32 << 20);

	buf_add_str(b, "<rss><channel><item><title>e");
	repeat(b, "\xCC\x81", 2000000);
	buf_add_str(b, "</title></item></channel></rss>");
	check_bounded(b, "marks", 64 << 20);

	buf_add_str(b, "<rss ");
	for (int i = 0; i < 50000; i++)
		buf_addf(b, "xmlns:a%d='u' ", i);
	buf_add_str(b, "><channel><item/></channel></rss>");
	check_bounded(b, "namespaces", 32 << 20);
}

static void test_bombs(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, DOCUMENT_BYTES_MAX);
	check_declarations(&b);
	check_markup(&b);
	check_unfinished(&b);
	buf_fini(&b);
}

/* ---- random damage ---- */

static const char *const seeds[] = {
	"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
	"xmlns:dc='http://purl.org/dc/elements/1.1/' "
	"xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>某市</title>"
	"<link>http://a.example/</link><item><title>某县&lt;b&gt;供水&lt;/b&gt;</title>"
	"<link>/1?a=1&amp;b=2</link><guid isPermaLink='false'>x-1</guid>"
	"<description><![CDATA[<p>一</p><ul><li>二<li>三</ul><script>x</script>]]></description>"
	"<pubDate>Mon, 23 Nov 2026 09:00:00 +0800</pubDate><dc:date>2026-11-23</dc:date>"
	"<content:encoded>&lt;div hidden&gt;x&lt;/div&gt;&amp;nbsp;&amp;#128;</content:encoded>"
	"</item></channel></rss>",
	"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://x.example/d/'><title>T</title>"
	"<entry><title type='html'>&lt;i&gt;甲&lt;/i&gt;</title><link href='../1'/><id>urn:1</id>"
	"<published>2026-11-23T09:00:00+08:00</published><updated>2026年11月23日 09:00</updated>"
	"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>一<br/>二</p></div>"
	"</content><summary type='application/octet-stream'>5q2j5paH</summary></entry></feed>",
	"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
	"xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel>"
	"<item rdf:about='urn:1'><title>caf&eacute; &copy; "
	"x</title><description>3小时前</description>"
	"</item></rdf:RDF>",
	"<!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY % p SYSTEM "
	"'file:///x'>]><rss><channel><item><title>"
	"&a;&#x4e2d;</title></item></channel></rss>",
	"{\"version\":\"https://jsonfeed.org/version/"
	"1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\","
	"\"url\":\"/1\",\"title\":\"甲\",\"content_html\":\"<p>一</p>\",\"date_published\":"
	"\"2026-11-23T09:00:00+08:00\"}]}",
	"<CHANNEL HREF='http://a.example/'><TITLE>T</TITLE><ITEM HREF='1' "
	"LASTMOD='2026-11-23T01:00Z'>"
	"<TITLE>x</TITLE><ABSTRACT>y</ABSTRACT></ITEM></CHANNEL>",
};

static const char *const pieces[] = {"<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "</item>",
	"<item>", "&#0;", "&#xD800;", "\xFF\xFE", "\xEF\xBB\xBF", "\xC3", "\"", "'", "<title>",
	"\0", "<!DOCTYPE x [", "]>", "xmlns=''", "encoding='gb2312'", "encoding='utf-16'",
	"\xB9\xB2\xCD\xAC", "<p style='display:none'>", "<script>", "=", "/>", "昨天 14:20",
	"\x1b[31m"};

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void mutate(struct buf *b, uint64_t *rng)
{
	size_t changes = 1 + next_random(rng) % 6;

	while (changes-- && b->len > 0) {
		size_t at = next_random(rng) % b->len;
		uint64_t what = next_random(rng) % 5;
		if (what == 0) {
			b->data[at] = (char)next_random(rng);
		} else if (what == 1) {
			buf_truncate(b, at);
		} else {
			struct buf tail;
			const char *p = pieces[next_random(rng) % (sizeof pieces / sizeof *pieces)];
			size_t skip = what == 2 ? next_random(rng) % 20 : 0;
			buf_init(&tail, BUF_MAX_DEFAULT);
			if (at + skip < b->len)
				buf_add(&tail, b->data + at + skip, b->len - at - skip);
			buf_truncate(b, at);
			buf_add(b, p, *p ? strlen(p) : 1);
			buf_add(b, buf_str(&tail), tail.len);
			buf_fini(&tail);
		}
	}
}

static void check_output(const struct document *doc)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	feed_add_json(&b, &doc->feed);
	for (size_t i = 0; i < doc->count; i++) {
		struct json *j = NULL;
		size_t from = b.len;
		item_add_json(&b, &doc->items[i]);
		item_add_identity(&b, &doc->items[i]);
		assert_true(utf8_is_valid(buf_str(&b) + from, b.len - from));
		const char *end = strchr(buf_str(&b) + from, '\n');
		assert_non_null(end);
		assert_int_equal(
			json_read(buf_str(&b) + from, (size_t)(end - buf_str(&b)) - from, &j, NULL),
			ERR_OK);
		const char *title = json_get_str(j, "title");
		for (const char *p = title ? title : ""; *p; p++)
			assert_true((unsigned char)*p >= 0x20 && *p != 0x7F);
		json_free(j);
	}
	buf_fini(&b);
}

static void test_damage(void **state)
{
	const char *wanted = getenv("FUZZ_ROUNDS");
	long rounds = wanted ? strtol(wanted, NULL, 10) : ROUNDS;
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	uint64_t rng = 88172645463325252u;
	int64_t start = cpu_ms();
	struct buf b;

	(void)state;
	assert_int_equal(hash_init(NULL), ERR_OK);
	buf_init(&b, BUF_MAX_DEFAULT);
	for (long i = 0; i < rounds; i++) {
		struct document doc;
		struct err e;
		if (!wanted && cpu_ms() - start > FUZZ_SECONDS * 1000)
			break;
		buf_clear(&b);
		buf_add_str(&b, seeds[next_random(&rng) % (sizeof seeds / sizeof *seeds)]);
		mutate(&b, &rng);
		arena_reset(a);
		if (parse(buf_str(&b), b.len, NULL, a, &doc, &e) == ERR_OK)
			check_output(&doc);
		else
			assert_true(e.code == ERR_INPUT);
	}
	buf_fini(&b);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_no_feed),
		cmocka_unit_test(test_bare_json_feed),
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_shared_links),
		cmocka_unit_test(test_json_lines),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
