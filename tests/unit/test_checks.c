/* Signs in the words of an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "office/checks.h"

static void test_slogan(void **state)
{
	static const struct {
		const char *text;
		bool slogan;
	} rows[] = {
		{"我市高度重视，将进一步加强管理，切实维护群众合法权益。", true},
		{"感谢您的关注，我们将认真研究您的意见建议。", true},
		{"", true},
		{"我市高度重视，已责令项目部停工。", false},
		{"将于9月30日前答复。", false},
		{"将于９月底前答复。", false},
		{"已全部到位。", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(checks_is_slogan(rows[i].text, NULL), rows[i].slogan);
}

static void test_kind(void **state)
{
	(void)state;
	assert_string_equal(checks_guess_kind("网传内容不属实。"), "clarification");
	assert_string_equal(checks_guess_kind("拖欠的工资已全部发放。"), "result");
	assert_string_equal(checks_guess_kind("将督促全部发放到位。"), "measure");
	assert_string_equal(checks_guess_kind("我们深表歉意。"), "apology");
	assert_string_equal(checks_guess_kind("该路段长三公里。"), "fact");
	assert_true(checks_is_kind("result"));
	assert_false(checks_is_kind("praise"));
}

static void test_topic(void **state)
{
	const char *title = "某项目部拖欠农民工工资";

	(void)state;
	assert_false(checks_is_off_topic("经核查，项目部拖欠工资属实，已责令整改。", title, ""));
	assert_true(
		checks_is_off_topic("本周末图书馆举办读书会，欢迎广大市民踊跃报名。", title, ""));
	assert_false(checks_is_off_topic("收到。", title, "")); /* too short to tell */
	assert_false(checks_is_off_topic("本周末图书馆举办读书会，欢迎报名参加。", NULL, NULL));
}

static void test_repost(void **state)
{
	const char *news =
		"记者从有关方面获悉，针对某项目部拖欠农民工工资一事，联合工作组已进驻项目现场，"
		"逐一核对工人考勤和工资发放表。";
	struct checks_grams *g = checks_grams_new(news);
	char copy[1024];

	(void)state;
	assert_non_null(g);
	assert_true(checks_share_in(g, news) > 0.99);
	/* Other punctuation and some words around it: still the same words. */
	snprintf(copy, sizeof copy, "本报讯 %s（完） 责任编辑某", news);
	assert_true(checks_share_in(g, copy) > 0.99);
	assert_true(checks_share_in(g,
			    "市人社局核查发现拖欠工资86万元，已责令整改，将于月底前发放到位，"
			    "请广大工人放心，如有问题请拨打热线反映。") < CHECKS_REPOST);
	checks_grams_free(g);
	g = checks_grams_new("短句");
	assert_true(checks_grams_count(g) < CHECKS_GRAMS_MIN);
	assert_true(checks_share_in(g, "短句") < 0.01);
	checks_grams_free(g);
	g = checks_grams_new("\xff\xfe 坏\xc3");
	checks_grams_free(g);
	checks_grams_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slogan),
		cmocka_unit_test(test_kind),
		cmocka_unit_test(test_topic),
		cmocka_unit_test(test_repost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
