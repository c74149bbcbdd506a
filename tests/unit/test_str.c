/*
 * test_str.c - views and the parsers on them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void making_and_cutting(void **state)
{
	struct str s = str_of("abcdef");

	(void)state;
	assert_int_equal(str_of(NULL).n, 0);
	assert_true(str_is(str_sub(s, 1, 3), "bc"));
	assert_true(str_is(str_sub(s, 4, 99), "ef"));
	assert_true(str_is(str_sub(s, 5, 2), ""));
	assert_true(str_is(str_sub(s, 99, 99), ""));
	assert_true(str_is(str_sub(str_of(NULL), 1, 2), ""));
}

static void comparing(void **state)
{
	struct str s = str_of("Content-Type");

	(void)state;
	assert_true(str_eq(str_of(NULL), str_of("")));
	assert_false(str_eq(s, str_of("Content-type")));
	assert_true(str_is_nocase(s, "content-TYPE"));
	assert_false(str_is_nocase(s, "content-typ"));
	assert_false(str_is_nocase(str_of("\xC3\x89"), "\xC3\xA9"));
	assert_true(str_has_prefix(s, "Content"));
	assert_true(str_has_prefix(s, ""));
	assert_false(str_has_prefix(str_of("a"), "ab"));
	assert_true(str_has_suffix(s, "-Type"));
	assert_false(str_has_suffix(str_of("b"), "ab"));
	assert_true(str_has_suffix(str_of(NULL), ""));
}

static void trimming_and_finding(void **state)
{
	struct str s = str_of("one two one");

	(void)state;
	assert_true(str_is(str_trim(str_of(" \t\r\n a b \v\f")), "a b"));
	assert_true(str_is(str_trim(str_of("  ")), ""));
	assert_int_equal(str_trim(str_of(NULL)).n, 0);
	assert_int_equal(str_find(s, "one", 0), 0);
	assert_int_equal(str_find(s, "one", 1), 8);
	assert_int_equal(str_find(s, "three", 0), s.n);
	assert_int_equal(str_find(s, "one", 99), s.n);
	assert_int_equal(str_find(str_of(NULL), "x", 0), 0);
}

static void splitting(void **state)
{
	static const char *const inputs[] = {"a,b,,c", "a,", ",", "", "abc"};
	static const char *const wanted[] = {"[a][b][][c]", "[a][]", "[][]", "[]", "[abc]"};

	(void)state;
	for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
		struct str rest = str_of(inputs[i]);
		char got[64] = "";
		while (rest.p) {
			struct str part = str_split(&rest, ',');
			strcat(got, "[");
			strncat(got, part.p, part.n);
			strcat(got, "]");
		}
		assert_string_equal(got, wanted[i]);
	}
}

static void whole_numbers(void **state)
{
	static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1x", "0x1", "1.0", "--1",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999",
		"\xEF\xBC\x91"};
	int64_t v = 7;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_to_int(str_of(bad[i]), INT64_MIN, INT64_MAX, &v));
	assert_int_equal(v, 7);
	assert_true(str_to_int(str_of("9223372036854775807"), INT64_MIN, INT64_MAX, &v));
	assert_true(v == INT64_MAX);
	assert_true(str_to_int(str_of("-9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	assert_true(v == INT64_MIN);
	assert_true(str_to_int(str_of("007"), 0, 10, &v));
	assert_int_equal(v, 7);
	assert_false(str_to_int(str_of("11"), 0, 10, &v));
	assert_false(str_to_int(str_of("-1"), 0, 10, &v));
	assert_true(str_to_int(str_of("-0"), 0, 10, &v));
	assert_int_equal(v, 0);
}

static void classes_are_ascii(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		unsigned char u = (unsigned char)c;
		bool digit = c >= '0' && c <= '9';
		bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		assert_int_equal(str_is_digit(u), digit);
		assert_int_equal(str_is_alpha(u), alpha);
		assert_int_equal(str_is_alnum(u), digit || alpha);
		assert_int_equal(str_is_space(u), c != 0 && c < 128 && strchr(" \t\n\v\f\r", c));
	}
	assert_int_equal(str_lower('Q'), 'q');
	assert_int_equal(str_lower('['), '[');
	assert_int_equal(str_lower((char)0xC3), (char)0xC3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(making_and_cutting),
		cmocka_unit_test(comparing),
		cmocka_unit_test(trimming_and_finding),
		cmocka_unit_test(splitting),
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(classes_are_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
