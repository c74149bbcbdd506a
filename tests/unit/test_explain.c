/* Verdicts in plain words: rule lines read back, and why a topic alerts or does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "matcher/explain.h"

static void check_rule(const char *rule, const char *want)
{
	struct buf b;

	buf_init(&b, 1 << 16);
	explain_add_rule(&b, rule);
	assert_string_equal(buf_str(&b), want);
	buf_fini(&b);
}

static void test_rules(void **state)
{
	(void)state;
	check_rule("欠薪", "“欠薪”");
	check_rule("欠薪 | 讨薪  3分", "“欠薪” or “讨薪”");
	check_rule("农民工 工钱 2分 级别=重大", "“农民工” and “工钱”");
	check_rule("拖欠 ~12 (工程款 | 血汗钱)",
		"“拖欠” within 12 characters of (“工程款” or “血汗钱”) in one sentence");
	check_rule("甲 ~1 乙", "“甲” within 1 character of “乙” in one sentence");
	check_rule("-标题: 结清", "speaks against it: in the title: “结清”");
	check_rule("！（球员　｜　俱乐部）", "puts the topic out: “球员” or “俱乐部”");
	check_rule("+来源：留言板 @诉求",
		"necessary: in the source's name: “留言板” and a word of the list @诉求");
	check_rule("/拖了.{0,4}年/ 1分", "the pattern /拖了.{0,4}年/");
	check_rule("P2P* | Ｐ２Ｐ＊ | C#", "“P2P” and longer or “Ｐ２Ｐ＊” or “C#”");
	check_rule("\"3分\" 篮板", "“3分” and “篮板”");
	check_rule("a|b|c|d|e|f|g|h|i|j|k|l|m|n", "“a” or “b” or “c” or “d” or “e” or “f” or “g” "
						  "or “h” or “i” or “j” or “k” or “l” … "
						  "(2 more)");
	/* Not of this language any more: as it was written. */
	check_rule("(欠薪", "(欠薪");
	check_rule("", "");
}

static const char rules_text[] =
	"[地域]\n某市\n/(b+)+$/\n[全局排除]\n诚聘\n[全局扣分]\n座谈会\n"
	"[甲]\n代码 = a\n地域 = 必须\n阈值 = 3\n级别 = 一般3 较大6\n"
	"欠薪 | 讨薪 3分\n标题: 工地 3分\n死亡 级别=重大\n-结清 2分\n!球员\n/(a+)+$/\n"
	"[乙]\n代码 = b\n+必要\n坍塌\n";

static void judge(const char *title, const char *text, bool local, struct buf *out)
{
	struct rules_file f = {"rules", rules_text, sizeof rules_text - 1};
	struct match_input in = {.title = title, .text = text, .local = local};
	static const char other[] = "某市座谈会球员讨薪死亡aaaa";
	struct match_input before = {
		.title = "工地", .title_size = 6, .text = other, .text_size = sizeof other - 1};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct explain_grounds *g;
	struct match_result m;
	struct rules *r = NULL;
	struct buf b;

	in.title_size = strlen(title);
	in.text_size = strlen(text);
	assert_int_equal(rules_compile(&f, 1, &r, NULL, NULL), ERR_OK);
	assert_int_equal(match_text(r, &in, a, &m, NULL), ERR_OK);
	g = explain_grounds_new(r);
	assert_non_null(g);
	/* What was looked at before leaves nothing behind. */
	assert_int_equal(explain_grounds_begin(g, &before, &m, NULL), ERR_OK);
	assert_int_equal(explain_grounds_begin(g, &in, &m, NULL), ERR_OK);
	for (size_t i = 0; i < m.topic_count + m.suppressed_count; i++) {
		bool alerts = i < m.topic_count;
		buf_init(&b, 1 << 16);
		assert_int_equal(alerts ? explain_add_grounds(g, &m.topics[i], true, &b, NULL)
					: explain_add_out_grounds(
						  g, &m.suppressed[i - m.topic_count], &b, NULL),
			ERR_OK);
		buf_addf(out, "%s\n", buf_str(&b));
		buf_fini(&b);
	}
	buf_init(&b, 1 << 16);
	assert_int_equal(explain_add_no_grounds(g, &b, NULL), ERR_OK);
	if (m.topic_count + m.suppressed_count == 0)
		buf_addf(out, "%s\n", buf_str(&b));
	buf_fini(&b);
	explain_grounds_free(g);
	rules_free(r);
	arena_free(a);
}

static void check(const char *title, const char *text, bool local, const char *want)
{
	struct buf got;

	buf_init(&got, 1 << 16);
	judge(title, text, local, &got);
	assert_string_equal(buf_str(&got), want);
	buf_fini(&got);
}

#define HERE                                                                                       \
	"\"region\":{\"by\":\"line\",\"lines\":[{\"line\":2,\"rule\":\"某市\",\"spans\":[{"      \
	"\"end\":2,"                                                                               \
	"\"field\":\"title\",\"start\":0}]}]},\"threshold\":3,\"undecided\":[]}\n"

