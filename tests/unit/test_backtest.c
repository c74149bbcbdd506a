/*
 * test_backtest.c - alerts gained and lost between two rule sets, and by which lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>

#include "matcher/backtest.h"

#define OLD_RULES                                                                                  \
	"[全局排除]\n招聘\n[欠薪]\n代码 = wages\n阈值 = 3\n级别 = 一般3 较大5\n" \
	"讨薪 3分\n拖欠 2分\n-结清 2分\n"

struct bench {
	struct rules *old, *new;
	struct backtest *test;
	struct arena *scratch;
	struct backtest_result r;
};

static struct rules *compile(const char *text)
{
	struct rules_file file = {"keywords.conf", text, strlen(text)};
	struct rules *r = NULL;
	struct err e;

	if (rules_compile(&file, 1, &r, NULL, &e) != ERR_OK)
		fail_msg("%s", e.text);
	return r;
}

static void begin(struct bench *b, const char *old, const char *new)
{
	memset(b, 0, sizeof *b);
	b->old = old ? compile(old) : NULL;
	b->new = compile(new);
	b->test = backtest_new(b->old, b->new);
	b->scratch = arena_new((size_t)1 << 20);
	assert_non_null(b->test);
	assert_non_null(b->scratch);
}

static void take(struct bench *b, const char *id, const char *group, const char *text)
{
	struct backtest_item item = {id, text, "某报", group, false};
	struct match_input in = {.text = text, .text_size = strlen(text)};

	assert_int_equal(backtest_add(b->test, &item, &in, b->scratch, NULL), ERR_OK);
	arena_reset(b->scratch);
}

static void end(struct bench *b)
{
	assert_int_equal(backtest_end(b->test, &b->r, NULL), ERR_OK);
}

static void done(struct bench *b)
{
	backtest_free(b->test);
	rules_free(b->old);
	rules_free(b->new);
	arena_free(b->scratch);
}

static void figures(const struct bench *b, size_t before, size_t after, size_t gained, size_t lost)
{
	assert_int_equal(b->r.before, before);
	assert_int_equal(b->r.after, after);
	assert_int_equal(b->r.gained, gained);
	assert_int_equal(b->r.lost, lost);
}

static void line_is(const struct bench *b, size_t i, const char *rule, int number,
	enum backtest_side side, size_t gained, size_t lost)
{
	const struct backtest_line *l = &b->r.lines[i];

	assert_true(i < b->r.line_count);
	assert_string_equal(l->rule, rule);
	assert_int_equal(l->number, number);
	assert_int_equal(l->side, side);
	assert_int_equal(l->gained, gained);
	assert_int_equal(l->lost, lost);
}

static void test_same_rules(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES, OLD_RULES);
	take(&b, "1", NULL, "工人讨薪");
	take(&b, "2", NULL, "今天有雨");
	end(&b);
	figures(&b, 1, 1, 0, 0);
	assert_int_equal(b.r.items, 2);
	assert_true(backtest_is_same(&b.r));
	done(&b);
}

static void test_new_line_gains(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES, "# 一行\n" OLD_RULES "停水 3分\n");
	take(&b, "1", NULL, "小区停水三天");
	take(&b, "2", NULL, "停水，讨薪");
	take(&b, "3", NULL, "又停水了");
	end(&b);
	figures(&b, 1, 3, 2, 0);
	assert_int_equal(b.r.graver, 1); /* 3 points became 6: 较大 from 5 on */
	line_is(&b, 0, "停水 3分", 11, BACKTEST_NEW, 2, 0);
	assert_int_equal(b.r.line_count, 1);
	assert_int_equal(b.r.lines[0].alert_count, 3);
	assert_string_equal(b.r.alerts[0].id, "1");
	assert_string_equal(b.r.alerts[0].title, "小区停水三天");
	assert_int_equal(b.r.alerts[1].change, BACKTEST_GRAVER);
	assert_int_equal(b.r.alerts[1].before, GRADE_GENERAL);
	assert_int_equal(b.r.alerts[1].after, GRADE_LARGER);
	assert_ptr_equal(b.r.alerts[2].lines[0], &b.r.lines[0]);
	done(&b);
}

