/*
 * test_feed_usual.c - the short way through XML: whatever it accepts is read by libxml2
 * in just the same way, on good feeds and on damaged ones; and it accepts what is usual.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "crawler/feed_read.h"

#define ROUNDS 20000
#define TEXT_MAX 8192

/* What one reader makes of a text; its strings are in the arena. */
struct outcome {
	struct arena *arena;
	struct document doc;
	struct feed_reading reading;
	enum err_code rc;
	bool given_up;
};

static void read_one(struct outcome *o, struct str text, bool usual)
{
	struct document_input in = {.url = "https://www.example.gov.cn/feeds/rss.xml",
		.type = DOCUMENT_FEED,
		.now = 1795481781};
	struct feed_build *b;

	memset(o, 0, sizeof *o);
	o->arena = arena_new(ARENA_MAX_DEFAULT);
	b = feed_build_new(&in, o->arena, false);
	assert_non_null(b);
	if (usual) {
		o->given_up = !feed_read_usual(b, text.p, text.n);
		o->reading.complete = true;
		o->reading.well_formed = !feed_build_has_undeclared(b);
	} else {
		feed_read_strict(b, text.p, text.n, &o->reading);
	}
	o->rc = feed_build_finish(b, &o->doc, NULL);
	feed_build_free(b);
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_item(const struct item *a, const struct item *b)
{
	return same(a->id, b->id) && same(a->link, b->link) && same(a->title, b->title) &&
	       same(a->summary, b->summary) && same(a->content, b->content) &&
	       a->published == b->published && a->updated == b->updated;
}

static bool same_document(const struct document *a, const struct document *b)
{
	const struct feed *f = &a->feed, *g = &b->feed;
	bool ok = a->count == b->count && same(f->title, g->title) && same(f->link, g->link) &&
		  same(f->id, g->id) && same(f->subtitle, g->subtitle) &&
		  same(f->language, g->language) && f->updated == g->updated &&
		  f->format == g->format;

	for (size_t i = 0; ok && i < a->count; i++)
		ok = same_item(&a->items[i], &b->items[i]);
	return ok;
}

/* Did the short way accept it? It may not, but never differently. */
static bool check(struct str text)
{
	struct outcome quick, slow;

	read_one(&quick, text, true);
	if (!quick.given_up) {
		read_one(&slow, text, false);
		if (!slow.reading.complete || quick.rc != slow.rc ||
			quick.reading.well_formed != slow.reading.well_formed ||
			(!quick.rc && !same_document(&quick.doc, &slow.doc)))
			fail_msg("read differently: %.*s", (int)text.n, text.p);
		arena_free(slow.arena);
	}
	arena_free(quick.arena);
	return !quick.given_up;
}

/* ---- good feeds ---- */

/* clang-format off */
static const char *const seeds[] = {
	"<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- 某报 -->\r\n<?xml-stylesheet href='a.xsl'?>\r\n"
	"<rss version=\"2.0\" xmlns:dc='http://purl.org/dc/elements/1.1/'>\r\n<channel >\r\n"
	"<title>某报\r\n要闻</title><link>https://www.example.gov.cn/</link>\r\n<description><![CDATA[甲\r\n]]]></description>"
	"<item><title>路灯 &amp; 电梯 &lt;三&gt; &#x4E2D;&#25991;</title><link>/1.html?a=1&amp;b=2</link>"
	"<guid isPermaLink=\"false\">n0</guid><dc:date>2026-11-23T09:02:03+08:00</dc:date>"
	"<description><![CDATA[<p>“凯里”—好；</p>\n<br>&nbsp;完]]></description></item>\n"
	"<item><title><![CDATA[两]]> 段 <![CDATA[&amp;]]></title><description>&lt;p&gt;甲]]&gt;乙&lt;/p&gt;</description><author/></item>"
	"</channel></rss>\n<!-- 完 -->\n",
	"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='zh-CN' xml:base='https://www.example.gov.cn/a/'><title type='html'>"
	"&lt;b&gt;某&lt;/b&gt;</title><link href='?a=1&amp;b=&#60;2' rel='alternate'\n\ttype='text/html'/><updated>2026-11-23T04:00:00Z</updated>"
	"<entry xml:base='b/'><id>tag:1</id><title>\t甲 </title><link href=\"c.html\"/><content type='xhtml'>"
	"<div xmlns='http://www.w3.org/1999/xhtml'><p style='display:\tnone'>x</p><p title=\"a&#10;b\tc\">甲<br/>乙 é Ω 🙂</p></div></content></entry>"
	"<entry><id>tag:2</id><summary type='text'>a &lt;b&gt; c&#13;d</summary></entry></feed>",
	"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
	"<channel rdf:about='https://www.example.gov.cn/'><title>T</title></channel>"
	"<item rdf:about='https://www.example.gov.cn/2'><title>e\xCC\x81\x7F</title><x:y>z</x:y></item></rdf:RDF>",
	"<html><head><title>no feed</title></head><body><p>text</p></body></html>",
};

static const char *const refused[] = {
	"", " ", "<", "<a", "<a>", "<a></b>", "<a><b></a></b>", "</a>", "<a/><b/>", "<a/>x", "<a/>&amp;", "x<a/>",
	"<a b/>", "<a b=c/>", "<a b='1'c='2'/>", "<a b='1' b='2'/>", "<a b='<'/>", "<a b='&'/>", "<a b='&x;'/>", "<a / >",
	"<a>&nbsp;</a>", "<a>&</a>", "<a>&amp</a>", "<a>&#0;</a>", "<a>&#x110000;</a>", "<a>&#xD800;</a>", "<a>&#xFFFF;</a>", "<a>&#X41;</a>",
	"<a>&#4294967361;</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>]]></a>", "<a>\x01</a>", "<a>\xEF\xBF\xBF</a>", "<a b='\xEF\xBF\xBE'/>", "<a b='\x02'/>",
	"<a><!-- -- --></a>", "<a><!-- x ---></a>", "<a><!-- \x01 --></a>", "<a><!--></a>", "<a><![CDATA[</a>", "<a><![CDATA[\x01]]></a>",
	"<![CDATA[x]]>", "<a/><![CDATA[x]]>", "<a><!DOCTYPE b></a>", "<a/><!DOCTYPE b>", "<a></a\v>", "<a\v/>", "< a/>", "<1/>", "<a></ a>",
};
/* clang-format on */

static void good_feeds_go_the_short_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++)
		if (!check(str_of(seeds[i])))
			fail_msg("given up: %s", seeds[i]);
}

