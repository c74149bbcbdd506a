/* What an address turns out to be when somebody adds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "crawler/recognise.h"

static struct arena *arena;

static struct recognised look(const char *text, const char *url, const char *content_type)
{
	const struct document_input in = {.data = text,
		.size = strlen(text),
		.url = url,
		.content_type = content_type,
		.now = 1795392000};
	struct recognised r;
	struct err e = {ERR_OK, ""};

	assert_int_equal(recognise(&in, arena, &r, &e), ERR_OK);
	return r;
}

static void test_types(void **state)
{
	static const struct {
		const char *text, *url, *content_type;
		enum document_type type;
	} rows[] = {
		{"<?xml version='1.0'?><rss><channel/></rss>", NULL, NULL, DOCUMENT_FEED},
		{"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'/>", NULL, "text/html",
			DOCUMENT_FEED},
		{"<rdf:RDF/>", NULL, NULL, DOCUMENT_FEED},
		{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", NULL, NULL,
			DOCUMENT_FEED},
		{"[{\"title\":\"x\"}]", NULL, "text/html", DOCUMENT_JSON},
		{"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", NULL, NULL,
			DOCUMENT_SITEMAP},
		{"<?xml version='1.0'?>\n<sitemapindex/>", NULL, NULL, DOCUMENT_SITEMAP},
		{"a,b\n1,2\n", NULL, "text/csv; charset=utf-8", DOCUMENT_TABLE},
		{"a,b\n1,2\n", "https://data.example.gov.cn/x.csv?v=1", NULL, DOCUMENT_TABLE},
		{"<!DOCTYPE html><html><body>x</body></html>", NULL, NULL, DOCUMENT_LIST},
		{"<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", NULL, "text/xml",
			DOCUMENT_LIST},
		{"plain words", NULL, NULL, DOCUMENT_FEED},
		{"", NULL, NULL, DOCUMENT_FEED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct recognised r = look(rows[i].text, rows[i].url, rows[i].content_type);
		if (r.type != rows[i].type)
			fail_msg("%s gave %d", rows[i].text, (int)r.type);
	}
}

static void add_rows(struct buf *b, int n)
{
	buf_add_str(b, "<ul class='list'>");
	for (int i = 1; i <= n; i++)
		buf_addf(b,
			"<li><a href='/zwgk/t202611%02d_%d.html'>关于开展第%d号某某事项公开征求意见"
			"的通知</a><span>2026-11-%02d</span></li>",
			i, i, i, i);
	buf_add_str(b, "</ul>");
}

static void test_page(void **state)
{
	struct recognised r;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_add_str(&b,
		"<html><head><title>\n 通知公告\t_某某市 </title>"
		"<link rel='alternate' type='application/rss+xml' href='/rss.xml' title='最新'>"
		"<link rel='ALTERNATE' type='application/atom+xml' href='https://f.example.cn/a'>"
		"<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
		"<link rel='alternate' type='text/html' href='/en'>"
		"<link rel='stylesheet' type='application/rss+xml' href='/css'>"
		"<link rel='alternate' type='application/rss+xml' href='javascript:x'>"
		"</head><body>");
	add_rows(&b, 12);
	buf_add_str(&b, "</body></html>");
	r = look(b.data, "https://www.example.gov.cn/zwgk/", NULL);
	assert_null(r.problem);
	assert_int_equal(r.type, DOCUMENT_LIST);
	assert_int_equal(r.doc.count, 12);
	assert_string_equal(r.title, "通知公告 _某某市");
	assert_int_equal(r.feed_count, 2);
	assert_string_equal(r.feeds[0].url, "https://www.example.gov.cn/rss.xml");
	assert_string_equal(r.feeds[0].title, "最新");
	assert_string_equal(r.feeds[1].url, "https://f.example.cn/a");
	buf_fini(&b);
}

static void test_article(void **state)
{
	struct recognised r;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_add_str(&b, "<html><head><title>某小区停水三天，市水务局回应</title></head><body>"
			"<h1>某小区停水三天，市水务局回应</h1><div class='content'>");
	for (int i = 0; i < 6; i++)
		buf_add_str(&b,
			"<p>记者从市水务局了解到，停水的原因是主管道破裂，抢修人员已于当晚到"
			"场，预计三日内恢复供水，请居民做好储水准备，并留意后续通知。</p>");
	buf_add_str(&b, "</div>");
	add_rows(&b, 2);
	buf_add_str(&b, "</body></html>");
	r = look(b.data, "https://www.example.gov.cn/t20261101_1.html", NULL);
	assert_non_null(r.problem);
	assert_non_null(strstr(r.problem, "register"));
	buf_fini(&b);
}

static void test_problems(void **state)
{
	struct recognised r = look("<html><script>window._cf_chl_opt={}</script></html>",
		"https://a.example.cn/", NULL);

	(void)state;
	assert_non_null(strstr(r.problem, "Cloudflare"));
	r = look("<rss version='2.0'><channel><title>空</title></channel></rss>", NULL, NULL);
	assert_non_null(r.problem);
	r = look("nothing at all", NULL, NULL);
	assert_non_null(r.problem);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new(ARENA_MAX_DEFAULT);
	return arena ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_article),
		cmocka_unit_test(test_problems),
	};

	return cmocka_run_group_tests_name("recognise", tests, setup, teardown);
}
