/*
 * test_listpage.c - rows found in pages of many designs. A design is a row's markup with
 * %T for the title, %U for the number of its address, and the date in a form of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/unit/documents.h"

#define BASE "http://www.example.gov.cn/zwgk/"
#define ROWS 6

static const char *const titles[ROWS] = {"某县召开根治欠薪工作推进会",
	"关于某路段封闭施工绕行的通告", "某镇自来水厂检修停水通知", "某市中小学招生划片方案公布",
	"某小区物业纠纷调解结果公示", "关于公开征求某办法意见的公告"};

static const struct {
	const char *name;
	const char *before, *row, *between, *after; /* of the list */
	const char *date; /* strftime-like: %Y %m %d, %y two digits */
} designs[] = {
	{"list items", "<ul>", "<li><a href='%U.html'>%T</a><span>%D</span></li>", "", "</ul>",
		"%Y-%m-%d"},
	{"brackets", "<ul>", "<li><a href='%U.html'>%T</a>[%D]</li>", "", "</ul>", "%Y-%m-%d"},
	{"date first", "<ul>", "<li><span>%D</span><a href='%U.html'>%T</a></li>", "", "</ul>",
		"%Y/%m/%d"},
	{"date in the link", "<div>", "<p><a href='%U.html'><b>%D</b>%T</a></p>", "", "</div>",
		"%Y-%m-%d"},
	{"date behind in the link", "<div>", "<p><a href='%U.html'>%T<i>%D</i></a></p>", "",
		"</div>", "%Y.%m.%d"},
	{"table", "<table><tr><th>标题</th><th>时间</th></tr>",
		"<tr><td>·</td><td><a href='%U.html'>%T</a></td><td>%D</td></tr>", "", "</table>",
		"%Y年%m月%d日"},
	{"two-digit year", "<table>", "<tr><td><a href='%U.html'>%T</a></td><td>%D</td></tr>", "",
		"</table>", "%y-%m-%d"},
	{"no year", "<ul>", "<li><a href='%U.html'>%T</a><em>%D</em></li>", "", "</ul>", "%m-%d"},
	{"pairs", "<dl>", "<dt><a href='%U.html'>%T</a></dt><dd>时间：%D　来源：某报</dd>", "",
		"</dl>", "%Y-%m-%d"},
	{"lines", "<div>", "· <a href='%U.html'>%T</a> (%D)<br>", "", "</div>", "%Y-%m-%d"},
	{"lines, date first", "<div>", "%D <a href='%U.html'>%T</a><br>", "", "</div>", "%Y-%m-%d"},
	{"link around all", "<div>",
		"<a class=i href='%U.html'><div>%T</div><div>某某摘要在这里</div><div>%D "
		"08:30</div></a>",
		"", "</div>", "%Y-%m-%d"},
	{"lists of three", "<div><ul>", "<li><a href='%U.html'>%T</a> %D</li>", "</ul><hr><ul>",
		"</ul></div>", "%Y-%m-%d"},
	{"summary with a date", "<ul>",
		"<li><a "
		"href='%U.html'>%T</a><p>（某发〔2012〕4号　2012年7月10日）各单位：</p><b>%D</b></"
		"li>",
		"", "</ul>", "%Y-%m-%d"},
	{"more link", "<ul>",
		"<li><a href='%U.html'>%T</a><p>摘要……<a href='%U.html'>[详情]</a></p>%D</li>", "",
		"</ul>", "%Y-%m-%d"},
	{"image link", "<ul>",
		"<li><a href='%U.html'><img src=x></a><h4><a "
		"href='%U.html'>%T</a></h4><span>%D</span></li>",
		"", "</ul>", "%Y-%m-%d"},
	{"day and month apart", "<div>",
		"<div class=r><div><b>%d</b><i>%D</i></div><a href='%U.html'>%T</a></div>", "",
		"</div>", "%Y-%m"},
	{"day and year apart", "<ul>",
		"<li><a href='%U.html'><p>%D</p><p>%Y</p><div>%T</div></a></li>", "", "</ul>",
		"%m-%d"},
	{"column in brackets", "<ul>",
		"<li>[<a href='/bm/%U/'>某局工作动态</a>]<a "
		"href='%U.html'>%T</a><span>%D</span></li>",
		"", "</ul>", "%Y-%m-%d"},
	{"office in a cell", "<table>",
		"<tr><td><a href='%U.html'>%T</a></td><td><a "
		"href='/bm/%U/'>市人力资源和社会保障局</a></td><td>%D</td></tr>",
		"", "</table>", "%Y-%m-%d"},
	{"author and column links", "<div>",
		"<div class=post><h2><a href='%U.html'>%T</a></h2><h6>%D <a "
		"href='/category-2.html'>时政新闻资讯频道</a></h6>"
		"<div>摘要，摘要。</div></div>",
		"", "</div>", "%Y年%m月%d日"},
	{"published and updated", "<div>",
		"<div class=tr><span><a "
		"href='%U.html'>%T</a></span><span>%D</span><span>2026-11-22</span></div>",
		"", "</div>", "%Y-%m-%d"},
	{"machine time", "<div>",
		"<article><h2><a href='%U.html'>%T</a></h2><time "
		"datetime='%DT08:00:00+08:00'>x</time></article>",
		"", "</div>", "%Y-%m-%d"},
	{"records in a script", "<script type='text/xml'><datastore><recordset>",
		"<record><![CDATA[<li><a href='%U.html'>%T</a><span>%D</span></li>]]></record>", "",
		"</recordset></datastore></script>", "%Y-%m-%d"},
	{"number of a letter", "<table>",
		"<tr><td><a href='%U.html'>HX2026112000%d</a></td><td><a "
		"href='%U.html'>%T</a></td><td>%D</td></tr>",
		"", "</table>", "%Y-%m-%d"},
	{"place in the list", "<ul>",
		"<li><a href='%U.html'><em>%d</em>%T</a><p>9月28日，某部发布了关于某项工作的通知，"
		"要求各地认真贯彻落实到位，今天小编告诉大家</p><b>%D</b></li>",
		"", "</ul>", "%Y.%m.%d"},
	{"hit of a search", "<div>",
		"<div><h3><a href='%U.html'>%T</a></h3><p>%D "
		"...某部发布了关于某项工作的通知，要求各地"
		"<em>认真</em>于9月28日前办结<em>上报</em></p></div>",
		"", "</div>", "%Y-%m-%d"},
	{"link around a card", "<div>",
		"<a class=card href='%U.html'><div><h5>%T</h5><p><small>某报</small> "
		"<small>%D</small></p></div></a>",
		"", "</div>", "%m月%d日"},
	{"classes that differ", "<ul>",
		"<li class='item%d'><div><a href='%U.html'>%T</a></div><div>%D</div></li>", "",
		"</ul>", "%Y-%m-%d"},
};

