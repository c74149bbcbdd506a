/* Months, quarters, halves and years. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/yearpart.h"

static void test_of(void **state)
{
	static const struct {
		const char *kind, *date, *ref, *from, *to, *next;
	} rows[] = {
		{"quarter", "2021-06-25", "2021Q2", "2021-04-01", "2021-06-30", "2021Q3"},
		{"quarter", "2021-07-01", "2021Q3", "2021-07-01", "2021-09-30", "2021Q4"},
		{"quarter", "2021-12-31", "2021Q4", "2021-10-01", "2021-12-31", "2022Q1"},
		{"quarter", "2022-01-01", "2022Q1", "2022-01-01", "2022-03-31", "2022Q2"},
		{"month", "2024-02-29", "2024-02", "2024-02-01", "2024-02-29", "2024-03"},
		{"month", "2021-02-01", "2021-02", "2021-02-01", "2021-02-28", "2021-03"},
		{"month", "2021-12-05", "2021-12", "2021-12-01", "2021-12-31", "2022-01"},
		{"half", "2021-06-30", "2021H1", "2021-01-01", "2021-06-30", "2021H2"},
		{"half", "2021-07-01", "2021H2", "2021-07-01", "2021-12-31", "2022H1"},
		{"year", "2021-06-25", "2021", "2021-01-01", "2021-12-31", "2022"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yearpart p, next;
		assert_true(yearpart_of(rows[i].kind, rows[i].date, &p));
		assert_string_equal(p.ref, rows[i].ref);
		assert_string_equal(p.from, rows[i].from);
		assert_string_equal(p.to, rows[i].to);
		assert_true(yearpart_next(rows[i].kind, &p, &next));
		assert_string_equal(next.ref, rows[i].next);
	}
}

static void test_refused(void **state)
{
	struct yearpart p;

	(void)state;
	assert_false(yearpart_of("week", "2021-06-25", &p));
	assert_false(yearpart_of("", "2021-06-25", &p));
	assert_false(yearpart_of("month", "2021-13-01", &p));
	assert_false(yearpart_of("month", "2021-6-25", &p));
	assert_false(yearpart_of("month", "", &p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_of),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
