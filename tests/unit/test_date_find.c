/*
 * test_date_find.c - dates in running text and in addresses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/date_find.h"

#define NOW "2026-11-23T04:00:00Z"

static int64_t moment(const char *s)
{
	int64_t t;

	assert_true(time_parse_rfc3339(str_of(s), &t));
	return t;
}

static const struct {
	const char *text, *found, *at; /* the part that is the date; NULL none */
} texts[] = {
	{"标题 2020-11-27", "2020-11-27", "2020-11-26T16:00:00Z"},
	{"[2020-11-27]", "2020-11-27", "2020-11-26T16:00:00Z"},
	{"发布时间：2020年06月29日 09:30 来源：某报", "2020年06月29日 09:30",
		"2020-06-29T01:30:00Z"},
	{"2020/6/9 9:03:07 点击", "2020/6/9 9:03:07", "2020-06-09T01:03:07Z"},
	{"20-09-22", "20-09-22", "2020-09-21T16:00:00Z"},
	{"2020.09.22", "2020.09.22", "2020-09-21T16:00:00Z"},
	{"某事 09-22", "09-22", "2026-09-21T16:00:00Z"},
	{"某事 12-22", "12-22", "2025-12-21T16:00:00Z"},
	{"某事 7-9 10:20", "7-9 10:20", "2026-07-09T02:20:00Z"},
	{"9月22日", "9月22日", "2026-09-21T16:00:00Z"},
	{"昨天 14:20 发布", "昨天 14:20", "2026-11-22T06:20:00Z"},
	{"3小时前", "3小时前", "2026-11-23T01:00:00Z"},
	{"2020-11-27T10:20:30+08:00", "2020-11-27T10:20:30+08:00", "2020-11-27T02:20:30Z"},
	{"2020年9月22日 星期二 下午3:20", "2020年9月22日 星期二 下午3:20", "2020-09-22T07:20:00Z"},
	{"2020 09/22 09:15:21", "2020 09/22 09:15:21", "2020-09-22T01:15:21Z"},
	{"2020-06-29 09:30:445次", "2020-06-29 09:30:44", "2020-06-29T01:30:44Z"},
	{"2020\n09/22", "2020\n09/22", "2020-09-21T16:00:00Z"},
	{"On October 26,2020", "October 26,2020", "2020-10-25T16:00:00Z"},
	{"Posted Sept. 2nd, 2020 by", "Sept. 2nd, 2020", "2020-09-01T16:00:00Z"},
	{"分类 十月 26th, 2020", "十月 26th, 2020", "2020-10-25T16:00:00Z"},
	{"10月 26, 2020 at 12:02", "10月 26, 2020 at 12:02", "2020-10-26T04:02:00Z"},
	{"Published: 26 Oct 2020 | News", "26 Oct 2020", "2020-10-25T16:00:00Z"},
	{"Monday, 26 Oct. 2020 4:35 PM EST by", "26 Oct. 2020 4:35 PM EST", "2020-10-26T21:35:00Z"},
	{"October 26, 2020 at 4:35 pm", "October 26, 2020 at 4:35 pm", "2020-10-26T08:35:00Z"},
	{"Oct 26, 2020 16:35 Comments", "Oct 26, 2020 16:35", "2020-10-26T08:35:00Z"},
	{"el 27 de octubre de 2012", "27 de octubre de 2012", "2012-10-26T16:00:00Z"},
	{"27 octobre 2012 à 18:27 (mis", "27 octobre 2012 à 18:27", "2012-10-27T10:27:00Z"},
	{"发布时间：10/26/2020 9:12:00 AM 点击", "10/26/2020 9:12:00 AM", "2020-10-26T01:12:00Z"},
	{"26/10/2020", "26/10/2020", "2020-10-25T16:00:00Z"},
	{"2020年9月22日（二） 15:20", "2020年9月22日（二） 15:20", "2020-09-22T07:20:00Z"},
	{"2020-09-22(周二)15:20", "2020-09-22(周二)15:20", "2020-09-22T07:20:00Z"},
	{"今天发布", "今天", "2026-11-22T16:00:00Z"},
	{"昨天下午3点", "昨天下午3点", "2026-11-22T07:00:00Z"},
	{"发布时间：2020年6月29日9时", "2020年6月29日9时", "2020-06-29T01:00:00Z"},
	{"2020年6月29日 上午9点半 来源", "2020年6月29日 上午9点半", "2020-06-29T01:30:00Z"},
	{"2小时30分钟前", "2小时30分钟前", "2026-11-23T01:30:00Z"},
	{"1天 2小时前", "1天 2小时前", "2026-11-22T02:00:00Z"},
	/* A span is not a clock with its zone. */
	{"停电时间：6月25日8:00-18:00", "6月25日8:00", "2026-06-25T00:00:00Z"},
	{"2020年6月29日 9:00-11:00举行", "2020年6月29日 9:00", "2020-06-29T01:00:00Z"},
	{"2020-06-29 09:00-11:00", "2020-06-29 09:00", "2020-06-29T01:00:00Z"},
	{"2020-06-29 09:00:00-05:00", "2020-06-29 09:00:00-05:00", "2020-06-29T14:00:00Z"},
	/* No dates. */
	{"6月25日3点意见", NULL, NULL},
	{"今天小编告诉大家", NULL, NULL},
	{"Mac 26 2020", NULL, NULL},
	{"Marching 2020", NULL, NULL},
	{"Decision 26, 2020", NULL, NULL},
	{"26 people 2020", NULL, NULL},
	{"13/26/2020", NULL, NULL},
	{"1/2/20201", NULL, NULL},
	{"1.5-2.5倍", NULL, NULL},
	{"2020-2021学年", NULL, NULL},
	{"电话 0855-8223311", NULL, NULL},
	{"12-15岁", NULL, NULL},
	{"第7-9 10页", NULL, NULL},
	{"ISBN 978-7-02-000220-7", NULL, NULL},
	{"第20201127号", NULL, NULL},
	{"13-22", NULL, NULL},
	{"2020-13-01", NULL, NULL},
	{"14:20", NULL, NULL},
	{"192.168.1.1", NULL, NULL},
	{"", NULL, NULL},
};

