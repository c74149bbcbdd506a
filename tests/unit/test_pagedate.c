/*
 * test_pagedate.c - which date of a row is the row's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/pagedate.h"
#include "tests/unit/documents.h"

static const struct {
	const char *html, *want; /* NULL: none */
} rows[] = {
	{"<p>标题 <span>2026-11-20</span></p>", "2026-11-20"},
	{"<p>（2012年7月10日）各单位要认真落实会议精神 <b>2026-11-20</b></p>", "2026-11-20"},
	{"<p>2026年9月30日前完成，各单位抓好落实工作任务，不得有误，务必做好<i>11-20</i></p>",
		"2026-11-20"},
	{"<p><span>2026-11-20</span><span>2026-11-22</span></p>", "2026-11-20"},
	{"<p><b>20</b><i>2026-11</i></p>", "2026-11-20"},
	{"<p><i>2026年11月</i><b>20日</b></p>", "2026-11-20"},
	{"<p><b>11-20</b><i>2025</i></p>", "2025-11-20"},
	{"<p><b>2025</b><i>11/20</i></p>", "2025-11-20"},
	{"<p>发布时间：<b>2026-11-20</b><b>07:42</b></p>", "2026-11-20 07:42"},
	{"<p><b>2026-11-20</b><b>12:345</b></p>", "2026-11-20"},
	{"<p>2026<b>年11</b>月20日</p>", "2026-11-20"},
	{"<time datetime='2026-11-20T09:30:00+08:00'>上周</time>", "2026-11-20 09:30"},
	{"<p>昨天 14:20</p>", "2026-11-22 14:20"},
	{"<p style='display:none'>2026-01-01</p><p>2026-11-20</p>", "2026-11-20"},
	{"<p>标题 <span>20261120</span></p>", "2026-11-20"},
	{"<p><i>20261101</i><b>2026-11-20</b></p>", "2026-11-20"}, /* a number, a date */
	{"<p>标题 <span>（２０２６－１１－２０）</span></p>", "2026-11-20"},
	{"<p>标题 <span>[26/11/20]</span></p>", "2026-11-20"},
	{"<p>标题 <span>26.11.20</span></p>", "2026-11-20"},
	{"<p>标题 <span>20281120</span></p>", NULL},
	{"<p>标题 <span>2026112012</span></p>", NULL},
	{"<p>20 条评论</p>", NULL},
	{"<p><b>32</b><i>2026-11</i></p>", NULL},
	{"<p>没有日期</p>", NULL},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct documents d;
		struct date_found found;
		struct page *p;
		char got[TIME_TEXT_SIZE] = "none";

		documents_init(&d, DOCUMENT_LIST, NULL);
		assert_int_equal(page_parse(rows[i].html, strlen(rows[i].html), &p, &d.e), ERR_OK);
		bool any = pagedate_find(p, 0, page_count(p), -1, &d.in, &found);
		if (any)
			time_format_local(found.moment, d.zone, got);
		if (any != (rows[i].want != NULL) ||
			(any && found.moment != documents_time(rows[i].want)))
			print_error("%s: %s\n", rows[i].html, got);
		assert_int_equal(any, rows[i].want != NULL);
		assert_true(!any || found.moment == documents_time(rows[i].want));
		page_free(p);
		documents_fini(&d);
	}
}

/* The title's subtree is left out. */
static void test_except(void **state)
{
	static const char html[] = "<li><a href=1>2019年1月2日起施工</a><b>2026-11-20</b></li>";
	struct documents d;
	struct date_found found;
	struct page *p;

	(void)state;
	documents_init(&d, DOCUMENT_LIST, NULL);
	assert_int_equal(page_parse(html, sizeof html - 1, &p, &d.e), ERR_OK);
	int a = page_find(p, 0, 0, PAGE_A);
	assert_true(pagedate_find(p, 0, page_count(p), a, &d.in, &found));
	assert_true(found.moment == documents_time("2026-11-20"));
	assert_false(pagedate_find(p, a, page_node(p, a)->end, a, &d.in, &found));
	page_free(p);
	documents_fini(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_except),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
