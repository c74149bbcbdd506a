/* CSV records: quotes, separators, line numbers, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/csvline.h"

/* All records as "a|b|c;" in one text. */
static void flatten(const char *text, char *out, size_t room, enum err_code *end)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct csvline *c = calloc(1, sizeof *c);
	struct err e = {ERR_OK, ""};

	assert_non_null(a);
	assert_non_null(c);
	csvline_init(c, text, strlen(text), a);
	*out = '\0';
	while ((*end = csvline_next(c, &e)) == ERR_OK) {
		for (size_t i = 0; i < c->count; i++) {
			strncat(out, i ? "|" : "", room - strlen(out) - 1);
			strncat(out, csvline_field(c, i), room - strlen(out) - 1);
		}
		assert_string_equal(csvline_field(c, c->count), "");
		strncat(out, ";", room - strlen(out) - 1);
	}
	free(c);
	arena_free(a);
}

static void test_records(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"a,b\n1,2\n", "a|b;1|2;"},
		{"a,b\r\n1,2", "a|b;1|2;"},
		{"\xef\xbb\xbf名称,全称\n市人社局,\n", "名称|全称;市人社局|;"},
		{"a;b;c\n1,5;2;3\n", "a|b|c;1,5|2|3;"},
		{"a\tb\n1\t2\n", "a|b;1|2;"},
		{"\"a,b\",\"say \"\"hi\"\"\"\n", "a,b|say \"hi\";"},
		{"\"two\nlines\",x\n", "two\nlines|x;"},
		{" a , b \n", "a|b;"},
		{"a,b\n\n,\n  \nc,d\n", "a|b;c|d;"},
		{"5\" pipe,x\n", "5\" pipe|x;"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char got[4096];
		enum err_code end;
		flatten(rows[i].text, got, sizeof got, &end);
		assert_int_equal(end, ERR_NOT_FOUND);
		assert_string_equal(got, rows[i].want);
	}
}

static void test_faults(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct csvline *c = calloc(1, sizeof *c);
	struct err e = {ERR_OK, ""};
	char many[CSVLINE_FIELDS_MAX + 2];

	(void)state;
	csvline_init(c, "a\nb\n\"open,c\n", 12, a);
	assert_int_equal(csvline_next(c, &e), ERR_OK);
	assert_int_equal(c->line, 1);
	assert_int_equal(csvline_next(c, &e), ERR_OK);
	assert_int_equal(c->line, 2);
	assert_int_equal(csvline_next(c, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "3"));
	memset(many, ',', sizeof many);
	csvline_init(c, many, sizeof many, a);
	assert_int_equal(csvline_next(c, &e), ERR_LIMIT);
	free(c);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests_name("csvline", tests, NULL, NULL);
}
