/*
 * What a page says of its time against what a person typed: a day is a whole day, an hour later
 * and a day earlier are nothing, a page without a time is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "crawler/document.h"
#include "office/page_time.h"

#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)
#define NOON INT64_C(1790568000) /* 2026-09-28 12:00 +08:00 */
#define MIDNIGHT (NOON - 12 * HOUR)

static int setup(void **state)
{
	struct err e = {ERR_OK, ""};

	document_init();
	return time_zone_open("Asia/Shanghai", (struct time_zone **)state, &e) == ERR_OK ? 0 : -1;
}

static int teardown(void **state)
{
	time_zone_close(*state);
	return 0;
}

static void test_differs(void **state)
{
	const struct time_zone *z = *state;
	static const struct {
		int64_t page, typed;
		bool differs;
	} rows[] = {
		{NOON, NOON, false},
		{NOON + HOUR, NOON, false},
		{NOON + HOUR + 1, NOON, true},
		{NOON - DAY, NOON, false},
		{NOON - DAY - 1, NOON, true},
		{TIME_NONE, NOON, false},
		/* the page has a date alone */
		{MIDNIGHT, NOON, false},
		{MIDNIGHT, MIDNIGHT + DAY - 1, false},
		{MIDNIGHT, MIDNIGHT + 2 * DAY - 1, false},
		{MIDNIGHT, MIDNIGHT + 2 * DAY + 1, true},
		{MIDNIGHT + DAY, NOON, true},
		{MIDNIGHT + DAY, MIDNIGHT + DAY - HOUR, false},
		/* so has what was typed */
		{NOON, MIDNIGHT, false},
		{NOON + DAY, MIDNIGHT, true},
		{NOON - DAY, MIDNIGHT, false},
		{NOON - 2 * DAY, MIDNIGHT, true},
		{MIDNIGHT, MIDNIGHT, false},
		{MIDNIGHT - 2 * DAY, MIDNIGHT, true},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct page_time page = page_time_of(rows[i].page, z);
		struct page_time typed = page_time_of(rows[i].typed, z);
		if (page_time_differs(&page, &typed) != rows[i].differs)
			fail_msg("row %zu", i);
	}
}

static struct page_time read(const struct time_zone *z, const char *html)
{
	const struct page_time_page page = {html, strlen(html), "text/html; charset=utf-8",
		"https://www.example.gov.cn/a.html", NOON + 30 * DAY};
	struct err e = {ERR_OK, ""};
	struct page_time out;

	assert_int_equal(page_time_read(&page, z, &out, &e), ERR_OK);
	return out;
}

#define PAGE(TIME)                                                                                                         \
	"<html><head><title>关于拖欠工资的情况通报</title></head><body>"                                        \
	"<h1>关于拖欠工资的情况通报</h1><div class=\"time\">" TIME "</div>"                                                \
	"<div class=\"content\"><p>经查，某项目部拖欠工资86万元，涉及工人34名，已责令整改。</p>" \
	"<p>市人社局将继续跟踪，公布投诉电话，接受社会监督。</p></div></body></html>"

static void test_read(void **state)
{
	const struct time_zone *z = *state;
	struct page_time t = read(z, PAGE("发布时间：2026-09-28 12:00"));
	struct buf b;

	assert_int_equal(t.from, NOON);
	assert_int_equal(t.to, NOON);
	t = read(z, PAGE("发布日期：2026-09-28"));
	assert_int_equal(t.from, MIDNIGHT);
	assert_int_equal(t.to, MIDNIGHT + DAY - 1);
	buf_init(&b, 256);
	page_time_add(&b, &t, z);
	assert_string_equal(buf_str(&b), "2026-09-28");
	buf_clear(&b);
	t.from = t.to = NOON;
	page_time_add(&b, &t, z);
	assert_string_equal(buf_str(&b), "2026-09-28 12:00");
	buf_fini(&b);
	assert_int_equal(read(z, PAGE("")).from, TIME_NONE);
	assert_int_equal(read(z, "").from, TIME_NONE);
	assert_int_equal(read(z, "\x00\xff").from, TIME_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_differs),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
