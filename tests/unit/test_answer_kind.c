/* Signs in the words of an answer for its kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office/answer_kind.h"

static void test_kind(void **state)
{
	(void)state;
	assert_string_equal(answer_kind_guess("网传内容不属实。"), "clarification");
	assert_string_equal(answer_kind_guess("拖欠的工资已全部发放。"), "result");
	assert_string_equal(answer_kind_guess("将督促全部发放到位。"), "measure");
	assert_string_equal(answer_kind_guess("我们深表歉意。"), "apology");
	assert_string_equal(answer_kind_guess("该路段长三公里。"), "fact");
	assert_true(answer_kind_is("result"));
	assert_false(answer_kind_is("praise"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
