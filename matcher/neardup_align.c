/*
 * neardup_align.c - shared runs, found greedily from left to right: the run that goes on
 * where the last one ended is preferred, then the longest. Moved sentences are found too.
 * Time is bounded by CHAIN_MAX looks at every token of x.
 *
 * A copy goes on where it went on before, mostly; y is indexed only when it does not. Then
 * a filter over all runs of RUN_MIN_NEAR tokens of y passes over the tokens of x that no
 * run can begin with.
 */
#include "matcher/neardup_align.h"

#define GRAM 4
#define RUN_MIN 6 /* tokens: shorter ones are chance */
#define RUN_MIN_NEAR 3 /* just behind the last run */
#define NEAR 40 /* tokens */
#define CHAIN_MAX 48
#define FILTER_SHARE 8 /* bits of the filter for each slot of the index */

struct aligner {
	const uint32_t *x, *y; /* ids */
	size_t x_count, y_count;
	bool indexed;
	uint32_t *head, *next; /* position in y + 1, by hash of GRAM tokens; 0 ends */
	uint64_t *filter; /* by hash of RUN_MIN_NEAR tokens */
	size_t mask; /* slots of head - 1 */
	struct neardup_block *block;
	size_t count;
	bool *x_shared, *y_shared;
};

/* --- the index of y --- */

static uint64_t add_hash(uint64_t h, uint32_t id)
{
	return (h ^ id) * UINT64_C(0x9E3779B97F4A7C15);
}

static uint64_t near_hash(const uint32_t *id)
{
	return add_hash(add_hash(add_hash(0, id[0]), id[1]), id[2]);
}

static size_t slot_of(const struct aligner *g, uint64_t near, const uint32_t *id)
{
	return (size_t)(add_hash(near, id[GRAM - 1]) >> 32) & g->mask;
}

static size_t filter_bit(const struct aligner *g, uint64_t near)
{
	return (size_t)(near >> 32) & (g->mask * FILTER_SHARE + FILTER_SHARE - 1);
}

static bool room_for_index(struct aligner *g, struct arena *a)
{
	size_t size = 64;

	while (size < g->y_count * 2)
		size *= 2;
	g->mask = size - 1;
	g->head = arena_array(a, size, sizeof *g->head);
	g->next = arena_array(a, g->y_count + 1, sizeof *g->next);
	g->filter = arena_array(a, size * FILTER_SHARE / 64, sizeof *g->filter);
	return g->head && g->next && g->filter;
}

static void index_y(struct aligner *g)
{
	const struct aligner to = *g; /* in registers: what is written below is none of it */
	size_t runs = to.y_count >= RUN_MIN_NEAR ? to.y_count - RUN_MIN_NEAR + 1 : 0;

	for (size_t i = runs; i-- > 0;) {
		uint64_t near = near_hash(to.y + i);
		size_t bit = filter_bit(&to, near), slot;
		to.filter[bit / 64] |= UINT64_C(1) << bit % 64;
		if (i + GRAM > to.y_count)
			continue;
		slot = slot_of(&to, near, to.y + i);
		to.next[i] = to.head[slot];
		to.head[slot] = (uint32_t)(i + 1);
	}
	g->indexed = true;
}

/* False: no run begins with x's token i. */
static bool may_begin(const struct aligner *g, size_t i)
{
	size_t bit;

	if (i + RUN_MIN_NEAR > g->x_count)
		return false;
	bit = filter_bit(g, near_hash(g->x + i));
	return g->filter[bit / 64] >> bit % 64 & 1;
}

/* --- runs --- */

/* The length of the run at i in x and j in y. */
static size_t run_length(const struct aligner *g, size_t i, size_t j)
{
	size_t x = g->x_count - i, y = g->y_count - j;

	return neardup_common(g->x + i, g->y + j, x < y ? x : y);
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* Whether a run of `least` tokens may begin at i in x and j in y: its last one tells. */
static bool may_reach(const struct aligner *g, size_t i, size_t j, size_t least)
{
	return i + least <= g->x_count && j + least <= g->y_count &&
	       g->x[i + least - 1] == g->y[j + least - 1];
}

/* Just behind the last run even a short one counts. */
static struct neardup_block near_run(const struct aligner *g, size_t i, size_t expected)
{
	struct neardup_block best = {i, 0, 0};
	size_t end = expected + NEAR < g->y_count ? expected + NEAR : g->y_count;
	size_t least = RUN_MIN_NEAR;

	for (size_t k = expected; k < end; k++) {
		size_t n = may_reach(g, i, k, least) ? run_length(g, i, k) : 0;
		if (n >= least) {
			best.y = k;
			best.n = n;
			least = n + 1;
		}
	}
	return best;
}

/* The run to take at x's token i; n 0 when there is none. `expected`: where y would go on. */
static struct neardup_block best_run(struct aligner *g, size_t i, size_t expected)
{
	struct neardup_block best = near_run(g, i, expected);
	uint32_t j;

	if (best.n >= RUN_MIN || i + GRAM > g->x_count)
		return best;
	if (!g->indexed)
		index_y(g);
	j = g->head[slot_of(g, near_hash(g->x + i), g->x + i)];
	for (int looks = 0; j && looks < CHAIN_MAX; j = g->next[j - 1], looks++) {
		size_t least = best.n > RUN_MIN ? best.n : RUN_MIN;
		size_t n = may_reach(g, i, j - 1, least) ? run_length(g, i, j - 1) : 0;
		if (n < least)
			continue;
		if (n > best.n || distance(j - 1, expected) < distance(best.y, expected)) {
			best.y = j - 1;
			best.n = n;
		}
	}
	return best;
}

static void take_run(struct aligner *g, struct neardup_block b)
{
	g->block[g->count++] = b;
	memset(g->x_shared + b.x, true, b.n * sizeof *g->x_shared);
	memset(g->y_shared + b.y, true, b.n * sizeof *g->y_shared);
}

static void find_runs(struct aligner *g)
{
	size_t expected = 0;

	for (size_t i = 0; i < g->x_count;) {
		struct neardup_block b = {i, 0, 0};
		if (!g->indexed || may_begin(g, i))
			b = best_run(g, i, expected);
		if (b.n == 0) {
			i++;
			continue;
		}
		take_run(g, b);
		i += b.n;
		expected = b.y + b.n;
	}
}

/* --- the result --- */

static bool sum_up(const struct aligner *g, struct arena *a, struct neardup_alignment *out)
{
	uint32_t *before = arena_array(a, g->y_count + 1, sizeof *before);

	if (!before)
		return false;
	for (size_t i = 0; i < g->y_count; i++)
		before[i + 1] = before[i] + g->y_shared[i];
	*out = (struct neardup_alignment){.block = g->block,
		.count = g->count,
		.x_shared = g->x_shared,
		.y_before = before,
		.y_count = before[g->y_count]};
	for (size_t k = 0; k < g->count; k++)
		out->x_count += g->block[k].n;
	return true;
}

enum err_code neardup_align(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, struct neardup_alignment *out, struct err *e)
{
	struct aligner g = {.x = x->id, .y = y->id, .x_count = x->count, .y_count = y->count};

	g.block = arena_array(a, x->count / RUN_MIN_NEAR + 1, sizeof *g.block);
	g.x_shared = arena_array(a, x->count + 1, sizeof *g.x_shared);
	g.y_shared = arena_array(a, y->count + 1, sizeof *g.y_shared);
	if (!g.block || !g.x_shared || !g.y_shared || !room_for_index(&g, a))
		return err_nomem(e);
	find_runs(&g);
	return sum_up(&g, a, out) ? ERR_OK : err_nomem(e);
}
