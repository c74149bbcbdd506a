/*
 * Dates as documents carry them, in an office at +08:00, on 2026-11-23 09:00 there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/date.h"

#define NOW INT64_C(1795395600) /* 2026-11-23T01:00:00Z */

struct date_case {
	const char *text, *utc; /* NULL: no date */
};

static const struct date_case cases[] = {
	{"Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 1 Jan 04 19:48 GMT", "2004-01-01T19:48:00Z"},
	{"Thu, 01 Jan 2004 19:48:21 EST", "2004-01-02T00:48:21Z"},
	{"01 Jan 2004 19:48:21 +0800", "2004-01-01T11:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 CST", "2004-01-01T11:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21", "2004-01-01T11:48:21Z"},
	{"Thu, 01 Jan 2004", "2003-12-31T16:00:00Z"},
	{"Thu Jan  1 19:48:21 2004", "2004-01-01T11:48:21Z"},
	{"Thu Jan 01 19:48:21 UTC 2004", "2004-01-01T19:48:21Z"},
	{"Thu, 01-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thursday, 01-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"January 1, 2004 7:48 PM", "2004-01-01T11:48:00Z"},
	{"Jan 1, 2004", "2003-12-31T16:00:00Z"},
	{"Thu, Jan 1, 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 31 Jun 2004 19:48:21 GMT", NULL},
	{"Sat, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z"},
	{"Thu, 31 Dec 1998 23:59:60 GMT", "1999-01-01T00:00:00Z"},
	{"2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"},
	{"2003-12-31T10:14:55.123-08:00", "2003-12-31T18:14:55Z"},
	{"2003-12-31T10:14Z", "2003-12-31T10:14:00Z"},
	{"2003-12-31T10:14:55", "2003-12-31T02:14:55Z"},
	{"2003-12-31", "2003-12-30T16:00:00Z"},
	{"2003-12", "2003-11-30T16:00:00Z"},
	{"2003", "2002-12-31T16:00:00Z"},
	{"20031231T101455Z", "2003-12-31T10:14:55Z"},
	{"20031231", "2003-12-30T16:00:00Z"},
	{"2003-335", "2003-11-30T16:00:00Z"},
	{"2003335", "2003-11-30T16:00:00Z"},
	{"2004-W01-1", "2003-12-28T16:00:00Z"},
	{"2004W011", "2003-12-28T16:00:00Z"},
	{"2004-07-08 23:56:58.2", "2004-07-08T15:56:58Z"},
	{"2004-07-08 23:56:58", "2004-07-08T15:56:58Z"},
	{"2004-07-08 23:56:58 +0000", "2004-07-08T23:56:58Z"},
	{"2004-07-08T24:00:00Z", "2004-07-09T00:00:00Z"},
	{"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"},
	{"2004년 05월 28일  오후 11:31:25", "2004-05-28T14:31:25Z"},
	{"2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"},
	{"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"},
	{"2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"},
	{"2021年6月25日 09:30", "2021-06-25T01:30:00Z"},
	{"2021年06月25日", "2021-06-24T16:00:00Z"},
	{"2021年6月25日 下午3:05", "2021-06-25T07:05:00Z"},
	{"2021年6月25日15时30分", "2021-06-25T07:30:00Z"},
	{"2021年6月25日 星期五 09:30:15", "2021-06-25T01:30:15Z"},
	{"二〇二一年六月二十五日", "2021-06-24T16:00:00Z"},
	{"6月25日", "2026-06-24T16:00:00Z"},
	{"12月25日", "2025-12-24T16:00:00Z"},
	{"6月25日 08:00", "2026-06-25T00:00:00Z"},
	{"昨天 14:20", "2026-11-22T06:20:00Z"},
	{"昨天14:20", "2026-11-22T06:20:00Z"},
	/* Now is a Monday. */
	{"周一", "2026-11-22T16:00:00Z"},
	{"星期天 10:20", "2026-11-22T02:20:00Z"},
	{"周三 下午3点", "2026-11-18T07:00:00Z"},
	{"上周五", "2026-11-19T16:00:00Z"},
	{"本周一 08:00", "2026-11-23T00:00:00Z"},
	{"本周三", NULL},
	{"一周", NULL},
	{"周", NULL},
	{"公元2021年6月25日", "2021-06-24T16:00:00Z"},
	{"2021年6月25日（星期五）", "2021-06-24T16:00:00Z"},
	{"2021年6月25日(周五)上午9:30", "2021-06-25T01:30:00Z"},
	{"今天 08:01", "2026-11-23T00:01:00Z"},
	{"前天", "2026-11-20T16:00:00Z"},
	{"3小时前", "2026-11-22T22:00:00Z"},
	{"5分钟前", "2026-11-23T00:55:00Z"},
	{"半小时前", "2026-11-23T00:30:00Z"},
	{"2天前", "2026-11-21T01:00:00Z"},
	{"一个月前", "2026-10-23T01:00:00Z"},
	{"刚刚", "2026-11-23T01:00:00Z"},
	{"发布时间：2021-06-25 09:30", "2021-06-25T01:30:00Z"},
	{"2021/6/25 9:30", "2021-06-25T01:30:00Z"},
	{"2021.06.25", "2021-06-24T16:00:00Z"},
	{"06-25 09:30", "2026-06-25T01:30:00Z"},
	{"21-06-25 09:30", "2021-06-25T01:30:00Z"},
	{"1624585800", "2021-06-25T01:50:00Z"},
	{"1624585800000", "2021-06-25T01:50:00Z"},
	{"20210625093000", "2021-06-25T01:30:00Z"},
	{"2021-06-25T09:30:00+0800", "2021-06-25T01:30:00Z"},
	{"2021-06-25T09:30:00 GMT+08:00", "2021-06-25T01:30:00Z"},
	{"Fri, 25 Jun 2021 09:30:00 +0800 (CST)", "2021-06-25T01:30:00Z"},
	{"Fri, 25 Jun 2021 09:30:00 GMT+8", "2021-06-25T01:30:00Z"},
	{"Fri Jun 25 2021 09:30:00 GMT+0800 (中国标准时间)", "2021-06-25T01:30:00Z"},
	{"Fri,25 Jun 2021 09:30:00 +0800", "2021-06-25T01:30:00Z"},
	{"Fri, 25 June 2021 9:30:00 Z", "2021-06-25T09:30:00Z"},
	{"25 Jun 2021 09:30 AM", "2021-06-25T01:30:00Z"},
	{"6/25/2021", "2021-06-24T16:00:00Z"},
	{"25/6/2021", "2021-06-24T16:00:00Z"},
	{"6/5/2021", NULL},
	{"6/5/2021 9:30:00 AM", "2021-06-05T01:30:00Z"},
	{"6/25/21 09:30", "2021-06-25T01:30:00Z"},
	{"25/13/2021", NULL},
	{"21/06/25", "2021-06-24T16:00:00Z"},
	{"21.06.25 09:30", "2021-06-25T01:30:00Z"},
	{"06/05/04", NULL},
	{"31/06/25", NULL}, /* to come */
	{"21/13/25", NULL},
	{"21.06", NULL},
	{"2021—06—25", "2021-06-24T16:00:00Z"},
	{"3小時前", "2026-11-22T22:00:00Z"},
	{"25.06.2021 09:30", "2021-06-25T01:30:00Z"},
	{"25-06-2021 09:30:15 GMT", "2021-06-25T09:30:15Z"},
	{"Fri, 06/25/2021 - 09:30", "2021-06-25T01:30:00Z"},
	{"2021-06-25 at 09:30", "2021-06-25T01:30:00Z"},
	{"Fri, 25 Jun 2021 09:30:00 Europe/Paris", "2021-06-25T07:30:00Z"},
	{"Mon, 25 Jan 2021 09:30:00 Europe/Paris", "2021-01-25T08:30:00Z"},
	{"Fri, 25 Jun 2021 09:30:00 Nowhere/Land", NULL},
	{"Fri, 25 Jun 2021 09:30:00 ../../etc/passwd", NULL},
	{"2021-06-25T09:30:00+02:00:00", "2021-06-25T07:30:00Z"},
	{"25 Jun 2021 GMT", "2021-06-25T00:00:00Z"},
	{"Fr, 25 Juni 2021 09:30:00 +0200", "2021-06-25T07:30:00Z"},
	{"Do., 25 Mär 2021 09:30:00 +0100", "2021-03-25T08:30:00Z"},
	{"mar., 01 déc. 2020 09:30:00 +0100", "2020-12-01T08:30:00Z"},
	{"mar, 02 mai 2023 09:30:00 +0200", "2023-05-02T07:30:00Z"},
	{"Mié, 06 Ene 2021 09:30:00 +0100", "2021-01-06T08:30:00Z"},
	{"Пт, 25 ИЮНЯ 2021 09:30:00 +0300", "2021-06-25T06:30:00Z"},
	{"星期五, 25 六月 2021 09:30:00 +0800", "2021-06-25T01:30:00Z"},
	{"周四, 25 11月 2021 09:30:00 +0800", "2021-11-25T01:30:00Z"},
	{"2021-06-25 09:30 北京时间", "2021-06-25T01:30:00Z"},
	{"北京时间2021年6月25日09:30", "2021-06-25T01:30:00Z"},
	{"民国110年6月25日", "2021-06-24T16:00:00Z"},
	{"民國一百年", NULL},
	{"半年前", "2026-05-23T01:00:00Z"},
	{"半个月前", "2026-11-08T01:00:00Z"},
	{"hello", NULL},
	{"12", NULL},
	{"", NULL},
	{"2021-13-01", NULL},
	{"2021-02-29", NULL},
	{"0000-00-00 00:00:00", NULL},
	{"公元二〇二一", NULL},
	{"Thu, 01 Jan 04 19:48:21 A", "2004-01-01T20:48:21Z"},
	{"Sun, 31 Dec 1967 00:00:00 GMT", "1967-12-31T00:00:00Z"},
	{"99999-01-01", NULL},
	{"2021-06-25T09:30:00+25:00", NULL},
	{"去年6月25日", "2025-06-24T16:00:00Z"},
	{"下午3点", "2026-11-23T07:00:00Z"},
	{"晚上8点半", "2026-11-23T12:30:00Z"},
	{"昨晚8点", "2026-11-22T12:00:00Z"},
	{"周五 14:20", "2026-11-20T06:20:00Z"},
	{"2021-06-25 (星期五)", "2021-06-24T16:00:00Z"},
	{"2021年6月", "2021-05-31T16:00:00Z"},
	{"09:30", "2026-11-23T01:30:00Z"},
	{"Mon, 23 Nov 2026 8:5:3 +0800", "2026-11-23T00:05:03Z"},
	{"2026-11-23T09:02:03,5+08:00", "2026-11-23T01:02:03Z"},
	{"2026-11-23T09+08:00", "2026-11-23T01:00:00Z"},
	{"20261123T0902+0800", "2026-11-23T01:02:00Z"},
	{"2026-11-23t09:02:03z", "2026-11-23T09:02:03Z"},
	{"Wednesday, 17 July 2002 22:49 PM GMT", "2002-07-17T22:49:00Z"},
	{"Tue, 26 October 2004 14:01:01 UT", "2004-10-26T14:01:01Z"},
	{"-0312", "2003-11-30T16:00:00Z"},
	{"031231", "2003-12-30T16:00:00Z"},
	{"-03-12", "2003-11-30T16:00:00Z"},
	{"03335", "2003-11-30T16:00:00Z"},
	{"2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z"},
	{"Thu, 01 Jan 0100 00:00:01 +0100", "0099-12-31T23:00:01Z"},
	{"Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z"},
	{"Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z"},
	{"Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z"},
	{"Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z"},
	{"Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z"},
	{"Sun, 16 Dec 2012 1:2:3:4 GMT", NULL},
	{"Sun, 16 zzz 2012 11:47:32 GMT", NULL},
	{"Sun, Dec x 2012 11:47:32 GMT", NULL},
	{"Sun, 16 Dec zz 11:47:32 GMT", NULL},
	{"Sun, 16 Dec 2012 11:47:32 +zz:00", NULL},
	{"Sun, 16 Dec 2012 11:47:32 +00:zz", NULL},
	{"Sun, 99 Jun 2009 12:00:00 GMT", NULL},
	{"Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z"},
	{"9999-12-31T23:59:59-99:99", NULL},
	{"2003-12-31T25:14:55Z", NULL},
	{"2003-12-31T10:61:55Z", NULL},
	{"2003-12-31T10:14:61Z", NULL},
	{"22013", NULL},
	{"013", NULL},
	{"2013-01-27-01", NULL},
	{"2013-01-28T11:30:00-06:00Textra", NULL},
	{"2013-xx-27", NULL},
	{"2013-01-28T09:xx:00Z", NULL},
	{"2013-01-28T09:00:00+00:xx", NULL},
	{"Sun, 31 Dec 9999 23:59:59 -9999", NULL},
	{"2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58Z"},
};

static void test_forms(void **state)
{
	struct time_zone *zone = NULL;
	int failed = 0;

	(void)state;
	assert_int_equal(time_zone_open("+08:00", &zone, NULL), ERR_OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char got[TIME_TEXT_SIZE] = "-";
		const char *want = cases[i].utc ? cases[i].utc : "-";
		int64_t t;
		if (date_parse(cases[i].text, strlen(cases[i].text), NOW, zone, &t))
			time_format_rfc3339(t, got);
		if (strcmp(got, want) != 0) {
			print_error("%s: %s, not %s\n", cases[i].text, got, want);
			failed++;
		}
	}
	time_zone_close(zone);
	assert_int_equal(failed, 0);
}

/* CST is the office's, or America's. */
static void test_cst(void **state)
{
	const char *text = "Thu, 01 Jan 2004 12:00:00 CST";
	int64_t t = 0;

	(void)state;
	assert_true(date_parse(text, strlen(text), NOW, NULL, &t));
	assert_int_equal(t, 1072980000); /* 18:00 UTC */
}

static void test_bounds(void **state)
{
	char text[400];
	int64_t t;

	(void)state;
	memset(text, '9', sizeof text);
	assert_false(date_parse(text, sizeof text, NOW, NULL, &t));
	assert_false(date_parse("", 0, NOW, NULL, &t));
	assert_false(date_parse("2021\0-01-01", 11, NOW, NULL, &t));
	/* Every cut of every form is a date or none, and never a crash. */
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t n = 0; n <= strlen(cases[i].text); n++)
			(void)date_parse(cases[i].text, n, NOW, NULL, &t);
}

