/* Weeks, months, quarters and years: names, days, the one before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "office/period.h"

static void test_names(void **state)
{
	static const struct {
		enum period_kind kind;
		const char *name, *before, *year_before;
		int64_t days;
	} rows[] = {
		{PERIOD_YEAR, "2024", "2023", "2023", 366},
		{PERIOD_QUARTER, "2026Q1", "2025Q4", "2025Q1", 90},
		{PERIOD_QUARTER, "2024Q1", "2023Q4", "2023Q1", 91},
		{PERIOD_MONTH, "2026-01", "2025-12", "2025-01", 31},
		{PERIOD_MONTH, "2024-02", "2024-01", "2023-02", 29},
		{PERIOD_WEEK, "2026-W01", "2025-W52", "2025-W01", 7},
		{PERIOD_WEEK, "2026-W53", "2026-W52", "2026-W01", 7},
		{PERIOD_WEEK, "2021-W01", "2020-W53", "2020-W02", 7},
	};
	struct period p, q;
	struct err e = {ERR_OK, ""};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(period_read(rows[i].kind, rows[i].name, NULL, &p, &e), ERR_OK);
		assert_string_equal(p.name, rows[i].name);
		assert_int_equal(p.end - p.first, rows[i].days);
		assert_int_equal(p.to - p.from, rows[i].days * 86400);
		period_before(&p, NULL, &q);
		assert_string_equal(q.name, rows[i].before);
		assert_int_equal(q.end, p.first);
		period_year_before(&p, NULL, &q);
		assert_string_equal(q.name, rows[i].year_before);
	}
}

/* Every day of sixty years is in one period of each kind, and its name leads back to it. */
static void test_every_day(void **state)
{
	struct period p, q;
	struct err e;

	(void)state;
	for (int64_t day = 0; day < 22000; day++) {
		for (int k = PERIOD_WEEK; k <= PERIOD_YEAR; k++) {
			period_at((enum period_kind)k, day * 86400 + 86399, NULL, &p);
			assert_true(p.first <= day && day < p.end);
			if (p.first < 1)
				continue;
			assert_int_equal(
				period_read((enum period_kind)k, p.name, NULL, &q, &e), ERR_OK);
			assert_int_equal(q.first, p.first);
			assert_int_equal(q.end, p.end);
		}
	}
}

static void test_zone(void **state)
{
	struct time_zone *z = NULL;
	struct period p;
	struct err e;

	(void)state;
	assert_int_equal(time_zone_open("+08:00", &z, &e), ERR_OK);
	/* 31 March 16:00 UTC is April in the office. */
	period_at(PERIOD_QUARTER, 1774972800, z, &p);
	assert_string_equal(p.name, "2026Q2");
	assert_int_equal(p.from, 1774972800);
	period_at(PERIOD_QUARTER, 1774972799, z, &p);
	assert_string_equal(p.name, "2026Q1");
	time_zone_close(z);
}

static void test_refused(void **state)
{
	static const struct {
		enum period_kind kind;
		const char *name;
	} rows[] = {
		{PERIOD_WEEK, "2025-W53"},
		{PERIOD_WEEK, "2026-W00"},
		{PERIOD_WEEK, "2026-39"},
		{PERIOD_MONTH, "2026-00"},
		{PERIOD_MONTH, "2026-9"},
		{PERIOD_QUARTER, "2026Q0"},
		{PERIOD_QUARTER, "2026-Q1"},
		{PERIOD_YEAR, "0026"},
		{PERIOD_YEAR, "2026 "},
		{PERIOD_YEAR, ""},
	};
	struct period p;
	enum period_kind kind;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(period_read(rows[i].kind, rows[i].name, NULL, &p, &e), ERR_USAGE);
	assert_int_equal(period_kind_read("quarter", &kind, &e), ERR_OK);
	assert_int_equal(kind, PERIOD_QUARTER);
	assert_int_equal(period_kind_read("day", &kind, &e), ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_zone),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
