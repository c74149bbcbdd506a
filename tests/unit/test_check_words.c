/* What the checks of an answer mean, and what they rest on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office/check_words.h"

static void test_names(void **state)
{
	struct str rest = str_of("late,,slogan,"
				 "a-name-that-no-version-of-this-program-has-ever-had,repost");
	char name[CHECK_WORDS_NAME];

	(void)state;
	assert_true(check_words_next(&rest, name));
	assert_string_equal(name, "late");
	assert_true(check_words_next(&rest, name));
	assert_string_equal(name, "slogan");
	assert_true(check_words_next(&rest, name));
	assert_string_equal(name, "repost");
	assert_false(check_words_next(&rest, name));
	rest = str_of("");
	assert_false(check_words_next(&rest, name));
}

static void test_words(void **state)
{
	static const char found[] = "slogan\t高度重视\nrepost\tI7 100% https://a.example.com/1\n";
	struct buf b;

	(void)state;
	buf_init(&b, 1024);
	check_words_add(&b, "slogan", found);
	assert_string_equal(buf_str(&b), "no measure, unit, date or number: 高度重视");
	buf_clear(&b);
	check_words_add(&b, "late", found);
	assert_string_equal(buf_str(&b), "published after its limit");
	buf_clear(&b);
	check_words_add(&b, "slogan", NULL);
	assert_string_equal(buf_str(&b), "no measure, unit, date or number");
	buf_clear(&b);
	check_words_add(&b, "unheard-of", found);
	assert_string_equal(buf_str(&b), "");
	assert_true(str_is(check_words_reason(found, "repost"), "I7 100% https://a.example.com/1"));
	assert_int_equal(check_words_reason(found, "repo").n, 0);
	buf_fini(&b);
}

static void test_one_more(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1024);
	check_words_join(&b, "", "page-time");
	assert_string_equal(buf_str(&b), "page-time");
	buf_clear(&b);
	check_words_join(&b, "late,slogan", "page-time");
	assert_string_equal(buf_str(&b), "late,slogan,page-time");
	buf_clear(&b);
	check_words_join(&b, "late,page-time,slogan", "page-time");
	assert_string_equal(buf_str(&b), "late,page-time,slogan");
	buf_clear(&b);
	check_words_join_reason(&b, NULL, "page-time", "甲");
	assert_string_equal(buf_str(&b), "page-time\t甲\n");
	buf_clear(&b);
	check_words_join_reason(&b, "slogan\t乙\n", "page-time", "甲");
	assert_string_equal(buf_str(&b), "slogan\t乙\npage-time\t甲\n");
	buf_clear(&b);
	check_words_join_reason(&b, "page-time\t甲\nslogan\t乙\n", "page-time", "丙");
	assert_string_equal(buf_str(&b), "page-time\t甲; 丙\nslogan\t乙\n");
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_one_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
