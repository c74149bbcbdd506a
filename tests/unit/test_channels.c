/* channels.conf: which channel a URL is on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/url.h"
#include "office/channels.h"

static const char text[] =
	"[site]\nclass = 政府网站\nhost = WWW.Example.gov.cn、127.0.0.1:8080\n"
	"upkeep = 14d\n"
	"[weibo]\nclass = 政务新媒体\naccount = https://social.example.com/u/12\n"
	"capture = manual\n"
	"[social]\nclass = 商业网站\nhost = social.example.com\n";

static struct channels *parse(const char *s, struct err *e)
{
	struct channels *c = NULL;

	channels_parse("channels.conf", s, strlen(s), &c, e);
	return c;
}

static const char *name_of(const struct channels *c, const char *url)
{
	char *canonical = NULL;
	const struct channel *x = NULL;

	if (url_canonical(url, NULL, &canonical, NULL) == ERR_OK)
		x = channels_of_url(c, canonical);
	free(canonical);
	return x ? x->name : "-";
}

static void test_urls(void **state)
{
	static const struct {
		const char *url, *name;
	} rows[] = {
		{"https://www.example.gov.cn/a/b?c", "site"},
		{"http://WWW.EXAMPLE.GOV.CN", "site"},
		{"http://127.0.0.1:8080/x", "site"},
		{"http://127.0.0.1:8081/x", "-"},
		{"http://127.0.0.1/x", "-"},
		{"https://example.gov.cn/", "-"},
		{"https://www.example.gov.cn.evil.example/", "-"},
		{"https://evil.example/www.example.gov.cn", "-"},
		{"https://www.example.gov.cn@evil.example/", "-"},
		{"https://social.example.com/u/12", "weibo"},
		{"https://social.example.com/u/12/345", "weibo"},
		{"https://social.example.com/u/12?from=x", "weibo"},
		{"https://social.example.com/u/123", "social"},
		{"https://social.example.com/u/12/../13", "social"},
		{"http://social.example.com/u/12", "social"},
		{"ftp://www.example.gov.cn/", "-"},
		{"", "-"},
	};
	struct err e = {0};
	struct channels *c = parse(text, &e);

	(void)state;
	assert_non_null(c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(name_of(c, rows[i].url), rows[i].name);
	assert_true(channels_find(c, "weibo")->manual);
	assert_int_equal(channels_find(c, "site")->upkeep, 14 * 86400);
	assert_null(channels_find(c, "none"));
	channels_free(c);
}

#define DOUBLE "[a]\nclass = 政府网站\nhost = x.example\n[b]\nclass = 政府网站\nhost = X.example\n"

static void test_refused(void **state)
{
	static const char *const rows[] = {
		"[a]\nhost = x.example\n",
		"[a]\nclass = 电视台\nhost = x.example\n",
		"[a]\nclass = 政府网站\n",
		"[a]\nclass = 政府网站\nhost = https://x.example/\n",
		"[a]\nclass = 政府网站\naccount = x.example/u\n",
		"[a]\nclass = 政府网站\nhost = x.example\ncapture = maybe\n",
		(DOUBLE),
		"[a]\nclass = 政府网站\nhost = x.example\nupkeep = long\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err e = {0};
		assert_null(parse(rows[i], &e));
		assert_int_equal(e.code, ERR_CONFIG);
		assert_memory_equal(e.text, "channels.conf:", 14);
	}
}

static void test_shipped(void **state)
{
	struct channels *c = NULL;
	struct buf b;
	struct err e = {0};

	(void)state;
	buf_init(&b, 1 << 20);
	assert_int_equal(path_read("rules/channels.conf", &b, &e), ERR_OK);
	assert_int_equal(channels_parse("channels.conf", b.data, b.len, &c, &e), ERR_OK);
	assert_true(channels_count(c) > 4);
	channels_free(c);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
