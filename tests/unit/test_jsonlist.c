/*
 * test_jsonlist.c - items out of JSON of any shape.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/jsonlist.h"
#include "tests/unit/documents.h"

#define URL "https://api.example/v1/"

static void parse(struct documents *d, const char *json, enum err_code want)
{
	enum err_code rc = documents_parse(d, json);

	if (rc != want)
		print_error("%s: %s\n", json, d->e.text);
	assert_int_equal(rc, want);
}

/* The longest array of things with titles, wherever it is. */
static void test_found(void **state)
{
	static const char *const shapes[] = {
		"[{\"title\":\"某地停水居民反映强烈\",\"url\":\"/1\"}]",
		"{\"data\":[{\"title\":\"某地停水居民反映强烈\",\"url\":\"/1\"}]}",
		"{\"d\":{\"a\":[{\"title\":\"某地停水居民反映强烈\",\"url\":\"/1\"}]}}",
		"\xEF\xBB\xBF{\"rows\":[1,2,{\"title\":\"某地停水居民反映强烈\",\"url\":\"/1\"}]}",
		"{\"rows\":[{\"title\":\"<em>某地停水</em>居民反映强烈\",\"url\":\"/1\"}]}",
	};
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_JSON, URL);
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		parse(&d, shapes[i], ERR_OK);
		assert_int_equal(d.doc.count, 1);
		assert_string_equal(d.doc.items[0].title, "某地停水居民反映强烈");
		assert_string_equal(d.doc.items[0].link, "https://api.example/1");
	}
	documents_fini(&d);
}

static const struct {
	const char *value, *want; /* local time; NULL none */
} times[] = {
	{"1795138200", "2026-11-20 09:30"},
	{"1795138200123", "2026-11-20 09:30"},
	{"1795138200123456", "2026-11-20 09:30"},
	{"\"1795138200123456\"", "2026-11-20 09:30"},
	{"1795138200123456789", NULL},
	{"\"1795138200\"", "2026-11-20 09:30"},
	{"\"1795138200123\"", "2026-11-20 09:30"},
	{"1795138200.5", "2026-11-20 09:30"},
	{"\"2026-11-20T01:30:00Z\"", "2026-11-20 09:30"},
	{"\"2026-11-20 09:30\"", "2026-11-20 09:30"},
	{"\"昨天 14:20\"", "2026-11-22 14:20"},
	{"7", NULL},
	{"\"soon\"", NULL},
	{"null", NULL},
	{"{}", NULL},
};

static void test_times(void **state)
{
	struct documents d;
	char json[300];

	(void)state;
	documents_init(&d, DOCUMENT_JSON, URL);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		snprintf(json, sizeof json,
			"[{\"title\":\"某地停水居民反映\",\"url\":\"/1\",\"t\":%s}]",
			times[i].value);
		d.in.paths.date = "/t";
		parse(&d, json, ERR_OK);
		if (d.doc.items[0].published != documents_time(times[i].want))
			print_error("%s\n", times[i].value);
		assert_true(d.doc.items[0].published == documents_time(times[i].want));
	}
	documents_fini(&d);
}

static void test_paths(void **state)
{
	static const char json[] =
		"{\"a/b\":{\"list\":[{\"tid\":88,\"s\":\"标题\",\"n\":{\"k\":\"甲 "
		"乙\"}},{\"tid\":89}]}}";
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_JSON, URL);
	d.in.paths = (struct document_paths){
		"/a~1b/list", "https://bbs.example/t?tid={/tid}&k={/n/k}", "/s", "/none"};
	parse(&d, json, ERR_OK);
	assert_int_equal(d.doc.count, 1);
	assert_string_equal(d.doc.items[0].title, "标题");
	assert_string_equal(
		d.doc.items[0].link, "https://bbs.example/t?tid=88&k=%E7%94%B2%20%E4%B9%99");
	d.in.paths = (struct document_paths){.items = ""};
	parse(&d, "[{\"title\":\"一\",\"url\":\"/1\"}]", ERR_OK);
	d.in.paths.items = "/x";
	parse(&d, json, ERR_INPUT);
	d.in.paths.items = "x";
	parse(&d, json, ERR_CONFIG);
	assert_non_null(strstr(d.e.text, "x"));
	documents_fini(&d);
}

/* A social post has a text and no title; its author is not ours. */
static void test_timeline(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_JSON, URL);
	parse(&d,
		"[{\"id\":\"9\",\"created_at\":\"2026-11-20T01:30:00.000Z\",\"url\":\"https://"
		"s.example/@a/9\",\"content\":"
		"\"<p>今日起封闭施工。</p><p>请绕行。</"
		"p>\",\"account\":{\"display_name\":\"某某\",\"url\":\"https://s.example/@a\"}}]",
		ERR_OK);
	assert_null(d.doc.items[0].title);
	assert_string_equal(d.doc.items[0].id, "9");
	assert_string_equal(d.doc.items[0].content, "今日起封闭施工。\n请绕行。");
	assert_string_equal(d.doc.items[0].link, "https://s.example/@a/9");
	documents_fini(&d);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {
		"{", "[]", "{}", "[1,2,3]", "\"x\"", "[{\"id\":1}]", "nonsense", "{\"data\":[]}"};
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_JSON, URL);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		parse(&d, bad[i], ERR_INPUT);
	documents_fini(&d);
}

static void test_paths_known(void **state)
{
	(void)state;
	assert_true(jsonlist_is_path("/a/b"));
	assert_true(jsonlist_is_path(""));
	assert_true(jsonlist_is_path("https://a.example/{/id}"));
	assert_false(jsonlist_is_path("a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_timeline),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_paths_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
