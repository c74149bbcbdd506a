/*
 * test_json.c - reading, repairing and writing JSON.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/time.h"
#include "base/utf8.h"
#include "tests/unit/starve.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct json *read_or_fail(const char *text)
{
	struct json *j = NULL;
	struct err e = {0};

	if (json_read(text, strlen(text), &j, &e) != ERR_OK)
		fail_msg("%s: %s", text, e.text);
	return j;
}

static void test_tree(void **state)
{
	struct json *j = read_or_fail(
		"{\"z\":1,\"a\":[true,false,null,1.5,\"x\"],\"o\":{\"k\":\"v\"},\"z\":2,"
		"\"big\":-9223372036854775808}");
	int64_t i = 0;
	double d = 0;
	void *iter = NULL;
	const struct json *v = NULL;

	(void)state;
	assert_int_equal(json_type_of(j), JSON_IS_OBJECT);
	assert_int_equal(json_size(j), 4);
	assert_true(json_get_int(j, "z", &i)); /* of duplicates the last */
	assert_int_equal(i, 2);
	assert_true(json_get_int(j, "big", &i));
	assert_true(i == INT64_MIN);
	assert_string_equal(json_next(j, &iter, &v), "z"); /* the document's order */
	assert_string_equal(json_next(j, &iter, &v), "a");
	assert_int_equal(json_type_of(v), JSON_IS_ARRAY);
	assert_string_equal(json_next(j, &iter, &v), "o");
	assert_string_equal(json_next(j, &iter, &v), "big");
	assert_null(json_next(j, &iter, &v));
	const struct json *a = json_get(j, "a");
	assert_int_equal(json_size(a), 5);
	assert_true(json_is_true(json_at(a, 0)));
	assert_false(json_is_true(json_at(a, 1)));
	assert_int_equal(json_type_of(json_at(a, 1)), JSON_IS_BOOL);
	assert_int_equal(json_type_of(json_at(a, 2)), JSON_IS_NULL);
	assert_int_equal(json_type_of(json_at(a, 3)), JSON_IS_REAL);
	assert_true(json_num(json_at(a, 3), &d));
	assert_true(d > 1.49 && d < 1.51);
	assert_false(json_int(json_at(a, 3), &i));
	assert_string_equal(json_str(json_at(a, 4)), "x");
	assert_null(json_at(a, 5));
	assert_null(json_get(a, "x"));
	assert_null(json_get(j, "absent"));
	assert_null(json_get_str(j, "z"));
	assert_string_equal(json_get_str(json_get(j, "o"), "k"), "v");
	json_free(j);
}

/* Everything may be asked of nothing. */
static void test_absent(void **state)
{
	int64_t i = 0;
	double d = 0;
	void *iter = NULL;
	const struct json *v = NULL;

	(void)state;
	assert_int_equal(json_type_of(NULL), JSON_IS_NULL);
	assert_null(json_get(NULL, "x"));
	assert_null(json_at(NULL, 0));
	assert_int_equal(json_size(NULL), 0);
	assert_null(json_str(NULL));
	assert_false(json_int(NULL, &i));
	assert_false(json_num(NULL, &d));
	assert_false(json_is_true(NULL));
	assert_null(json_next(NULL, &iter, &v));
	assert_null(json_pointer(NULL, "/a"));
	assert_null(json_get_str(NULL, "x"));
	json_free(NULL);
}

static void test_strict(void **state)
{
	static const char *const bad[] = {"", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{'a':1}",
		"\"\t\"", "\"\\ud800\"", "\"\\u0000\"", "\"\xff\"", "01", "1.", ".5", "+1", "NaN",
		"Infinity", "9223372036854775808", "1e999", "\xEF\xBB\xBF{}", "{} x", "nul",
		"[\"a\\x\"]", "{\"a\"}", "{1:2}", "// c\n1"};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct json *j = NULL;
		struct err e = {0};
		if (json_read(bad[i], strlen(bad[i]), &j, &e) != ERR_INPUT)
			fail_msg("accepted %s", bad[i]);
		assert_null(j);
		assert_true(e.text[0] != '\0');
	}
	json_free(read_or_fail(" 1 "));
	json_free(read_or_fail("\"x\""));
}

struct repair_row {
	const char *in;
	size_t n; /* 0: strlen */
	const char *want; /* sorted, compact; NULL: refused */
	bool repaired;
};

