/*
 * test_time.c - civil time, written forms, and zones with their oddities.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static int64_t utc(const char *text)
{
	int64_t t = 0;

	if (!time_parse_rfc3339(str_of(text), &t))
		fail_msg("not RFC 3339: %s", text);
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

static void assert_utc(int64_t t, const char *want)
{
	char text[TIME_TEXT_SIZE];

	time_format_rfc3339(t, text);
	assert_string_equal(text, want);
}

static void test_days_round_trip(void **state)
{
	(void)state;
	for (int64_t days = -800000; days <= 3000000; days += 7) {
		int y = 0, m = 0, d = 0;
		time_civil_from_days(days, &y, &m, &d);
		assert_int_equal(time_days_from_civil(y, m, d), days);
	}
	assert_int_equal(time_days_from_civil(1970, 1, 1), 0);
	assert_int_equal(time_days_from_civil(2000, 2, 29), 11016);
	assert_int_equal(time_days_from_civil(0, 3, 1), -719468);
	assert_int_equal(time_weekday(0), 4);
	assert_int_equal(time_weekday(-1), 3);
	assert_int_equal(time_weekday(time_days_from_civil(2026, 11, 23)), 1);
}

static void test_dates(void **state)
{
	(void)state;
	assert_true(time_is_date(2024, 2, 29));
	assert_false(time_is_date(2023, 2, 29));
	assert_false(time_is_date(1900, 2, 29));
	assert_true(time_is_date(2000, 2, 29));
	assert_false(time_is_date(2026, 4, 31));
	assert_false(time_is_date(2026, 13, 1));
	assert_false(time_is_date(2026, 0, 1));
	assert_false(time_is_date(2026, 1, 0));
	assert_false(time_is_date(10000, 1, 1));
	assert_false(time_is_date(-1, 1, 1));
}

static void test_rfc3339(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"2026-11-23T09:02:03+08:00", "2026-11-23T01:02:03Z"},
		{"2026-11-23t01:02:03z", "2026-11-23T01:02:03Z"},
		{"2026-11-23T01:02:03.987654321Z", "2026-11-23T01:02:03Z"},
		{"2026-01-01T00:30:00+05:45", "2025-12-31T18:45:00Z"},
		{"2038-01-19T03:14:08Z", "2038-01-19T03:14:08Z"},
		{"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
		{"0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"},
		{"1969-12-31T23:59:59-00:00", "1969-12-31T23:59:59Z"},
		{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
		{"2017-01-01T07:59:60+08:00", "2017-01-01T00:00:00Z"},
	};
	static const char *const bad[] = {"", "2026", "2026-11-23", "2026-11-23T01:02Z",
		"2026-11-23T01:02:03", "2026-11-23 01:02:03Z", "2026-11-23T24:00:00Z",
		"2026-11-23T01:60:00Z", "2026-11-23T01:02:61Z", "2026-11-23T01:02:60Z",
		"2026-02-29T01:02:03Z", "2026-11-23T01:02:03+0800", "2026-11-23T01:02:03+24:00",
		"2026-11-23T01:02:03.Z", " 2026-11-23T01:02:03Z", "2026-11-23T01:02:03Z ",
		"2026-11-23T01:02:03Zx", "+2026-11-23T01:02:03Z", "２026-11-23T01:02:03Z"};
	int64_t t = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_utc(utc(rows[i].text), rows[i].want);
	for (size_t i = 0; i < COUNT(bad); i++) {
		if (time_parse_rfc3339(str_of(bad[i]), &t))
			fail_msg("accepted \"%s\"", bad[i]);
	}
	assert_false(time_parse_rfc3339((struct str){"2026-11-23T01:02:03Z", 19}, &t));
	assert_utc(utc("9999-12-31T23:59:59Z") + 1, "-");
	assert_utc(utc("0000-01-01T00:00:00Z") - 1, "-");
	assert_utc(TIME_NONE, "-");
	assert_utc(INT64_MAX, "-");
}

static void test_option(void **state)
{
	struct time_zone *z = zone("Asia/Shanghai");
	int64_t t = 0;

	(void)state;
	assert_true(time_parse_option("2026-11-23", z, &t));
	assert_utc(t, "2026-11-22T16:00:00Z");
	assert_true(time_parse_option("2026-11-23 09:02", z, &t));
	assert_utc(t, "2026-11-23T01:02:00Z");
	assert_true(time_parse_option("2026-11-23T09:02:59", z, &t));
	assert_utc(t, "2026-11-23T01:02:59Z");
	assert_true(time_parse_option("2026-11-23T01:02:03Z", z, &t));
	assert_utc(t, "2026-11-23T01:02:03Z");
	assert_false(time_parse_option("2026-11-23 9:02", z, &t));
	assert_false(time_parse_option("2026-11-23 09:02:", z, &t));
	assert_false(time_parse_option("2026-11-31", z, &t));
	assert_false(time_parse_option("today", z, &t));
	assert_false(time_parse_option("", z, &t));
	time_zone_close(z);
}

static void test_span(void **state)
{
	static const struct {
		const char *text;
		int64_t want; /* 0: refused */
	} rows[] = {
		{"30s", 30},
		{"15m", 900},
		{"48h", 172800},
		{"7d", 604800},
		{"36525d", INT64_C(36525) * 86400},
		{"36526d", 0},
		{"0m", 0},
		{"-1m", 0},
		{"+1m", 0},
		{"15", 0},
		{"m", 0},
		{"", 0},
		{"1.5h", 0},
		{"1 h", 0},
		{"1w", 0},
		{"99999999999999999999s", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t v = 0;
		assert_int_equal(time_parse_span(rows[i].text, &v), rows[i].want != 0);
		if (rows[i].want != 0)
			assert_int_equal(v, rows[i].want);
	}
}

