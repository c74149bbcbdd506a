/* holidays.conf: what days are, what is refused, and limits counted by the shipped file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/time.h"
#include "office/holidays.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct holidays *parse(const char *s, struct err *e)
{
	struct holidays *h = NULL;

	holidays_parse("holidays.conf", s, strlen(s), &h, e);
	return h;
}

static struct holidays *shipped(void)
{
	struct holidays *h = NULL;
	struct err e = {0};

	if (holidays_read("rules/holidays.conf", &h, &e) != ERR_OK)
		fail_msg("%s", e.text);
	return h;
}

/* Noon of a date, UTC. */
static int64_t noon(const char *date)
{
	int64_t t = 0;

	assert_true(time_parse_option(date, NULL, &t));
	return t + 12 * 3600;
}

static int64_t day_of(const char *date)
{
	return calendar_day_of(noon(date), NULL);
}

/* Computed by a script that does not share a line with ours, from a list of its own. */
static void test_working_days(void **state)
{
	static const struct {
		const char *start;
		int amount;
		const char *due;
		int unlisted;
	} rows[] = {
		{"2026-09-14", 20, "2026-10-16", 0},
		{"2026-09-24", 3, "2026-09-30", 0},
		{"2026-09-18", 1, "2026-09-20", 0}, /* a Sunday worked */
		{"2026-07-10", 20, "2026-08-11", 0}, /* 州庆; without it 08-07 */
		{"2026-07-22", 1, "2026-07-27", 0},
		{"2021-09-17", 1, "2021-09-18", 0}, /* a Saturday worked */
		{"2021-06-25", 20, "2021-07-26", 0},
		{"2025-09-26", 5, "2025-10-10", 0},
		{"2026-09-30", 2, "2026-10-09", 0},
		{"2024-04-03", 2, "2024-04-08", 0},
		{"2026-02-13", 5, "2026-02-27", 0},
		{"2026-04-30", 3, "2026-05-08", 0},
		{"2026-12-10", 20, "2027-01-07", 2027},
	};
	struct holidays *h = shipped();
	struct calendar with = {.workdays = holidays_workdays(h)};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct calendar_rule rule = {
			{rows[i].amount, CALENDAR_WORKING_DAYS}, CALENDAR_NO_ROLL};
		struct calendar_result r;
		struct err e = {0};
		char date[11];
		assert_int_equal(
			calendar_reckon(noon(rows[i].start), &rule, &with, &r, &e), ERR_OK);
		calendar_date_of(r.due, NULL, date);
		assert_string_equal(date, rows[i].due);
		assert_int_equal(r.unlisted_year, rows[i].unlisted);
		assert_int_equal(day_of(date) - day_of(rows[i].start), rows[i].amount + r.skipped);
	}
	holidays_free(h);
}

static void test_days_a_year(void **state)
{
	static const struct {
		int year, days;
	} rows[] = {{2021, 249}, {2022, 249}, {2023, 248}, {2024, 249}, {2025, 246}, {2026, 246}};
	struct holidays *h = shipped();
	const int *years;
	struct buf b;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(holidays_lists(h, rows[i].year));
		assert_int_equal(holidays_count_workdays(h, rows[i].year), rows[i].days);
	}
	assert_int_equal(holidays_years(h, &years), 6);
	assert_int_equal(years[0], 2021);
	assert_false(holidays_lists(h, 2027));
	assert_null(holidays_basis(h, 2027));
	assert_non_null(strstr(holidays_basis(h, 2026), "国办发明电〔2025〕7号"));
	buf_init(&b, 100);
	holidays_add_years(&b, h);
	assert_string_equal(buf_str(&b), "2021-2026");
	buf_fini(&b);
	holidays_free(h);
}

static void test_of(void **state)
{
	static const struct {
		const char *date;
		enum holidays_kind kind;
		const char *name;
	} rows[] = {
		{"2022-12-31", HOLIDAYS_OFF, "元旦"}, /* of the notice of 2023 */
		{"2023-10-06", HOLIDAYS_OFF, "中秋国庆"},
		{"2026-09-20", HOLIDAYS_WORK, NULL},
		{"2026-07-24", HOLIDAYS_LOCAL, "州庆"},
		{"2031-07-24", HOLIDAYS_LOCAL, "州庆"},
		{"2026-09-21", HOLIDAYS_PLAIN, NULL},
		{"2026-09-19", HOLIDAYS_PLAIN, NULL}, /* a Saturday */
		{"2022-07-25", HOLIDAYS_PLAIN, NULL},
	};
	struct holidays *h = shipped();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *name = "?";
		assert_int_equal(holidays_of(h, day_of(rows[i].date), &name), rows[i].kind);
		if (rows[i].name)
			assert_string_equal(name, rows[i].name);
		else
			assert_null(name);
	}
	holidays_free(h);
}

