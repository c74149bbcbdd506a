/* Sources as a table, in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/source_table.h"

static void test_read(void **state)
{
	static const char text[] = "\xef\xbb\xbfURL;名称;类型;本市;启用;间隔\n"
				   "https://a.example.cn/;甲;网站地图;是;否;2h\n"
				   "\n"
				   ";没有网址;;;;\n";
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct err e = {ERR_OK, ""};
	struct opml o;

	(void)state;
	assert_int_equal(source_table_parse(text, sizeof text - 1, a, &o, &e), ERR_OK);
	assert_true(o.complete);
	assert_int_equal(o.count, 2);
	assert_string_equal(o.entries[0].url, "https://a.example.cn/");
	assert_string_equal(o.entries[0].title, "甲");
	assert_string_equal(o.entries[0].kind, "sitemap");
	assert_string_equal(o.entries[0].every, "2h");
	assert_true(o.entries[0].local && o.entries[0].off);
	assert_string_equal(o.entries[0].category, "");
	assert_null(o.entries[1].url);
	assert_int_equal(o.entries[1].line, 4);
	assert_int_equal(source_table_parse("a,b\n1,2\n", 8, a, &o, &e), ERR_INPUT);
	assert_int_equal(source_table_parse("", 0, a, &o, &e), ERR_INPUT);
	assert_int_equal(source_table_parse("url\n\"x", 6, a, &o, &e), ERR_INPUT);
	arena_free(a);
}

static void test_write(void **state)
{
	static const char conf[] = "[a]\nname = +1, \"x\"\nurl = https://a.example.cn/?a=1,2\n";
	struct sources *s = NULL;
	struct err e = {ERR_OK, ""};
	struct buf b;

	(void)state;
	assert_int_equal(sources_parse("s", conf, sizeof conf - 1, &s, &e), ERR_OK);
	buf_init(&b, 65536);
	assert_int_equal(source_table_write(s, &b, &e), ERR_OK);
	assert_string_equal(buf_str(&b),
		"\xef\xbb\xbf编号,名称,类型,网址,间隔,编码,本市,启用\r\n"
		"a,\"'+1, \"\"x\"\"\",feed,\"https://a.example.cn/?a=1,2\",900s,,否,是\r\n");
	buf_fini(&b);
	sources_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests_name("source_table", tests, NULL, NULL);
}
