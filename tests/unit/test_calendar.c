/*
 * test_calendar.c - limits and the moments they fall due.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static int64_t utc(const char *text)
{
	int64_t t = 0;

	assert_true(time_parse_rfc3339(str_of(text), &t));
	return t;
}

static struct time_zone *zone(const char *name)
{
	struct time_zone *z = NULL;
	struct err e = {0};

	if (time_zone_open(name, &z, &e) != ERR_OK)
		fail_msg("%s", e.text);
	return z;
}

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		int amount;
		enum calendar_unit unit;
	} rows[] = {
		{"5 hours", 5, CALENDAR_HOURS},
		{"1 hour", 1, CALENDAR_HOURS},
		{"48 小时", 48, CALENDAR_HOURS},
		{"24小时", 24, CALENDAR_HOURS},
		{"24个小时", 24, CALENDAR_HOURS},
		{"15 minutes", 15, CALENDAR_MINUTES},
		{"30分钟", 30, CALENDAR_MINUTES},
		{" 30  days ", 30, CALENDAR_DAYS},
		{"7 天", 7, CALENDAR_DAYS},
		{"3 Days", 3, CALENDAR_DAYS},
		{"20 working days", 20, CALENDAR_WORKING_DAYS},
		{"5个工作日", 5, CALENDAR_WORKING_DAYS},
		{"100000 h", 100000, CALENDAR_HOURS},
		{"year end", 1, CALENDAR_YEAR_END},
		{"年底", 1, CALENDAR_YEAR_END},
	};
	static const char *const bad[] = {"", "hours", "5", "0 hours", "-1 hours", "1.5 hours",
		"5 weeks", "5 hours later", "100001 hours", "99999999999999999999 h", "五小时"};
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct calendar_limit l = {0};
		assert_int_equal(calendar_parse_limit(rows[i].text, &l, &e), ERR_OK);
		assert_int_equal(l.amount, rows[i].amount);
		assert_int_equal(l.unit, rows[i].unit);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct calendar_limit l = {0};
		assert_int_equal(calendar_parse_limit(bad[i], &l, &e), ERR_CONFIG);
		assert_non_null(strstr(e.text, bad[i]));
	}
}

static const struct {
	const char *zone, *start;
	struct calendar_limit limit;
	const char *due;
} due_rows[] = {
	/* hours run through the night and the weekend */
	{"Asia/Shanghai", "2026-11-20T15:00:00Z", {48, CALENDAR_HOURS}, "2026-11-22T15:00:00Z"},
	{"Asia/Shanghai", "2026-11-20T15:59:59Z", {15, CALENDAR_MINUTES}, "2026-11-20T16:14:59Z"},
	/* the day of the start is not counted; the day ends at 23:59:59 local */
	{"Asia/Shanghai", "2026-11-20T15:59:59Z", {1, CALENDAR_DAYS}, "2026-11-21T15:59:59Z"},
	{"Asia/Shanghai", "2026-11-20T16:00:00Z", {1, CALENDAR_DAYS}, "2026-11-22T15:59:59Z"},
	{"Asia/Shanghai", "2026-12-31T01:00:00Z", {60, CALENDAR_DAYS}, "2027-03-01T15:59:59Z"},
	{"Asia/Shanghai", "2028-02-28T01:00:00Z", {1, CALENDAR_DAYS}, "2028-02-29T15:59:59Z"},
	/* hours are elapsed time, days are calendar days, across a clock change */
	{"America/New_York", "2026-03-07T17:00:00Z", {24, CALENDAR_HOURS}, "2026-03-08T17:00:00Z"},
	{"America/New_York", "2026-03-07T17:00:00Z", {1, CALENDAR_DAYS}, "2026-03-09T03:59:59Z"},
	{"America/New_York", "2026-10-31T16:00:00Z", {1, CALENDAR_DAYS}, "2026-11-02T04:59:59Z"},
	{"UTC", "1970-01-01T00:00:00Z", {100000, CALENDAR_DAYS}, "2243-10-17T23:59:59Z"},
};

