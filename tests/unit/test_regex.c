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
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/regex.h"
#include "tests/unit/patterns.h"

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

/* --- words that a pattern needs -------------------------------------------------- */

static void add_words(struct buf *b, const struct regex_words *words, const char *before)
{
	for (size_t i = 0; i < words->count; i++) {
		buf_add_str(b, i ? " " : before);
		for (size_t k = 0; k < words->word[i].n; k++)
			utf8_add(b, words->word[i].cp[k]);
	}
}

static void check_need(const char *pattern, const char *want)
{
	static const char *const kinds[] = {"", " (short runs)", " (short texts)"};
	struct regex *r;
	struct err e = {ERR_OK, ""};
	struct buf b;

	buf_init(&b, 1000);
	if (compile(pattern, &r, &e) != ERR_OK)
		fail_msg("%s: %s", pattern, e.text);
	add_words(&b, &regex_need(r)->words, "");
	add_words(&b, &regex_need(r)->also, " and ");
	if (b.len)
		buf_add_str(&b, kinds[regex_need(r)->texts]);
	if (strcmp(buf_str(&b), want) != 0)
		fail_msg("/%s/ needs “%s”, not “%s”", pattern, buf_str(&b), want);
	buf_fini(&b);
	regex_free(r);
}

static void test_need(void **state)
{
	(void)state;
	check_need("拖了.{0,4}年", "拖了");
	check_need("(死亡|遇难)\\D{0,4}[12]\\d人", "死亡 遇难");
	check_need("(爬|上)塔吊.{0,10}(讨|要)(薪|钱|工资)", "塔吊");
	check_need("(?<![·•])凯里(?![·•]?(欧文|穆里根))", "凯里");
	check_need("拖欠工资不发还打人", "拖欠工资不发");
	check_need("x工資.{0,20}y|z.{0,20}拖欠", "工资 拖欠");
	check_need("拖欠.{0,20}工资|工资.{0,20}拖欠", "工资 and 拖欠");
	check_need("(?:污水|臭水)[^，]{0,12}直接排放", "直接排放 and 污水 臭水");
	check_need("讨薪.{0,9}工人|讨薪", "讨薪");
	check_need("讨薪+了", "讨薪");
	check_need("(讨薪){2,}", "讨薪");
	/* An endless repeat before the word costs a step a character. */
	check_need(".*拖欠.*工资", "拖欠 (short texts)");
	check_need("([0-9]+|[一二三]+)[个名].{0,6}工人", "工人 (short runs)");
	check_need("[哈]+[个名].{0,6}工人", "工人 (short texts)");
	check_need("([0-9]+|[一二三]+)[个一].{0,6}工人", "");
	check_need("(.*x.*|y)*工人", "");
	/* What may be missing, what is only looked at, what is not understood. */
	check_need("(讨薪)?a", "");
	check_need("讨{0,3}a", "");
	check_need("a(?=讨薪)", "");
	check_need("讨薪|a", "");
	check_need("[讨薪]", "");
	check_need("(?i)讨薪", "");
	check_need("(*NO_JIT)讨薪", "");
	check_need("讨(薪)\\1", "");
	check_need("\\x{8BA8}薪", "");
	check_need("abc", "");
}

static void check_kind(size_t before, size_t run, size_t after, enum regex_texts want)
{
	uint32_t cp[4 * REGEX_SHORT];
	size_t n = 0;

	for (size_t i = 0; i < before; i++)
		cp[n++] = 0x54C8;
	for (size_t i = 0; i < run; i++)
		cp[n++] = i % 2 ? '1' : 0x4E00;
	for (size_t i = 0; i < after; i++)
		cp[n++] = 0x54C8;
	assert_int_equal(regex_kind_of(cp, n), want);
}

static void test_kinds(void **state)
{
	(void)state;
	check_kind(0, 0, 0, REGEX_SHORT_TEXTS);
	check_kind(REGEX_SHORT, 0, 0, REGEX_SHORT_TEXTS);
	check_kind(1, 3, REGEX_SHORT, REGEX_SHORT_RUNS);
	for (size_t before = 0; before < 2 * REGEX_SHORT; before += 250) {
		check_kind(before, REGEX_SHORT, 2, REGEX_SHORT_RUNS);
		check_kind(before, REGEX_SHORT + 1, 0, REGEX_ALL_TEXTS);
		check_kind(before, REGEX_SHORT + 1, 300, REGEX_ALL_TEXTS);
	}
	check_kind(0, REGEX_SHORT, 1, REGEX_SHORT_RUNS);
}

