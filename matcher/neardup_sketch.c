/*
 * neardup_sketch.c - the smallest hashes of a text's runs: its fingerprint.
 */
#include <endian.h>
#include <string.h>

#include "matcher/neardup_text.h"

#define VALUE_BITS 40
#define VALUE_MAX ((UINT64_C(1) << VALUE_BITS) - 1)
#define RUNS_MIN 8 /* shorter texts are looked up by title only */
#define LANES 8 /* runs whose values are made together, */
#define WIDE 4 /* or so many times so many */

_Static_assert(RUNS_MIN >= LANES, "the last runs are made together with some before them");

/* SplitMix64's finisher: every bit of a run decides every bit of its value. A macro: what it
 * takes is a number or LANES of them in one register. */
#define STEP(h) ((h) + UINT64_C(0x9E3779B97F4A7C15))
#define MIX1(h) (((h) ^ ((h) >> 30)) * UINT64_C(0xBF58476D1CE4E5B9))
#define MIX2(h) (((h) ^ ((h) >> 27)) * UINT64_C(0x94D049BB133111EB))
#define FINISH(h) ((h) ^ ((h) >> 31))

/* Another token onto each of LANES runs, which begin at neighbours. */
static void add_tokens(uint64_t h[LANES], const uint32_t *id)
{
#pragma GCC unroll 8
	for (int i = 0; i < LANES; i++) {
		uint64_t v = STEP(h[i] + id[i]);
		v = MIX1(v);
		v = MIX2(v);
		h[i] = FINISH(v);
	}
}

/* The values of LANES runs side by side: none waits for another's multiplications. */
static void run_values(const uint32_t *id, uint64_t out[LANES])
{
	uint64_t h[LANES] = {0};

	for (int i = 0; i < NEARDUP_RUN; i++)
		add_tokens(h, id + i);
	for (int i = 0; i < LANES; i++)
		out[i] = h[i] >> (64 - VALUE_BITS);
}

#if defined(__x86_64__)

typedef uint64_t lanes __attribute__((vector_size(LANES * sizeof(uint64_t))));
typedef uint32_t tokens __attribute__((vector_size(LANES * sizeof(uint32_t))));

#define HAS_WIDE() __builtin_cpu_supports("avx512dq")

/* The same WIDE times where a register holds all lanes: half of the time. */
__attribute__((target("avx512dq"))) static void run_values_wide(
	const uint32_t *id, uint64_t out[WIDE * LANES])
{
	lanes v[WIDE] = {{0}};

	for (int i = 0; i < NEARDUP_RUN; i++) {
#pragma GCC unroll 4
		for (int k = 0; k < WIDE; k++) {
			tokens t;
			memcpy(&t, id + k * LANES + i, sizeof t);
			v[k] = STEP(v[k] + __builtin_convertvector(t, lanes));
			v[k] = MIX1(v[k]);
			v[k] = MIX2(v[k]);
			v[k] = FINISH(v[k]);
		}
	}
	for (int k = 0; k < WIDE; k++)
		v[k] >>= 64 - VALUE_BITS;
	memcpy(out, v, sizeof v);
}

#else

#define HAS_WIDE() false

static void run_values_wide(const uint32_t *id, uint64_t out[WIDE * LANES])
{
	for (int k = 0; k < WIDE; k++)
		run_values(id + k * LANES, out + k * LANES);
}

#endif

/* --- the smallest of many --- */

#define KEPT 160 /* values gathered before the larger ones are dropped */
#define WANTED 90 /* values below the first guess of where the sketch ends */
#define BUCKETS 128

/* Values up to `limit`; the smallest NEARDUP_SKETCH_MAX of all are among them. */
struct kept {
	size_t count;
	uint64_t limit;
	uint64_t value[KEPT];
};

static size_t bucket_shift(uint64_t limit)
{
	size_t shift = 0;

	while (limit >> shift >= BUCKETS)
		shift++;
	return shift;
}

/* Into ascending order: hashes lie evenly in their range, so that after a look at their
 * highest bits few stand far from their place. */
