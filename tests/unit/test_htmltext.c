/*
 * HTML to text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/plain.h"
#include "crawler/htmltext.h"

static const struct {
	const char *html, *text;
} cases[] = {
	{"", ""},
	{"plain", "plain"},
	{"  a \n\t b  ", "a b"},
	{"<p>一</p>\n<p>二</p>", "一\n二"},
	{"一<br>二<br/><br />三", "一\n二\n三"},
	{"<div><div>一</div></div>二", "一\n二"},
	{"<ul><li>一<li>二</ul>", "一\n二"},
	{"<table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table>", "一 二\n三"},
	{"<b>粗</b>体", "粗体"},
	{"&lt;p&gt; &amp; &copy; &#20013; &#x4E2D;", "<p> & © 中 中"},
	{"&nbsp;一&nbsp;&nbsp;二&nbsp;", "一 二"},
	{"&ldquo;x&rdquo; &unknown; &#146; AT&T", "“x” &unknown; ’ AT&T"},
	{"a < b > c", "a < b > c"},
	{"一<!-- 注 -->二", "一二"},
	{"一<!-- 未完 > 二", "一 二"},
	{"<script>if (a < b) x('</p>')</script>一<style>p{}</style>", "一"},
	{"<SCRIPT>x</script >一", "一"},
	/* For readers that have no frames, as ours. */
	{"一<iframe src=x> <b>二</b></iframe>三", "一 二三"},
	{"<noframes>一</noframes>", "一"},
	{"一<p style=\"display:none\">藏</p>二", "一\n二"},
	{"一<span hidden>藏<span>也</span></span>二", "一二"},
	{"一<div hidden>没有结尾", "一\n没有结尾"},
	{"<a href=\"x>y\" title='<b>'>链接</a>", "链接"},
	{"<a href=\"x>链接</a>一", "链接一"},
	{"截断 <a href=\"http", "截断"},
	{"<![CDATA[一]]>二", "一二"},
	{"<!DOCTYPE html><html><head><title>题</title></head><body>一</body></html>", "一"},
	{"<!' 不是声明", "<!' 不是声明"},
	{"<?xml:namespace prefix = o /><o:p>一</o:p>", "一"},
	{"<pre>一\n二</pre>", "一\n二"},
	{"mail <a@example.org> x", "mail <a@example.org> x"},
	{"　　段落　　", "段落"},
	{"<img src=x alt='图'>一", "一"},
	{"一\x01\x02二", "一二"},
	{"<", "<"},
	{"</", "</"},
	{"&", "&"},
};

static void test_table(void **state)
{
	struct buf out;
	int failed = 0;

	(void)state;
	buf_init(&out, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		htmltext_add(&out, cases[i].html, strlen(cases[i].html), HTMLTEXT_MARKUP);
		if (strcmp(buf_str(&out), cases[i].text) == 0)
			continue;
		print_error("%s\n  gives %s\n  not   %s\n", cases[i].html, buf_str(&out),
			cases[i].text);
		failed++;
	}
	buf_fini(&out);
	assert_int_equal(failed, 0);
}

static bool is_likely(const char *s, enum htmltext_mode mode)
{
	return htmltext_is_likely(s, strlen(s), mode);
}

static void test_likely(void **state)
{
	(void)state;
	assert_true(is_likely("<b>x</b>", HTMLTEXT_MARKUP));
	assert_true(is_likely("a<br>b", HTMLTEXT_MARKUP));
	assert_true(is_likely("A &amp; B", HTMLTEXT_MARKUP));
	assert_false(is_likely("A & B", HTMLTEXT_MARKUP));
	assert_false(is_likely("a < b", HTMLTEXT_MARKUP));
	assert_false(is_likely("List<T>", HTMLTEXT_MARKUP));
	assert_false(is_likely("<T>x</b>", HTMLTEXT_MARKUP));
	assert_true(is_likely("<T>x</b>", HTMLTEXT_TITLE));
	assert_false(is_likely("use <b> for bold", HTMLTEXT_MARKUP));
}

static bool is_plain(const char *s, size_t n)
{
	size_t i = 0;

	while (i += plain_run(s + i, n - i, PLAIN_TEXT), i < n && s[i] == '\n')
		i++;
	return i == n;
}

/* Comments between all characters leave the text as it is and every run a character
 * long; and what is said to be plain must be so. */
static void test_runs(void **state)
{
	static const char *const parts[] = {"a", "一", "，", "“", "1", "一", "。", "b", " ", "\n",
		"　", "<p>", "<br/>", "</b>", "&lt;", "&nbsp;", "&eacute;", "&#1;", "&#x4E00;", "é",
		"·", "\xE2\x80\x8B", "🙂", "\x01", "\x7F", "]]>", "] ", "& ", "< ", "<pre>",
		"</pre>"};
	size_t kinds = sizeof parts / sizeof *parts, plain = 0;
	uint32_t seed = 7;
	struct buf whole, broken, a, b;

	(void)state;
	buf_init(&whole, 65536);
	buf_init(&broken, 65536);
	buf_init(&a, 65536);
	buf_init(&b, 65536);
	for (int round = 0; round < 20000; round++) {
		buf_clear(&whole);
		buf_clear(&broken);
		buf_clear(&a);
		buf_clear(&b);
		uint32_t count = 1 + (seed >> 8) % 120, rarity = 1 + (seed >> 16) % 90;
		for (uint32_t i = 0; i < count; i++) {
			seed = seed * 1664525u + 1013904223u;
			const char *part = parts[(seed >> 8) % rarity ? (seed >> 16) % 8
								      : (seed >> 16) % kinds];
			buf_add_str(&whole, part);
			buf_addf(&broken, "%s<!---->", part);
		}
		bool said = htmltext_add(&a, buf_str(&whole), whole.len, HTMLTEXT_MARKUP);
		bool again = htmltext_add(&b, buf_str(&broken), broken.len, HTMLTEXT_MARKUP);
		assert_string_equal(buf_str(&a), buf_str(&b));
		assert_int_equal(said, again);
		if (said && !is_plain(buf_str(&a), a.len))
			fail_msg("not plain: %s", buf_str(&a));
		plain += said;
	}
	assert_true(plain > 1000 && plain < 19000);
	buf_fini(&whole);
	buf_fini(&broken);
	buf_fini(&a);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_likely),
		cmocka_unit_test(test_runs),
	};

	return cmocka_run_group_tests_name("htmltext", tests, NULL, NULL);
}
