/*
 * Lists of from/to pairs: written, read back, and refused when they are no such list.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "ledger/ranges.h"

static void check(const int64_t *n, size_t count, const char *want)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct err e = {ERR_OK, ""};
	int64_t *back;
	size_t got;
	struct buf b;

	buf_init(&b, 1 << 16);
	ranges_add(&b, n, count);
	if (want)
		assert_string_equal(buf_str(&b), want);
	assert_int_equal(ranges_read(buf_str(&b), a, &back, &got, &e), ERR_OK);
	assert_int_equal(got, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(back[i], n[i]);
	buf_fini(&b);
	arena_free(a);
}

static void test_written(void **state)
{
	static const int64_t some[] = {3, 4, 5, 9, 12, 13};

	(void)state;
	check(NULL, 0, "[]");
	check(some, 1, "[[3,3]]");
	check(some, 3, "[[3,5]]");
	check(some, 6, "[[3,5],[9,9],[12,13]]");
}

static void test_random(void **state)
{
	int64_t n[500];

	(void)state;
	srand(7);
	for (int round = 0; round < 200; round++) {
		size_t count = (size_t)rand() % 500;
		int64_t at = 0;
		for (size_t i = 0; i < count; i++)
			n[i] = at += 1 + (rand() % 3 == 0 ? rand() % 1000 : 0);
		check(n, count, NULL);
	}
}

static void test_refused(void **state)
{
	static const char *const wrong[] = {"", "3", "{}", "[3]", "[[3]]", "[[3,4,5]]", "[[4,3]]",
		"[[0,3]]", "[[-1,3]]", "[[3,5],[5,6]]", "[[9,9],[3,4]]", "[[\"3\",4]]",
		"[[1,2000000]]", "[[1,9223372036854775807]]", "[[1,600000],[700000,1200000]]"};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct err e = {ERR_OK, ""};
		int64_t *n;
		size_t count;
		if (ranges_read(wrong[i], a, &n, &count, &e) != ERR_INPUT)
			fail_msg("“%s” was read", wrong[i]);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