static const struct {
	const char *zone, *utc, *local;
	int offset;
} zones_to_civil_rows[] = {
	{"Asia/Shanghai", "1970-01-01T00:00:00Z", "1970-01-01 08:00", 28800},
	{"Asia/Shanghai", "1986-05-03T17:59:59Z", "1986-05-04 01:59", 28800},
	{"Asia/Shanghai", "1986-05-03T18:00:00Z", "1986-05-04 03:00", 32400},
	{"Asia/Shanghai", "1986-09-13T16:59:59Z", "1986-09-14 01:59", 32400},
	{"Asia/Shanghai", "1986-09-13T17:00:00Z", "1986-09-14 01:00", 28800},
	{"Asia/Shanghai", "1991-07-01T00:00:00Z", "1991-07-01 09:00", 32400},
	{"Asia/Shanghai", "1992-07-01T00:00:00Z", "1992-07-01 08:00", 28800},
	{"Asia/Shanghai", "2026-11-23T01:02:03Z", "2026-11-23 09:02", 28800},
	{"Asia/Shanghai", "9999-12-31T15:59:59Z", "9999-12-31 23:59", 28800},
	{"America/New_York", "2026-03-08T06:59:59Z", "2026-03-08 01:59", -18000},
	{"America/New_York", "2026-03-08T07:00:00Z", "2026-03-08 03:00", -14400},
	{"America/New_York", "2026-11-01T05:59:59Z", "2026-11-01 01:59", -14400},
	{"America/New_York", "2026-11-01T06:00:00Z", "2026-11-01 01:00", -18000},
	/* after the last listed transition the footer rules */
	{"America/New_York", "2038-01-19T03:14:08Z", "2038-01-18 22:14", -18000},
	{"America/New_York", "2100-07-01T12:00:00Z", "2100-07-01 08:00", -14400},
	{"America/New_York", "2100-03-14T06:59:59Z", "2100-03-14 01:59", -18000},
	{"America/New_York", "2100-03-14T07:00:00Z", "2100-03-14 03:00", -14400},
	{"America/New_York", "9998-12-31T12:00:00Z", "9998-12-31 07:00", -18000},
	/* half an hour of summer time, south of the equator */
	{"Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-05 01:59", 39600},
	{"Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05 01:30", 37800},
	{"Australia/Lord_Howe", "2026-10-03T15:29:59Z", "2026-10-04 01:59", 37800},
	{"Australia/Lord_Howe", "2026-10-03T15:30:00Z", "2026-10-04 02:30", 39600},
	{"Australia/Lord_Howe", "2090-01-01T00:00:00Z", "2090-01-01 11:00", 39600},
	{"Australia/Lord_Howe", "2090-07-01T00:00:00Z", "2090-07-01 10:30", 37800},
	/* a "winter time" with negative saving, or its equivalent */
	{"Europe/Dublin", "2060-01-15T12:00:00Z", "2060-01-15 12:00", 0},
	{"Europe/Dublin", "2060-07-15T12:00:00Z", "2060-07-15 13:00", 3600},
	{"Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01 05:45", 20700},
	{"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29 23:59", -36000},
	{"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31 00:00", 50400},
	{"UTC", "2026-01-01T00:00:00Z", "2026-01-01 00:00", 0},
	{"Z", "2026-01-01T00:00:00Z", "2026-01-01 00:00", 0},
	{"+08:00", "2026-01-01T00:00:00Z", "2026-01-01 08:00", 28800},
	{"-0330", "2026-01-01T00:00:00Z", "2025-12-31 20:30", -12600},
};

