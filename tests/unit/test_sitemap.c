/*
 * test_sitemap.c - sitemaps, their indexes, news, plain lists, damage.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/sitemap.h"
#include "tests/unit/documents.h"

#define URL "http://www.example.gov.cn/sitemap.xml"

static void test_addresses(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(
		documents_parse(&d,
			"<?xml version='1.0'?><urlset "
			"xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>\n"
			" http://www.example.gov.cn/a?x=1&amp;y=2 "
			"</loc><lastmod>2026-11-20</lastmod></url><url><loc><![CDATA[/b.html]]>"
			"</loc></url><url><lastmod>2026-11-20</lastmod></url></urlset>"),
		ERR_OK);
	assert_int_equal(d.doc.count, 2);
	assert_false(d.doc.is_index);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/a?x=1&y=2");
	assert_true(d.doc.items[0].updated == documents_time("2026-11-20"));
	assert_true(d.doc.items[0].published == TIME_NONE);
	assert_string_equal(d.doc.items[1].link, "http://www.example.gov.cn/b.html");
	documents_fini(&d);
}

/* Ampersands that nobody escaped, an empty address, a prefix before every name. */
static void test_damage_of_addresses(void **state)
{
	static const char text[] =
		"<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'><s:url>"
		"<s:loc>/a?x=1&y=2&amp;z=3&#52;</s:loc></s:url><s:url><s:loc></s:loc></s:url>"
		"<s:url><s:loc><![CDATA[/b?x=1&y=2]]></s:loc></s:url></s:urlset>";
	struct documents d;

	(void)state;
	assert_true(sitemap_is_likely(text, sizeof text - 1));
	assert_false(sitemap_is_likely("<p>urlset</p>", 13));
	documents_init(&d, DOCUMENT_AUTO, URL);
	assert_int_equal(documents_parse(&d, text), ERR_OK);
	assert_int_equal(d.doc.count, 2);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/a?x=1&y=2&z=34");
	assert_string_equal(d.doc.items[1].link, "http://www.example.gov.cn/b?x=1&y=2");
	documents_fini(&d);
}

static void test_news_and_images(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(
		documents_parse(&d, "<urlset xmlns:n='x' "
				    "xmlns:image='y'><url><image:image><image:loc>http://"
				    "www.example.gov.cn/p.jpg</image:loc>"
				    "<image:title>图</image:title></image:image><loc>http://"
				    "www.example.gov.cn/1</loc><n:news><n:title>某县治理欠薪"
				    "</n:title><n:publication_date>2026-11-20T09:30:00+08:00</"
				    "n:publication_date></n:news></url></urlset>"),
		ERR_OK);
	assert_int_equal(d.doc.count, 1);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/1");
	assert_string_equal(d.doc.items[0].title, "某县治理欠薪");
	assert_true(d.doc.items[0].published == documents_time("2026-11-20 09:30"));
	documents_fini(&d);
}

static void test_index(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_AUTO, URL);
	assert_int_equal(
		documents_parse(&d,
			"<sitemapindex><sitemap><loc>/s1.xml.gz</loc></sitemap></sitemapindex>"),
		ERR_OK);
	assert_true(d.doc.is_index);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/s1.xml.gz");
	documents_fini(&d);
}

static void test_plain(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(
		documents_parse(&d, "http://www.example.gov.cn/1\r\n\r\n# x\nftp://a.example/\n  "
				    "https://www.example.gov.cn/2  \rHTTP://www.example.gov.cn/3"),
		ERR_OK);
	assert_int_equal(d.doc.count, 3);
	assert_string_equal(d.doc.items[1].link, "https://www.example.gov.cn/2");
	assert_string_equal(d.doc.items[2].link, "HTTP://www.example.gov.cn/3");
	documents_fini(&d);
}

