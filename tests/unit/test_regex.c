/*
 * test_regex.c - how patterns are normalised, what is refused, what limits do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/regex.h"

static void check_pattern(const char *in, const char *want)
{
	struct buf out;
	size_t at;

	buf_init(&out, 1 << 16);
	assert_int_equal(regex_normalise_pattern(in, strlen(in), &out, NULL, &at, NULL), ERR_OK);
	assert_string_equal(buf_str(&out), want);
	buf_fini(&out);
}

static void test_patterns(void **state)
{
	(void)state;
	check_pattern("拖欠.{0,4}工資", "拖欠.{0,4}工资");
	check_pattern("（死亡）？", "\\(死亡\\)\\?");
	check_pattern("[，。！？]", "[\\,。\\!\\?]");
	check_pattern("[^］－＾＼]", "[^\\]\\-\\^\\\\]");
	check_pattern("[０-９Ａ-Ｚ]", "[0-9a-z]");
	check_pattern("[一-龜]", "[一-龜]");
	check_pattern("\\（\\１", "\\(1");
	check_pattern("\\Q（a.b\\E.", "\\(a\\.b.");
	check_pattern("㎞{2}", "(?:km){2}");
	check_pattern("…", "(?:\\.\\.\\.)");
	check_pattern("a\u200b[\u200bb]", "a[b]");
	check_pattern("(?#說明，)a", "(?#說明，)a");
	check_pattern("\\p{Han}[[:alpha:]，]\\x{3002}", "\\p{Han}[[:alpha:]\\,]\\x{3002}");
	check_pattern("[]，]", "[]\\,]");
	check_pattern("\u3000", "\\x20");
	check_pattern("ABC", "ABC");
}

static enum err_code compile(const char *pattern, struct regex **out, struct err *e)
{
	size_t at;

	return regex_compile(pattern, strlen(pattern), out, &at, e);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"a*", "(?=a)", "a|", "\\Ka", "x\\K", "\\C", "(?C)",
		"(?C1)a", "[", "(", "a{2,1}", "\\b", "^", "(?R)"};
	struct regex *r;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (compile(bad[i], &r, NULL) != ERR_CONFIG)
			fail_msg("%s was taken", bad[i]);
		assert_null(r);
	}
}

static void test_error_place(void **state)
{
	struct regex *r;
	size_t at = 99;
	const char *p = "（，）[";

	(void)state;
	assert_int_equal(regex_compile(p, strlen(p), &r, &at, NULL), ERR_CONFIG);
	assert_int_equal(at, strlen(p));
}

static enum regex_verdict find(
	const char *pattern, const char *s, size_t n, size_t *start, size_t *end)
{
	struct regex *r;
	struct regex_work *w = regex_work_new();
	const char *why = "";
	enum regex_verdict v;
	struct err e = {ERR_OK, ""};

	if (compile(pattern, &r, &e) != ERR_OK)
		fail_msg("%s: %s", pattern, e.text);
	v = regex_next(r, w, s, n, 0, start, end, &why);
	if (v == REGEX_UNDECIDED)
		assert_true(strstr(why, "limit") != NULL);
	regex_free(r);
	regex_work_free(w);
	return v;
}

static char *repeat(const char *s, size_t times, const char *tail)
{
	size_t n = strlen(s);
	char *out = malloc(n * times + strlen(tail) + 1);

	assert_non_null(out);
	for (size_t i = 0; i < times; i++)
		memcpy(out + i * n, s, n);
	strcpy(out + n * times, tail);
	return out;
}

static void check_hostile(const char *prefix)
{
	static const char *const patterns[] = {
		"(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a|aa)+$", "(a|a?)+$"};
	char pattern[100], *s = repeat("a", 40, "!a!");
	size_t start, end;

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		strcpy(pattern, prefix);
		strcat(pattern, patterns[i]);
		if (i == 3)
			strcat(pattern, "!x"); /* may not be empty */
		if (find(pattern, s, strlen(s), &start, &end) == REGEX_YES)
			fail_msg("%s", pattern);
	}
	assert_int_equal(find("(a+)+$", s, strlen(s), &start, &end), REGEX_UNDECIDED);
	free(s);
}

static void test_hostile(void **state)
{
	(void)state;
	check_hostile("");
	check_hostile("(*NO_JIT)");
}

/* A pattern that stays just below the limit at every point of a long text must not
 * take its thousandfold: the item's own budget ends it. */
static void test_cost_of_an_item(void **state)
{
	char *s = repeat("aaaaaaaaaaaaaaaab", 2000, "!");
	size_t start, end;

	(void)state;
	assert_int_not_equal(find("(a+)+c!", s, strlen(s), &start, &end), REGEX_YES);
	assert_int_not_equal(find("(*NO_JIT)(a+)+[cd]", s, strlen(s), &start, &end), REGEX_YES);
	free(s);
}

static void test_long_text(void **state)
{
	char *s = repeat("哈", 500000, "拖了三年，没人管");
	size_t n = strlen(s), start, end;

	(void)state;
	assert_int_equal(find("拖了.{0,4}年", s, n, &start, &end), REGEX_YES);
	assert_int_equal(start, 1500000);
	assert_int_equal(end, 1500000 + strlen("拖了三年"));
	assert_int_equal(find("[^x]*+y", s, n, &start, &end), REGEX_NO);
	assert_int_equal(find("没人管$", s, n, &start, &end), REGEX_YES);
	assert_int_equal(find("哈$", s, n, &start, &end), REGEX_NO);
	assert_int_equal(find("^拖", s, n, &start, &end), REGEX_NO);
	free(s);
}

static void test_no_jit_same(void **state)
{
	static const char *const patterns[] = {"拖了.{0,4}年", "(死亡|遇难)\\D{0,4}[12]\\d人",
		"(?<![·•])凯里(?![·•]?欧文)", "(.)\\1\\1", "[^。]*欠薪"};
	static const char *const texts[] = {
		"拖了三年", "遇难者共12人", "凯里欧文与凯里", "哈哈哈", "没有", "一。老板欠薪"};

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
			char slow[100] = "(*NO_JIT)";
			size_t a = 0, b = 0, c = 0, d = 0, n = strlen(texts[k]);
			strcat(slow, patterns[i]);
			assert_int_equal(find(patterns[i], texts[k], n, &a, &b),
				find(slow, texts[k], n, &c, &d));
			assert_true(a == c && b == d);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_error_place),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_cost_of_an_item),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_no_jit_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