/* What one place decides for one year: days in lieu, and a day of [local] worked after all. */
static void test_local_year(void **state)
{
	static const char text[] = "[2022]\nbasis = 通知\noff = 10-01..10-03 国庆节\n"
				   "[local]\nbasis = 条例\noff = 07-23..07-24 州庆\n"
				   "[local 2022]\nbasis = 州通知\noff = 07-25..07-26 州庆\n"
				   "[local 2023]\nbasis = 州通知\nwork = 07-24\n";
	struct err e = {0};
	struct holidays *h = parse(text, &e);
	const struct calendar_workdays *w = holidays_workdays(h);

	(void)state;
	assert_non_null(h);
	assert_false(calendar_is_workday(w, day_of("2022-07-26")));
	assert_true(calendar_is_workday(w, day_of("2022-07-27")));
	assert_true(calendar_is_workday(w, day_of("2023-07-24")));
	assert_false(calendar_is_workday(w, day_of("2024-07-24")));
	assert_false(w->is_listed(w->data, day_of("2023-07-24")));
	assert_true(w->is_listed(w->data, day_of("2022-01-01")));
	holidays_free(h);
}

#define YEAR(rest) "[2026]\nbasis = 文\n" rest "\n"
#define LOCAL(rest) "[local]\nbasis = 文\n" rest "\n"

static void test_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{"[2026]\noff = 01-01 元旦\n", "holidays.conf:1:"},
		{"[soon]\nbasis = 文\n", "holidays.conf:1:1: expected [YYYY], [local] or"},
		{"[local soon]\nbasis = 文\n", "holidays.conf:1:1: expected"},
		{YEAR("days = 01-01"), "holidays.conf:3:"},
		{YEAR("off = 02-30 元旦"), "holidays.conf:3:7: “02-30 元旦”: expected a date"},
		{YEAR("off = 元旦"), "holidays.conf:3:7: “元旦”: expected a date"},
		{YEAR("off = 01-01"), "holidays.conf:3:7: “01-01”: a day off needs the name"},
		{YEAR("off = 01-01元旦"), "holidays.conf:3:7: “01-01元旦”: expected a space"},
		{YEAR("off = 01-03..01-01 元旦"), "holidays.conf:3:7: “01-03..01-01 元旦”: a span"},
		{YEAR("off = 01-01..03-01 元旦"), "holidays.conf:3:7: “01-01..03-01 元旦”: a span"},
		{YEAR("off = 01-01.. 元旦"), "holidays.conf:3:7: “01-01.. 元旦”: expected a date"},
		{YEAR("off = 2025-11-30 元旦"),
			"holidays.conf:3:7: “2025-11-30 元旦”: this day is of another year"},
		{YEAR("off = 2027-01-01 元旦"),
			"holidays.conf:3:7: “2027-01-01 元旦”: this day is"},
		{YEAR("work = 09-21"), "holidays.conf:3:8: “09-21”: only a Saturday or Sunday"},
		{YEAR("off = 09-20 节\nwork = 09-20"), "holidays.conf: 2026-09-20 stands twice"},
		{YEAR("off = 09-20 节、09-20 日"), "holidays.conf: 2026-09-20 stands twice"},
		{LOCAL("work = 07-25"), "holidays.conf:3:8: “07-25”: [local] has no days worked"},
		{LOCAL("off = 2026-07-25 节"),
			"holidays.conf:3:7: “2026-07-25 节”: expected a date"},
		{LOCAL("off = 01-01..01-31 节、03-01 节"),
			"holidays.conf: [local] gives more than"},
		{LOCAL("off = 09-20 节") YEAR("work = 09-20"), "holidays.conf: 2026-09-20 stands"},
		{"[local 2026]\nbasis = 文\nwork = 09-21\n", "holidays.conf: 2026-09-21 stands"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = {0};
		assert_null(parse(rows[i].text, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		if (strncmp(e.text, rows[i].says, strlen(rows[i].says)) != 0)
			fail_msg("%s, wanted %s", e.text, rows[i].says);
	}
}

/* Comments and the names of holidays move no limit. */
static void test_hash(void **state)
{
	struct err e = {0};
	struct holidays *a = parse(YEAR("off = 01-01 元旦"), &e);
	struct holidays *b = parse("# 注\n" YEAR("off = 01-01 新年"), &e);
	struct holidays *c = parse(YEAR("off = 01-02 元旦"), &e);
	struct holidays *d = parse("[2027]\nbasis = 文\n" YEAR("off = 01-01 元旦"), &e);

	(void)state;
	assert_int_equal(strlen(holidays_hash(a)), HOLIDAYS_HASH_SIZE - 1);
	assert_string_equal(holidays_hash(a), holidays_hash(b));
	assert_string_not_equal(holidays_hash(a), holidays_hash(c));
	assert_string_not_equal(holidays_hash(a), holidays_hash(d));
	holidays_free(a);
	holidays_free(b);
	holidays_free(c);
	holidays_free(d);
}

static int setup(void **state)
{
	struct err e = {0};

	(void)state;
	return hash_init(&e) ? -1 : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_working_days),
		cmocka_unit_test(test_days_a_year),
		cmocka_unit_test(test_of),
		cmocka_unit_test(test_local_year),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_hash),
	};

	return cmocka_run_group_tests_name("holidays", tests, setup, NULL);
}