static bool holds_one(const struct regex_words *words, const char *s)
{
	struct buf b;
	bool any = words->count == 0;

	buf_init(&b, 1000);
	for (size_t i = 0; i < words->count && !any; i++) {
		buf_clear(&b);
		for (size_t k = 0; k < words->word[i].n; k++)
			utf8_add(&b, words->word[i].cp[k]);
		any = strstr(s, buf_str(&b)) != NULL;
	}
	buf_fini(&b);
	return any;
}

static bool holds_need(const struct regex_need *need, const char *s)
{
	return holds_one(&need->words, s) && holds_one(&need->also, s);
}

static enum regex_texts kind_of(const struct buf *text)
{
	uint32_t cp[4 * REGEX_SHORT];
	size_t n = 0, len;

	for (size_t i = 0; i < text->len; i += len)
		cp[n++] = utf8_decode(text->data + i, text->len - i, &len);
	return regex_kind_of(cp, n);
}

static pcre2_code *compile_plain(const struct buf *pattern)
{
	const uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS;
	struct buf b;
	size_t at;
	int code;
	pcre2_code *c;

	buf_init(&b, 1 << 16);
	assert_int_equal(
		regex_normalise_pattern(buf_str(pattern), pattern->len, &b, NULL, &at, NULL),
		ERR_OK);
	c = pcre2_compile((PCRE2_SPTR)buf_str(&b), b.len, flags, &code, &at, NULL);
	assert_non_null(c);
	(void)pcre2_jit_compile(c, PCRE2_JIT_COMPLETE);
	buf_fini(&b);
	return c;
}

/* Within the smaller limit from every starting point, or it says so. */
static int match_plain(const pcre2_code *c, const struct buf *text, uint32_t flags)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int rc;

	pcre2_set_match_limit(limits, REGEX_LIGHT_LIMIT);
	rc = pcre2_match(
		c, (PCRE2_SPTR)buf_str(text), text->len, 0, flags | PCRE2_NOTEMPTY, data, limits);
	pcre2_match_data_free(data);
	pcre2_match_context_free(limits);
	return rc;
}

/* Where no word stands that the pattern needs, running it says no, and not "undecided",
 * with JIT and without. Returns whether there was anything to try. */
static bool try_pattern(const struct buf *pattern, uint64_t *seed, struct buf *text)
{
	static const char *const without[] = {"哈", "薪", "工", ""};
	struct regex *r;
	pcre2_code *plain;
	bool tried = false;

	if (compile(buf_str(pattern), &r, NULL) != ERR_OK)
		return false;
	plain = compile_plain(pattern);
	for (int i = 0; i < 4 && regex_need(r)->words.count; i++) {
		patterns_add_runs(text, seed, PATTERNS_PICK(seed, without));
		if (kind_of(text) < regex_need(r)->texts ||
			holds_need(regex_need(r), buf_str(text)))
			continue;
		tried = true;
		if (match_plain(plain, text, 0) != PCRE2_ERROR_NOMATCH ||
			match_plain(plain, text, PCRE2_NO_JIT) != PCRE2_ERROR_NOMATCH)
			fail_msg("/%s/ does not say no to “%s”", buf_str(pattern), buf_str(text));
	}
	pcre2_code_free(plain);
	regex_free(r);
	return tried;
}

static void test_need_is_needed(void **state)
{
	const char *wanted = getenv("FUZZ_ROUNDS");
	int64_t rounds = 3000;
	uint64_t seed = 20261126;
	size_t tried = 0;
	struct buf pattern, text;

	(void)state;
	if (wanted)
		assert_true(str_to_int(str_of(wanted), 1, 100000000, &rounds));
	buf_init(&pattern, 1 << 16);
	buf_init(&text, 1 << 16);
	for (int64_t i = 0; i < rounds; i++) {
		buf_clear(&pattern);
		patterns_add_part(&pattern, &seed, 3);
		tried += try_pattern(&pattern, &seed, &text);
	}
	assert_true(tried > (size_t)rounds / 10);
	buf_fini(&pattern);
	buf_fini(&text);
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
		cmocka_unit_test(test_need),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_need_is_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
