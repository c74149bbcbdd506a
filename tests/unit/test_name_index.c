/*
 * test_name_index.c - every name is found, no other is, while the table grows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/name_index.h"

#define ROWS 5000

static const char *name_at(const void *table, size_t row)
{
	return ((const char(*)[16])table)[row];
}

static void test_names(void **state)
{
	struct name_index ix = {NULL, 0, 0};
	char(*rows)[16] = calloc(ROWS, sizeof *rows);

	(void)state;
	assert_non_null(rows);
	assert_int_equal(name_index_find(&ix, "s-0", name_at, rows), NAME_INDEX_NONE);
	for (size_t i = 0; i < ROWS; i++) {
		snprintf(rows[i], sizeof rows[i], "s-%zu", i);
		assert_int_equal(name_index_find(&ix, rows[i], name_at, rows), NAME_INDEX_NONE);
		assert_true(name_index_add(&ix, i, name_at, rows));
		assert_int_equal(name_index_find(&ix, rows[i], name_at, rows), i);
	}
	for (size_t i = 0; i < ROWS; i++)
		assert_int_equal(name_index_find(&ix, rows[i], name_at, rows), i);
	assert_int_equal(name_index_find(&ix, "s-", name_at, rows), NAME_INDEX_NONE);
	assert_int_equal(name_index_find(&ix, "", name_at, rows), NAME_INDEX_NONE);
	assert_int_equal(ix.count, ROWS);
	assert_true(ix.room >= 2 * ROWS);
	assert_false(name_index_add(&ix, NAME_INDEX_MAX, name_at, rows));
	name_index_fini(&ix);
	name_index_fini(&ix);
	free(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("name_index", tests, NULL, NULL);
}
