/*
 * Shared runs: what the index, its filter and the looks at single tokens leave out must
 * not change which runs are found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "matcher/neardup_align.h"

#define TOKENS_MAX 400

struct tokens {
	uint32_t id[TOKENS_MAX];
	size_t count;
};

static uint64_t next(uint64_t *seed)
{
	uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* Of few kinds: many runs, and long chains of the same one. */
static void make(uint64_t *seed, struct tokens *t)
{
	uint64_t kinds = next(seed) % 3 ? 2 + next(seed) % 4 : 500, often = next(seed) % 2;

	t->count = next(seed) % (TOKENS_MAX + 1);
	for (size_t i = 0; i < t->count; i++)
		t->id[i] = often && next(seed) % 8 ? 1 : (uint32_t)(1 + next(seed) % kinds);
}

/* Parts of x in any order, with other tokens between them. */
static void make_edited(uint64_t *seed, const struct tokens *x, struct tokens *y)
{
	y->count = 0;
	while (x->count && y->count < x->count && next(seed) % 12) {
		size_t from = next(seed) % x->count, n = next(seed) % 60;
		for (size_t i = from; i < from + n && i < x->count && y->count < TOKENS_MAX; i++)
			y->id[y->count++] = x->id[i];
		if (y->count < TOKENS_MAX)
			y->id[y->count++] = (uint32_t)(1 + next(seed) % 500);
	}
}

/* --- the long way: every place is looked at --- */

static size_t run_length(const struct tokens *x, size_t i, const struct tokens *y, size_t j)
{
	size_t n = 0;

	while (i + n < x->count && j + n < y->count && x->id[i + n] == y->id[j + n])
		n++;
	return n;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

static uint64_t slot_of(const uint32_t *id, size_t slots)
{
	uint64_t h = 0;

	for (int i = 0; i < 4; i++)
		h = (h ^ id[i]) * UINT64_C(0x9E3779B97F4A7C15);
	return (h >> 32) % slots;
}

/* The first 48 places of y whose four tokens hash like those of x are looked at. */
static void look_anywhere(
	const struct tokens *x, const struct tokens *y, size_t expected, struct neardup_block *best)
{
	size_t slots = 64, looks = 0;

	while (slots < y->count * 2)
		slots *= 2;
	for (size_t j = 0; j + 4 <= y->count && looks < 48; j++) {
		size_t n = run_length(x, best->x, y, j);
		if (slot_of(x->id + best->x, slots) != slot_of(y->id + j, slots))
			continue;
		looks++;
		if (n >= 6 &&
			(n > best->n || (n == best->n && distance(j, expected) <
								 distance(best->y, expected)))) {
			best->y = j;
			best->n = n;
		}
	}
}

static struct neardup_block best_run(
	const struct tokens *x, size_t i, const struct tokens *y, size_t expected)
{
	struct neardup_block best = {i, 0, 0};

	for (size_t k = expected; k < expected + 40 && k < y->count; k++) {
		size_t n = run_length(x, i, y, k);
		if (n >= 3 && n > best.n) {
			best.y = k;
			best.n = n;
		}
	}
	if (best.n < 6 && i + 4 <= x->count)
		look_anywhere(x, y, expected, &best);
	return best;
}

static size_t align_plainly(
	const struct tokens *x, const struct tokens *y, struct neardup_block *out)
{
	size_t count = 0, expected = 0;

	for (size_t i = 0; i < x->count;) {
		struct neardup_block b = best_run(x, i, y, expected);
		if (b.n) {
			out[count++] = b;
			expected = b.y + b.n;
		}
		i += b.n ? b.n : 1;
	}
	return count;
}

/* --- both --- */

static void assert_sums(
	const struct neardup_alignment *al, const struct tokens *x, const struct tokens *y)
{
	bool in_x[TOKENS_MAX] = {false}, in_y[TOKENS_MAX] = {false};
	size_t x_count = 0, y_count = 0;

	for (size_t k = 0; k < al->count; k++)
		for (size_t i = 0; i < al->block[k].n; i++)
			in_x[al->block[k].x + i] = in_y[al->block[k].y + i] = true;
	for (size_t i = 0; i < x->count; i++) {
		assert_int_equal(al->x_shared[i], in_x[i]);
		x_count += in_x[i];
	}
	for (size_t i = 0; i < y->count; i++) {
		assert_int_equal(al->y_before[i], y_count);
		y_count += in_y[i];
	}
	assert_int_equal(al->y_before[y->count], y_count);
	assert_int_equal(al->x_count, x_count);
	assert_int_equal(al->y_count, y_count);
}

static void test_runs(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct neardup_block want[TOKENS_MAX];
	struct tokens x, y;
	uint64_t seed = 5;
	size_t found = 0;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct neardup_text s, t;
		struct neardup_alignment al;
		struct err e;
		make(&seed, &x);
		if (next(&seed) % 3)
			make_edited(&seed, &x, &y);
		else
			make(&seed, &y);
		s = (struct neardup_text){.id = x.id, .count = x.count};
		t = (struct neardup_text){.id = y.id, .count = y.count};
		arena_reset(a);
		assert_int_equal(neardup_align(&s, &t, a, &al, &e), ERR_OK);
		assert_int_equal(al.count, align_plainly(&x, &y, want));
		assert_memory_equal(al.block, want, al.count * sizeof *want);
		assert_sums(&al, &x, &y);
		found += al.count;
	}
	assert_true(found > 4000);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_runs)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
