/* What of a text is content, and what is form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "matcher/wording.h"
#include "matcher/wording_words.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new(ARENA_MAX_DEFAULT);
	return arena ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The content, its runs joined with |. */
static const char *content(const char *text, const char *name, enum wording_how how)
{
	struct str names[1] = {str_of(name)};
	struct wording w;
	char *out = arena_alloc(arena, 3 * strlen(text) + 2);

	assert_int_equal(
		wording_read(NULL, str_of(text), names, name ? 1 : 0, how, arena, &w, NULL), 0);
	for (size_t i = 0; i < w.n; i++) {
		bool in = wording_is_content(&w, i);
		bool tail = i > 0 && wording_is_content(&w, i - 1);
		if (in || tail)
			strncat(out, w.s + w.at[i], w.at[i + 1] - w.at[i]);
		if (tail && !in)
			strcat(out, "|");
	}
	return out;
}

static void test_content(void **state)
{
	(void)state;
	assert_string_equal(content("您反映的路灯不亮问题已收悉。", NULL, WORDING_PLAIN), "路灯|");
	assert_string_equal(content("有关部门正在处理", NULL, WORDING_PLAIN), "");
	assert_string_equal(content("高度重视路灯", NULL, WORDING_PHRASES), "路灯|");
	assert_string_equal(
		content("狠抓落实，路灯", NULL, WORDING_PLAIN), "狠抓|路灯|"); /* no phrases */
	assert_string_equal(content("举一反三，路灯", NULL, WORDING_PHRASES), "路灯|");
	assert_string_equal(content("甲子桥路灯", "甲子桥", WORDING_PLAIN), "路灯|");
	assert_string_equal(content("", NULL, WORDING_PHRASES), "");
	assert_string_equal(content("abc 123 。", NULL, WORDING_PHRASES), "");
	assert_string_equal(content("\xff路\xfe灯杆", NULL, WORDING_PLAIN), "灯杆|");
}

/* Width, script, white space and tables are one. */
static void test_forms(void **state)
{
	(void)state;
	assert_string_equal(content("路\n燈", NULL, WORDING_PLAIN), "路灯|");
	assert_string_equal(content("問題\t\t路　燈\r\n", NULL, WORDING_PLAIN), "路灯|");
	assert_string_equal(content("高·度·重·视", NULL, WORDING_PHRASES), "");
	assert_string_equal(content("路，灯", NULL, WORDING_PLAIN), "");
}

static void test_phrases(void **state)
{
	struct wording w;
	struct buf b;

	(void)state;
	assert_int_equal(wording_read(NULL, str_of("高度重视，举一反三，高度重视，狠抓落实。"),
				 NULL, 0, WORDING_PHRASES, arena, &w, NULL),
		0);
	assert_int_equal(w.phrases, 4);
	buf_init(&b, 1024);
	wording_add_phrases(&w, 9, &b);
	assert_string_equal(buf_str(&b), "高度重视、举一反三、狠抓落实");
	buf_clear(&b);
	wording_add_phrases(&w, 1, &b);
	assert_string_equal(buf_str(&b), "高度重视");
	buf_fini(&b);
}

static void test_tables(void **state)
{
	(void)state;
	assert_true(wording_words_are_sorted());
	assert_int_equal(wording_words_common("问题很大", 12), 6);
	assert_int_equal(wording_words_common("问", 3), 0);
	assert_int_equal(wording_words_phrase("高度重视您", 15), 12);
	assert_int_equal(wording_words_phrase("高度重视您", 9), 0);
	assert_true(wording_words_is_joiner("的"));
	assert_true(wording_words_is_joiner("第")); /* the last */
	assert_false(wording_words_is_joiner("灯"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_content, begin, end),
		cmocka_unit_test_setup_teardown(test_forms, begin, end),
		cmocka_unit_test_setup_teardown(test_phrases, begin, end),
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