/* xorshift32 */
static int pick(uint32_t *seed, int n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return (int)(*seed % (uint32_t)n);
}

static void make_usual(uint32_t *seed, char out[80])
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mo"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec", "dec", "Xyz"};
	static const char *const zones[] = {"+0800", "-0330", "GMT", "+0000", "-0000", "+1400",
		"-1200", "+0812", "+08:00", "Z", "", "CST"};
	static const char *const ends[] = {
		"Z", "", "+08:00", "-03:30", "+14:00", "+0800", "-12:00"};
	int year = pick(seed, 4) ? 1990 + pick(seed, 60) : pick(seed, 10000);
	int day = pick(seed, 33), hour = pick(seed, 26), minute = pick(seed, 62);
	int second = pick(seed, 62);

	if (pick(seed, 2))
		snprintf(out, 80, "%s, %02d %s %04d %02d:%02d:%02d %s", days[pick(seed, 8)], day,
			months[pick(seed, 14)], year, hour, minute, second, zones[pick(seed, 12)]);
	else
		snprintf(out, 80, "%04d-%02d-%02d%c%02d:%02d:%02d%s", year, pick(seed, 14), day,
			"T t"[pick(seed, 3)], hour, minute, second, ends[pick(seed, 7)]);
}

/* A blank in front means nothing, and with one no date takes the short way: both agree. */
static void test_short_way(void **state)
{
	const char *wanted = getenv("FUZZ_ROUNDS");
	long rounds = wanted ? 5 * atol(wanted) : 20000;
	struct time_zone *zone = NULL;
	uint32_t seed = 20261126;

	(void)state;
	assert_int_equal(time_zone_open("Asia/Shanghai", &zone, NULL), ERR_OK);
	for (long i = 0; i < rounds; i++) {
		char text[81] = " ";
		int64_t a = 0, b = 0;
		make_usual(&seed, text + 1);
		bool got = date_parse(text + 1, strlen(text + 1), NOW, zone, &a);
		bool want = date_parse(text, strlen(text), NOW, zone, &b);
		if (got != want || a != b)
			fail_msg("\"%s\" gave %lld, by the long way %lld", text + 1,
				got ? (long long)a : -1LL, want ? (long long)b : -1LL);
	}
	time_zone_close(zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_cst),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_short_way),
	};

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