/* A moment in UTC and what the clock on the wall then says. */
static void test_zones_to_civil(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(zones_to_civil_rows); i++) {
		struct time_zone *z = zone(zones_to_civil_rows[i].zone);
		struct time_civil c;
		char text[TIME_TEXT_SIZE];
		time_format_local(utc(zones_to_civil_rows[i].utc), z, text);
		time_to_civil(utc(zones_to_civil_rows[i].utc), z, &c);
		if (strcmp(text, zones_to_civil_rows[i].local) != 0 ||
			c.offset != zones_to_civil_rows[i].offset)
			fail_msg("%s %s: %s %d", zones_to_civil_rows[i].zone,
				zones_to_civil_rows[i].utc, text, c.offset);
		assert_string_equal(time_zone_name(z), zones_to_civil_rows[i].zone);
		time_zone_close(z);
	}
}

/* What the clock says and which moment is meant. */
static void test_zones_from_civil(void **state)
{
	static const struct {
		const char *zone;
		struct time_civil c;
		const char *want;
	} rows[] = {
		{"Asia/Shanghai", {2026, 11, 23, 9, 2, 3, 0}, "2026-11-23T01:02:03Z"},
		{"Asia/Shanghai", {1986, 5, 4, 2, 30, 0, 0}, "1986-05-03T18:30:00Z"},
		{"Asia/Shanghai", {1986, 9, 14, 1, 30, 0, 0}, "1986-09-13T16:30:00Z"},
		/* the gap: 02:30 becomes 03:30 EDT; the overlap: the first 01:30 */
		{"America/New_York", {2026, 3, 8, 2, 30, 0, 0}, "2026-03-08T07:30:00Z"},
		{"America/New_York", {2026, 3, 8, 1, 59, 59, 0}, "2026-03-08T06:59:59Z"},
		{"America/New_York", {2026, 3, 8, 3, 0, 0, 0}, "2026-03-08T07:00:00Z"},
		{"America/New_York", {2026, 11, 1, 1, 30, 0, 0}, "2026-11-01T05:30:00Z"},
		{"America/New_York", {2026, 11, 1, 2, 0, 0, 0}, "2026-11-01T07:00:00Z"},
		{"America/New_York", {2100, 3, 14, 2, 30, 0, 0}, "2100-03-14T07:30:00Z"},
		{"America/New_York", {9999, 12, 31, 12, 0, 0, 0}, "9999-12-31T17:00:00Z"},
		{"Australia/Lord_Howe", {2026, 10, 4, 2, 15, 0, 0}, "2026-10-03T15:45:00Z"},
		{"Australia/Lord_Howe", {2026, 4, 5, 1, 45, 0, 0}, "2026-04-04T14:45:00Z"},
		/* the day that Samoa left out */
		{"Pacific/Apia", {2011, 12, 30, 12, 0, 0, 0}, "2011-12-30T22:00:00Z"},
		{"Pacific/Apia", {2011, 12, 31, 0, 0, 0, 0}, "2011-12-30T10:00:00Z"},
		{"+14:00", {2026, 1, 1, 0, 0, 0, 0}, "2025-12-31T10:00:00Z"},
	};
	int64_t t = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct time_zone *z = zone(rows[i].zone);
		assert_true(time_from_civil(&rows[i].c, z, &t));
		assert_utc(t, rows[i].want);
		time_zone_close(z);
	}
	assert_false(time_from_civil(&(struct time_civil){2026, 2, 29, 0, 0, 0, 0}, NULL, &t));
	assert_false(time_from_civil(&(struct time_civil){2026, 2, 1, 24, 0, 0, 0}, NULL, &t));
	assert_false(time_from_civil(&(struct time_civil){2026, 2, 1, 0, 60, 0, 0}, NULL, &t));
	assert_false(time_from_civil(&(struct time_civil){2026, 2, 1, 0, 0, 60, 0}, NULL, &t));
	assert_false(time_from_civil(&(struct time_civil){2026, 2, 1, -1, 0, 0, 0}, NULL, &t));
}