static const char frame[] = "<div class='nav'><a href='/a/'>政府信息公开目录</a><a "
			    "href='/b/'>政务服务网上大厅</a><a href='/c/'>互动交流平台</a></div>";
static const char aside[] =
	"<div class='hot'><h3>热点</h3><ul><li><a "
	"href='/hot/1.html'>热门新闻第一条的标题在这里</a></li>"
	"<li><a href='/hot/2.html'>热门新闻第二条的标题在这里</a></li><li><a "
	"href='/hot/3.html'>热门新闻第三条的标题在这里</a></li></ul></div>"
	"<div class='foot'><a href='http://beian.example/'>某ICP备05000000号</a></div>";

/* Row k is of 20 - k November 2026. */
static void add_form(struct buf *b, const char *form, int k)
{
	for (const char *s = form; *s; s++) {
		if (*s != '%')
			buf_add_char(b, *s);
		else if (*++s == 'Y')
			buf_add_str(b, "2026");
		else if (*s == 'y')
			buf_add_str(b, "26");
		else if (*s == 'm')
			buf_add_str(b, "11");
		else
			buf_addf(b, "%02d", 20 - k);
	}
}

static void add_row(struct buf *b, const char *row, const char *date, int k)
{
	for (const char *s = row; *s; s++) {
		if (*s != '%')
			buf_add_char(b, *s);
		else if (*++s == 'T')
			buf_add_str(b, titles[k]);
		else if (*s == 'U')
			buf_addf(b, "%d", 100 + k);
		else if (*s == 'D')
			add_form(b, date, k);
		else
			add_form(b, (const char[]){'%', *s, '\0'}, k);
	}
}