/* Cut off, without end tags, with a bare &: what can be read is. */
static void test_damage(void **state)
{
	static const char *const damaged[] = {
		"<urlset><url><loc>http://www.example.gov.cn/1</loc></url><url><loc>http://w",
		"<urlset><url><loc>http://www.example.gov.cn/1</url></urlset>",
		"<urlset><url><loc>http://www.example.gov.cn/1</loc><lastmod>no</lastmod></url>",
		"<urlset><url><loc>http://www.example.gov.cn/1<lastmod>no</lastmod></url></urlset>",
	};
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		assert_int_equal(documents_parse(&d, damaged[i]), ERR_OK);
		assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/1");
		assert_true(d.doc.items[0].updated == TIME_NONE);
	}
	assert_int_equal(documents_parse(&d, "<urlset><url><loc>/1<lastmod>x</lastmod></url><url>"
					     "<loc>/2</loc></urlset>"),
		ERR_OK);
	assert_int_equal(d.doc.count, 2);
	assert_int_equal(documents_parse(&d, "no address"), ERR_INPUT);
	assert_int_equal(documents_parse(&d, "<html><body>x</body></html>"), ERR_INPUT);
	documents_fini(&d);
}

/* News sitemaps hold the last two days: on a quiet Monday none. */
static void test_empty(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(documents_parse(&d, "<?xml version='1.0'?><urlset></urlset>"), ERR_OK);
	assert_int_equal(d.doc.count, 0);
	assert_false(d.doc.is_index);
	assert_int_equal(documents_parse(&d, "<sitemapindex/>"), ERR_OK);
	assert_int_equal(d.doc.count, 0);
	assert_true(d.doc.is_index);
	documents_fini(&d);
}

/* The declaration names what the file was in before it was decoded. */
static void test_declared_encoding(void **state)
{
	static const char text[] =
		"<?xml version=\"1.0\" encoding=\"GB2312\"?>\n<urlset><url>"
		"<loc>http://www.example.gov.cn/\xCD\xA8\xD6\xAA/1.html</loc>"
		"<n:title>\xB5\xC0\xC2\xB7\xCB\xFA\xCF\xDD</n:title></url></urlset>";
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_AUTO, URL);
	assert_int_equal(documents_parse(&d, text), ERR_OK);
	assert_int_equal(d.doc.count, 1);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/通知/1.html");
	assert_string_equal(d.doc.items[0].title, "道路塌陷");
	documents_fini(&d);
}

/* Baidu's: what is told of the page has addresses of its own. */
static void test_structured_data(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(
		documents_parse(&d,
			"<urlset><url><loc>http://www.example.gov.cn/1</loc><mobile:mobile "
			"type='mobile'/><lastmod>2026-11-20</lastmod><data><display><title>某镇停水"
			"</title><url>http://www.example.gov.cn/in</url><loc>http://x.example/</"
			"loc>"
			"</display></data></url><url><loc>http://www.example.gov.cn/2</loc></url>"
			"</urlset>"),
		ERR_OK);
	assert_int_equal(d.doc.count, 2);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/1");
	assert_string_equal(d.doc.items[0].title, "某镇停水");
	assert_true(d.doc.items[0].updated == documents_time("2026-11-20"));
	assert_string_equal(d.doc.items[1].link, "http://www.example.gov.cn/2");
	assert_null(d.doc.items[1].title);
	documents_fini(&d);
}

/* The protocol admits a feed in a sitemap's place. */
static void test_feed(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(
		documents_parse(&d, "<rss version='2.0'><channel><item><title>某镇停水</title>"
				    "<link>/1</link></item></channel></rss>"),
		ERR_OK);
	assert_int_equal(d.doc.count, 1);
	assert_string_equal(d.doc.items[0].link, "http://www.example.gov.cn/1");
	documents_fini(&d);
}

static void test_entities_are_not_read(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_SITEMAP, URL);
	assert_int_equal(documents_parse(&d, "<!DOCTYPE u [<!ENTITY x SYSTEM "
					     "'file:///etc/hostname'>]><urlset><url><loc>http://"
					     "www.example.gov.cn/1</loc>"
					     "<title>[&x;]</title></url></urlset>"),
		ERR_OK);
	assert_string_equal(d.doc.items[0].title, "[]");
	documents_fini(&d);
}

static void test_likely(void **state)
{
	static const char page[] = "<html><body>urlset</body></html>",
			  map[] = "<?xml version='1.0'?>\n<urlset>";

	(void)state;
	assert_true(sitemap_is_likely(map, sizeof map - 1));
	assert_false(sitemap_is_likely(page, sizeof page - 1));
	assert_false(sitemap_is_likely("", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_damage_of_addresses),
		cmocka_unit_test(test_news_and_images),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_declared_encoding),
		cmocka_unit_test(test_structured_data),
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_entities_are_not_read),
		cmocka_unit_test(test_likely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