static void sort_kept(struct kept *k)
{
	uint64_t in[KEPT];
	unsigned char begin[BUCKETS + 1] = {0};
	size_t shift = bucket_shift(k->limit);

	memcpy(in, k->value, k->count * sizeof *in);
	for (size_t i = 0; i < k->count; i++)
		begin[(in[i] >> shift) + 1]++;
	for (size_t b = 1; b < BUCKETS; b++)
		begin[b] = (unsigned char)(begin[b] + begin[b - 1]);
	for (size_t i = 0; i < k->count; i++)
		k->value[begin[in[i] >> shift]++] = in[i];
	for (size_t i = 1; i < k->count; i++) {
		uint64_t v = k->value[i];
		size_t at = i;
		for (; at > 0 && k->value[at - 1] > v; at--)
			k->value[at] = k->value[at - 1];
		k->value[at] = v;
	}
}

/* Each value once, ascending, and of these the smallest. */
static void condense(struct kept *k)
{
	size_t n = 0;

	sort_kept(k);
	for (size_t i = 0; i < k->count && n < NEARDUP_SKETCH_MAX; i++)
		if (n == 0 || k->value[i] != k->value[n - 1])
			k->value[n++] = k->value[i];
	k->count = n;
	if (n == NEARDUP_SKETCH_MAX)
		k->limit = k->value[n - 1];
}

static void keep(struct kept *k, const uint64_t *value, size_t n)
{
	uint64_t limit = k->limit;
	size_t count = k->count;

	for (size_t i = 0; i < n; i++) {
		k->value[count] = value[i];
		count += value[i] <= limit;
	}
	k->count = count;
	if (count > KEPT - LANES)
		condense(k);
}

static void gather(struct kept *k, const uint32_t *id, size_t runs, uint64_t limit)
{
	uint64_t v[WIDE * LANES];
	size_t i = 0, rest = runs % LANES;

	k->count = 0;
	k->limit = limit;
	for (; HAS_WIDE() && i + WIDE * LANES <= runs; i += WIDE * LANES) {
		run_values_wide(id + i, v);
		for (size_t n = 0; n < WIDE * LANES; n += LANES)
			keep(k, v + n, LANES);
	}
	for (; i + LANES <= runs; i += LANES) {
		run_values(id + i, v);
		keep(k, v, LANES);
	}
	if (rest) {
		run_values(id + runs - LANES, v);
		keep(k, v + LANES - rest, rest);
	}
	condense(k);
}

void neardup_sketch(const struct neardup_text *t, struct neardup_sketch *out)
{
	size_t runs = t->count >= NEARDUP_RUN ? t->count - NEARDUP_RUN + 1 : 0;
	uint64_t guess = runs > WANTED ? VALUE_MAX / runs * WANTED : VALUE_MAX;
	struct kept k;

	out->count = 0;
	if (runs < RUNS_MIN)
		return;
	gather(&k, t->id, runs, guess);
	if (k.count < NEARDUP_SKETCH_MAX && guess < VALUE_MAX)
		gather(&k, t->id, runs, VALUE_MAX); /* a text that repeats itself */
	memcpy(out->value, k.value, k.count * sizeof *k.value);
	out->count = k.count;
}

/* --- estimates --- */

/* Up to which value the sketch lists everything. */
static uint64_t horizon(const struct neardup_sketch *s)
{
	return s->count < NEARDUP_SKETCH_MAX ? UINT64_MAX : s->value[s->count - 1];
}

/* How many of the values are at most `limit`; halving without a jump that depends on one. */
static size_t below(const uint64_t *value, size_t n, uint64_t limit)
{
	size_t at = 0;

	for (size_t half; n > 1; n -= half) {
		half = n / 2;
		at += half & -(size_t)(value[at + half - 1] <= limit);
	}
	return at + (n && value[at] <= limit);
}

static bool holds(const struct neardup_sketch *s, uint64_t value)
{
	size_t n = below(s->value, s->count, value);

	return n && s->value[n - 1] == value;
}

void neardup_seen_make(struct neardup_seen *s, const struct neardup_sketch *of)
{
	memset(s, 0, sizeof *s);
	s->of = of;
	for (size_t i = 0; i < of->count; i++)
		s->bit[of->value[i] % NEARDUP_SEEN / 64] |= UINT64_C(1) << of->value[i] % 64;
}

/* Of another sketch, whose first n values reach up to where both list everything. Two sketches
 * share few, or the texts are compared anyway: only those whose lowest bits were seen are looked
 * for. */