static void expect_rows(const struct documents *d, const char *name)
{
	char want[100];

	if (d->doc.count != ROWS)
		print_error("%s: %zu rows\n", name, d->doc.count);
	assert_int_equal(d->doc.count, ROWS);
	for (int k = 0; k < ROWS; k++) {
		const struct item *it = &d->doc.items[k];
		snprintf(want, sizeof want, BASE "%d.html", 100 + k);
		assert_string_equal(it->link, want);
		if (strcmp(it->title, titles[k]) != 0)
			print_error("%s: title %s\n", name, it->title);
		assert_string_equal(it->title, titles[k]);
		snprintf(want, sizeof want, "2026-11-%02d", 20 - k);
		if (it->published / 86400 != (documents_time(want) + 8 * 3600) / 86400 &&
			it->published != documents_time(want))
			print_error("%s: date of row %d\n", name, k);
		assert_in_range(it->published, documents_time(want), documents_time(want) + 86399);
	}
}

/* Read as a list of BASE; count rows are to be found. */
static void read_list(struct documents *d, size_t count, const char *page)
{
	documents_init(d, DOCUMENT_LIST, BASE);
	if (documents_parse(d, page) != ERR_OK)
		fail_msg("%s", d->e.text);
	assert_int_equal(d->doc.count, count);
}

static void test_designs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof designs / sizeof *designs; i++) {
		struct documents d;
		struct buf b;
		buf_init(&b, 1 << 20);
		buf_addf(&b, "<html><head><meta charset=utf-8></head><body>%s%s", frame,
			designs[i].before);
		for (int k = 0; k < ROWS; k++) {
			if (k == 3)
				buf_add_str(&b, designs[i].between);
			add_row(&b, designs[i].row, designs[i].date, k);
		}
		buf_addf(&b, "%s%s</body></html>", designs[i].after, aside);
		documents_init(&d, DOCUMENT_LIST, BASE);
		if (documents_parse(&d, buf_str(&b)))
			print_error("%s: %s\n", designs[i].name, d.e.text);
		expect_rows(&d, designs[i].name);
		documents_fini(&d);
		buf_fini(&b);
	}
}

/* ---- single matters ---- */

static void test_short_title_in_a_dated_list(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 3,
		"<ul><li><a href=/>通知公告</a></li><li><a "
		"href=1.html>某县召开根治欠薪推进会</a>2026-11-20</li>"
		"<li><a href=2.html>严正声明</a>2026-11-19</li><li><a "
		"href=3.html>某镇自来水厂检修停水</a>2026-11-18</li></ul>");
	assert_string_equal(d.doc.items[1].title, "严正声明");
	documents_fini(&d);
}

/* Old pages lay everything out in tables of the same kind. */
static void test_undated_column_beside_a_dated_list(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 3,
		"<table><tr><td><table><tr><td><a href=7.html>某县荣获某某称号的往事</a></td></tr>"
		"<tr><td><a href=8.html>某县旅游景点十日游攻略</a></td></tr><tr><td><a "
		"href=9.html>某县名优特产目录汇编本</a></td></tr></table></td><td><table>"
		"<tr><td><a href=1.html>某县召开根治欠薪推进会</a> "
		"(2026-11-20)</td></tr><tr><td><a "
		"href=2.html>某路段封闭施工绕行通告</a> (2026-11-19)</td></tr><tr><td><a "
		"href=3.html>某镇自来水厂检修停水</a> "
		"(2026-11-18)</td></tr></table></td></tr></table>");
	assert_string_equal(d.doc.items[0].title, "某县召开根治欠薪推进会");
	documents_fini(&d);
}

/* A day that a summary speaks of is not the article's. */
static void test_days_in_summaries(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 2,
		"<ul><li><a "
		"href=1.html>某县召开根治欠薪推进会</a><p>9月28日，某部发布了关于某项工作"
		"的通知，要求各地认真贯彻落实到位，不得有误。</p></li><li><a "
		"href=2.html>某路段封闭施工绕行通告</a><p>今天小编给大家详细介绍</p></li></ul>");
	for (size_t i = 0; i < 2; i++)
		assert_true(d.doc.items[i].published == TIME_NONE);
	documents_fini(&d);
}

static void test_marked_up_title(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 3,
		"<ul><li><a href=1.html>某县召开根治欠薪推进会</a>2026-11-20</li>"
		"<li><font color=red><a "
		"href=2.html>某路段封闭施工绕行通告</a></font>2026-11-19</li>"
		"<li><a href=3.html>某镇自来水厂检修停水</a>2026-11-18</li></ul>");
	assert_string_equal(d.doc.items[1].title, "某路段封闭施工绕行通告");
	documents_fini(&d);
}

