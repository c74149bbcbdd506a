/*
 * neardup_sketch.c - the smallest hashes of a text's runs: its fingerprint.
 */
#include <stdlib.h>
#include <string.h>

#include "matcher/neardup_text.h"

#define VALUE_BITS 40
#define RUNS_MIN 8 /* shorter texts are looked up by title only */

#define BUCKETS 256 /* by the highest bits of a value */
#define BUCKET_SMALL 32

static size_t bucket_of(uint64_t value)
{
	return value >> (VALUE_BITS - 8);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void sort_bucket(uint64_t *v, size_t n)
{
	if (n > BUCKET_SMALL) { /* a text that repeats itself */
		qsort(v, n, sizeof *v, by_value);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t at = i;
		for (; at > 0 && v[at - 1] > x; at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

/* Into ascending order: hashes lie evenly in their range, so that a bucket holds few. */
static void sort_values(const uint64_t *in, uint64_t *out, size_t n)
{
	size_t end[BUCKETS] = {0}, from = 0;

	for (size_t i = 0; i < n; i++)
		end[bucket_of(in[i])]++;
	for (size_t b = 0, sum = 0; b < BUCKETS; b++) {
		size_t count = end[b];
		end[b] = sum; /* where it begins; the end when all are in it */
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		out[end[bucket_of(in[i])]++] = in[i];
	for (size_t b = 0; b < BUCKETS; from = end[b++])
		sort_bucket(out + from, end[b] - from);
}

/* SplitMix64's finisher: every bit of a run decides every bit of its value. */
static uint64_t finish(uint64_t h)
{
	h = (h ^ (h >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	h = (h ^ (h >> 27)) * UINT64_C(0x94D049BB133111EB);
	return h ^ (h >> 31);
}

static uint64_t run_value(const struct neardup_token *t)
{
	uint64_t h = 0;

	for (int i = 0; i < NEARDUP_RUN; i++)
		h = finish(h + t[i].id + UINT64_C(0x9E3779B97F4A7C15));
	return h >> (64 - VALUE_BITS);
}

enum err_code neardup_sketch(
	const struct neardup_text *t, struct arena *a, struct neardup_sketch *out, struct err *e)
{
	size_t n = t->count >= NEARDUP_RUN ? t->count - NEARDUP_RUN + 1 : 0;
	uint64_t *made, *all;

	out->count = 0;
	if (n < RUNS_MIN)
		return ERR_OK;
	made = arena_array(a, n, sizeof *made);
	all = arena_array(a, n, sizeof *all);
	if (!made || !all)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		made[i] = run_value(t->token + i);
	sort_values(made, all, n);
	for (size_t i = 0; i < n && out->count < NEARDUP_SKETCH_MAX; i++)
		if (i == 0 || all[i] != all[i - 1])
			out->value[out->count++] = all[i];
	return ERR_OK;
}

/* Up to which value the sketch lists everything. */
static uint64_t horizon(const struct neardup_sketch *s)
{
	return s->count < NEARDUP_SKETCH_MAX ? UINT64_MAX : s->value[s->count - 1];
}

static size_t below(const struct neardup_sketch *s, uint64_t limit)
{
	size_t n = 0;

	while (n < s->count && s->value[n] <= limit)
		n++;
	return n;
}

double neardup_sketch_contained(const struct neardup_sketch *x, const struct neardup_sketch *y)
{
	uint64_t hx = horizon(x), hy = horizon(y), limit = hx < hy ? hx : hy;
	size_t nx = below(x, limit), ny = below(y, limit), shared = 0;
	size_t least = nx < ny ? nx : ny;

	for (size_t i = 0, j = 0; i < nx && j < ny;) {
		if (x->value[i] == y->value[j]) {
			shared++;
			i++;
			j++;
		} else if (x->value[i] < y->value[j]) {
			i++;
		} else {
			j++;
		}
	}
	return least ? (double)shared / (double)least : 0;
}

size_t neardup_sketch_write(const struct neardup_sketch *s, unsigned char out[NEARDUP_BYTES_MAX])
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < NEARDUP_VALUE_SIZE; k++)
			out[i * NEARDUP_VALUE_SIZE + k] = (unsigned char)(s->value[i] >> (8 * k));
	return s->count * NEARDUP_VALUE_SIZE;
}

bool neardup_sketch_read(const unsigned char *s, size_t n, struct neardup_sketch *out)
{
	out->count = 0;
	if (n % NEARDUP_VALUE_SIZE || n > NEARDUP_BYTES_MAX)
		return false;
	for (size_t i = 0; i < n / NEARDUP_VALUE_SIZE; i++) {
		uint64_t v = 0;
		for (size_t k = NEARDUP_VALUE_SIZE; k-- > 0;)
			v = v << 8 | s[i * NEARDUP_VALUE_SIZE + k];
		if (i && v <= out->value[i - 1])
			return false;
		out->value[i] = v;
	}
	out->count = n / NEARDUP_VALUE_SIZE;
	return true;
}