static void test_lost_to_what_went(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES,
		"[全局排除]\n招聘\n[欠薪]\n代码 = wages\n阈值 = 3\n拖欠 2分\n-结清 2分\n");
	take(&b, "1", NULL, "工人讨薪");
	end(&b);
	figures(&b, 1, 0, 0, 1);
	line_is(&b, 0, "讨薪 3分", 7, BACKTEST_OLD, 0, 1);
	done(&b);
}

static void test_lost_to_subtracting_and_excluding(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES, OLD_RULES "-剧本 2分\n!球员\n");
	take(&b, "1", NULL, "讨薪的剧本");
	take(&b, "2", NULL, "球员讨薪");
	take(&b, "3", NULL, "工人讨薪");
	end(&b);
	figures(&b, 3, 1, 0, 2);
	line_is(&b, 0, "-剧本 2分", 10, BACKTEST_NEW, 0, 1);
	line_is(&b, 1, "!球员", 11, BACKTEST_NEW, 0, 1);
	done(&b);
}

static void test_gained_by_an_exclusion_that_went(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES, "[全局排除]\n征文\n[欠薪]\n代码 = wages\n阈值 = 3\n讨薪 3分\n");
	take(&b, "1", NULL, "招聘讨薪律师");
	end(&b);
	figures(&b, 0, 1, 1, 0);
	line_is(&b, 0, "招聘", 2, BACKTEST_OLD, 1, 0);
	done(&b);
}

static void test_settings(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES, "[欠薪]\n代码 = wages\n阈值 = 2\n讨薪 3分\n拖欠 2分\n-结清 2分\n");
	take(&b, "1", NULL, "拖欠");
	end(&b);
	figures(&b, 0, 1, 1, 0);
	assert_null(b.r.lines[0].file);
	line_is(&b, 0, "[欠薪]", 0, BACKTEST_BOTH, 1, 0);
	done(&b);
}

static void test_region(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, "[地域]\n甲市\n[停水]\n代码 = water\n地域 = 必须\n停水\n",
		"[地域]\n甲市 | 乙县\n[停水]\n代码 = water\n地域 = 必须\n停水\n");
	take(&b, "1", NULL, "乙县停水");
	take(&b, "2", NULL, "甲市停水");
	end(&b);
	figures(&b, 1, 2, 1, 0);
	line_is(&b, 0, "[地域]", 0, BACKTEST_BOTH, 1, 0);
	done(&b);
}

/* A line that was only put in other words made no difference: the other one did. */
static void test_reworded(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES,
		"[欠薪]\n代码 = wages\n阈值 = 3\n讨薪 | 讨要 3分\n拖欠 1分\n级别 = 一般3 较大5\n");
	take(&b, "1", NULL, "拖欠，讨薪");
	take(&b, "2", NULL, "拖欠，讨薪，还是讨薪");
	end(&b);
	figures(&b, 2, 2, 0, 0);
	assert_int_equal(b.r.milder, 2);
	line_is(&b, 0, "拖欠 2分", 8, BACKTEST_OLD, 0, 0);
	assert_int_equal(b.r.line_count, 1);
	done(&b);
}

/* The line is the same; what its list means is not. */
static void test_a_list_changed(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, "[定义]\n苦 = 投诉 | 求助\n[停水]\n代码 = water\n停水 @苦\n",
		"[定义]\n苦 = 投诉\n\n[停水]\n代码 = water\n停水 @苦\n");
	take(&b, "1", NULL, "停水求助");
	end(&b);
	figures(&b, 1, 0, 0, 1);
	line_is(&b, 0, "停水 @苦", 6, BACKTEST_BOTH, 0, 1);
	done(&b);
}

