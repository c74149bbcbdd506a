/* Answers to what was asked, and answers to something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "matcher/offtopic.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new(ARENA_MAX_DEFAULT);
	return arena ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char wages[] = "某项目部拖欠农民工工资";
static const char told[] =
	"我们三十多名木工在工地干了五个月，包工头说总包没有付款，工资一直拖着不发，"
	"家里等钱过年，请帮我们讨薪。";

static struct offtopic judge(const char *answer, const char *title, const char *about)
{
	struct offtopic_sides in = {str_of(answer), str_of(title), str_of(about), NULL, 0};
	struct offtopic o;

	assert_int_equal(offtopic_judge(NULL, &in, arena, &o, NULL), 0);
	return o;
}

static void test_same_matter(void **state)
{
	static const char *const answers[] = {
		"经核查，项目部拖欠工资属实，已责令总包单位垫付。",
		"劳动监察大队到工地逐一登记木工班组考勤，总包单位今日把款打进专户，银行代发。",
		"經核查，項目部拖欠農民工工資屬實，已責令總包單位墊付。",
		"项目\t某项目部\n拖欠金额\t86万元\n涉及工人\t34名\n发放方式\t银行代发\n",
		"经核\n查，项\n目部拖\n欠工资属\n实，已责令总\n包单位垫付。",
	};

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct offtopic o = judge(answers[i], wages, told);
		assert_true(o.told);
		assert_false(o.is);
		assert_true(o.closeness > 2 * OFFTOPIC_BELOW);
	}
}

static void test_other_matter(void **state)
{
	struct offtopic o =
		judge("本周末图书馆举办读书会，欢迎广大市民踊跃报名，名额有限。", wages, told);

	(void)state;
	assert_true(o.is);
	assert_string_equal(o.missing, "拖欠农民工工资");
	o = judge("该路口的红绿灯由交警支队统一设置，待道路验收移交后安装。", wages, told);
	assert_true(o.is);
	o = judge("城乡居民医保缴费截止十二月底，可在手机银行缴费，也可到村卫生室。", wages, told);
	assert_true(o.is);
}

/* Who says nothing of his own speaks of nothing else either. */
static void test_too_little(void **state)
{
	static const char *const answers[] = {"", "收到。",
		"您的留言已收悉，已转有关部门办理，感谢支持。", "详见附件。",
		"请拨打电话0739-4251506咨询。", "12345"};

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct offtopic o = judge(answers[i], wages, told);
		assert_false(o.told);
		assert_false(o.is);
	}
	assert_false(judge("本周末图书馆举办读书会，欢迎报名参加，名额有限。", NULL, NULL).is);
	assert_false(judge("本周末图书馆举办读书会，欢迎报名参加，名额有限。", "关于问题", "").is);
}

static void test_missing(void **state)
{
	struct offtopic o = judge("经核查，农民工工资已由总包单位代发。", wages, told);

	(void)state;
	assert_false(o.is);
	assert_string_equal(
		judge("工资由总包代发，包工头的款另算。", "拖欠工资", "包工头跑了，木工等钱过年")
			.missing,
		"木工");
	o = judge("桥面伸缩缝正在更换，预计雨季前完工通车，请绕行滨河大道。",
		"甲子桥路灯不亮、路面坑洼", "晚上看不见");
	assert_string_equal(o.missing, "甲子桥路灯、路面坑洼");
}

/* A text without a mark of punctuation is one run; the first characters of it are named. */
static void test_long_run(void **state)
{
	char about[6 * 4000 + 1] = "";
	struct offtopic o;

	(void)state;
	for (size_t i = 0; i < 4000; i++)
		memcpy(about + 6 * i, "漏雨", 6);
	about[6 * 4000] = '\0';
	o = judge("城乡居民医保缴费可在手机银行办理，也可到卫生室缴费。", "屋顶", about);
	assert_true(o.is);
	assert_string_equal(o.missing, "屋顶");
	o = judge("城乡居民医保缴费可在手机银行办理，也可到卫生室缴费。", "", about);
	assert_string_equal(o.missing, "漏雨漏雨漏雨漏雨漏雨漏雨漏雨漏雨…");
}

/* Names that everybody uses prove nothing. */
static void test_names(void **state)
{
	const struct str names[] = {str_of("甲子县"), str_of("乙丑管委会")};
	struct offtopic_sides in = {
		str_of("甲子县乙丑管委会：城乡居民医保缴费可在手机银行办理，也可到卫生室缴费。"),
		str_of("甲子县乙丑管委会拖欠农民工工资"), str_of(""), names, 2};
	struct offtopic o;

	(void)state;
	assert_int_equal(offtopic_judge(NULL, &in, arena, &o, NULL), 0);
	assert_true(o.is);
	in.name_count = 0;
	assert_int_equal(offtopic_judge(NULL, &in, arena, &o, NULL), 0);
	assert_false(o.is);
}

/* 917路, 107国道: what is numbered counts; years and sums do not. */
static void test_codes(void **state)
{
	static const char about[] = "早高峰等车四十分钟";

	(void)state;
	assert_false(judge("公交公司已给917路增配车辆，高峰发车间隔缩短。", "917路太少", about).is);
	assert_true(judge("城乡居民医保缴费截止2019年，可在手机银行缴费，也可到卫生室。",
		"2019年班车太少", about)
			    .is);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_same_matter, begin, end),
		cmocka_unit_test_setup_teardown(test_other_matter, begin, end),
		cmocka_unit_test_setup_teardown(test_too_little, begin, end),
		cmocka_unit_test_setup_teardown(test_missing, begin, end),
		cmocka_unit_test_setup_teardown(test_long_run, begin, end),
		cmocka_unit_test_setup_teardown(test_names, begin, end),
		cmocka_unit_test_setup_teardown(test_codes, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
