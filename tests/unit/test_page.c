/*
 * test_page.c - the flat page: ranges, what is shown, text, XPath, limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/page.h"

static struct page *parse(const char *text)
{
	struct page *p = NULL;
	struct err e;

	assert_int_equal(page_parse(text, strlen(text), &p, &e), ERR_OK);
	assert_non_null(p);
	return p;
}

static char *text_of(const struct page *p, int node)
{
	struct buf b;
	char *kept;

	buf_init(&b, 1 << 20);
	page_add_text(p, node, &b);
	kept = strdup(buf_str(&b));
	buf_fini(&b);
	assert_non_null(kept);
	return kept;
}

static void expect_text(const char *html, const char *want)
{
	struct page *p = parse(html);
	char *got = text_of(p, 0);

	assert_string_equal(got, want);
	free(got);
	page_free(p);
}

static enum err_code parse_many(const char *unit, size_t times, const char *tail)
{
	struct buf b;
	struct page *p = NULL;
	struct err e;
	enum err_code rc;

	buf_init(&b, (size_t)16 << 20);
	for (size_t i = 0; i < times; i++)
		buf_add_str(&b, unit);
	buf_add_str(&b, tail);
	rc = page_parse(buf_str(&b), b.len, &p, &e);
	page_free(p);
	buf_fini(&b);
	return rc;
}

/* ---- the array ---- */

static void test_ranges(void **state)
{
	struct page *p = parse("<ul><li>一<b>二</b></li><li>三</li></ul><p>四</p>");
	int ul = page_find(p, 0, 0, PAGE_LIST), li = page_find(p, ul, ul, PAGE_LI);

	(void)state;
	assert_true(ul > 0 && li == ul + 1);
	assert_int_equal(page_node(p, li)->parent, ul);
	assert_int_equal(page_node(p, ul)->chars, 3);
	assert_int_equal(page_node(p, li)->chars, 2);
	int second = page_node(p, li)->end;
	assert_int_equal(page_node(p, second)->tag, PAGE_LI);
	assert_int_equal(page_node(p, second)->end, page_node(p, ul)->end);
	assert_int_equal(page_find(p, ul, ul, PAGE_P), -1);
	/* Every node lies within its parent. */
	for (int i = 1; i < page_count(p); i++) {
		int up = page_node(p, i)->parent;
		assert_true(up >= 0 && up < i && page_node(p, i)->end <= page_node(p, up)->end);
	}
	page_free(p);
}

static void test_counts(void **state)
{
	struct page *p = parse("<div><a href=/1>链接 文字</a>，正文。 <script>x</script></div>");
	int div = page_node(p, page_find(p, 0, 0, PAGE_A))->parent;

	(void)state;
	assert_int_equal(page_node(p, div)->chars, 8);
	assert_int_equal(page_node(p, div)->linked, 4);
	assert_int_equal(page_node(p, div)->stops, 2);
	page_free(p);
}

static void test_attributes(void **state)
{
	static const char *const words[] = {"nav", "foot", NULL};
	struct page *p = parse("<div class='Top_NAV' data-x=1><p id=x hidden>a</p></div>"
			       "<table class='data no-footer'></table><ul class=piano-foot></ul>");
	int para = page_find(p, 0, 0, PAGE_P), div = page_node(p, para)->parent;

	(void)state;
	assert_string_equal(page_attr(p, div, "data-x"), "1");
	assert_string_equal(page_attr(p, para, "hidden"), "");
	assert_null(page_attr(p, para, "class"));
	assert_null(page_attr(p, para + 1, "class"));
	assert_true(page_is_named(p, div, words));
	assert_false(page_is_named(p, para, words));
	int table = page_node(p, div)->end, list = page_node(p, table)->end;
	assert_false(page_is_named(p, table, words));
	assert_true(page_is_named(p, list, words));
	page_free(p);
}

/* ---- text ---- */

static void test_text(void **state)
{
	(void)state;
	expect_text("<p>一\n二</p><p>三<br>四</p>", "一 二\n三\n四");
	expect_text("<p>a &amp; b&nbsp;&#20013;</p>", "a & b 中");
	expect_text(
		"<table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table>", "一 二\n三");
	expect_text("<p>一<!-- 二 -->三<script>四</script><style>五</style></p>", "一三");
	expect_text("<div>一<span>二</span><div>三</div>四</div>", "一二\n三\n四");
}