static double share_of(
	const struct neardup_seen *s, const uint64_t *value, size_t n, uint64_t limit)
{
	uint64_t likely[NEARDUP_SKETCH_MAX + 1];
	size_t own = below(s->of->value, s->of->count, limit), least = own < n ? own : n;
	size_t count = 0, shared = 0;

	for (size_t i = 0; i < n; i++) {
		likely[count] = value[i];
		count += s->bit[value[i] % NEARDUP_SEEN / 64] >> value[i] % 64 & 1;
	}
	for (size_t i = 0; i < count; i++)
		shared += holds(s->of, likely[i]);
	return least ? (double)shared / (double)least : 0;
}

double neardup_sketch_contained(const struct neardup_sketch *x, const struct neardup_sketch *y)
{
	uint64_t hx = horizon(x), hy = horizon(y), limit = hx < hy ? hx : hy;
	struct neardup_seen s;

	neardup_seen_make(&s, x);
	return share_of(&s, y->value, below(y->value, y->count, limit), limit);
}

/* --- as bytes --- */

static void put_value(unsigned char *out, uint64_t value)
{
	out[0] = (unsigned char)value;
	out[1] = (unsigned char)(value >> 8);
	out[2] = (unsigned char)(value >> 16);
	out[3] = (unsigned char)(value >> 24);
	out[4] = (unsigned char)(value >> 32);
}

size_t neardup_sketch_write(const struct neardup_sketch *s, unsigned char out[NEARDUP_BYTES_MAX])
{
	for (size_t i = 0; i < s->count; i++)
		put_value(out + i * NEARDUP_VALUE_SIZE, s->value[i]);
	return s->count * NEARDUP_VALUE_SIZE;
}

static uint64_t value_at(const unsigned char *s)
{
	uint32_t low = s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;

	return low | (uint64_t)s[4] << 32;
}

/* The same where another value follows: one read of 8 bytes. */
static uint64_t inner_value_at(const unsigned char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof v);
	return le64toh(v) & VALUE_MAX;
}

bool neardup_sketch_read(const unsigned char *s, size_t n, struct neardup_sketch *out)
{
	size_t count = n / NEARDUP_VALUE_SIZE;
	bool ascending = true;

	out->count = 0;
	if (n % NEARDUP_VALUE_SIZE || n > NEARDUP_BYTES_MAX)
		return false;
	for (size_t i = 0; i + 1 < count; i++)
		out->value[i] = inner_value_at(s + i * NEARDUP_VALUE_SIZE);
	if (count)
		out->value[count - 1] = value_at(s + (count - 1) * NEARDUP_VALUE_SIZE);
	for (size_t i = 1; i < count; i++)
		ascending &= out->value[i - 1] < out->value[i];
	if (ascending)
		out->count = count;
	return ascending;
}

/* Values up to `limit` out of bytes, one more at the most; SIZE_MAX: they do not ascend. */
static size_t read_up_to(const unsigned char *stored, size_t count, uint64_t limit, uint64_t *out)
{
	bool ascending = true;
	uint64_t before = 0;
	size_t n = 0;

	for (; n + 1 < count && before <= limit; n++) {
		out[n] = inner_value_at(stored + n * NEARDUP_VALUE_SIZE);
		ascending &= n == 0 || before < out[n];
		before = out[n];
	}
	if (n < count && before <= limit) {
		out[n] = value_at(stored + n * NEARDUP_VALUE_SIZE);
		ascending &= n == 0 || before < out[n];
		n++;
	}
	return ascending ? n : SIZE_MAX;
}

bool neardup_seen_contained(
	const struct neardup_seen *s, const unsigned char *stored, size_t n, double *out)
{
	size_t count = n / NEARDUP_VALUE_SIZE, read;
	uint64_t limit = horizon(s->of), value[NEARDUP_SKETCH_MAX];

	*out = 0;
	if (n % NEARDUP_VALUE_SIZE || n > NEARDUP_BYTES_MAX)
		return false;
	read = read_up_to(stored, count, limit, value);
	if (read == SIZE_MAX)
		return false;
	if (read == NEARDUP_SKETCH_MAX && value[read - 1] < limit)
		limit = value[read - 1];
	*out = share_of(s, value, below(value, read, limit), limit);
	return true;
}
