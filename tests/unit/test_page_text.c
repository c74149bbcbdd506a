/*
 * Two captures of a page: is it the same text, does a sentence stand on it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "office/page_text.h"

#define PAGE(title, text, tail)                                                                    \
	"<html><head><title>" title "</title><script>var n=" tail "</script></head><body>"         \
	"<div class='nav'><a href='/'>首页</a> <a href='/b'>要闻</a></div><h1>" title "</h1>"      \
	"<div class='content'>" text "</div><div class='foot'>浏览 " tail                          \
	" 次</div></body></html>"
#define TEXT                                                                                        \
	"<p>经查，某项目部拖欠工资86万元，涉及工人34名，已责令整改。</p>" \
	"<p>市人社局将于9月30日前督促全部发放到位，并公布投诉电话。</p>"

static void read_page(struct arena *a, const char *html, struct page_text *out)
{
	struct err e = {ERR_OK, ""};

	if (page_text_read(html, strlen(html), "text/html; charset=utf-8",
		    "https://www.example.gov.cn/a.html", a, out, &e) != ERR_OK)
		fail_msg("%s", e.text);
}

static bool has(struct arena *a, const struct page_words *page, const char *sentence)
{
	struct err e = {ERR_OK, ""};
	bool found = false;

	assert_int_equal(page_text_has(page, sentence, a, &found, &e), ERR_OK);
	return found;
}

static void test_equal(void **state)
{
	static const struct {
		const char *now;
		bool equal;
	} rows[] = {
		{PAGE("情况通报", TEXT, "12"), true},
		{PAGE("情况通报", TEXT, "4711"), true},
		{PAGE("情况通报", "<div>" TEXT "</div>", "12"), true},
		{PAGE("情况通报（更新）", TEXT, "12"), false},
		{PAGE("情况通报", TEXT "<p>另查明欠薪工人增至40名，正在核实，将及时公布。</p>",
			 "12"),
			false},
		{"", false},
		{"<html></html>", false},
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct page_text before, now;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		arena_reset(a);
		read_page(a, PAGE("情况通报", TEXT, "12"), &before);
		read_page(a, rows[i].now, &now);
		if (page_text_equal(&before.main, &now.main) != rows[i].equal)
			fail_msg("row %zu", i);
	}
	arena_free(a);
}

static void test_sentence(void **state)
{
	static const struct {
		const char *sentence;
		bool there;
	} rows[] = {
		{"市人社局将于9月30日前督促全部发放到位，并公布投诉电话。", true},
		{"市人社局将于９月３０日前督促全部发放到位", true}, /* full width */
		{"市人社局将于 9月30日前\n督促全部发放到位！", true},
		{"市人社局将于10月30日前督促全部发放到位", false},
		{"全部发放到位", false}, /* too short to say anything */
		{"。。。。。。。。。。", false},
		{"", false},
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct page_text page;

	(void)state;
	read_page(a, PAGE("情况通报", TEXT, "12"), &page);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (has(a, &page.whole, rows[i].sentence) != rows[i].there)
			fail_msg("“%s”", rows[i].sentence);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