static void check_repair(const struct repair_row *r)
{
	struct json *j = NULL;
	struct err e = {0};
	struct buf b;
	bool repaired = false;
	size_t n = r->n != 0 ? r->n : strlen(r->in);
	char *copy = malloc(n + 1); /* exactly n bytes for the sanitizers */

	assert_non_null(copy);
	memcpy(copy, r->in, n);
	enum err_code rc = json_read_foreign(copy, n, &j, &repaired, &e);
	free(copy);
	if (r->want == NULL) {
		if (rc != ERR_INPUT)
			fail_msg("accepted %s", r->in);
		return;
	}
	if (rc != ERR_OK)
		fail_msg("%s: %s", r->in, e.text);
	buf_init(&b, 65536);
	json_add_sorted(&b, j);
	assert_string_equal(buf_str(&b), r->want);
	assert_int_equal(repaired, r->repaired);
	buf_fini(&b);
	json_free(j);
}

static const struct repair_row repair_rows[] = {
	{"{\"b\":1,\"a\":[]}", 0, "{\"a\":[],\"b\":1}", false},
	{"\xEF\xBB\xBF[1]", 0, "[1]", true},
	{"[\"a\tb\nc\x01\"]", 0, "[\"a\\tb\\nc\\u0001\"]", true},
	{"[\"a\0b\"]", 7, "[\"a\uFFFDb\"]", true},
	{"[\"\\u0000\"]", 0, "[\"\uFFFD\"]", true},
	{"[\"\\ud83d\\ude00\"]", 0, "[\"😀\"]", false},
	{"[\"\\uD83D\\uDE00\"]", 0, "[\"😀\"]", false},
	{"[\"\\ud83d\"]", 0, "[\"\uFFFD\"]", true},
	{"[\"\\ude00x\"]", 0, "[\"\uFFFDx\"]", true},
	{"[\"\\ud83d\\ud83d\\ude00\"]", 0, "[\"\uFFFD😀\"]", true},
	{"[\"\\ud83d\\u0041\"]", 0, "[\"\uFFFDA\"]", true},
	{"[\"\\ud83d\\\"]", 0, NULL, true},
	{"[\"\xff\xe4\xb8\"]", 0, "[\"\uFFFD\uFFFD\"]", true},
	{"[\"\xed\xa0\x80\"]", 0, "[\"\uFFFD\uFFFD\uFFFD\"]", true},
	{"[\"\\'\\x41\\u12\"]", 0, "[\"'\\\\x41\\\\u12\"]", true},
	{"[\"\\u\"]", 0, "[\"\\\\u\"]", true},
	{"[\"\\\\u0000\"]", 0, "[\"\\\\u0000\"]", false},
	{"[\"\\\"\"]", 0, "[\"\\\"\"]", false},
	{"{\"k\ney\":1}", 0, "{\"k\\ney\":1}", true},
	{"[9223372036854775807,-9223372036854775808]", 0,
		"[9223372036854775807,-9223372036854775808]", false},
	{"[9223372036854775808]", 0, "[\"9223372036854775808\"]", true},
	{"{\"id\":123456789012345678901234567890}", 0,
		"{\"id\":\"123456789012345678901234567890\"}", true},
	{"[-9223372036854775809]", 0, "[\"-9223372036854775809\"]", true},
	{"[1e999,-1E999]", 0, "[\"1e999\",\"-1E999\"]", true},
	{"[1e308,0.1,-0.5e-3]", 0, "[1e+308,0.1,-0.0005]", false},
	{"[1e-999]", 0, "[0.0]", false},
	{"[\"9223372036854775808\"]", 0, "[\"9223372036854775808\"]", false},
	{"[01]", 0, NULL, false},
	{"[1.]", 0, NULL, false},
	{"[--1]", 0, NULL, false},
	{"[1,]", 0, NULL, false},
	{"{", 0, NULL, false},
	{"[\"abc", 0, NULL, false},
	{"[\"abc\\", 0, NULL, false},
	{"\xEF\xBB\xBF", 0, NULL, false},
	{"[\xff]", 0, NULL, false},
	{"<html>", 0, NULL, false},
};

static void test_repair(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(repair_rows); i++)
		check_repair(&repair_rows[i]);
}

