/* Numbers are kept once, and found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "matcher/number_set.h"

static void test_set(void **state)
{
	uint64_t numbers[] = {7, UINT64_MAX, 0, 7, 3, 0};
	struct number_set s = {numbers, 6}, empty = {NULL, 0};

	(void)state;
	number_set_settle(&s);
	assert_int_equal(s.count, 4);
	assert_true(number_set_has(&s, 0) && number_set_has(&s, 3) && number_set_has(&s, 7));
	assert_true(number_set_has(&s, UINT64_MAX));
	assert_false(number_set_has(&s, 4));
	number_set_settle(&empty);
	assert_int_equal(empty.count, 0);
	assert_false(number_set_has(&empty, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
