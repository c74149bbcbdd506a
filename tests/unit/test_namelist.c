/* Several names in one value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "office/namelist.h"

static void test_split(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct namelist l;
	char many[2 * NAMELIST_MAX + 3];

	(void)state;
	assert_true(namelist_split(a, "甲、乙 | 丙,, 丁 ，", &l));
	assert_int_equal(l.count, 4);
	assert_string_equal(l.names[0], "甲");
	assert_string_equal(l.names[2], "丙");
	assert_true(namelist_has(&l, "丁"));
	assert_false(namelist_has(&l, ""));
	assert_true(namelist_split(a, "", &l));
	assert_int_equal(l.count, 0);
	assert_true(namelist_split(a, NULL, &l));
	assert_int_equal(l.count, 0);
	assert_true(namelist_split(a, " ,|、", &l));
	assert_int_equal(l.count, 0);
	memset(many, ',', sizeof many - 1);
	many[sizeof many - 1] = '\0';
	assert_false(namelist_split(a, many, &l));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
