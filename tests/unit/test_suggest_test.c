/* The test of a suggested line: a text that alerts without the line and not with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "office/suggest_test.h"

#define TOPIC "[欠薪]\n代码 = wage\n地域 = 不限\n阈值 = 3\n欠薪 3分\n"

static struct rules *rules_of(const char *text)
{
	const struct rules_file file = {"keywords.conf", text, strlen(text)};
	struct rules *r = NULL;
	struct err e;

	assert_int_equal(rules_compile(&file, 1, &r, NULL, &e), ERR_OK);
	return r;
}

/* What is made of an alert with this title, today's rules and those with one line more. */
static void assert_test(const char *title, const char *text, const char *line, const char *want)
{
	const struct suggest_test t = {title, text, "球员", NULL, 0, "wage"};
	struct rules *before = rules_of(TOPIC), *after;
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct buf b;
	const char *out = NULL;
	struct err e;

	buf_init(&b, 4096);
	buf_addf(&b, "%s%s\n", TOPIC, line);
	after = rules_of(buf_str(&b));
	assert_int_equal(suggest_test_make(&t, before, after, a, &out, &e), ERR_OK);
	if (want)
		assert_string_equal(out, want);
	else
		assert_null(out);
	buf_fini(&b);
	rules_free(before);
	rules_free(after);
	arena_free(a);
}

static void test_text_shows_the_line(void **state)
{
	(void)state;
	assert_test("老球员讨要欠薪", "与此无关。", "!球员", "老球员讨要欠薪");
	/* The title alone does not alert, the sentence does. */
	assert_test("往事一件", "开场。球员说起欠薪。完。", "!球员", "球员说起欠薪");
}

static void test_text_that_shows_nothing_is_no_test(void **state)
{
	(void)state;
	/* It does not alert without the line. */
	assert_test("球员转会", "球员进球。", "!球员", NULL);
	/* It alerts with the line as well. */
	assert_test("球员讨要欠薪", "球员说起欠薪。", "!影片", NULL);
	assert_test(NULL, NULL, "!球员", NULL);
}

static void test_length_has_a_limit(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	buf_add_str(&b, "球员欠薪");
	for (size_t i = 4; i < SUGGEST_TEST_MAX; i++)
		buf_add_str(&b, "的");
	assert_test(buf_str(&b), NULL, "!球员", buf_str(&b));
	buf_add_str(&b, "的");
	assert_test(buf_str(&b), NULL, "!球员", NULL);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_shows_the_line),
		cmocka_unit_test(test_text_that_shows_nothing_is_no_test),
		cmocka_unit_test(test_length_has_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
