/* sources.conf is changed where it is meant to be, and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/source_edit.h"

static const char text[] = "# what is read\n"
			   "\n"
			   "[a]\n"
			   "url = http://a.example.gov.cn/\n"
			   "# off until spring\n"
			   "  enabled = no\n"
			   "\n"
			   "# the other\n"
			   "[b]\n"
			   "url = http://b.example.gov.cn/\n"
			   "\n"
			   "# enabled = yes\n"
			   "[c]\n"
			   "url = http://c.example.gov.cn/";

static void start(struct buf *b, const char *s)
{
	buf_init(b, 1 << 20);
	buf_add_str(b, s);
}

static void test_set(void **state)
{
	static const struct {
		const char *id, *key, *value, *from, *to; /* what becomes what */
	} rows[] = {
		{"a", "enabled", "yes", "  enabled = no\n", "enabled = yes\n"},
		{"b", "enabled", "no", "b.example.gov.cn/\n", "b.example.gov.cn/\nenabled = no\n"},
		{"c", "enabled", "no", "c.example.gov.cn/", "c.example.gov.cn/\nenabled = no\n"},
		{"a", "url", "http://x.cn/", "url = http://a.example.gov.cn/\n",
			"url = http://x.cn/\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err e = {ERR_OK, ""};
		struct buf got, want;
		const char *at = strstr(text, rows[i].from);
		start(&got, text);
		buf_init(&want, 1 << 20);
		buf_add(&want, text, (size_t)(at - text));
		buf_add_str(&want, rows[i].to);
		buf_add_str(&want, at + strlen(rows[i].from));
		assert_int_equal(
			source_edit_set(&got, rows[i].id, rows[i].key, rows[i].value, &e), ERR_OK);
		assert_string_equal(buf_str(&got), buf_str(&want));
		buf_fini(&got);
		buf_fini(&want);
	}
}

static void test_set_windows(void **state)
{
	struct err e = {ERR_OK, ""};
	struct buf b;

	(void)state;
	start(&b, "\xef\xbb\xbf[a]\r\nurl = http://a.cn/\r\n\r\n[b]\r\nurl = http://b.cn/\r\n");
	assert_int_equal(source_edit_set(&b, "a", "enabled", "no", &e), ERR_OK);
	assert_string_equal(buf_str(&b), "\xef\xbb\xbf[a]\r\nurl = http://a.cn/\r\nenabled = no\r\n"
					 "\r\n[b]\r\nurl = http://b.cn/\r\n");
	assert_int_equal(source_edit_set(&b, "z", "enabled", "no", &e), ERR_USAGE);
	assert_non_null(strstr(e.text, "z"));
	buf_fini(&b);
}

static void test_add(void **state)
{
	const struct source_new s = {
		.id = "d",
		.url = "http://d.example.gov.cn/\r\n[evil]",
		.name = "某报\n[x]\nurl = http://evil.example.cn/",
		.comment = "政府 / 市直\nsecond\x1b[31m",
		.kind = DOCUMENT_LIST,
		.every = 7200,
		.local = true,
		.off = true,
	};
	struct sources *all = NULL;
	struct err e = {ERR_OK, ""};
	struct buf b;

	(void)state;
	start(&b, text);
	source_edit_add(&b, &s);
	assert_memory_equal(b.data, text, sizeof text - 1);
	assert_string_equal(b.data + sizeof text - 1,
		"\n\n# 政府 / 市直\n# second[31m\n[d]\n"
		"name = 某报 [x] url = http://evil.example.cn/\nkind = list\n"
		"url = http://d.example.gov.cn/ [evil]\nevery = 2h\nlocal = yes\nenabled = no\n");
	buf_fini(&b);
	start(&b, "");
	source_edit_add(
		&b, &(struct source_new){
			    .id = "x", .url = "http://x.cn/", .kind = DOCUMENT_FEED, .every = 90});
	assert_string_equal(b.data, "[x]\nkind = feed\nurl = http://x.cn/\nevery = 90s\n");
	assert_int_equal(sources_parse("s", b.data, b.len, &all, &e), ERR_OK);
	assert_int_equal(sources_at(all, 0)->every, 90);
	sources_free(all);
	buf_fini(&b);
}

static bool is_taken(const char *id, const void *arg)
{
	return strcmp(id, arg) == 0;
}

static void test_ids(void **state)
{
	static const struct {
		const char *url, *taken, *want;
	} rows[] = {
		{"https://www.example.gov.cn/", "", "example"},
		{"https://www.example.gov.cn/zwgk/tzgg/", "", "example-zwgk-tzgg"},
		{"https://www.example.gov.cn/zwgk/tzgg/", "example-zwgk-tzgg",
			"example-zwgk-tzgg-2"},
		{"https://www.example.gov.cn/xwzx_5871605/index.html", "", "example-xwzx-5871605"},
		{"https://news.example.com:8443/rss/Society.xml", "", "news-example-society"},
		{"http://192.0.2.7/a", "", "host-a"},
		{"https://www.gov.cn/", "", "source"},
		{"https://rsshub.example.org/weibo/user/100", "", "rsshub-example-weibo-user-100"},
		{"https://www.example.cn/%E4%B8%AD%E6%96%87/", "", "example-e4-b8-ad-e6-96-87"},
		{"no url", "", "source"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf b;
		buf_init(&b, 4096);
		source_edit_propose_id(rows[i].url, is_taken, rows[i].taken, &b);
		assert_string_equal(buf_str(&b), rows[i].want);
		buf_fini(&b);
	}
}

static void test_find_url(void **state)
{
	static const char conf[] = "[a]\nurl = https://WWW.example.gov.cn:443/x/../news/\n";
	struct sources *all = NULL;
	const struct source *s = NULL;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(sources_parse("s", conf, sizeof conf - 1, &all, &e), ERR_OK);
	assert_int_equal(
		source_edit_find_url(all, "https://www.example.gov.cn/news/#top", &s, &e), ERR_OK);
	assert_non_null(s);
	assert_int_equal(
		source_edit_find_url(all, "https://www.example.gov.cn/new/", &s, &e), ERR_OK);
	assert_null(s);
	assert_int_equal(source_edit_find_url(all, "ftp://x/", &s, &e), ERR_INPUT);
	sources_free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_set_windows),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_find_url),
	};

	return cmocka_run_group_tests_name("source_edit", tests, NULL, NULL);
}