static void test_due(void **state)
{
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(due_rows); i++) {
		struct time_zone *z = zone(due_rows[i].zone);
		int64_t due = 0;
		char text[TIME_TEXT_SIZE];
		assert_int_equal(
			calendar_due(utc(due_rows[i].start), &due_rows[i].limit, z, &due, &e),
			ERR_OK);
		time_format_rfc3339(due, text);
		assert_string_equal(text, due_rows[i].due);
		time_zone_close(z);
	}
}

static void test_due_refused(void **state)
{
	const struct calendar_limit work = {3, CALENDAR_WORKING_DAYS}, none = {0, CALENDAR_DAYS},
				    hour = {1, CALENDAR_HOURS};
	int64_t due = 0;
	struct err e = {0};

	(void)state;
	assert_int_equal(calendar_due(0, &work, NULL, &due, &e), ERR_CONFIG);
	assert_non_null(strstr(e.text, "not allowed here"));
	assert_int_equal(calendar_due(0, &none, NULL, &due, &e), ERR_LIMIT);
	assert_int_equal(calendar_due(TIME_NONE, &hour, NULL, &due, &e), ERR_LIMIT);
	assert_int_equal(calendar_due(INT64_MAX, &hour, NULL, &due, &e), ERR_LIMIT);
}

static void test_end_of_date(void **state)
{
	static const struct {
		const char *zone, *date, *want;
	} rows[] = {
		{"Asia/Shanghai", "2026-09-30", "2026-09-30T15:59:59Z"},
		{"UTC", "9999-12-31", "9999-12-31T23:59:59Z"},
		/* midnight is skipped on 9 March and comes twice on 2 November */
		{"America/Havana", "2025-03-08", "2025-03-09T04:59:59Z"},
		{"America/Havana", "2025-11-01", "2025-11-02T03:59:59Z"},
		{"America/Havana", "2025-11-02", "2025-11-03T04:59:59Z"},
	};
	static const char *const bad[] = {
		"", "2026-9-30", "2026-02-30", "2026/09/30", "2026-09-30 ", "2026-09-30 10:00"};
	struct err e = {0};
	int64_t t = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct time_zone *z = zone(rows[i].zone);
		char text[TIME_TEXT_SIZE], date[11];
		assert_int_equal(calendar_end_of_date(rows[i].date, z, &t, &e), ERR_OK);
		time_format_rfc3339(t, text);
		assert_string_equal(text, rows[i].want);
		calendar_date_of(t, z, date);
		assert_string_equal(date, rows[i].date);
		time_zone_close(z);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(calendar_end_of_date(bad[i], NULL, &t, &e), ERR_USAGE);
}

static void test_date_of(void **state)
{
	struct time_zone *z = zone("Asia/Shanghai");
	char date[11];

	(void)state;
	calendar_date_of(utc("2026-11-22T16:00:00Z"), z, date);
	assert_string_equal(date, "2026-11-23");
	calendar_date_of(utc("2026-11-22T15:59:59Z"), z, date);
	assert_string_equal(date, "2026-11-22");
	calendar_date_of(TIME_NONE, z, date);
	assert_string_equal(date, "-");
	time_zone_close(z);
}

/* 2026-11-26 is a Thursday. */
static void test_workdays(void **state)
{
	int64_t thursday = time_days_from_civil(2026, 11, 26);

	(void)state;
	assert_true(calendar_is_workday(NULL, thursday));
	assert_false(calendar_is_workday(NULL, thursday + 2));
	assert_false(calendar_is_workday(NULL, thursday + 3));
	assert_int_equal(calendar_add_workdays(NULL, thursday, 1), thursday + 1);
	assert_int_equal(calendar_add_workdays(NULL, thursday, 2), thursday + 4);
	assert_int_equal(calendar_add_workdays(NULL, thursday + 2, 1), thursday + 4);
	assert_int_equal(calendar_add_workdays(NULL, thursday, 20), thursday + 28);
}

/* Thursday works only at the weekend. */
static bool is_odd_workday(const void *data, int64_t day)
{
	return !calendar_is_workday(NULL, day) || day == *(const int64_t *)data;
}

