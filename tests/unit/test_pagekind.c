/*
 * test_pagekind.c - a list, an article, or neither.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/pagekind.h"
#include "tests/unit/documents.h"

#define ROW(n)                                                                                     \
	"<li><a href='" n ".html'>某县根治欠薪工作的第" n "号通告</a><span>2026-11-" n             \
	"</span></li>"
#define ROWS "<ul>" ROW("10") ROW("11") ROW("12") ROW("13") ROW("14") ROW("15") "</ul>"
#define SENTENCE                                                                                                                               \
	"某县人力资源和社会保障局接到群众反映后，立即派出工作组到工地核实情况，约谈施工单位负责人" \
	"。"
#define PARAGRAPH "<p>" SENTENCE SENTENCE SENTENCE "</p>"
#define TEXT PARAGRAPH PARAGRAPH PARAGRAPH
#define TITLE                                                                                                  \
	"<title>某县为三十名工人追回工资_某县</title><h1>某县为三十名工人追回工资</" \
	"h1><p>2026-11-20 09:30</p>"

enum kind { NEITHER, LIST, ARTICLE };

static const struct {
	const char *name, *url, *html;
	enum kind want;
} pages[] = {
	{"list", "http://a.example/tzgg/", "<title>通知公告</title><h2>通知公告</h2>" ROWS, LIST},
	{"list with a next page", "http://a.example/x",
		"<title>通知公告</title>" ROWS "<a href=index_1.html>下一页</a>", LIST},
	{"article", "http://a.example/202611/t20261120_12.html", TITLE TEXT, ARTICLE},
	{"article without an address", NULL, TITLE TEXT, ARTICLE},
	{"article with a hot-list", "http://a.example/202611/t20261120_12.html",
		TITLE TEXT "<div class=hot>" ROWS "</div>", ARTICLE},
	{"short article", "http://a.example/show?id=123456", TITLE "<p>" SENTENCE SENTENCE "</p>",
		ARTICLE},
	{"home page", "http://a.example/", TITLE TEXT ROWS, NEITHER},
	{"form", "http://a.example/login",
		"<title>登录</title><form><p>用户名</p><a href=/reg>注册</a></form>", NEITHER},
	{"nothing", "http://a.example/x", "<p>x</p>", NEITHER},
	{"two rows", "http://a.example/tzgg/", "<ul>" ROW("10") ROW("11") "</ul>", NEITHER},
};

static void test_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct documents d;
		bool found;
		documents_init(&d, DOCUMENT_AUTO, pages[i].url);
		assert_int_equal(pagekind_parse(&d.in, pages[i].html, strlen(pages[i].html),
					 d.arena, &d.doc, &found, &d.e),
			ERR_OK);
		enum kind got = !found ? NEITHER : d.doc.is_article ? ARTICLE : LIST;
		if (got != pages[i].want)
			print_error("%s: %d\n", pages[i].name, (int)got);
		assert_int_equal(got, pages[i].want);
		assert_int_equal(d.doc.count, got == NEITHER ? 0 : got == ARTICLE ? 1 : 6);
		documents_fini(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
