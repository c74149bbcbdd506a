/*
 * test_closeness.c - texts that speak of a matter, and texts that do not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "matcher/closeness.h"

static double closeness(const char *matter, const char *text)
{
	double v = -1;

	assert_int_equal(closeness_of(str_of(matter), str_of(text), &v, NULL), ERR_OK);
	assert_true(v >= 0 && v <= 1);
	return v;
}

static void test_same_matter(void **state)
{
	static const char matter[] = "某项目部拖欠农民工工资引关注";

	(void)state;
	assert_true(closeness(matter, "关于某项目部拖欠农民工工资问题的情况说明") > 0.6);
	assert_true(closeness(matter, matter) == 1);
	assert_true(closeness(matter, "某小区停水三天，居民求助") < 0.2);
	assert_true(closeness(matter, "某小区拖欠物业费情况说明") < 0.3);
}

/* As the matcher's shadow: width, case, traditional characters and punctuation are one. */
static void test_forms(void **state)
{
	(void)state;
	assert_true(closeness("拖欠工資，ＡＢ項目", "拖欠工资:ab项目") == 1);
}

static void test_too_little(void **state)
{
	(void)state;
	assert_true(closeness("", "某某") == 0);
	assert_true(closeness("停水", "停水停电") == 0);
	assert_true(closeness("某项目部拖欠农民工工资", "") == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_matter),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_too_little),
	};

	return cmocka_run_group_tests_name("closeness", tests, NULL, NULL);
}