static char *nested(const char *open, const char *close, size_t depth)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < depth; i++)
		buf_add_str(&b, open);
	buf_add_char(&b, '1');
	for (size_t i = 0; i < depth; i++)
		buf_add_str(&b, close);
	return buf_detach(&b);
}

static const struct {
	const char *open, *close;
	size_t depth;
	enum err_code want;
} bounds_rows[] = {
	{"[", "]", JSON_DEPTH_MAX, ERR_OK},
	{"[", "]", JSON_DEPTH_MAX + 1, ERR_LIMIT},
	{"{\"a\":", "}", JSON_DEPTH_MAX, ERR_OK},
	{"{\"a\":", "}", JSON_DEPTH_MAX + 1, ERR_LIMIT},
	{"[", "", 1000000, ERR_LIMIT},
	{"[{\"a\":", "}]", 40, ERR_LIMIT},
};

static void test_bounds(void **state)
{
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(bounds_rows); i++) {
		char *text =
			nested(bounds_rows[i].open, bounds_rows[i].close, bounds_rows[i].depth);
		struct json *j = NULL;
		assert_int_equal(json_read(text, strlen(text), &j, &e), bounds_rows[i].want);
		json_free(j);
		j = NULL;
		assert_int_equal(
			json_read_foreign(text, strlen(text), &j, NULL, &e), bounds_rows[i].want);
		json_free(j);
		free(text);
	}
	/* brackets in strings do not count */
	char *text = nested("[\"[[[[[[[[[[\\\"[[[[[[[[[[\"],", "", 1000);
	struct json *j = NULL;
	text[0] = ' ';
	assert_int_equal(json_read(text, strlen(text), &j, &e), ERR_INPUT);
	free(text);
	/* eight million bytes of tiny values would take a gigabyte */
	struct buf b;
	buf_init(&b, BUF_MAX_DEFAULT);
	buf_add_char(&b, '[');
	for (size_t i = 0; i < 2000000; i++)
		buf_add_str(&b, "{},");
	buf_add_str(&b, "1]");
	assert_int_equal(json_read_foreign(b.data, b.len, &j, NULL, &e), ERR_LIMIT);
	assert_null(j);
	buf_fini(&b);
}

static void test_as_text(void **state)
{
	static const struct {
		const char *json, *want;
	} rows[] = {
		{"[\"x y\"]", "x y"},
		{"[0]", "0"},
		{"[-12]", "-12"},
		{"[9223372036854775807]", "9223372036854775807"},
		{"[98765432109876543210]", "98765432109876543210"},
		{"[1.5]", "1.5"},
		{"[0.1]", "0.1"},
		{"[true]", NULL},
		{"[null]", NULL},
		{"[[]]", NULL},
	};
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct json *j = NULL;
		struct buf b;
		buf_init(&b, 1024);
		assert_int_equal(
			json_read_foreign(rows[i].json, strlen(rows[i].json), &j, NULL, &e),
			ERR_OK);
		assert_int_equal(json_as_text(json_at(j, 0), &b), rows[i].want != NULL);
		assert_string_equal(buf_str(&b), rows[i].want != NULL ? rows[i].want : "");
		buf_fini(&b);
		json_free(j);
	}
}

/* RFC 6901 §5, and what it refuses. */
static void test_pointer(void **state)
{
	struct json *j = read_or_fail("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,"
				      "\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,"
				      "\"m~n\":8,\"x\":{\"y\":[{\"z\":9}]}}");
	static const struct {
		const char *pointer;
		int want;
	} rows[] = {
		{"/", 0},
		{"/a~1b", 1},
		{"/c%d", 2},
		{"/e^f", 3},
		{"/g|h", 4},
		{"/i\\j", 5},
		{"/k\"l", 6},
		{"/ ", 7},
		{"/m~0n", 8},
		{"/x/y/0/z", 9},
	};
	static const char *const absent[] = {"foo", "/foo/2", "/foo/00", "/foo/01", "/foo/-1",
		"/foo/+1", "/foo/-", "/foo/", "/foo/1x", "/foo/99999999999999999999", "/m~n",
		"/m~2n", "/m~", "/x/y/0/z/0", "//", "/nope/a"};
	int64_t v = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(json_int(json_pointer(j, rows[i].pointer), &v));
		assert_int_equal(v, rows[i].want);
	}
	for (size_t i = 0; i < COUNT(absent); i++) {
		if (json_pointer(j, absent[i]) != NULL)
			fail_msg("found %s", absent[i]);
	}
	assert_ptr_equal(json_pointer(j, ""), j);
	assert_string_equal(json_str(json_pointer(j, "/foo/0")), "bar");
	assert_int_equal(json_size(json_pointer(j, "/foo")), 2);
	json_free(j);
}