static void test_own_workdays(void **state)
{
	int64_t thursday = time_days_from_civil(2026, 11, 26);
	struct calendar_workdays w = {.is_workday = is_odd_workday, .data = &thursday};

	(void)state;
	assert_true(calendar_is_workday(&w, thursday));
	assert_false(calendar_is_workday(&w, thursday + 1));
	assert_int_equal(calendar_add_workdays(&w, thursday, 1), thursday + 2);
	assert_int_equal(calendar_add_workdays(&w, thursday - 1, 2), thursday + 2);
}

/* --- calendar_reckon: 2026-11-26 is a Thursday --- */

#define SHANGHAI_NOON "T04:00:00Z"

/* Monday 30 November off, Saturday 5 December worked, 2027 not listed. */
static bool is_listed_workday(const void *data, int64_t day)
{
	(void)data;
	if (day == time_days_from_civil(2026, 11, 30))
		return false;
	return day == time_days_from_civil(2026, 12, 5) || calendar_is_workday(NULL, day);
}

static bool is_listed(const void *data, int64_t day)
{
	(void)data;
	return day <= time_days_from_civil(2026, 12, 31);
}

static const struct calendar_workdays listed = {
	.is_workday = is_listed_workday, .is_listed = is_listed};

static void test_reckon(void **state)
{
	static const struct {
		const char *start;
		struct calendar_rule rule;
		const char *due; /* local */
		int64_t skipped;
		int unlisted;
	} rows[] = {
		{"2026-11-26" SHANGHAI_NOON, {{2, CALENDAR_WORKING_DAYS}, CALENDAR_NO_ROLL},
			"2026-12-01 23:59", 3, 0},
		{"2026-12-04" SHANGHAI_NOON, {{1, CALENDAR_WORKING_DAYS}, CALENDAR_NO_ROLL},
			"2026-12-05 23:59", 0, 0},
		/* 3 days end on Sunday 29th; Monday is off too */
		{"2026-11-26" SHANGHAI_NOON, {{3, CALENDAR_DAYS}, CALENDAR_NO_ROLL},
			"2026-11-29 23:59", 0, 0},
		{"2026-11-26" SHANGHAI_NOON, {{3, CALENDAR_DAYS}, CALENDAR_NEXT_WORKDAY},
			"2026-12-01 23:59", 2, 0},
		{"2026-11-26" SHANGHAI_NOON, {{1, CALENDAR_DAYS}, CALENDAR_NEXT_WORKDAY},
			"2026-11-27 23:59", 0, 0},
		/* 1 January 2027 is a Friday */
		{"2026-12-31" SHANGHAI_NOON, {{1, CALENDAR_WORKING_DAYS}, CALENDAR_NO_ROLL},
			"2027-01-01 23:59", 0, 2027},
		{"2026-12-30" SHANGHAI_NOON, {{3, CALENDAR_DAYS}, CALENDAR_NEXT_WORKDAY},
			"2027-01-04 23:59", 2, 2027},
		/* what needs no list is never tentative */
		{"2026-12-30" SHANGHAI_NOON, {{3, CALENDAR_DAYS}, CALENDAR_NO_ROLL},
			"2027-01-02 23:59", 0, 0},
		{"2026-12-31" SHANGHAI_NOON, {{48, CALENDAR_HOURS}, CALENDAR_NO_ROLL},
			"2027-01-02 12:00", 0, 0},
		{"2026-03-01" SHANGHAI_NOON, {{1, CALENDAR_YEAR_END}, CALENDAR_NO_ROLL},
			"2026-12-31 23:59", 0, 0},
		{"2026-12-31T16:00:00Z", {{1, CALENDAR_YEAR_END}, CALENDAR_NO_ROLL},
			"2027-12-31 23:59", 0, 0},
	};
	struct time_zone *z = zone("Asia/Shanghai");
	struct calendar with = {.workdays = &listed, .zone = z};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct calendar_result r;
		struct err e = {0};
		char text[TIME_TEXT_SIZE];
		assert_int_equal(
			calendar_reckon(utc(rows[i].start), &rows[i].rule, &with, &r, &e), ERR_OK);
		time_format_local(r.due, z, text);
		assert_string_equal(text, rows[i].due);
		assert_int_equal(r.skipped, rows[i].skipped);
		assert_int_equal(r.unlisted_year, rows[i].unlisted);
	}
	time_zone_close(z);
}

