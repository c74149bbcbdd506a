/*
 * The index of prints: who shares most, what is replaced, what leaves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/hash.h"
#include "ledger/similar.h"
#include "tests/unit/world.h"

#define SPACE (UINT64_C(1) << 40) /* of prints */

struct indexed {
	struct world world; /* first: its set-up is the base of ours */
	struct similar *index;
};

/* A sketch of nothing but prints. */
static struct similar_row row_of(int64_t item, int64_t at, const uint64_t *prints, size_t n)
{
	struct similar_row row = {.item = item, .at = at, .size = n * SIMILAR_PRINT_SIZE};

	for (size_t i = 0; i < row.size; i++)
		row.sketch[i] = (unsigned char)(prints[i / SIMILAR_PRINT_SIZE] >>
						(i % SIMILAR_PRINT_SIZE * 8));
	return row;
}

static void put(struct indexed *w, int64_t item, int64_t at, const uint64_t *prints, size_t n)
{
	struct similar_row row = row_of(item, at, prints, n);

	if (similar_put(w->index, &row, &w->world.e) != ERR_OK)
		fail_msg("%s", w->world.e.text);
}

static void drop(struct indexed *w, int64_t item, const uint64_t *prints, size_t n)
{
	struct similar_row row = row_of(item, 0, prints, n);

	if (similar_drop(w->index, &row, &w->world.e) != ERR_OK)
		fail_msg("%s", w->world.e.text);
}