static void test_numbers(void **state)
{
	static const int64_t some[] = {-1, 0, INT64_MAX};
	struct json_writer w;
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_ints(&w, "some", some, 3);
	json_put_ints(&w, "none", NULL, 0);
	json_end_object(&w);
	assert_string_equal(buf_str(&b), "{\"some\":[-1,0,9223372036854775807],\"none\":[]}");
	buf_fini(&b);
}

static void test_writer(void **state)
{
	struct buf b;
	struct json_writer w;

	(void)state;
	buf_init(&b, 4096);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "s", "q\"\\\b\f\n\r\t\x01/");
	json_put_str(&w, "none", NULL);
	json_put_int(&w, "i", INT64_MIN);
	json_put_bool(&w, "b", true);
	json_put_time(&w, "t", 0);
	json_put_time(&w, "no", TIME_NONE);
	json_put_time(&w, "far", INT64_MAX);
	json_key(&w, "a");
	json_begin_array(&w);
	json_add_null(&w);
	json_add_str(&w, NULL);
	json_begin_array(&w);
	json_end_array(&w);
	json_begin_object(&w);
	json_end_object(&w);
	json_add_real(&w, 0.5);
	json_add_real(&w, 3.0);
	json_add_raw(&w, "{\"r\":1}");
	json_add_strn(&w, "ab\0c", 4);
	json_end_array(&w);
	json_key(&w, "k");
	json_add_bool(&w, false);
	json_end_object(&w);
	assert_int_equal(b.fault, ERR_OK);
	assert_string_equal(buf_str(&b),
		"{\"s\":\"q\\\"\\\\\\b\\f\\n\\r\\t\\u0001/\",\"i\":-9223372036854775808,\"b\":true,"
		"\"t\":\"1970-01-01T00:00:00Z\",\"a\":[null,null,[],{},0.5,3.0,{\"r\":1},"
		"\"ab\\u0000c\"],\"k\":false}");
	buf_fini(&b);
}

/* What a terminal would obey is escaped, invalid bytes are replaced, text is kept. */
static void test_writer_safe(void **state)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"农民工讨薪", "\"农民工讨薪\""},
		{"😀é", "\"😀é\""},
		{"\x1b[2J", "\"\\u001b[2J\""},
		{"\x7f", "\"\\u007f\""},
		{"\xc2\x9b"
		 "31m",
			"\"\\u009b31m\""},
		{"a\u202eb\u2066", "\"a\\u202eb\\u2066\""},
		{"\u200b\u200d\ufeff\u2028", "\"\\u200b\\u200d\\ufeff\\u2028\""},
		{"\U000E0041", "\"\\udb40\\udc41\""},
		{"\xff\xe4\xb8x", "\"\uFFFD\uFFFDx\""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf b;
		struct json_writer w;
		struct json *j = NULL;
		struct err e = {0};
		buf_init(&b, 4096);
		json_writer_init(&w, &b);
		json_add_str(&w, rows[i].in);
		assert_string_equal(buf_str(&b), rows[i].want);
		assert_int_equal(json_read(b.data, b.len, &j, &e), ERR_OK);
		if (utf8_is_valid(rows[i].in, strlen(rows[i].in)))
			assert_string_equal(json_str(j), rows[i].in);
		json_free(j);
		buf_fini(&b);
	}
}

static void test_writer_depth(void **state)
{
	struct buf b;
	struct json_writer w;

	(void)state;
	buf_init(&b, 4096);
	json_writer_init(&w, &b);
	for (int i = 0; i < JSON_DEPTH_MAX - 1; i++)
		json_begin_array(&w);
	assert_int_equal(b.fault, ERR_OK);
	json_begin_array(&w);
	assert_int_equal(b.fault, ERR_LIMIT);
	for (int i = 0; i < 2 * JSON_DEPTH_MAX; i++)
		json_end_array(&w);
	buf_fini(&b);
}

