/*
 * test_pagelink.c - addresses and titles of links, and where the next page is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/pagelink.h"
#include "tests/unit/documents.h"

#define URL "http://www.example.gov.cn/zwgk/tzgg/index.html"

struct fixture {
	struct documents d;
	struct page *page;
};

static void open_page(struct fixture *f, const char *html)
{
	documents_init(&f->d, DOCUMENT_LIST, URL);
	assert_int_equal(page_parse(html, strlen(html), &f->page, &f->d.e), ERR_OK);
}

static void close_page(struct fixture *f)
{
	page_free(f->page);
	documents_fini(&f->d);
}

static void expect(const char *input, const char *got, const char *want)
{
	if (strcmp(got ? got : "(none)", want ? want : "(none)") != 0)
		print_error("%s\n  got:  %s\n  want: %s\n", input, got ? got : "(none)",
			want ? want : "(none)");
	assert_string_equal(got ? got : "(none)", want ? want : "(none)");
}

static const struct {
	const char *html, *want;
} addresses[] = {
	{"<a href='./202011/t1.html'>x</a>", "http://www.example.gov.cn/zwgk/tzgg/202011/t1.html"},
	{"<a href='../a.html'>x</a>", "http://www.example.gov.cn/zwgk/a.html"},
	{"<a href=' /a.html '>x</a>", "http://www.example.gov.cn/a.html"},
	{"<a href='//b.example/1'>x</a>", "http://b.example/1"},
	{"<a href='?id=3'>x</a>", "http://www.example.gov.cn/zwgk/tzgg/index.html?id=3"},
	{"<base href='http://c.example/d/'><a href=1.html>x</a>", "http://c.example/d/1.html"},
	{"<base target=_blank><a href=1.html>x</a>", "http://www.example.gov.cn/zwgk/tzgg/1.html"},
	{"<a href='javascript:;'>x</a>", NULL},
	{"<a href='#top'>x</a>", NULL},
	{"<a href=''>x</a>", NULL},
	{"<a>x</a>", NULL},
	{"<a href='mailto:a@b.example'>x</a>", NULL},
	{"<a href='tel:12345'>x</a>", NULL},
	{"<a href='ftp://a.example/x'>x</a>", NULL},
};

static void test_addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		struct fixture f;
		open_page(&f, addresses[i].html);
		const char *base = pagelink_base(&f.d.in, f.page, f.d.arena);
		int a = page_find(f.page, 0, 0, PAGE_A);
		expect(addresses[i].html, pagelink_address(f.page, a, base, f.d.arena),
			addresses[i].want);
		close_page(&f);
	}
}

static const struct {
	const char *html, *want;
} titles[] = {
	{"<a href=1>某县治理欠薪</a>", "某县治理欠薪"},
	{"<a href=1> 某县\n 治理欠薪 </a>", "某县 治理欠薪"},
	{"<a href=1 title='某县治理拖欠工资问题'>某县治理…</a>", "某县治理拖欠工资问题"},
	{"<a href=1 title='某县治理拖欠工资问题'>某县治理...</a>", "某县治理拖欠工资问题"},
	{"<a href=1 title='某县治理拖欠工资问题'>某县治理拖欠工资问题...</a>",
		"某县治理拖欠工资问题"},
	{"<a href=1 title='点击查看'>某县治理欠薪</a>", "某县治理欠薪"},
	{"<a href=1 "
	 "title='标题：某县治理拖欠工资问题&#xD;点击数：9&#xD;发表时间：2026年01月02日'>某县治理…</"
	 "a>",
		"某县治理拖欠工资问题"},
	{"<a href=1 title='某县治理拖欠工资问题&#10;发布时间：2026-1-2'>某县治理…</a>",
		"某县治理拖欠工资问题"},
	{"<a href=1 title='文章标题：某县治理拖欠工资问题&#10;更新时间：2026-1-2'>某县治理…</a>",
		"某县治理拖欠工资问题"},
	{"<a href=1 title='某县治理欠薪'><img src=x></a>", "某县治理欠薪"},
	{"<a href=1>·某县治理欠薪</a>", "某县治理欠薪"},
	{"<a href=1><em>置顶</em>某县治理欠薪<i>NEW</i></a>", "某县治理欠薪"},
	{"<a href=1>[置顶]某县治理欠薪</a>", "某县治理欠薪"},
	{"<a href=1 title='某县治理拖欠工资'><b>置顶</b>某县治理…</a>", "某县治理拖欠工资"},
	{"<a href=1><b>热</b></a>", "热"},
	{"<a href=1>热线办理情况</a>", "热线办理情况"},
	{"<a href=1><span>[2026-11-20]</span>某县治理欠薪</a>", "某县治理欠薪"},
	{"<a href=1>某县治理欠薪问题通告<i>2026-11-20</i></a>", "某县治理欠薪问题通告"},
	{"<a href=1>某县治理欠薪问题通告 [2026-11-20]</a>", "某县治理欠薪问题通告"},
	{"<a href=1>2026年3月1日起某路封闭施工</a>", "2026年3月1日起某路封闭施工"},
	{"<a href=1><p>11-20</p><p>2026</p><div>某县治理欠薪</div></a>", "某县治理欠薪"},
	{"<a href=1><h4>某县治理欠薪</h4><p>摘要，摘要。</p></a>", "某县治理欠薪"},
	{"<a href=1><div class=title>某县治理欠薪</div><div>摘要</div></a>", "某县治理欠薪"},
	{"<a href=1>某县<b>治理</b>欠薪</a>", "某县治理欠薪"},
	{"<a href=1><img src=x></a>", ""},
};

static void test_titles(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		struct fixture f;
		open_page(&f, titles[i].html);
		int a = page_find(f.page, 0, 0, PAGE_A);
		expect(titles[i].html, pagelink_title(f.page, a, &f.d.in, f.d.arena),
			titles[i].want);
		close_page(&f);
	}
}

#define DIR "http://www.example.gov.cn/zwgk/tzgg/"

static const struct {
	const char *html, *want;
} nexts[] = {
	{"<a href=index_1.html>下一页</a>", DIR "index_1.html"},
	{"<a href=index_1.html> 下一页 &gt; </a>", DIR "index_1.html"},
	{"<a href=tzgg/59.html>下页</a>", DIR "tzgg/59.html"},
	{"<a href=list_2.html>&raquo;</a>", DIR "list_2.html"},
	{"<a href=list_2.html>Next</a>", DIR "list_2.html"},
	{"<link rel=next href='?page=2'>", DIR "index.html?page=2"},
	{"<a rel=next href='?page=2'>older</a>", DIR "index.html?page=2"},
	{"<script>createPageHTML(12, 0, \"index\", \"html\");</script>", DIR "index_1.html"},
	{"<script>createPageHTML(12,3,'index','shtml');</script>", DIR "index_4.shtml"},
	{"<script>createPageHTML(12,11,\"index\",\"html\");</script>", NULL},
	{"<script>createPageHTML(1,0,\"index\",\"html\");</script>", NULL},
	{"<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}"
	 "createPageHTML(3,0,\"index\",\"html\");</script>",
		DIR "index_1.html"},
	{"<a href=index.html>下一页</a>", NULL},
	{"<a href='javascript:go(2)'>下一页</a>", NULL},
	{"<a href=x.html>查看下一页的全部新闻列表和更多内容</a>", NULL},
	{"<p>下一页</p>", NULL},
};

static void test_next(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++) {
		struct fixture f;
		open_page(&f, nexts[i].html);
		expect(nexts[i].html, pagelink_next(f.page, &f.d.in, URL, f.d.arena),
			nexts[i].want);
		close_page(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
