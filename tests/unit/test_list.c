/* Arrays that grow in an arena. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ledger/list.h"

static void test_grow(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct list l;

	(void)state;
	list_init(&l, a, sizeof(int));
	assert_null(l.items);
	for (int i = 0; i < 1000; i++)
		*(int *)list_add(&l) = i;
	assert_int_equal(l.count, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(((int *)l.items)[i], i);
	arena_free(a);
	a = arena_new(256);
	list_init(&l, a, 128);
	assert_null(list_add(&l)); /* eight of them do not fit */
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