static void test_sorted(void **state)
{
	struct json *j = read_or_fail("{\"b\":{\"d\":[1,{\"f\":null,\"e\":true}],\"c\":\"\\u202e\"}"
				      ",\"B\":1.25,\"a_b\":-1}");
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	json_add_sorted(&b, j);
	assert_string_equal(buf_str(&b), "{\"B\":1.25,\"a_b\":-1,\"b\":{\"c\":\"\\u202e\","
					 "\"d\":[1,{\"e\":true,\"f\":null}]}}");
	buf_clear(&b);
	json_add_sorted(&b, NULL);
	assert_string_equal(buf_str(&b), "null");
	buf_fini(&b);
	json_free(j);
}

/* Random bytes end in a tree or an error, and what is mended once needs no more. */
static void test_random(void **state)
{
	static const char alphabet[] = "{}[]\",:\\u0d8af1-e.+'n \t\xff\xe4\xb8\xad\x01";
	uint32_t seed = 20261123;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[48];
		size_t n = 0;
		struct json *j = NULL, *again = NULL;
		struct err e = {0};
		bool repaired = false;
		text[n++] = '[';
		text[n++] = '"';
		while (n < 44) {
			seed = seed * 1664525u + 1013904223u;
			text[n++] = alphabet[(seed >> 16) % (sizeof alphabet)];
		}
		text[n++] = '"';
		text[n++] = ']';
		if (json_read_foreign(text, n, &j, &repaired, &e) != ERR_OK) {
			assert_null(j);
			continue;
		}
		struct buf b;
		buf_init(&b, 65536);
		json_add_sorted(&b, j);
		assert_true(utf8_is_valid(b.data, b.len));
		assert_int_equal(json_read_foreign(b.data, b.len, &again, &repaired, &e), ERR_OK);
		assert_false(repaired);
		json_free(again);
		json_free(j);
		buf_fini(&b);
	}
}

/* What is built member by member is what would be read of it, were it written. */
static void test_built(void **state)
{
	static const char *const texts[] = {"", "拖欠工资", "a\"b\\c\n\x01\x7f", "\xe2\x80\xae倒",
		"{\"line\":1}", "坏\xff\xe6\x8b的", "\xed\xa0\x80", "\xf0\x9f\x98\x80"};
	static const int64_t numbers[] = {0, -1, INT64_MAX, INT64_MIN};
	static const char *const keys[] = {"z", "a", "why", "grounds", "source_name", "b_c"};
	struct buf text, read, built;

	(void)state;
	buf_init(&text, 65536);
	buf_init(&read, 65536);
	buf_init(&built, 65536);
	for (size_t round = 0; round < 200; round++) {
		struct json *made = json_new_object();
		struct json_writer w;
		json_writer_init(&w, &text);
		json_begin_object(&w);
		for (size_t i = 0; i < COUNT(keys); i++) {
			size_t r = round * 7 + i * 5 + round * i;
			const char *s = r % 9 == 8 ? NULL : texts[r % COUNT(texts)];
			if (r % 3) {
				json_put_str(&w, keys[i], s);
				assert_true(json_set_str(made, keys[i], s));
			} else {
				json_put_int(&w, keys[i], numbers[r % COUNT(numbers)]);
				assert_true(
					json_set_int(made, keys[i], numbers[r % COUNT(numbers)]));
			}
		}
		json_end_object(&w);
		struct json *j = read_or_fail(buf_str(&text));
		json_add_sorted(&read, j);
		json_add_sorted(&built, made);
		assert_string_equal(buf_str(&built), buf_str(&read));
		json_free(j);
		json_free(made);
		buf_clear(&text);
		buf_clear(&read);
		buf_clear(&built);
	}
	buf_fini(&text);
	buf_fini(&read);
	buf_fini(&built);
}

static void read_in_vain(void *text)
{
	struct json *root;

	json_init();
	(void)json_read(text, STARVE_LARGE, &root, NULL);
}

/* No text is ever read with a part missing: the program ends before. */
static void test_no_memory(void **state)
{
	char *text = malloc(STARVE_LARGE);

	(void)state;
	assert_non_null(text);
	memset(text, 'a', STARVE_LARGE);
	text[0] = text[STARVE_LARGE - 1] = '"';
	starve(read_in_vain, text, "test_json: out of memory\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_repair),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_as_text),
		cmocka_unit_test(test_pointer),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_writer),
		cmocka_unit_test(test_writer_safe),
		cmocka_unit_test(test_writer_depth),
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_built),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