static void test_find(void **state)
{
	struct indexed *w = *state;
	struct similar_candidate c[2];
	size_t n;

	put(w, 1, 10, (uint64_t[]){1, 2, 3}, 3);
	put(w, 2, 11, (uint64_t[]){3, 4, 5}, 3);
	put(w, 3, 12, (uint64_t[]){2, 3, 9}, 3);
	put(w, 4, 13, (uint64_t[]){100}, 1);
	assert_int_equal(
		similar_find(w->index, 9, (uint64_t[]){2, 3, 9}, 3, c, 2, &n, &w->world.e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(c[0].item, 3);
	assert_int_equal(c[0].shared, 3);
	assert_int_equal(c[1].item, 1);
	assert_int_equal(c[1].shared, 2);
	/* An item is no copy of itself. */
	assert_int_equal(
		similar_find(w->index, 4, (uint64_t[]){100}, 1, c, 2, &n, &w->world.e), ERR_OK);
	assert_int_equal(n, 0);
}

/* Looked for may be more than an item has; what stands in a sketch behind its prints is none. */
static void test_many_prints(void **state)
{
	struct indexed *w = *state;
	struct similar_candidate c[2];
	uint64_t prints[37];
	size_t n;

	for (size_t i = 0; i < 37; i++)
		prints[i] = 1000 + i;
	put(w, 1, 10, prints, 37);
	put(w, 2, 10, prints + 35, 2);
	put(w, 3, 10, (uint64_t[]){1, 1004}, 2);
	assert_int_equal(similar_find(w->index, 9, prints, 37, c, 2, &n, &w->world.e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(c[0].item, 1);
	assert_int_equal(c[0].shared, SIMILAR_PRINTS);
	assert_int_equal(c[1].item, 2);
	assert_int_equal(c[1].shared, 2);
	drop(w, 1, prints, 37);
	assert_int_equal(similar_find(w->index, 9, prints, 37, c, 2, &n, &w->world.e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(c[0].item, 2);
	assert_int_equal(c[1].item, 3);
}

static void test_boilerplate_that_all_share(void **state)
{
	struct indexed *w = *state;
	struct similar_candidate c[SIMILAR_PRINT_SHARERS + 10];
	size_t n;

	for (int64_t i = 1; i <= 3 * SIMILAR_PRINT_SHARERS; i++)
		put(w, i, i, (uint64_t[]){7}, 1);
	assert_int_equal(similar_find(w->index, 0, (uint64_t[]){7}, 1, c, sizeof c / sizeof *c, &n,
				 &w->world.e),
		ERR_OK);
	assert_int_equal(n, SIMILAR_PRINT_SHARERS);
	for (size_t i = 0; i < n; i++)
		assert_true(c[i].item > 2 * SIMILAR_PRINT_SHARERS);
}

static void test_replaced_and_dropped(void **state)
{
	struct indexed *w = *state;
	struct similar_candidate c[4];
	struct similar_row row, old[2];
	size_t n;

	assert_int_equal(similar_get(w->index, 1, &row, &w->world.e), ERR_NOT_FOUND);
	put(w, 1, 10, (uint64_t[]){1, 2}, 2);
	put(w, 2, 20, (uint64_t[]){2, 3}, 2);
	put(w, 3, 30, (uint64_t[]){3}, 1);
	assert_int_equal(similar_get(w->index, 1, &row, &w->world.e), ERR_OK);
	assert_int_equal(row.at, 10);
	assert_int_equal(row.size, 2 * SIMILAR_PRINT_SIZE);
	assert_memory_equal(row.sketch, "\1\0\0\0\0\2\0\0\0\0", row.size);
	assert_int_equal(similar_oldest(w->index, 30, old, 2, &n, &w->world.e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(old[0].item, 1);
	drop(w, 1, (uint64_t[]){1, 2}, 2);
	assert_int_equal(similar_get(w->index, 1, &row, &w->world.e), ERR_NOT_FOUND);
	assert_int_equal(
		similar_find(w->index, 9, (uint64_t[]){1, 2}, 2, c, 4, &n, &w->world.e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(c[0].item, 2);
}

/* --- what is filed --- */

/* Puts so many items that what came before is filed. */
static void put_many(struct indexed *w, int64_t first)
{
	for (int64_t i = 0; i < SIMILAR_FILE_AT; i++)
		put(w, first + i, 10, (uint64_t[]){SPACE - (uint64_t)(first + i)}, 1);
}

static int shared_with(struct indexed *w, int64_t item, uint64_t a, uint64_t b)
{
	struct similar_candidate c[8];
	size_t n;

	assert_int_equal(
		similar_find(w->index, 0, (uint64_t[]){a, b}, 2, c, 8, &n, &w->world.e), ERR_OK);
	for (size_t i = 0; i < n; i++)
		if (c[i].item == item)
			return c[i].shared;
	return 0;
}

static void test_filed(void **state)
{
	struct indexed *w = *state;

	put(w, -5, 10, (uint64_t[]){1, 2}, 2);
	put_many(w, 1000);
	assert_int_equal(shared_with(w, -5, 1, 2), 2);
	assert_int_equal(shared_with(w, 1000, SPACE - 1000, 3), 1);
	assert_int_equal(
		shared_with(w, 999 + SIMILAR_FILE_AT, SPACE - 999 - SIMILAR_FILE_AT, 3), 1);
	/* Stored again: a print that stands on a page and in memory counts once. */
	put(w, -5, 10, (uint64_t[]){2, 3}, 2);
	assert_int_equal(shared_with(w, -5, 2, 3), 2);
	put_many(w, 100000);
	put_many(w, 200000);
	assert_int_equal(shared_with(w, -5, 2, 3), 2);
	assert_int_equal(shared_with(w, 100007, SPACE - 100007, 3), 1);
}

/* So many look-ups that what is filed is known in memory: nothing is lost by it, neither what is
 * filed later nor what a rolled back transaction filed. */
static void test_many_look_ups(void **state)
{
	struct indexed *w = *state;

	put_many(w, 1000);
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(shared_with(w, 1000, 10 * i, 10 * i + 1), 0);
	for (int64_t i = 1000; i < 1000 + SIMILAR_FILE_AT; i++)
		assert_int_equal(shared_with(w, i, SPACE - (uint64_t)i, 3), 1);
	assert_int_equal(db_commit(w->world.db, &w->world.e), ERR_OK);
	assert_int_equal(db_begin_write(w->world.db, &w->world.e), ERR_OK);
	put_many(w, 100000);
	for (int64_t i = 100000; i < 100000 + SIMILAR_FILE_AT; i++)
		assert_int_equal(shared_with(w, i, SPACE - (uint64_t)i, 3), 1);
	db_rollback(w->world.db);
	assert_int_equal(shared_with(w, 100000, SPACE - 100000, 3), 0);
	assert_int_equal(db_begin_write(w->world.db, &w->world.e), ERR_OK);
	for (int64_t i = 200000; i < 600000; i += 100000)
		put_many(w, i);
	for (int64_t i = 200000; i < 200000 + SIMILAR_FILE_AT; i++)
		assert_int_equal(shared_with(w, i, SPACE - (uint64_t)i, 3), 1);
}

static void test_boilerplate_filed(void **state)
{
	struct indexed *w = *state;
	struct similar_candidate c[SIMILAR_PRINT_SHARERS + 10];
	size_t n;

	for (int64_t i = 1; i <= 5000; i++)
		put(w, i, i, (uint64_t[]){7}, 1);
	put_many(w, 100000);
	for (int64_t i = 5001; i <= 5010; i++)
		put(w, i, i, (uint64_t[]){7}, 1);
	assert_int_equal(similar_find(w->index, 0, (uint64_t[]){7}, 1, c, sizeof c / sizeof *c, &n,
				 &w->world.e),
		ERR_OK);
	assert_int_equal(n, SIMILAR_PRINT_SHARERS);
	for (size_t i = 0; i < n; i++)
		assert_true(c[i].item > 5010 - SIMILAR_PRINT_SHARERS);
}

/* Old items leave full pages; nothing of the living does. */
static void test_pages_are_cleared(void **state)
{
	struct indexed *w = *state;
	int64_t size = 0, later = 0;

	for (int round = 0; round < 6; round++) {
		put_many(w, 100000 * (round + 1));
		for (int64_t i = 0; i < SIMILAR_FILE_AT; i++) {
			int64_t item = 100000 * round + i;
			if (round)
				drop(w, item, (uint64_t[]){SPACE - (uint64_t)item}, 1);
		}
		assert_int_equal(
			db_get_int(w->world.db, ST_FILED_SIZE, DB_NO_ARGS, &later, &w->world.e),
			ERR_OK);
		size = round == 1 ? later : size;
	}
	assert_true(later < 3 * size);
	for (int64_t i = 600000; i < 600000 + SIMILAR_FILE_AT; i += 97)
		assert_int_equal(shared_with(w, i, SPACE - (uint64_t)i, 3), 1);
}

/* --- what is remembered --- */

static void test_rolled_back(void **state)
{
	struct indexed *w = *state;
	struct similar_row row;

	put(w, 1, 10, (uint64_t[]){1}, 1);
	assert_int_equal(db_commit(w->world.db, &w->world.e), ERR_OK);
	assert_int_equal(db_begin_write(w->world.db, &w->world.e), ERR_OK);
	put(w, 2, 10, (uint64_t[]){1}, 1);
	put_many(w, 1000);
	assert_int_equal(shared_with(w, 2, 1, 9), 1);
	db_rollback(w->world.db);
	assert_int_equal(shared_with(w, 2, 1, 9), 0);
	assert_int_equal(shared_with(w, 1, 1, 9), 1);
	assert_int_equal(shared_with(w, 1000, SPACE - 1000, 9), 0);
	assert_int_equal(similar_get(w->index, 2, &row, &w->world.e), ERR_NOT_FOUND);
	assert_int_equal(db_begin_write(w->world.db, &w->world.e), ERR_OK);
	put(w, 3, 10, (uint64_t[]){1}, 1);
	assert_int_equal(shared_with(w, 3, 1, 9), 1);
}

/* Another handle of the same ledger knows it all from the beginning. */
static void test_opened_later(void **state)
{
	struct indexed *w = *state;
	struct similar *first = w->index;

	put_many(w, 1000);
	put(w, 1, 10, (uint64_t[]){1, 2}, 2); /* below what was filed, and above it */
	put(w, 90000, 10, (uint64_t[]){1, 3}, 2);
	put(w, -7, 10, (uint64_t[]){1, 4}, 2);
	assert_int_equal(similar_open(w->world.db, &w->index, &w->world.e), ERR_OK);
	similar_close(first);
	assert_int_equal(shared_with(w, 1, 1, 2), 2);
	assert_int_equal(shared_with(w, 90000, 1, 3), 2);
	assert_int_equal(shared_with(w, -7, 1, 4), 2);
	assert_int_equal(shared_with(w, 1000, SPACE - 1000, 9), 1);
}

/* Two programs on one file. */
struct two {
	char dir[32], path[64];
	struct indexed x, y;
};

static void open_two(struct two *t)
{
	memset(t, 0, sizeof *t);
	strcpy(t->dir, "/tmp/huiying-similar.XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->path, sizeof t->path, "%s/ledger.db", t->dir);
	assert_int_equal(db_open(t->path, DB_CREATE, &t->x.world.db, &t->x.world.e), ERR_OK);
	assert_int_equal(db_open(t->path, DB_OPEN, &t->y.world.db, &t->y.world.e), ERR_OK);
	assert_int_equal(similar_open(t->x.world.db, &t->x.index, &t->x.world.e), ERR_OK);
	assert_int_equal(similar_open(t->y.world.db, &t->y.index, &t->y.world.e), ERR_OK);
}

static void close_two(struct two *t)
{
	similar_close(t->x.index);
	similar_close(t->y.index);
	db_close(t->x.world.db);
	db_close(t->y.world.db);
	unlink(t->path);
	rmdir(t->dir);
}

/* Each sees what the other has committed. */
static void test_another_program(void **state)
{
	struct two t;

	(void)state;
	open_two(&t);
	for (int64_t i = 1; i <= 6; i++) {
		struct indexed *w = i % 2 ? &t.x : &t.y;
		assert_int_equal(db_begin_write(w->world.db, &w->world.e), ERR_OK);
		for (int64_t k = 1; k < i; k++)
			assert_int_equal(shared_with(w, k, 7, 8), 2);
		put(w, i, 10, (uint64_t[]){7, 8}, 2);
		assert_int_equal(db_commit(w->world.db, &w->world.e), ERR_OK);
	}
	close_two(&t);
}

/* What one files is found by the other, who knew what was filed before. */
static void test_another_program_files(void **state)
{
	struct two t;

	(void)state;
	open_two(&t);
	for (int64_t i = 1; i <= 6; i++) {
		struct indexed *w = i % 2 ? &t.x : &t.y;
		assert_int_equal(db_begin_write(w->world.db, &w->world.e), ERR_OK);
		for (uint64_t k = 0; k < 300; k++)
			assert_int_equal(shared_with(w, 1, 10 * k, 10 * k + 1), 0);
		for (int64_t k = 1; k < i; k++)
			assert_int_equal(
				shared_with(w, 100000 * k, SPACE - 100000 * (uint64_t)k, 3), 1);
		put_many(w, 100000 * i);
		assert_int_equal(db_commit(w->world.db, &w->world.e), ERR_OK);
	}
	close_two(&t);
}

#define BEFORE 28 /* the schema in which the prints of each item had a row of their own */

/* What was not filed then has its row still, and is found beside what came in since. */
static void test_older_ledger(void **state)
{
	struct indexed w = {.world = {.db = NULL}};
	struct similar_row old = row_of(1, 10, (uint64_t[]){7, 8}, 2);

	(void)state;
	assert_int_equal(db_open_temporary(BEFORE, &w.world.db, &w.world.e), ERR_OK);
	assert_int_equal(db_begin_write(w.world.db, &w.world.e), ERR_OK);
	assert_int_equal(
		db_run(w.world.db, ST_SKETCH_PUT,
			DB_ARGS(DB_INT(1), DB_INT(10), DB_BLOB(old.sketch, old.size)), &w.world.e),
		ERR_OK);
	assert_int_equal(db_run(w.world.db, ST_RECENT_PUT,
				 DB_ARGS(DB_INT(1), DB_BLOB(old.sketch, old.size)), &w.world.e),
		ERR_OK);
	assert_int_equal(db_commit(w.world.db, &w.world.e), ERR_OK);
	assert_int_equal(db_migrate(w.world.db, &w.world.e), ERR_OK);
	assert_int_equal(similar_open(w.world.db, &w.index, &w.world.e), ERR_OK);
	assert_int_equal(db_begin_write(w.world.db, &w.world.e), ERR_OK);
	assert_int_equal(shared_with(&w, 1, 7, 8), 2);
	put(&w, 2, 10, (uint64_t[]){8, 9}, 2);
	similar_close(w.index);
	assert_int_equal(similar_open(w.world.db, &w.index, &w.world.e), ERR_OK);
	assert_int_equal(shared_with(&w, 1, 7, 8), 2);
	assert_int_equal(shared_with(&w, 2, 8, 9), 2);
	similar_close(w.index);
	db_close(w.world.db);
}

static int open_indexed(void **state)
{
	struct indexed *w;

	if (world_open(state))
		return -1;
	w = realloc(*state, sizeof *w);
	*state = w;
	return w && similar_open(w->world.db, &w->index, &w->world.e) == ERR_OK ? 0 : -1;
}

static int close_indexed(void **state)
{
	struct indexed *w = *state;

	similar_close(w->index);
	return world_close(state);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_indexed, close_indexed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_find),
		T(test_many_prints),
		T(test_boilerplate_that_all_share),
		T(test_replaced_and_dropped),
		T(test_filed),
		T(test_many_look_ups),
		T(test_boilerplate_filed),
		T(test_pages_are_cleared),
		T(test_rolled_back),
		T(test_opened_later),
		cmocka_unit_test(test_another_program),
		cmocka_unit_test(test_another_program_files),
		cmocka_unit_test(test_older_ledger),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