static void test_grounds(void **state)
{
	(void)state;
	check("某市", "欠薪", false, "{\"grade\":{\"by\":\"score\",\"from\":3}," HERE);
	check("某市工地", "欠薪", false, "{\"grade\":{\"by\":\"score\",\"from\":6}," HERE);
	check("某市", "欠薪死亡", false,
		"{\"grade\":{\"by\":\"line\",\"line\":15,\"rule\":\"死亡 级别=重大\"}," HERE);
	check("", "欠薪", true,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"region\":{\"by\":\"local\"},"
		"\"threshold\":3,\"undecided\":[]}\n");
	/* Not ours; too little; out by its own line, by one for all; a + line missing. */
	check("", "欠薪", false,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"out\":{\"by\":\"region\"},"
		"\"region\":{\"by\":\"none\"},\"threshold\":3,\"undecided\":[]}\n");
	check("某市", "欠薪结清", false,
		"{\"grade\":{\"by\":\"none\"},\"out\":{\"by\":\"threshold\"}," HERE);
	check("某市", "欠薪球员", false,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"out\":{\"by\":\"exclude\",\"line\":17,"
		"\"rule\":\"!球员\",\"spans\":[{\"end\":4,\"field\":\"text\",\"start\":2}]}," HERE);
	check("某市", "欠薪，诚聘", false,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"out\":{\"by\":\"global\",\"line\":5,"
		"\"rule\":\"诚聘\",\"spans\":[{\"end\":5,\"field\":\"text\",\"start\":3}]}," HERE);
	check("", "坍塌", false,
		"{\"grade\":{\"by\":\"none\"},\"out\":{\"by\":\"required\",\"line\":21,\"rule\":\"+"
		"必要\"},"
		"\"region\":{\"by\":\"any\"},\"threshold\":1,\"undecided\":[]}\n");
	/* Besides an alert, what else does not. */
	check("某市", "欠薪坍塌", false,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"others\":[{\"by\":\"required\","
		"\"line\":21,"
		"\"rule\":\"+必要\",\"score\":1,\"threshold\":1,\"topic\":\"乙\"}]," HERE
		"{\"grade\":{\"by\":\"none\"},\"out\":{\"by\":\"required\",\"line\":21,\"rule\":\"+"
		"必要\"},"
		"\"region\":{\"by\":\"any\"},\"threshold\":1,\"undecided\":[]}\n");
	check("某市", "无", false,
		"{\"region\":{\"by\":\"line\",\"lines\":[{\"line\":2,\"rule\":\"某市\",\"spans\":[{"
		"\"end\":"
		"2,\"field\":\"title\",\"start\":0}]}]},\"undecided\":[]}\n");
}

/* A regex that gave up: of the topic, and of the region. */
static void test_undecided(void **state)
{
	(void)state;
	check("某市欠薪", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"region\":{\"by\":\"line\",\"lines\":[{"
		"\"line\":2,\"rule\":\"某市\",\"spans\":[{\"end\":2,\"field\":\"title\",\"start\":"
		"0}]}]},"
		"\"threshold\":3,\"undecided\":[{\"line\":18,\"rule\":\"/(a+)+$/"
		"\",\"topic\":\"甲\","
		"\"why\":\"match-limit\"}]}\n");
	check("欠薪", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb!", false,
		"{\"grade\":{\"by\":\"score\",\"from\":3},\"region\":{\"by\":\"undecided\","
		"\"lines\":[{"
		"\"line\":3,\"rule\":\"/(b+)+$/\",\"spans\":[]}]},\"threshold\":3,\"undecided\":[{"
		"\"line\":3,\"rule\":\"/(b+)+$/\",\"topic\":\"地域\",\"why\":\"match-limit\"}]}\n");
}

/* Longer than its buffer: the threshold alone, and that it was so. */
static void test_too_long(void **state)
{
	struct rules_file f = {"rules", rules_text, sizeof rules_text - 1};
	struct match_input in = {.title = "某市欠薪", .text = "", .title_size = 12};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct explain_grounds *g;
	struct match_result m;
	struct rules *r = NULL;
	struct buf b;

	(void)state;
	assert_int_equal(rules_compile(&f, 1, &r, NULL, NULL), ERR_OK);
	assert_int_equal(match_text(r, &in, a, &m, NULL), ERR_OK);
	g = explain_grounds_new(r);
	assert_int_equal(explain_grounds_begin(g, &in, &m, NULL), ERR_OK);
	buf_init(&b, 60);
	assert_int_equal(explain_add_grounds(g, &m.topics[0], true, &b, NULL), ERR_OK);
	assert_string_equal(buf_str(&b), "{\"threshold\":3,\"too_long\":1}");
	buf_fini(&b);
	explain_grounds_free(g);
	rules_free(r);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_undecided),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
