/*
 * test_json_split.c - objects taken apart, whole and damaged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/json_split.h"

/* The members of text as key=value; each, and what ended it. */
static const char *split(const char *text, struct buf *out)
{
	struct str rest, key, value;
	enum err_code rc;

	buf_clear(out);
	if (!json_split_open(str_of(text), &rest))
		return "no object";
	while ((rc = json_split_next(&rest, &key, &value)) == ERR_OK) {
		buf_add(out, key.p, key.n);
		buf_add_char(out, '=');
		buf_add(out, value.p, value.n);
		buf_add_char(out, ';');
	}
	buf_add_str(out, rc == ERR_NOT_FOUND ? "." : "!");
	return buf_str(out);
}

static const struct {
	const char *text, *want;
} cases[] = {
	{"{}", "."},
	{" { } \n", "."},
	{"{\"a\":1}", "\"a\"=1;."},
	{"{ \"a\" : 1 , \"b\" : [1,{\"c\":2},[3]] }\n", "\"a\"=1;\"b\"=[1,{\"c\":2},[3]];."},
	{"{\"a\":{\"x\":\"},]\"},\"b\":\"\\\"{,\"}", "\"a\"={\"x\":\"},]\"};\"b\"=\"\\\"{,\";."},
	{"{\"a\\\\\":\"\\\\\",\"\":null}", "\"a\\\\\"=\"\\\\\";\"\"=null;."},
	{"", "no object"},
	{"{", "no object"},
	{"[]", "no object"},
	{"{\"a\":1", "no object"},
	{"{\"a\"}", "!"},
	{"{\"a\":}", "!"},
	{"{a:1}", "!"},
	{"{\"a:1}", "!"},
	{"{\"a\":\"b}", "!"},
	{"{\"a\":\"b\\}", "!"},
	{"{\"a\":1,}", "!"},
	{"{,}", "!"},
	{"{\"a\":[1}", "!"},
	{"{\"a\":1}}", "!"},
	{"{} {}", "!"},
	{"{\"a\":1,\"b\":{\"c\":1}", "\"a\"=1;!"},
};

static void test_cases(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(split(cases[i].text, &b), cases[i].want);
	buf_fini(&b);
}

/* Wherever a text is cut, it is read no further than it stands. */
static void test_cut(void **state)
{
	static const char text[] = "{\"a\":{\"b\":[1,\"\\\"\"]},\"c\":\"\\\\\"}";
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	for (size_t n = 0; n < sizeof text - 1; n++) {
		char *cut = strndup(text, n);
		const char *got = split(cut, &b);
		assert_true(got[strlen(got) - 1] != '.');
		free(cut);
	}
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
