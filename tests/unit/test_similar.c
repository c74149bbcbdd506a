/*
 * The index of prints: who shares most, what is replaced, what leaves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "ledger/similar.h"
#include "tests/unit/world.h"

static void put(struct world *w, int64_t item, int64_t at, const uint64_t *prints, size_t n)
{
	struct similar_row row = {.item = item, .at = at, .size = 5, .sketch = "abcde"};

	if (similar_put(w->db, &row, prints, n, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static void test_find(void **state)
{
	struct world *w = *state;
	struct similar_candidate c[2];
	size_t n;

	put(w, 1, 10, (uint64_t[]){1, 2, 3}, 3);
	put(w, 2, 11, (uint64_t[]){3, 4, 5}, 3);
	put(w, 3, 12, (uint64_t[]){2, 3, 9}, 3);
	put(w, 4, 13, (uint64_t[]){100}, 1);
	assert_int_equal(similar_find(w->db, 9, (uint64_t[]){2, 3, 9}, 3, c, 2, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(c[0].item, 3);
	assert_int_equal(c[0].shared, 3);
	assert_int_equal(c[1].item, 1);
	assert_int_equal(c[1].shared, 2);
	/* An item is no copy of itself. */
	assert_int_equal(similar_find(w->db, 4, (uint64_t[]){100}, 1, c, 2, &n, &w->e), ERR_OK);
	assert_int_equal(n, 0);
}

/* More than a statement takes, and no whole number of its groups. */
static void test_many_prints(void **state)
{
	struct world *w = *state;
	struct similar_candidate c[2];
	uint64_t prints[37];
	size_t n;

	for (size_t i = 0; i < 37; i++)
		prints[i] = 1000 + i;
	put(w, 1, 10, prints, 37);
	put(w, 2, 10, prints + 35, 2);
	assert_int_equal(similar_find(w->db, 9, prints, 37, c, 2, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(c[0].item, 1);
	assert_int_equal(c[0].shared, 37);
	assert_int_equal(c[1].shared, 2);
	assert_int_equal(similar_drop(w->db, 1, prints, 37, &w->e), ERR_OK);
	assert_int_equal(similar_find(w->db, 9, prints, 37, c, 2, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(c[0].item, 2);
}

static void test_boilerplate_that_all_share(void **state)
{
	struct world *w = *state;
	struct similar_candidate c[SIMILAR_PRINT_SHARERS + 10];
	size_t n;

	for (int64_t i = 1; i <= 3 * SIMILAR_PRINT_SHARERS; i++)
		put(w, i, i, (uint64_t[]){7}, 1);
	assert_int_equal(
		similar_find(w->db, 0, (uint64_t[]){7}, 1, c, sizeof c / sizeof *c, &n, &w->e),
		ERR_OK);
	assert_int_equal(n, SIMILAR_PRINT_SHARERS);
	for (size_t i = 0; i < n; i++)
		assert_true(c[i].item > 2 * SIMILAR_PRINT_SHARERS);
}

static void test_replaced_and_dropped(void **state)
{
	struct world *w = *state;
	struct similar_candidate c[4];
	struct similar_row row, old[2];
	size_t n;

	assert_int_equal(similar_get(w->db, 1, &row, &w->e), ERR_NOT_FOUND);
	put(w, 1, 10, (uint64_t[]){1, 2}, 2);
	put(w, 2, 20, (uint64_t[]){2, 3}, 2);
	put(w, 3, 30, (uint64_t[]){3}, 1);
	assert_int_equal(similar_get(w->db, 1, &row, &w->e), ERR_OK);
	assert_int_equal(row.at, 10);
	assert_int_equal(row.size, 5);
	assert_memory_equal(row.sketch, "abcde", 5);
	assert_int_equal(similar_oldest(w->db, 30, old, 2, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(old[0].item, 1);
	assert_int_equal(similar_drop(w->db, 1, (uint64_t[]){1, 2}, 2, &w->e), ERR_OK);
	assert_int_equal(similar_get(w->db, 1, &row, &w->e), ERR_NOT_FOUND);
	assert_int_equal(similar_find(w->db, 9, (uint64_t[]){1, 2}, 2, c, 4, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(c[0].item, 2);
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_find),
		T(test_many_prints),
		T(test_boilerplate_that_all_share),
		T(test_replaced_and_dropped),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
