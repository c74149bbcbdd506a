/*
 * The days of feasts, against dates that are known, and the rules that hold for all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/time.h"
#include "matcher/festival.h"

static size_t find(const char *name)
{
	for (size_t i = 0; i < festival_count(); i++)
		if (strcmp(festival_name(i), name) == 0)
			return i;
	fail_msg("no feast %s", name);
	return 0;
}

static void test_known(void **state)
{
	static const struct {
		const char *name;
		int year, month, day;
	} rows[] = {
		{"春节", 2000, 2, 5},
		{"春节", 2017, 1, 28},
		{"春节", 2020, 1, 25},
		{"春节", 2026, 2, 17},
		{"春节", 2027, 2, 6},
		{"春节", 2033, 1, 31}, /* the year of a late leap month */
		{"除夕", 2027, 2, 5},
		{"元宵", 2026, 3, 3},
		{"清明", 2026, 4, 5},
		{"清明", 2028, 4, 4},
		{"端午", 2020, 6, 25},
		{"端午", 2026, 6, 19},
		{"中秋", 2020, 10, 1},
		{"中秋", 2025, 10, 6},
		{"中秋", 2026, 9, 25},
		{"国庆", 2026, 10, 1},
		{"五一", 1999, 5, 1},
		{"元旦", 2100, 1, 1},
	};
	int64_t day;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(festival_day(find(rows[i].name), rows[i].year, &day));
		assert_int_equal(
			day, time_days_from_civil(rows[i].year, rows[i].month, rows[i].day));
	}
}

/* A lunar year has 354 or 355 days, 383 to 385 with a leap month; the feasts keep their
 * distance from the first day but for that month. */
static void test_lunar_years(void **state)
{
	size_t spring = find("春节"), dragon = find("端午"), autumn = find("中秋");
	int64_t a, b, d, m;

	(void)state;
	for (int y = FESTIVAL_FIRST; y < FESTIVAL_LAST; y++) {
		assert_true(festival_day(spring, y, &a) && festival_day(spring, y + 1, &b));
		assert_true((b - a >= 353 && b - a <= 355) || (b - a >= 383 && b - a <= 385));
		assert_true(festival_day(dragon, y, &d) && festival_day(autumn, y, &m));
		assert_in_range(d - a, 121, 152);
		assert_in_range(m - d, 98, 129);
	}
}

static void test_unknown(void **state)
{
	int64_t day;

	(void)state;
	assert_false(festival_day(find("春节"), FESTIVAL_FIRST - 1, &day));
	assert_false(festival_day(find("中秋"), FESTIVAL_LAST + 1, &day));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_lunar_years),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