/* Copies are one alert: it is gained once, and not gained when one of them had it. */
static void test_groups(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, OLD_RULES, OLD_RULES "停水 3分\n");
	take(&b, "1", "s1", "停水了");
	take(&b, "2", "s1", "又停水");
	take(&b, "3", "s2", "停水了");
	take(&b, "4", "s2", "讨薪");
	take(&b, "5", NULL, "停水了");
	take(&b, "6", NULL, "停水了");
	end(&b);
	figures(&b, 1, 4, 3, 0);
	assert_string_equal(b.r.alerts[0].id, "1");
	assert_string_equal(b.r.alerts[1].id, "5");
	done(&b);
}

static void test_no_old_rules(void **state)
{
	struct backtest_item own = {"9", NULL, NULL, NULL, true};
	struct match_input in = {.text = "讨薪", .text_size = strlen("讨薪")};
	struct bench b;

	(void)state;
	begin(&b, NULL, OLD_RULES);
	take(&b, "1", NULL, "讨薪");
	assert_int_equal(backtest_add(b.test, &own, &in, b.scratch, NULL), ERR_OK);
	end(&b);
	figures(&b, 0, 1, 1, 0);
	assert_int_equal(b.r.items, 2);
	done(&b);
}

/* The figures are those of judging each item by each set, whatever the texts. */
static void test_sums(void **state)
{
	static const char *const words[] = {"讨薪", "拖欠", "结清", "招聘", "停水", "，"};
	struct bench b;
	size_t want[2] = {0, 0};
	unsigned seed = 7;

	(void)state;
	begin(&b, OLD_RULES, "[欠薪]\n代码 = wages\n阈值 = 3\n讨薪 3分\n停水 3分\n-拖欠 1分\n");
	for (int i = 0; i < 4000; i++) {
		char text[64] = "";
		struct match_input in = {.text = text};
		struct match_result r;
		for (int k = 0; k < 4; k++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, words[seed / 65536u % 6u]);
		}
		in.text_size = strlen(text);
		for (int side = 0; side < 2; side++) {
			assert_int_equal(
				match_text(side ? b.new : b.old, &in, b.scratch, &r, NULL), ERR_OK);
			want[side] += r.topic_count;
		}
		take(&b, "x", NULL, text);
	}
	end(&b);
	assert_int_equal(b.r.before, want[0]);
	assert_int_equal(b.r.after, want[1]);
	assert_int_equal(b.r.before + b.r.gained - b.r.lost, b.r.after);
	assert_true(b.r.gained > 20 && b.r.lost > 20);
	for (size_t i = 0; i < b.r.alert_count; i++)
		assert_true(b.r.alerts[i].line_count > 0);
	done(&b);
}

/* A line that stands in its section twice is one line, and its alert one alert. */
static void test_twins(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, "[欠薪]\n代码 = wages\n阈值 = 3\n拖欠 3分\n",
		"[欠薪]\n代码 = wages\n阈值 = 3\n拖欠 3分\n讨薪 3分\n讨薪 3分\n");
	take(&b, "1", NULL, "工人讨薪");
	end(&b);
	assert_int_equal(b.r.gained, 1);
	assert_int_equal(b.r.line_count, 1);
	assert_int_equal(b.r.lines[0].gained, 1);
	assert_int_equal(b.r.lines[0].alert_count, 1);
	assert_int_equal(b.r.alerts[0].line_count, 1);
	done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_rules),
		cmocka_unit_test(test_new_line_gains),
		cmocka_unit_test(test_lost_to_what_went),
		cmocka_unit_test(test_lost_to_subtracting_and_excluding),
		cmocka_unit_test(test_gained_by_an_exclusion_that_went),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_region),
		cmocka_unit_test(test_a_list_changed),
		cmocka_unit_test(test_reworded),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_no_old_rules),
		cmocka_unit_test(test_sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