static struct time_zone *shanghai(void)
{
	struct time_zone *z = NULL;

	assert_int_equal(time_zone_open("+08:00", &z, NULL), ERR_OK);
	return z;
}

static void test_texts(void **state)
{
	struct time_zone *z = shanghai();

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct date_found d;
		struct str s = str_of(texts[i].text);
		bool found = date_find(s, 0, moment(NOW), z, &d);
		if (found != (texts[i].found != NULL))
			print_error("%s\n", texts[i].text);
		assert_int_equal(found, texts[i].found != NULL);
		if (!found)
			continue;
		struct str part = str_sub(s, d.start, d.end);
		if (!str_is(part, texts[i].found))
			print_error("%s: %.*s\n", texts[i].text, (int)part.n, part.p);
		assert_true(str_is(part, texts[i].found));
		assert_int_equal(d.moment, moment(texts[i].at));
	}
	time_zone_close(z);
}

static void test_several(void **state)
{
	struct time_zone *z = shanghai();
	struct str s = str_of("起 2020-01-02 止 2020-03-04 10:20");
	struct date_found d;

	(void)state;
	assert_true(date_find(s, 0, moment(NOW), z, &d));
	assert_true(d.has_year && !d.has_time && !d.is_relative);
	assert_true(date_find(s, d.end, moment(NOW), z, &d));
	assert_true(d.has_time);
	assert_int_equal(d.moment, moment("2020-03-04T02:20:00Z"));
	assert_false(date_find(s, d.end, moment(NOW), z, &d));
	assert_true(date_find(str_of("刚刚"), 0, moment(NOW), z, &d));
	assert_true(d.is_relative);
	time_zone_close(z);
}

static const struct {
	const char *url, *day; /* NULL none */
} urls[] = {
	{"http://www.example.gov.cn/gzdt/202011/t20201127_65399695.html", "2020-11-26T16:00:00Z"},
	{"http://news.example.com/2020/11/27/a.html", "2020-11-26T16:00:00Z"},
	{"http://news.example.com/2020-11/27/c_112.htm", "2020-11-26T16:00:00Z"},
	{"http://news.example.com/2020/1127/c1.html", "2020-11-26T16:00:00Z"},
	{"http://news.example.com/a/20201127/1.html", "2020-11-26T16:00:00Z"},
	{"http://news.example.com/n/201909251301.html", "2019-09-24T16:00:00Z"},
	{"http://news.example.com/2020/9/2/x.html", "2020-09-01T16:00:00Z"},
	{"http://news.example.com/a_20199999.html", NULL},
	{"http://news.example.com/201211281234567.html", NULL},
	{"http://news.example.com/20301127/", NULL},
	{"http://20201127.example.com/a", NULL},
	{"http://news.example.com/2020/11/", NULL},
};

static void test_urls(void **state)
{
	struct time_zone *z = shanghai();

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		int64_t t = 0;
		bool found = date_in_url(urls[i].url, moment(NOW), z, &t);
		if (found != (urls[i].day != NULL))
			print_error("%s\n", urls[i].url);
		assert_int_equal(found, urls[i].day != NULL);
		if (found)
			assert_int_equal(t, moment(urls[i].day));
	}
	time_zone_close(z);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_urls),
	};

	return cmocka_run_group_tests_name("date_find", tests, NULL, NULL);
}