static void test_clamped(void **state)
{
	struct time_zone *z = zone("America/New_York");
	struct time_civil c;
	char text[TIME_TEXT_SIZE];

	(void)state;
	time_to_civil(INT64_MAX, z, &c);
	assert_true(c.year > 9999);
	time_to_civil(INT64_MIN, z, &c);
	assert_true(c.year < 0);
	time_format_local(INT64_MAX, z, text);
	assert_string_equal(text, "-");
	time_zone_close(z);
}

static void test_zone_names_refused(void **state)
{
	static const char *const bad[] = {"", "/etc/passwd", "../../etc/passwd", "Asia/../UTC",
		"Asia", "Asia/", "Nowhere/City", "zone.tab", "tzdata.zi", "+24:00", "+08:60",
		"+8:00", "08:00", "+08-00", "++8:00", "+08:0x", "Asia/Shanghai\n", "right/UTC ",
		"A23456789012345678901234567890123456789012345678901234567890123456789"};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct time_zone *z = NULL;
		struct err e = {0};
		if (time_zone_open(bad[i], &z, &e) != ERR_CONFIG)
			fail_msg("\"%s\": code %d", bad[i], (int)e.code);
		assert_null(z);
		assert_true(e.text[0] != '\0');
	}
	time_zone_close(NULL);
	assert_string_equal(time_zone_name(NULL), "UTC");
}

static void test_environment_ignored(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZDIR", "/nowhere", 1), 0);
	assert_int_equal(setenv("TZ", "America/New_York", 1), 0);
	struct time_zone *z = zone("Asia/Shanghai");
	char text[TIME_TEXT_SIZE];
	time_format_local(0, z, text);
	assert_string_equal(text, "1970-01-01 08:00");
	time_format_local(0, NULL, text);
	assert_string_equal(text, "1970-01-01 00:00");
	time_zone_close(z);
	(void)unsetenv("TZDIR");
	(void)unsetenv("TZ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_round_trip),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_rfc3339),
		cmocka_unit_test(test_option),
		cmocka_unit_test(test_span),
		cmocka_unit_test(test_zones_to_civil),
		cmocka_unit_test(test_zones_from_civil),
		cmocka_unit_test(test_clamped),
		cmocka_unit_test(test_zone_names_refused),
		cmocka_unit_test(test_environment_ignored),
	};

	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
