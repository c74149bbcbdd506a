/*
 * test_wanted.c - the wanted list: good rows, bad rows, too many rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "crawler/wanted.h"

static struct wanted_list *load(const char *text, size_t n)
{
	char path[] = "/tmp/huiying-wanted-XXXXXX";
	struct wanted_list *l = NULL;
	struct err e = {ERR_OK, ""};

	assert_int_not_equal(close(mkstemp(path)), -1);
	assert_int_equal(path_write_atomic(path, text, n, 0600, &e), ERR_OK);
	assert_int_equal(wanted_load(path, &l, &e), ERR_OK);
	unlink(path);
	return l;
}

static void test_rows(void **state)
{
	static const char text[] =
		"{\"id\":\"7\",\"url\":\"http://a.cn/1\",\"kind\":\"article\",\"source\":\"s\"}\n"
		"\n"
		"{\"id\":8,\"url\":\"http://a.cn/2\",\"kind\":\"evidence\"}\r\n"
		"{\"id\":9,\"url\":\"http://a.cn/3\",\"kind\":\"everything\"}\n"
		"{\"id\":9,\"kind\":\"page\"}\n"
		"not JSON\n"
		"{\"id\":\"\",\"url\":\"http://a.cn/\",\"kind\":\"page\"}\n"
		"{\"id\":10,\"url\":\"http://a.cn/4\",\"kind\":\"page\"}";
	struct wanted_list *l = load(text, sizeof text - 1);

	(void)state;
	assert_int_equal(wanted_count(l), 3);
	assert_int_equal(wanted_bad(l), 4);
	assert_string_equal(wanted_at(l, 0)->id, "7");
	assert_string_equal(wanted_at(l, 0)->source, "s");
	assert_string_equal(wanted_at(l, 0)->kind, "article");
	assert_string_equal(wanted_at(l, 1)->id, "8");
	assert_null(wanted_at(l, 1)->source);
	assert_string_equal(wanted_at(l, 2)->url, "http://a.cn/4");
	assert_null(wanted_at(l, 3));
	wanted_free(l);
}

static void test_missing(void **state)
{
	struct wanted_list *l = NULL;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(wanted_load("/nowhere/wanted.jsonl", &l, &e), ERR_OK);
	assert_int_equal(wanted_count(l), 0);
	wanted_free(l);
	wanted_free(NULL);
}

static void test_too_many(void **state)
{
	struct wanted_list *l;
	struct buf b;

	(void)state;
	buf_init(&b, WANTED_FILE_MAX);
	for (int i = 0; i < WANTED_MAX + 3; i++)
		buf_addf(&b, "{\"id\":%d,\"url\":\"http://a.cn/\",\"kind\":\"page\"}\n", i);
	l = load(b.data, b.len);
	assert_int_equal(wanted_count(l), WANTED_MAX);
	assert_int_equal(wanted_left(l), 3);
	wanted_free(l);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests_name("wanted", tests, NULL, NULL);
}
