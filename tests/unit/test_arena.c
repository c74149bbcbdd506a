/*
 * test_arena.c - the arena: alignment, zeroes, its maximum, reset.
 */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	unsigned char *block[400];

	(void)state;
	for (size_t i = 0; i < 400; i++) {
		size_t n = i * i % 9000;
		block[i] = arena_alloc(a, n);
		assert_non_null(block[i]);
		assert_int_equal((uintptr_t)block[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(block[i][k], 0);
		memset(block[i], (int)(i % 251 + 1), n);
	}
	for (size_t i = 0; i < 400; i++)
		for (size_t k = 0; k < i * i % 9000; k++)
			assert_int_equal(block[i][k], i % 251 + 1);
	assert_false(arena_failed(a));
	arena_free(a);
	arena_free(NULL);
}

static void memory_is_zeroed_again_after_a_reset(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	(void)state;
	for (int round = 0; round < 4; round++) {
		for (size_t i = 0; i < 200; i++) {
			unsigned char *p = arena_alloc(a, 1000);
			for (size_t k = 0; k < 1000; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xFF, 1000);
		}
		assert_string_equal(arena_strndup(a, "abc", 2), "ab");
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_free(a);
}

static void strings(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	(void)state;
	assert_string_equal(arena_strdup(a, "abc"), "abc");
	assert_string_equal(arena_strndup(a, "abcdef", 2), "ab");
	assert_string_equal(arena_strndup(a, "", 0), "");
	assert_null(arena_strdup(a, NULL));
	assert_null(arena_strndup(a, NULL, 3));
	assert_string_equal(arena_printf(a, "%d-%s", 7, "x"), "7-x");
	assert_string_equal(arena_printf(a, "%s", ""), "");
	assert_false(arena_failed(a));
	arena_free(a);
}

static void the_maximum_holds_and_is_remembered(void **state)
{
	struct arena *a = arena_new(1000);

	(void)state;
	assert_non_null(arena_alloc(a, 900));
	assert_null(arena_alloc(a, 200));
	assert_true(arena_failed(a));
	assert_non_null(arena_alloc(a, 10));
	assert_true(arena_failed(a));
	arena_reset(a);
	assert_false(arena_failed(a));
	assert_int_equal(arena_used(a), 0);
	assert_non_null(arena_alloc(a, 900));
	assert_true(arena_used(a) >= 900 && arena_used(a) <= 1000);
	arena_fail(a);
	assert_true(arena_failed(a));
	arena_free(a);
}

static void none_is_one_that_failed(void **state)
{
	(void)state;
	assert_null(arena_alloc(NULL, 1));
	assert_null(arena_room(NULL, 2, 3));
	assert_null(arena_strdup(NULL, "a"));
	assert_null(arena_printf(NULL, "%d", 1));
	assert_true(arena_failed(NULL));
	arena_fail(NULL);
}

static void sizes_do_not_wrap(void **state)
{
	struct arena *a = arena_new(SIZE_MAX);

	(void)state;
	assert_null(arena_array(a, SIZE_MAX / 2, 3));
	assert_true(arena_failed(a));
	arena_reset(a);
	assert_null(arena_alloc(a, SIZE_MAX));
	assert_null(arena_alloc(a, SIZE_MAX - 7));
	assert_null(arena_strndup(a, "x", SIZE_MAX));
	assert_true(arena_failed(a));
	arena_reset(a);
	assert_non_null(arena_array(a, 0, 8));
	assert_non_null(arena_array(a, 8, 0));
	assert_non_null(arena_alloc(a, 0));
	assert_false(arena_failed(a));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
		cmocka_unit_test(memory_is_zeroed_again_after_a_reset),
		cmocka_unit_test(strings),
		cmocka_unit_test(the_maximum_holds_and_is_remembered),
		cmocka_unit_test(none_is_one_that_failed),
		cmocka_unit_test(sizes_do_not_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
