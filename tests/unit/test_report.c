/* A list of faults is read again as it was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/report.h"

static void check(struct report_entry *got, enum report_kind kind, const char *file, int line,
	int column, const char *text, const char *hint)
{
	assert_int_equal(got->kind, kind);
	assert_true(str_is(got->file, file));
	assert_int_equal(got->line, line);
	assert_int_equal(got->column, column);
	assert_true(str_is(got->text, text));
	assert_true(str_is(got->hint, hint));
}

static void test_round(void **state)
{
	struct err e = {ERR_OK, ""};
	struct report r = {.e = &e};
	struct report_entry got;
	struct str rest;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	r.out = &b;
	report_error(&r, (struct report_place){"C:12: x", 3, 4}, "a: %d: 1:2: b", 5);
	report_hint(&r, "do %s\nand more", "this");
	report_warning(&r, (struct report_place){"keywords.conf", 7, 0}, "careful");
	report_notice(&r, (struct report_place){"keywords.conf", 0, 0}, "read as x");
	assert_int_equal(report_end(&r), ERR_CONFIG);
	assert_string_equal(e.text, "C:12: x:3:4: a: 5: 1:2: b");
	rest = (struct str){buf_str(&b), b.len};
	assert_true(report_read(&rest, &got));
	/* A name with ":12: " in it is cut there; the text is whole all the same. */
	check(&got, REPORT_ERROR, "C", 12, 0, "x:3:4: a: 5: 1:2: b", "do this and more");
	assert_true(report_read(&rest, &got));
	check(&got, REPORT_WARNING, "keywords.conf", 7, 0, "careful", "");
	assert_true(report_read(&rest, &got));
	check(&got, REPORT_NOTICE, "keywords.conf", 0, 0, "read as x", "");
	assert_false(report_read(&rest, &got));
	buf_fini(&b);
}

static void test_many(void **state)
{
	struct report r = {.e = NULL};
	struct report_entry got;
	struct str rest;
	struct buf b;
	size_t n = 0;

	(void)state;
	buf_init(&b, 1 << 20);
	r.out = &b;
	for (int i = 0; i < REPORT_MAX + 7; i++) {
		report_error(&r, (struct report_place){"x", i + 1, 1}, "wrong");
		report_hint(&r, "mend it");
	}
	assert_int_equal(report_end(&r), ERR_CONFIG);
	for (rest = (struct str){buf_str(&b), b.len}; report_read(&rest, &got); n++)
		if (n < REPORT_MAX)
			check(&got, REPORT_ERROR, "x", (int)n + 1, 1, "wrong", "mend it");
	assert_int_equal(n, REPORT_MAX + 1);
	assert_non_null(strstr(buf_str(&b), "and 7 more errors"));
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
