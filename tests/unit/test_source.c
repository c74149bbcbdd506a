/*
 * test_source.c - sources.conf: what is read, and where an error is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/source.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static enum err_code parse(const char *text, struct sources **out, struct err *e)
{
	return sources_parse("sources.conf", text, strlen(text), out, e);
}

static void test_rows(void **state)
{
	struct sources *s = NULL;
	struct err e = {ERR_OK, ""};
	const struct source *a, *b;

	(void)state;
	assert_int_equal(parse("# what is read\n[a-1]\nurl = https://www.example.gov.cn/rss\n"
			       "[b]\nname = 某某网\nkind = list\nurl = http://127.0.0.1:8000/\n"
			       "every = 2h\ncharset = gb18030\nlocal = yes\nchannel = 政府网站\n"
			       "article = //div[@id='c']\nitems = //li\nlink = a/@href\n"
			       "title = a\ndate = span\nrobots = no\nallow_private = yes\n"
			       "enabled = no\n",
				 &s, &e),
		ERR_OK);
	assert_int_equal(sources_count(s), 2);
	a = sources_find(s, "a-1");
	b = sources_at(s, 1);
	assert_ptr_equal(a, sources_at(s, 0));
	assert_string_equal(a->name, "a-1");
	assert_int_equal(a->kind, DOCUMENT_FEED);
	assert_int_equal(a->every, 900);
	assert_string_equal(a->article, "no");
	assert_true(a->robots && a->enabled);
	assert_false(a->local || a->allow_private);
	assert_null(a->charset);
	assert_string_equal(b->name, "某某网");
	assert_int_equal(b->kind, DOCUMENT_LIST);
	assert_int_equal(b->every, 7200);
	assert_string_equal(b->charset, "gb18030");
	assert_string_equal(b->items, "//li");
	assert_true(b->local && b->allow_private);
	assert_false(b->robots || b->enabled);
	assert_int_equal(b->line, 4);
	assert_string_equal(source_kind_name(b->kind), "list");
	assert_null(sources_find(s, "c"));
	assert_null(sources_find(s, NULL));
	assert_null(sources_at(s, 2));
	assert_string_equal(sources_path(s), "sources.conf");
	sources_free(s);
}

static void test_errors(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"[a]\nname = x\n", "sources.conf:1:"},
		{"[a]\nurl = ftp://www.example.gov.cn/\n", "sources.conf:2:7: url: "},
		{"[a]\nurl = http://u:p@www.example.gov.cn/\n", "sources.conf:2:7: url: "},
		{"[a]\nurl = file:///etc/passwd\n", "sources.conf:2:7: url: "},
		{"[a]\nurl = http://a.cn/\nkind = rss\n", "sources.conf:3:8: kind: "},
		{"[a]\nurl = http://a.cn/\nevery = 5s\n", "sources.conf:3:9: every: "},
		{"[a]\nurl = http://a.cn/\nevery = often\n", "sources.conf:3:9: "},
		{"[a]\nurl = http://a.cn/\nlocal = perhaps\n", "sources.conf:3:9: "},
		{"[a]\nurl = http://a.cn/\narticle = div\n", "sources.conf:3:11: article: "},
		{"[a]\nurl = http://a.cn/\ncharset = klingon\n", "sources.conf:3:11: charset: "},
		{"[a]\nurl = http://a.cn/\ncharset = g b\n", "sources.conf:3:11: charset: "},
		{"[a]\nurl = http://a.cn/\nulr = x\n", "sources.conf:3:1: "},
		{"[a]\nurl = http://a.cn/\nurl = http://b.cn/\n", "sources.conf:3:1: "},
		{"[a]\nurl = http://a.cn/\n[a]\nurl = http://b.cn/\n", "sources.conf:3:"},
		{"[A]\nurl = http://a.cn/\n", "sources.conf:1:1: "},
		{"[a b]\nurl = http://a.cn/\n", "sources.conf:1:1: "},
		{"url = http://a.cn/\n", "sources.conf:1:1: "},
		{"[a\nurl = http://a.cn/\n", "sources.conf:1:"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sources *s = NULL;
		struct err e = {ERR_OK, ""};
		assert_int_equal(parse(rows[i].text, &s, &e), ERR_CONFIG);
		assert_null(s);
		if (strncmp(e.text, rows[i].want, strlen(rows[i].want)) != 0)
			fail_msg("%s\ngave %s\nwant %s", rows[i].text, e.text, rows[i].want);
	}
}

static void test_charsets(void **state)
{
	static const char *const names[] = {"gb2312", "GBK", "utf8", "Big5", "UTF-16", "utf-16le",
		"koi8-r", "euc-kr", "shift_jis", "windows-1252", ""};
	char text[200];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct sources *s = NULL;
		struct err e = {ERR_OK, ""};
		snprintf(text, sizeof text, "[a]\nurl = http://a.cn/\ncharset = %s\n", names[i]);
		if (parse(text, &s, &e) != ERR_OK)
			fail_msg("%s: %s", names[i], e.text);
		sources_free(s);
	}
}

static void test_empty(void **state)
{
	struct sources *s = NULL;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(parse("# nothing yet\n", &s, &e), ERR_OK);
	assert_int_equal(sources_count(s), 0);
	sources_free(s);
	sources_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
