/* Advice on rules: what is told, where, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/advice.h"

#define HEAD                                                                                                              \
	"[定义]\n单 = 水 | 水电\n欠 = 拖欠 | 欠发\n[地域]\n某市\n[全局排除]\n诚聘\n[甲]\n代码 = " \
	"a\n"
#define HEAD_LINES 9

/* Warnings for lines of the topic [甲], "LINE:COLUMN text" each, lines counted in the topic. */
static void advice_on(const char *lines, struct buf *out)
{
	struct report report = {.e = NULL};
	struct report_entry w;
	struct rules_file f;
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};
	struct buf text, list;
	struct str rest;

	buf_init(&text, 1 << 16);
	buf_init(&list, 1 << 16);
	buf_addf(&text, HEAD "%s\n", lines);
	f = (struct rules_file){"rules", buf_str(&text), text.len};
	if (rules_compile(&f, 1, &r, NULL, &e))
		fail_msg("%s", e.text);
	report.out = &list;
	assert_int_equal(advice_give(r, &report, &e), ERR_OK);
	for (rest = (struct str){buf_str(&list), list.len}; report_read(&rest, &w);) {
		assert_int_equal(w.kind, REPORT_WARNING);
		assert_true(w.hint.n > 0);
		buf_addf(out, "%d:%d %.*s\n", w.line - HEAD_LINES, w.column, (int)w.text.n,
			w.text.p);
	}
	rules_free(r);
	buf_fini(&list);
	buf_fini(&text);
}

static const struct {
	const char *lines, *want; /* part of each line of the answer; "" none */
} cases[] = {
	/* words */
	{"欠薪 | 讨薪  3分", ""},
	{"水", "1:1 a word of one character"},
	{"停水 | 水", "1:6 a word of one character|1:1 “停水” is found by “水”"},
	{"水 停 | 水 ~3 断", ""},
	{"水库 @单", ""},
	{"@单", "1:1 @单 holds a word of one character"},
	{"欠薪 -结清", "1:4 a sign counts only"},
	{"欠薪 \"-结清\"", ""},
	{"欠薪 标题:讨薪", "1:4 a field counts only"},
	{"欠薪3分", "1:1 “欠薪3分” is one word"},
	{"欠薪３分", "1:1 “欠薪３分” is one word"},
	{"\"欠薪3分\" | 十分欠薪", ""},
	{"3分 篮板球", "1:1 points count only at the end"},
	{"欠薪 3 分", "1:4 points are written without"},
	{"死亡 级别 = 重大", "1:7 级别=重大 is written without"},
	/* what other programs know */
	{"欠薪 3分。", "1:4 “3分。” is a word: a mark"},
	{"欠薪3分；", "1:1 “欠薪3分；” is a word: a mark"},
	{"-+欠薪\n讨薪", "1:2 a sign counts only"},
	{"欠薪 AND 讨薪", "1:4 “AND” is looked for"},
	{"欠薪 或 讨薪", "1:4 “或” is looked for"},
	{"(欠薪 && 讨薪) | 工钱", "1:5 “&&” is looked for"},
	{"欠薪 not 讨薪", "1:4 “not” is looked for"},
	{"欠薪 + 讨薪", "1:4 “+” is looked for"},
	{"欠薪 \"或\" 讨薪", ""},
	{"notice | android | 或许", ""},
	{"工*资", "1:1 “工*资”: * means"},
	{"*欠薪 | 讨薪*", "1:1 “*欠薪”: * means|1:7 “讨薪*”: * means"},
	{"go* | C*D*", "1:7 “C*D*”: * means"},
	{"\"工*资\"", ""},
	{"讨薪/欠薪", "1:1 “讨薪/欠薪” is one word"},
	{"拆/迁 | \"讨薪/欠薪\" | km/h", ""},
	{"讨薪；欠薪", "1:1 “讨薪；欠薪” is one word"},
	{"作者: 欠薪", "1:1 “作者:” is looked for as a word"},
	{"题目：欠薪", "1:1 “题目：欠薪” is looked for as a word"},
	{"欠薪 作者", ""},
	/* lists */
	{"拖欠工资款 | 拖欠工资", "1:1 “拖欠工资款” is found by “拖欠工资”"},
	{"(拖欠工资款 | 拖欠工资) ~5 工地", ""},
	{"(讨薪 | 讨薪) ~5 工地", "1:7 “讨薪” stands in this list"},
	{"讨薪 | 欠薪 | 討薪", "1:11 “討薪” stands in this list"},
	{"P2P | P2P公司 | ap2p", "1:7 “P2P公司” is found by “P2P”"},
	/* regexes */
	{"/工地.{0,9}欠薪/", ""},
	{"/工地.*欠薪/", "1:5 this repeat has no end"},
	{"/工地[^，]+欠薪/", "1:8 this repeat has no end"},
	{"/工地.{2,}欠薪/", "1:5 this repeat has no end"},
	{"/工地\\+\\*[+*]欠薪(?:a?+|b{1,2}+)/", ""},
	{"/\\d{11}/", "1:1 this regex names no Chinese word"},
	{"工地 /\\d{11}/", ""},
	{"/[\\p{Han}，。]/",
		"1:1 this regex names no|1:1 this line hits nearly everything: 30 of 30"},
	{"今天 | 昨天 | 市 | 年 | 一", "1:11 a word of one|1:15 a word of one|1:19 a word of one"},
	{"/(今天|昨天|明[天年]|今年|个|一)/", "1:1 this line hits nearly everything"},
	/* lines */
	{"欠薪 | 讨薪\n討薪 | 欠薪  2分",
		"2:1 the same line stands in this section already: rules:10"},
	{"欠薪 ~5 工地\n工地 ~5 欠薪", "2:1 the same line"},
	{"欠薪\n-欠薪\n标题: 欠薪", ""},
	{"@欠 工资\n工资 (欠发 | 拖欠)", "2:1 the same line"},
	{"欠薪\n诚聘保姆", "2:1 this line never counts: wherever it hits, rules:7"},
	{"欠薪\n球员欠薪 | 诚聘保姆\n!球员",
		"2:1 this line never counts: wherever it hits, rules:12"},
	{"欠薪\n球员欠薪 | 保姆\n!球员", ""},
	{"标题: 欠薪 | 讨薪\n讨薪\n!标题: 讨薪", ""},
	{"欠薪\n+工人 老板\n+工人\n!工人 老板 俱乐部",
		"2:2 this line says nothing more: wherever it hits, rules:12"},
	{"欠薪\n+工人 老板  2分\n+工人", ""},
	{"欠薪\n!球员\n!球员 俱乐部", "3:2 this line never counts: wherever it hits, rules:11"},
	/* scores */
	{"阈值 = 3\n欠薪 2分", "-1:1 this topic can never alert: all lines together give 2"},
	{"-欠薪", "-1:1 this topic can never alert: no line"},
	{"级别 = 一般1 较大5\n欠薪 3分",
		"1:6 the grade 较大 is never reached: it begins at 5, all"},
	{"级别 = 一般1 较大2\n阈值 = 3\n欠薪 3分", "1:6 the grade 一般 is never suggested"},
	{"级别 = 一般1 重大3\n阈值 = 2\n欠薪 3分", ""},
	{"地域 = 必须\n欠薪", ""},
};

