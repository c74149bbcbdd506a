/*
 * test_literals.c - random words in random texts: the pass against a search word by word.
 * Texts are longer than the blocks that the pass takes, words stand across their ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/literals.h"
#include "matcher/normalise.h"

#define SETS 300
#define TEXTS 10 /* of a set */
#define WORDS_MAX 60
#define LENGTH_MAX 9
#define TEXT_MAX 800
#define FIELDS LITERALS_FIELDS

/* One lies outside the first 65,536, with the same lower 16 bits as another. */
static const uint32_t letters[] = {0x6B20, 0x85AA, 0x4E01, 0x4E00, 0x24E00, 'a', '1', '-'};

struct word {
	uint32_t cp[LENGTH_MAX], id;
	size_t n;
	unsigned fields; /* in which it is asked for */
	bool longer;
};

struct set {
	struct word word[WORDS_MAX];
	size_t count;
	struct literals *literals;
};

struct text {
	uint32_t cp[TEXT_MAX];
	size_t n;
};

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Of the first `kinds` letters: few make many hits. */
static void random_letters(uint32_t *cp, size_t n, uint32_t kinds, uint64_t *seed)
{
	for (size_t i = 0; i < n; i++)
		cp[i] = letters[next_random(seed) % kinds];
}

/* In all fields, in any, or in the first alone: so fields have the same words, others and none. */
static unsigned random_fields(uint32_t kind, uint64_t *seed)
{
	if (kind == 0)
		return (1u << FIELDS) - 1;
	return kind == 1 ? next_random(seed) % (1u << FIELDS) : 1;
}

static void random_set(struct set *s, uint32_t kinds, uint64_t *seed)
{
	uint32_t fields = next_random(seed) % 3;

	s->count = 1 + next_random(seed) % WORDS_MAX;
	s->literals = literals_new();
	assert_non_null(s->literals);
	for (size_t i = 0; i < s->count; i++) {
		struct word *w = &s->word[i];
		w->n = 1 + next_random(seed) % LENGTH_MAX;
		w->longer = next_random(seed) % 4 == 0;
		random_letters(w->cp, w->n, kinds, seed);
		assert_int_equal(
			literals_add(s->literals, w->cp, w->n,
				w->longer ? LITERALS_LONGER : LITERALS_WHOLE, &w->id, NULL),
			ERR_OK);
		w->fields = random_fields(fields, seed);
		literals_ask(s->literals, w->id, w->fields);
	}
	assert_int_equal(literals_build(s->literals, NULL), ERR_OK);
}

static bool stands_at(const struct word *w, const struct text *t, size_t i)
{
	size_t end = i + w->n;

	if (end > t->n || memcmp(t->cp + i, w->cp, w->n * sizeof *w->cp) != 0)
		return false;
	if (i > 0 && normalise_is_word(w->cp[0]) && normalise_is_word(t->cp[i - 1]))
		return false;
	return w->longer || end == t->n || !normalise_is_word(w->cp[w->n - 1]) ||
	       !normalise_is_word(t->cp[end]);
}

/* What is added twice is one word. */
static unsigned fields_of(const struct set *s, uint32_t id)
{
	unsigned fields = 0;

	for (size_t i = 0; i < s->count; i++)
		fields |= s->word[i].id == id ? s->word[i].fields : 0;
	return fields;
}

/* The places of a word are where the slow search finds it, field by field, in order; in fields
 * in which it is not asked for there are none. */
static void check_word(const struct set *s, const struct word *w, const struct text *t,
	const struct literals_hits *h)
{
	unsigned fields = 0, asked = fields_of(s, w->id);
	uint32_t p = h->fields[w->id] ? h->word[w->id].first : 0;

	for (unsigned f = 0; f < FIELDS; f++)
		for (size_t i = 0; i < t[f].n; i++) {
			if (!(asked >> f & 1) || !stands_at(w, &t[f], i))
				continue;
			fields |= 1u << f;
			assert_true(p > 0);
			assert_int_equal(h->place[p - 1].at, i);
			assert_int_equal(h->place[p - 1].field, f);
			assert_int_equal(h->place[p - 1].length, w->n);
			p = h->place[p - 1].next;
		}
	assert_int_equal(p, 0);
	assert_int_equal(h->fields[w->id], fields);
}

static void check_text(const struct set *s, struct literals_hits *h, uint32_t kinds, uint64_t *seed)
{
	struct text t[FIELDS];

	literals_hits_clear(h);
	for (unsigned f = 0; f < FIELDS; f++) {
		t[f].n = next_random(seed) % (next_random(seed) % 2 ? TEXT_MAX : 20);
		random_letters(t[f].cp, t[f].n, kinds, seed);
		assert_int_equal(
			literals_find(s->literals, t[f].cp, t[f].n, (unsigned char)f, h, NULL),
			ERR_OK);
	}
	for (size_t i = 0; i < s->count; i++)
		check_word(s, &s->word[i], t, h);
}

static void test_random(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < SETS; i++) {
		uint32_t kinds = 1 + next_random(&seed) % (sizeof letters / sizeof *letters);
		struct literals_hits h;
		struct set s;
		random_set(&s, kinds, &seed);
		assert_int_equal(literals_hits_init(&h, s.literals, NULL), ERR_OK);
		for (int k = 0; k < TEXTS; k++)
			check_text(&s, &h, kinds, &seed);
		literals_hits_fini(&h);
		literals_free(s.literals);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