/* The address's day when the row shows none; its year when the row shows no year. */
static void test_dates_in_addresses(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_LIST, BASE);
	assert_int_equal(
		documents_parse(&d,
			"<ul><li><a href=201911/t20191120_1.html>某县召开根治欠薪推进会</a></li>"
			"<li><a href=201910/t20191009_2.html>某路段封闭施工绕行通告</a></li></ul>"),
		ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2019-11-20"));
	assert_int_equal(
		documents_parse(&d,
			"<ul><li><a "
			"href=201911/t20191120_1.html>某县召开根治欠薪推进会</a>11-20</li>"
			"<li><a "
			"href=201910/t20191009_2.html>某路段封闭施工绕行通告</a>10-09</li></ul>"),
		ERR_OK);
	assert_true(d.doc.items[1].published == documents_time("2019-10-09"));
	documents_fini(&d);
}

static void test_two_columns_of_rows(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 4,
		"<table><tr><td><a href=1.html>某县召开根治欠薪推进会</a> "
		"2026-11-20</td><td><a href=2.html>某路段封闭施工绕行通告</a> "
		"2026-11-19</td></tr><tr><td><a href=3.html>某镇自来水厂检修停水</a> "
		"2026-11-18</td><td><a href=4.html>某市中小学招生"
		"划片方案</a> 2026-11-17</td></tr></table>");
	assert_true(d.doc.items[3].published == documents_time("2026-11-17"));
	documents_fini(&d);
}

static void test_scripted_links_are_no_rows(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 1,
		"<ul><li><a href=1.html>某县召开根治欠薪推进会</a>2026-11-20</li>"
		"<li><a "
		"href='javascript:;'>某路段封闭施工绕行通告</a>2026-11-19</li></ul>");
	assert_int_equal(documents_parse(&d, "<p>没有任何链接的页面，只有文字。</p>"), ERR_INPUT);
	documents_fini(&d);
}

#define FOOT                                                                                       \
	"<div class=foot><a href='http://www.beian.gov.cn/x'>某公网安备00000000000001号</a>" \
	"<a href=/about/>某县人民政府办公室主办</a></div>"

static void test_short_titles_alone(void **state)
{
	struct documents d;

	(void)state;
	read_list(&d, 2,
		"<div class=nav><a href=/a/>政务公开</a><a href=/b/>办事服务</a></div>"
		"<ul><li><a href=1.html>停水通知</a>2026-11-20</li>"
		"<li><a href=2.html>招聘公告</a>2026-11-19</li></ul>" FOOT);
	assert_string_equal(d.doc.items[0].title, "停水通知");
	documents_fini(&d);
}

/* Silence must not look like calm: the frame of a page is no list. */
static void test_empty_list(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_LIST, BASE);
	assert_int_equal(
		documents_parse(&d,
			"<div class=nav><a href=/a/>政务公开</a><a href=/b/>办事服务</a></div>"
			"<ul></ul><p>暂无数据</p>" FOOT),
		ERR_INPUT);
	documents_fini(&d);
}

static void test_paths(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_LIST, BASE);
	d.in.paths = (struct document_paths){"//li", "a/@href", "b", "i"};
	assert_int_equal(
		documents_parse(&d,
			"<ul><li><a href=1.html>x</a><b>标题一</b><i>发布：2026-11-20</i></li>"
			"<li><a href=2.html>x</a><b>标题二</b><i>3小时前</i></li><li></li></ul>"),
		ERR_OK);
	assert_int_equal(d.doc.count, 2);
	assert_string_equal(d.doc.items[0].link, BASE "1.html");
	assert_string_equal(d.doc.items[0].title, "标题一");
	assert_true(d.doc.items[0].published == documents_time("2026-11-20"));
	assert_true(d.doc.items[1].published == d.in.now - 3 * 3600);
	d.in.paths.items = "//li[";
	assert_int_equal(documents_parse(&d, "<p>x</p>"), ERR_CONFIG);
	documents_fini(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_designs),
		cmocka_unit_test(test_short_title_in_a_dated_list),
		cmocka_unit_test(test_undated_column_beside_a_dated_list),
		cmocka_unit_test(test_days_in_summaries),
		cmocka_unit_test(test_marked_up_title),
		cmocka_unit_test(test_dates_in_addresses),
		cmocka_unit_test(test_two_columns_of_rows),
		cmocka_unit_test(test_scripted_links_are_no_rows),
		cmocka_unit_test(test_short_titles_alone),
		cmocka_unit_test(test_empty_list),
		cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