/* Every part of `want` stands in some line, and there are no more lines. */
static bool fits(const char *want, const struct buf *got)
{
	struct str rest = str_of(want), lines = {buf_str(got), got->len};
	size_t n = 0, have = 0;

	while (rest.n > 0) {
		struct str part = str_split(&rest, '|');
		if (part.n && !memmem(buf_str(got), got->len, part.p, part.n))
			return false;
		n++;
	}
	while (lines.n > 0)
		have += str_split(&lines, '\n').n > 0;
	return n == have;
}

static void test_cases(void **state)
{
	bool ok = true;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf got;
		buf_init(&got, 1 << 16);
		advice_on(cases[i].lines, &got);
		if (!fits(cases[i].want, &got)) {
			print_error("%s\n--- got\n%s--- want\n%s\n", cases[i].lines, buf_str(&got),
				cases[i].want);
			ok = false;
		}
		buf_fini(&got);
	}
	assert_true(ok);
}

static void test_overlay(void **state)
{
	static const char main_file[] = "[甲]\n代码 = a\n欠薪\n!球员\n";
	static const char over[] = "[甲]\n級別 | 欠薪\n欠薪 2分\n球员工资\n";
	struct rules_file f[] = {{"keywords.conf", main_file, sizeof main_file - 1},
		{"local.d/x.conf", over, sizeof over - 1}};
	struct report report = {.e = NULL};
	struct rules *r = NULL;
	struct buf list;

	(void)state;
	buf_init(&list, 1 << 16);
	assert_int_equal(rules_compile(f, 2, &r, NULL, NULL), ERR_OK);
	report.out = &list;
	assert_int_equal(advice_give(r, &report, NULL), ERR_OK);
	assert_int_equal(report.notices, 2);
	assert_non_null(strstr(buf_str(&list),
		"local.d/x.conf:3:1: warning: the same line stands in this section already: "
		"keywords.conf:3\n"));
	assert_non_null(strstr(buf_str(&list),
		"local.d/x.conf:4:1: warning: this line never counts: wherever it hits, "
		"keywords.conf:4 puts the topic out\n"));
	rules_free(r);
	buf_fini(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_overlay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
