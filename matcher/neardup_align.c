/*
 * neardup_align.c - shared runs, found greedily from left to right: the run that goes on
 * where the last one ended is preferred, then the longest. Moved sentences are found too.
 * Time is bounded by CHAIN_MAX looks at every token of x.
 */
#include "matcher/neardup_align.h"

#define GRAM 4
#define RUN_MIN 6 /* tokens: shorter ones are chance */
#define RUN_MIN_NEAR 3 /* just behind the last run */
#define NEAR 40 /* tokens */
#define CHAIN_MAX 48

struct aligner {
	const struct neardup_text *x, *y;
	uint32_t *head, *next; /* position in y + 1, by hash of GRAM tokens; 0 ends */
	size_t mask;
	struct neardup_block *block;
	size_t count;
	bool *x_shared, *y_shared;
};

static size_t gram_hash(const struct neardup_token *t)
{
	uint64_t h = 0;

	for (int i = 0; i < GRAM; i++)
		h = (h ^ t[i].id) * UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(h >> 32);
}

static bool index_y(struct aligner *g, struct arena *a)
{
	size_t n = g->y->count, size = 64;

	while (size < n * 2)
		size *= 2;
	g->mask = size - 1;
	g->head = arena_array(a, size, sizeof *g->head);
	g->next = arena_array(a, n + 1, sizeof *g->next);
	if (!g->head || !g->next)
		return false;
	for (size_t i = n >= GRAM ? n - GRAM + 1 : 0; i-- > 0;) {
		size_t slot = gram_hash(g->y->token + i) & g->mask;
		g->next[i] = g->head[slot];
		g->head[slot] = (uint32_t)(i + 1);
	}
	return true;
}

static size_t run_length(const struct aligner *g, size_t i, size_t j)
{
	size_t n = 0;

	while (i + n < g->x->count && j + n < g->y->count &&
		g->x->token[i + n].id == g->y->token[j + n].id)
		n++;
	return n;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The run to take at x's token i; n 0 when there is none. `expected`: where y would go on. */
static struct neardup_block best_run(const struct aligner *g, size_t i, size_t expected)
{
	struct neardup_block best = {i, 0, 0};
	bool best_near = false;
	uint32_t j = 0;

	/* Just behind the last run even a short one counts. */
	for (size_t k = expected; k < expected + NEAR && k < g->y->count; k++) {
		size_t n = run_length(g, i, k);
		if (n >= RUN_MIN_NEAR && n > best.n) {
			best.y = k;
			best.n = n;
			best_near = true;
		}
	}
	if (best_near && best.n >= RUN_MIN)
		return best;
	if (i + GRAM <= g->x->count)
		j = g->head[gram_hash(g->x->token + i) & g->mask];
	for (int looks = 0; j && looks < CHAIN_MAX; j = g->next[j - 1], looks++) {
		size_t n = run_length(g, i, j - 1);
		bool nearer = n == best.n && distance(j - 1, expected) < distance(best.y, expected);
		if (n >= RUN_MIN && (n > best.n || nearer)) {
			best.y = j - 1;
			best.n = n;
		}
	}
	return best;
}

static void take_run(struct aligner *g, struct neardup_block b)
{
	g->block[g->count++] = b;
	for (size_t k = 0; k < b.n; k++) {
		g->x_shared[b.x + k] = true;
		g->y_shared[b.y + k] = true;
	}
}

static size_t count_set(const bool *set, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += set[i];
	return sum;
}

static void find_runs(struct aligner *g)
{
	size_t expected = 0;

	for (size_t i = 0; i < g->x->count;) {
		struct neardup_block b = best_run(g, i, expected);
		if (b.n == 0) {
			i++;
			continue;
		}
		take_run(g, b);
		i += b.n;
		expected = b.y + b.n;
	}
}

enum err_code neardup_align(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, struct neardup_alignment *out, struct err *e)
{
	struct aligner g = {.x = x, .y = y};

	g.block = arena_array(a, x->count / RUN_MIN_NEAR + 1, sizeof *g.block);
	g.x_shared = arena_array(a, x->count + 1, sizeof *g.x_shared);
	g.y_shared = arena_array(a, y->count + 1, sizeof *g.y_shared);
	if (!g.block || !g.x_shared || !g.y_shared || !index_y(&g, a))
		return err_nomem(e);
	find_runs(&g);
	out->block = g.block;
	out->count = g.count;
	out->x_shared = g.x_shared;
	out->y_shared = g.y_shared;
	out->x_count = count_set(g.x_shared, x->count);
	out->y_count = count_set(g.y_shared, y->count);
	return ERR_OK;
}