static void faults_are_left_to_others(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (check(str_of(refused[i])))
			fail_msg("accepted: %s", refused[i]);
}

static void depth_and_size_are_left_to_others(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, DOCUMENT_BYTES_MAX);
	for (int i = 0; i < 260; i++)
		buf_add_str(&b, "<a>");
	for (int i = 0; i < 260; i++)
		buf_add_str(&b, "</a>");
	assert_false(check((struct str){buf_str(&b), b.len}));
	buf_clear(&b);
	buf_add_str(&b, "<a");
	for (int i = 0; i < 40; i++)
		buf_addf(&b, " b%d='%d'", i, i);
	buf_add_str(&b, "/>");
	assert_false(check((struct str){buf_str(&b), b.len}));
	buf_clear(&b);
	buf_add_str(&b, "<a b='");
	for (int i = 0; i < 1 << 17; i++)
		buf_add_str(&b, "0123456789");
	buf_add_str(&b, "'/>");
	assert_false(check((struct str){buf_str(&b), b.len}));
	buf_fini(&b);
}

/* ---- damaged ones ---- */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* clang-format off */
static const char *const pieces[] = {
	"<", ">", "/", "/>", "</", "&", ";", "&amp;", "&lt;", "&gt;", "&#10;", "&#13;", "&#x0;", "&#xFFFE;", "&#x1F600;", "&nbsp;", "]]>", "]]", "]",
	"<![CDATA[", "<!--", "-->", "--", "-", "\r", "\r\n", "\n", "\t", " ", "\v", " a='1'", " xmlns:x='u'", "=", "'", "\"", "\x01", "\x7F",
	"\xEF\xBF\xBF", "\xEF\xBF\xBD", "\xE4\xBF\xBE", "\xC2\x85", "\xE2\x80\xA8", "中", "é", "<b>", "</b>", "<br/>", "<x:y>", "</x:y>", "<?p i?>", "<!DOCTYPE a>",
	"xml:base='/z/'", "<item>", "</item>", "<title>", "</title>", "<link href='/a?b&amp;c'/>", "style=\"display:none\"",
};
/* clang-format on */

/* Some bytes of s are dropped, doubled or followed by a piece; the result is valid UTF-8. */
static void damage(uint32_t *seed, struct str s, struct buf *out)
{
	struct buf raw;

	buf_init(&raw, TEXT_MAX);
	uint32_t rarity = 20 + next_random(seed) % 2000;
	for (size_t i = 0; i < s.n; i++) {
		uint32_t what = next_random(seed) % rarity;
		if (what != 0)
			buf_add_char(&raw, s.p[i]);
		if (what == 1)
			buf_add_char(&raw, s.p[i]);
		if (what == 2)
			buf_add_str(
				&raw, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
	}
	buf_clear(out);
	utf8_add_repaired(out, buf_str(&raw), raw.len);
	buf_fini(&raw);
}

static void damaged_feeds_are_read_alike(void **state)
{
	const char *wanted = getenv("FUZZ_ROUNDS");
	long rounds = wanted ? strtol(wanted, NULL, 10) : ROUNDS, accepted = 0;
	uint32_t seed = 20261126;
	struct buf text;

	(void)state;
	buf_init(&text, (size_t)TEXT_MAX * 3);
	for (long i = 0; i < rounds; i++) {
		damage(&seed, str_of(seeds[(size_t)i % (sizeof seeds / sizeof *seeds)]), &text);
		/* At its exact size, so that a sanitizer sees a byte too many. */
		char *exact = malloc(text.len ? text.len : 1);
		assert_non_null(exact);
		memcpy(exact, buf_str(&text), text.len);
		accepted += check((struct str){exact, text.len});
		free(exact);
	}
	buf_fini(&text);
	/* Neither all nor none: the test sees both ways. */
	assert_true(accepted > rounds / 20 && accepted < rounds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_feeds_go_the_short_way),
		cmocka_unit_test(faults_are_left_to_others),
		cmocka_unit_test(depth_and_size_are_left_to_others),
		cmocka_unit_test(damaged_feeds_are_read_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