/* The day on which a third party is asked counts, that of the answer does not. */
static void test_pauses(void **state)
{
	const struct calendar_pause pauses[] = {
		{utc("2026-11-26" SHANGHAI_NOON), utc("2026-12-02T01:00:00Z")},
		{utc("2026-12-05T01:00:00Z"), utc("2026-12-05T03:00:00Z")},
	};
	static const struct {
		const char *start;
		struct calendar_limit limit;
		const char *due;
	} rows[] = {
		{"2026-11-25" SHANGHAI_NOON, {3, CALENDAR_WORKING_DAYS}, "2026-12-04 23:59"},
		{"2026-11-25" SHANGHAI_NOON, {1, CALENDAR_WORKING_DAYS}, "2026-11-26 23:59"},
		{"2026-11-25" SHANGHAI_NOON, {4, CALENDAR_WORKING_DAYS}, "2026-12-05 23:59"},
		{"2026-11-25" SHANGHAI_NOON, {2, CALENDAR_DAYS}, "2026-12-03 23:59"},
		/* 48 hours from the 25th noon: 24 are left when it stops on the 26th noon */
		{"2026-11-25" SHANGHAI_NOON, {48, CALENDAR_HOURS}, "2026-12-03 09:00"},
		{"2026-11-25" SHANGHAI_NOON, {100, CALENDAR_HOURS}, "2026-12-05 15:00"},
		{"2026-11-25" SHANGHAI_NOON, {24, CALENDAR_HOURS}, "2026-11-26 12:00"},
		/* one that began before it counts from the start only */
		{"2026-12-01" SHANGHAI_NOON, {1, CALENDAR_HOURS}, "2026-12-02 10:00"},
	};
	struct time_zone *z = zone("Asia/Shanghai");
	struct calendar with = {
		.workdays = &listed, .zone = z, .pauses = pauses, .pause_count = COUNT(pauses)};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct calendar_rule rule = {rows[i].limit, CALENDAR_NO_ROLL};
		struct calendar_result r;
		struct err e = {0};
		char text[TIME_TEXT_SIZE];
		assert_int_equal(calendar_reckon(utc(rows[i].start), &rule, &with, &r, &e), ERR_OK);
		time_format_local(r.due, z, text);
		assert_string_equal(text, rows[i].due);
	}
	time_zone_close(z);
}

static bool never(const void *data, int64_t day)
{
	(void)data;
	(void)day;
	return false;
}

static void test_no_day_left(void **state)
{
	const struct calendar_workdays none = {.is_workday = never};
	const struct calendar with = {.workdays = &none};
	const struct calendar_rule working = {{1, CALENDAR_WORKING_DAYS}, CALENDAR_NO_ROLL};
	const struct calendar_rule rolls = {{1, CALENDAR_DAYS}, CALENDAR_NEXT_WORKDAY};
	struct calendar_result r;
	struct err e = {0};

	(void)state;
	assert_int_equal(calendar_reckon(0, &working, &with, &r, &e), ERR_LIMIT);
	assert_int_equal(calendar_reckon(0, &rolls, &with, &r, &e), ERR_LIMIT);
}

static void test_unit_names(void **state)
{
	(void)state;
	for (int i = 0; i < CALENDAR_UNITS; i++) {
		enum calendar_unit u = CALENDAR_UNITS;
		assert_true(calendar_unit_from_name(calendar_unit_name((enum calendar_unit)i), &u));
		assert_int_equal(u, i);
	}
	assert_false(calendar_unit_from_name("weeks", &(enum calendar_unit){0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_due_refused),
		cmocka_unit_test(test_end_of_date),
		cmocka_unit_test(test_date_of),
		cmocka_unit_test(test_workdays),
		cmocka_unit_test(test_own_workdays),
		cmocka_unit_test(test_reckon),
		cmocka_unit_test(test_pauses),
		cmocka_unit_test(test_no_day_left),
		cmocka_unit_test(test_unit_names),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
