/*
 * test_url_article.c - addresses that are one article, and those that are not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/url_article.h"

static const struct {
	const char *url, *article;
} rows[] = {
	{"http://www.example.gov.cn/a.html?utm_source=x&utm_medium=y",
		"http://www.example.gov.cn/a.html"},
	{"http://www.example.gov.cn/a.html?id=3&UTM_Source=x",
		"http://www.example.gov.cn/a.html?id=3"},
	{"http://www.example.gov.cn/a.html?spm=a.1&id=3&scm=2#top",
		"http://www.example.gov.cn/a.html?id=3"},
	{"https://www.example.com/a?fbclid=1", "https://www.example.com/a"},
	{"https://www.example.com/a?from=timeline&isappinstalled=0", "https://www.example.com/a"},
	/* What selects content stays. */
	{"https://www.example.com/a?from=news&page=2",
		"https://www.example.com/a?from=news&page=2"},
	{"https://www.example.com/a?source=12", "https://www.example.com/a?source=12"},
	{"https://www.example.com/a?utm=1", "https://www.example.com/a?utm=1"},
	{"https://www.example.com/a?b", "https://www.example.com/a?b"},
	/* Sessions. */
	{"http://www.example.com/a.do;jsessionid=0A1B?id=1", "http://www.example.com/a.do?id=1"},
	{"http://www.example.com/x;JSESSIONID=0A1B/y", "http://www.example.com/x/y"},
	{"http://www.example.com/a.php?PHPSESSID=1&x=2", "http://www.example.com/a.php?x=2"},
	{"http://www.example.com/a;v=1", "http://www.example.com/a;v=1"},
	/* Twins. */
	{"http://m.example.gov.cn/a.html", "http://www.example.gov.cn/a.html"},
	{"http://wap.example.com/a.html", "http://www.example.com/a.html"},
	{"http://3g.example.com:8080/a", "http://www.example.com:8080/a"},
	{"http://mobile.example.com/", "http://www.example.com/"},
	{"http://m.cn/a", "http://m.cn/a"},
	{"https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=a&chksm=b&scene=27#wechat_redirect",
		"https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=a"},
	{"https://www.example.com/a?scene=27", "https://www.example.com/a?scene=27"},
	{"http://mm.example.com/a", "http://mm.example.com/a"},
	/* Programs in a page, and places in it. */
	{"https://www.example.com/app/#/news/1?utm_source=x&id=2",
		"https://www.example.com/app/#/news/1?id=2"},
	{"https://m.example.com/#!news/1", "https://www.example.com/#!news/1"},
	{"https://www.example.com/a?x=1#/news/1", "https://www.example.com/a?x=1#/news/1"},
	{"https://www.example.com/#/", "https://www.example.com/"},
	{"https://www.example.com/a#wechat_redirect", "https://www.example.com/a"},
	/* And all that is canonical. */
	{"HTTP://WWW.Example.COM:80/a/./b/../c%7e", "http://www.example.com/a/c~"},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *once = NULL, *twice = NULL;
		assert_int_equal(url_article(rows[i].url, NULL, &once, NULL), ERR_OK);
		assert_string_equal(once, rows[i].article);
		assert_int_equal(url_article(once, NULL, &twice, NULL), ERR_OK);
		assert_string_equal(twice, once);
		free(once);
		free(twice);
	}
}

static void test_front(void **state)
{
	static const char *const front[] = {"http://www.example.com", "http://www.example.com/",
		"http://m.example.com:80/?utm_source=x", "https://www.example.com/#top"};
	static const char *const other[] = {"http://www.example.com/a",
		"http://www.example.com/?id=1", "http://www.example.com?id=1",
		"http://www.example.com/#/news/1", "a.html", ""};

	(void)state;
	for (size_t i = 0; i < sizeof front / sizeof *front; i++)
		assert_true(url_article_is_front(front[i]));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_false(url_article_is_front(other[i]));
	assert_true(url_article_is_programs("https://www.example.com/#/news/1"));
	assert_false(url_article_is_programs("https://www.example.com/news/1#top"));
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"", "a.html", "ftp://x/y", "http://u@x/", "http://x\\y/"};
	char *out = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(url_article(bad[i], NULL, &out, NULL), ERR_INPUT);
		assert_null(out);
	}
}

static void test_key(void **state)
{
	static const char *const same[] = {"http://www.example.gov.cn/a?x=1",
		"https://www.example.gov.cn/a?x=1", "http://example.gov.cn/a?x=1",
		"http://m.example.gov.cn/a?x=1&from=timeline",
		"http://WWW.example.gov.cn:80/a?x=1#c"};
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		buf_clear(&b);
		assert_int_equal(url_add_article_key(&b, same[i], NULL), ERR_OK);
		assert_string_equal(buf_str(&b), "example.gov.cn/a?x=1");
	}
	buf_clear(&b);
	assert_int_equal(url_add_article_key(&b, "nothing", NULL), ERR_INPUT);
	assert_int_equal(b.len, 0);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_front),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests_name("url_article", tests, NULL, NULL);
}