static void test_hidden(void **state)
{
	static const char *const hides[] = {"display:none", "DISPLAY : none;",
		"position:absolute;left:-9999px", "text-indent:-9999px", "font-size:0",
		"height:0;overflow:hidden", "left: -1000px", NULL};
	static const char *const shows[] = {"display:block", "font-size:0.8em", "visibility:hidden",
		"left:9px", "height:0", NULL};
	char html[200];

	(void)state;
	for (size_t i = 0; hides[i]; i++) {
		snprintf(html, sizeof html, "<p>一</p><div style='%s'>二<b>三</b></div>", hides[i]);
		expect_text(html, "一");
	}
	for (size_t i = 0; shows[i]; i++) {
		snprintf(html, sizeof html, "<p>一</p><div style='%s'>二</div>", shows[i]);
		expect_text(html, "一\n二");
	}
	expect_text(
		"<p>一</p><template>二</template><noscript>三</noscript><p hidden>四</p>", "一");
}

/* ---- XPath ---- */

static void test_select(void **state)
{
	struct page *p = parse("<ul><li><a href=/1>一</a></li><li><a href=/2>二</a></li></ul>");
	struct page_matches m;
	struct err e;

	(void)state;
	assert_int_equal(page_select(p, -1, "//li", &m, &e), ERR_OK);
	assert_int_equal(m.count, 2);
	assert_int_equal(page_node(p, m.at[1].node)->tag, PAGE_LI);
	assert_int_equal(page_select(p, m.at[1].node, "a/@href", &m, &e), ERR_OK);
	assert_int_equal(m.count, 1);
	assert_int_equal(m.at[0].node, -1);
	assert_string_equal(m.at[0].text, "/2");
	assert_int_equal(page_select(p, -1, "string(//a[1])", &m, &e), ERR_OK);
	assert_string_equal(m.at[0].text, "一");
	assert_int_equal(page_select(p, -1, "count(//a)", &m, &e), ERR_OK);
	assert_string_equal(m.at[0].text, "2");
	assert_int_equal(page_select(p, -1, "//nothing", &m, &e), ERR_OK);
	assert_int_equal(m.count, 0);
	page_free(p);
}

static void test_bad_xpath(void **state)
{
	static const char *const bad[] = {"", "//li[", "foo(", "//a[bar()]", "$x", "x:y", NULL};
	struct page *p = parse("<p><a>x</a></p>");
	struct page_matches m;
	struct err e;

	(void)state;
	for (size_t i = 0; bad[i]; i++) {
		err_clear(&e);
		assert_int_equal(page_select(p, -1, bad[i], &m, &e), ERR_CONFIG);
		assert_non_null(strstr(e.text, bad[i]));
	}
	assert_int_equal(page_check_xpath("//li[", &e), ERR_CONFIG);
	assert_int_equal(page_check_xpath("//li[@class='x']/a[1]/@href", &e), ERR_OK);
	/* The page is still good for others. */
	assert_int_equal(page_select(p, -1, "//a", &m, &e), ERR_OK);
	assert_int_equal(m.count, 1);
	page_free(p);
}

/* ---- limits and damage ---- */

static void test_limits(void **state)
{
	struct page *p;
	struct err e;

	(void)state;
	assert_int_equal(page_parse("", 0, &p, &e), ERR_INPUT);
	assert_int_equal(parse_many("<div>", PAGE_DEPTH_MAX + 10, "x"), ERR_LIMIT);
	assert_int_equal(parse_many("<i>x</i>", PAGE_NODES_MAX / 2 + 10, ""), ERR_LIMIT);
	assert_int_equal(parse_many("<p>x</p>", 1000, ""), ERR_OK);
	assert_int_equal(parse_many("<div><p>x</div>", 1000, "<!-- never closed"), ERR_OK);
	assert_int_equal(parse_many("<script>", 1000, ""), ERR_OK);
}

static void test_too_many_attributes(void **state)
{
	struct buf b;
	struct page *p = NULL;
	struct err e;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_add_str(&b, "<p>x</p><a ");
	for (int i = 0; i < PAGE_ATTRIBUTES_MAX + 1; i++)
		buf_addf(&b, "a%d='>' ", i);
	buf_add_str(&b, ">y</a>");
	assert_int_equal(page_parse(buf_str(&b), b.len, &p, &e), ERR_LIMIT);
	assert_null(p);
	/* The same in a script or a comment is no tag. */
	buf_clear(&b);
	buf_add_str(&b, "<p>x</p><script>if (a <b ");
	for (int i = 0; i < PAGE_ATTRIBUTES_MAX + 1; i++)
		buf_addf(&b, "c%d ", i);
	buf_add_str(&b, "> d)</script>");
	assert_int_equal(page_parse(buf_str(&b), b.len, &p, &e), ERR_OK);
	page_free(p);
	buf_fini(&b);
}

static void test_damage(void **state)
{
	static const char bytes[] = "<p>一\0二</p>\xff\xfe<b class=\xe4\xb8>三";
	struct page *p = NULL;
	struct err e;

	(void)state;
	if (page_parse(bytes, sizeof bytes - 1, &p, &e) == ERR_OK)
		assert_true(page_count(p) > 0);
	page_free(p);
	page_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_select),
		cmocka_unit_test(test_bad_xpath),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_too_many_attributes),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
