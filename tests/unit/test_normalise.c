/*
 * test_normalise.c - shadows against utf8proc itself, and the way back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "matcher/normalise.h"
#include "matcher/t2s.h"

struct fixture {
	struct normalise_table *table;
	struct arena *arena;
};

static int set_up(void **state)
{
	struct fixture *f = malloc(sizeof *f);

	f->table = normalise_table_new();
	f->arena = arena_new(ARENA_MAX_DEFAULT);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	normalise_table_free(f->table);
	arena_free(f->arena);
	free(f);
	return 0;
}

static struct shadow shadow_of(struct fixture *f, const char *s, size_t n)
{
	struct shadow out;

	arena_reset(f->arena);
	assert_int_equal(normalise_text(f->table, s, n, f->arena, &out, NULL), ERR_OK);
	return out;
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* A code point with a liking for the troublesome ones. */
static uint32_t random_cp(uint64_t *seed)
{
	static const uint32_t odd[] = {0x200B, 0xAD, 0xFE0F, 0x301, 0x308, 0x345, 0x3099, 0xFF9E,
		0x1100, 0x1161, 0x11A8, 0xFDFA, 0x2026, 0x130, 0xDF, 0x1E9E, 0xF900, 0x9F8D, 0x3000,
		0x9BE, 0x9C7, 0x338, 0x226E, 0x1D15E, 0x2F81A, 0xE0041, 0xFFA1, 0xFFC2, 'e', 'A'};
	uint32_t cp;

	switch (next_random(seed) % 4) {
	case 0:
		return odd[next_random(seed) % (sizeof odd / sizeof *odd)];
	case 1:
		return 0x4E00 + next_random(seed) % 0x5000;
	case 2:
		return next_random(seed) % 0x3000;
	default:
		do
			cp = next_random(seed) % 0x110000;
		while (cp >= 0xD800 && cp <= 0xDFFF);
		return cp;
	}
}

/* What the header promises: utf8proc's map, then t2s. */
static void compare(struct fixture *f, const char *s, size_t n)
{
	struct shadow got = shadow_of(f, s, n);
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t size =
		utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &mapped,
			UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
				UTF8PROC_IGNORE);
	struct buf want;

	assert_true(size >= 0);
	buf_init(&want, 1 << 20);
	for (size_t i = 0, len; i < (size_t)size; i += len)
		utf8_add(&want,
			t2s_char(utf8_decode((const char *)mapped + i, (size_t)size - i, &len)));
	if (got.size != want.len || memcmp(got.bytes, buf_str(&want), got.size) != 0)
		fail_msg("“%.*s”: got “%.*s”, want “%s”", (int)n, s, (int)got.size, got.bytes,
			buf_str(&want));
	free(mapped);
	buf_fini(&want);
}

static void test_every_code_point(void **state)
{
	char s[4];

	for (uint32_t cp = 1; cp < 0x110000; cp++)
		if (cp < 0xD800 || cp > 0xDFFF)
			compare(*state, s, utf8_encode(cp, s));
}

static void test_random_texts(void **state)
{
	uint64_t seed = 20261123;

	for (int round = 0; round < 20000; round++) {
		char s[4 * 16];
		size_t n = 0;
		for (uint32_t k = 1 + next_random(&seed) % 16; k > 0; k--)
			n += utf8_encode(random_cp(&seed), s + n);
		compare(*state, s, n);
	}
}

/* Spans cover the original without going back or beyond it. */
static void test_way_back(void **state)
{
	uint64_t seed = 7;

	for (int round = 0; round < 5000; round++) {
		char s[4 * 16];
		size_t n = 0;
		uint32_t total = 1 + next_random(&seed) % 16, last = 0;
		struct shadow got;
		for (uint32_t k = 0; k < total; k++)
			n += utf8_encode(random_cp(&seed), s + n);
		got = shadow_of(*state, s, n);
		for (size_t i = 0; i < got.count; i++) {
			assert_true(got.start[i] < got.end[i] && got.end[i] <= total);
			assert_true(got.start[i] >= last);
			last = got.start[i];
			assert_int_equal(normalise_index_of_byte(&got, got.byte[i]), i);
		}
		for (size_t i = 0; i < got.b_count; i++)
			assert_int_equal(normalise_b_of_a(&got, got.b_index[i]), i);
	}
}

/* A text whose characters become one each for long stretches, with others among them. */
static size_t mixed_text(uint64_t *seed, char *s, uint32_t count)
{
	static const uint32_t usual[] = {0x6B20, 0x85AA, 0x5DE5, 0x8CC7, 0xFF0C, 0x3002, 'a', '7',
		'\n', 0xFF21, '/', '*', 0xB7, 0xFF0F, 0x2026, '.', 0x20000, 0x1F600};
	size_t n = 0;

	for (uint32_t k = 0; k < count; k++) {
		uint32_t cp = next_random(seed) % 12
				      ? usual[next_random(seed) % (sizeof usual / sizeof *usual)]
				      : random_cp(seed);
		if (next_random(seed) % 50 == 0)
			s[n++] = (char)(0x80 + next_random(seed) % 0x80); /* no character */
		else
			n += utf8_encode(cp, s + n);
	}
	return n;
}

static void same_array(const uint32_t *a, const uint32_t *b, size_t n)
{
	assert_memory_equal(a, b, n * sizeof *a);
}

static void same_shadow(const struct shadow *a, const struct shadow *b)
{
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->b_count, b->b_count);
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->bytes, b->bytes, a->size);
	same_array(a->cp, b->cp, a->count);
	same_array(a->start, b->start, a->count);
	same_array(a->end, b->end, a->count);
	same_array(a->byte, b->byte, a->count + 1);
	same_array(a->b_cp, b->b_cp, a->b_count);
	same_array(a->b_index, b->b_index, a->b_count + 1);
	same_array(a->sentence, b->sentence, a->b_count);
}

/* Long stretches at a time against one character at a time. */
static void test_stretches(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 99;

	for (int round = 0; round < 10000; round++) {
		char s[4 * 200];
		size_t n = mixed_text(&seed, s, next_random(&seed) % 200);
		struct shadow a = shadow_of(f, s, n), b;
		assert_int_equal(normalise_text(NULL, s, n, f->arena, &b, NULL), ERR_OK);
		same_shadow(&a, &b);
	}
}

static void same_spans(const struct shadow *kept, const struct shadow *all)
{
	uint32_t from, to;

	for (size_t i = 0; i < all->count; i++) {
		normalise_span_a(kept, i, i + 1, &from, &to);
		assert_true(from == all->start[i] && to == all->end[i]);
		assert_int_equal(normalise_b_of_a(kept, i), normalise_b_of_a(all, i));
	}
	for (size_t i = 0; i < all->b_count; i++) {
		normalise_span_b(kept, i, all->b_count, &from, &to);
		assert_int_equal(from, all->start[all->b_index[i]]);
		assert_int_equal(to, all->end[all->b_index[all->b_count - 1]]);
	}
}

/* What is made when asked for, in memory that goes from text to text, is what
 * normalise_text() makes. */
static void test_kept_memory(void **state)
{
	struct fixture *f = *state;
	struct shadow kept;
	uint64_t seed = 5;

	normalise_shadow_init(&kept);
	for (int round = 0; round < 5000; round++) {
		char s[4 * 200];
		size_t n = mixed_text(&seed, s, next_random(&seed) % 200);
		struct shadow all = shadow_of(f, s, n);
		assert_int_equal(normalise_read(f->table, s, n, &kept, NULL), ERR_OK);
		assert_null(kept.bytes);
		assert_int_equal(kept.count, all.count);
		same_array(kept.cp, all.cp, all.count);
		assert_int_equal(kept.b_count, all.b_count);
		same_array(kept.b_cp, all.b_cp, all.b_count);
		assert_true(normalise_make_bytes(&kept) && normalise_make_sentences(&kept));
		assert_int_equal(kept.size, all.size);
		assert_memory_equal(kept.bytes, all.bytes, all.size);
		same_array(kept.sentence, all.sentence, all.b_count);
		assert_true(normalise_make_offsets(&kept));
		same_array(kept.byte, all.byte, all.count + 1);
		same_spans(&kept, &all);
	}
	assert_int_equal(
		normalise_read(f->table, "", NORMALISE_INPUT_MAX + 1, &kept, NULL), ERR_LIMIT);
	assert_int_equal(kept.count, 0);
	normalise_shadow_fini(&kept);
}

static void check_b(struct fixture *f, const char *s, const char *want)
{
	struct shadow got = shadow_of(f, s, strlen(s));
	struct buf b;

	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < got.b_count; i++)
		utf8_add(&b, got.b_cp[i]);
	assert_string_equal(buf_str(&b), want);
	buf_fini(&b);
}

static void test_shadow_b(void **state)
{
	check_b(*state, "欠·薪 欠••薪 a·b 一/二_三*四・五･六", "欠薪 欠••薪 a·b 一二三四五六");
	check_b(*state, "·欠薪·", "·欠薪·");
	check_b(*state, "欠\u200b·\u200b薪", "欠薪");
	check_b(*state, "", "");
}

static void test_span_of_joined(void **state)
{
	struct shadow s = shadow_of(*state, "x欠·\u200b薪y", strlen("x欠·\u200b薪y"));
	uint32_t from, to;

	normalise_span_b(&s, 1, 3, &from, &to);
	assert_int_equal(from, 1);
	assert_int_equal(to, 5);
	s = shadow_of(*state, "e\u0301㎞", strlen("e\u0301㎞"));
	assert_int_equal(s.count, 3);
	normalise_span_a(&s, 0, 1, &from, &to);
	assert_int_equal(to, 2);
	normalise_span_a(&s, 2, 3, &from, &to);
	assert_int_equal(from, 2);
	assert_int_equal(to, 3);
}

static void test_sentences(void **state)
{
	const char *text = "一。二！三?四；五\n六…七．八.九 1.5 a.b";
	const uint32_t want[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9, 9, 10, 10, 10,
		10, 10, 10, 10, 10, 10};
	struct shadow s = shadow_of(*state, text, strlen(text));

	/* The ellipsis is three full stops in the shadow, each ends a sentence. */
	assert_int_equal(s.b_count, 27);
	for (size_t i = 0; i < s.b_count; i++)
		assert_int_equal(s.sentence[i], want[i]);
}

/* A storm of combining marks costs time in proportion to its length. */
static void test_storm(void **state)
{
	struct buf b;
	struct shadow s;

	buf_init(&b, (size_t)16 << 20);
	buf_add_char(&b, 'e');
	for (int i = 0; i < 1000000; i++)
		buf_add_str(&b, i % 2 ? "\u0301" : "\u0323");
	s = shadow_of(*state, buf_str(&b), b.len);
	assert_true(s.count > 900000);
	buf_fini(&b);
}

static void test_invalid(void **state)
{
	struct shadow s = shadow_of(*state, "欠\xff\xe6薪", strlen("欠\xff\xe6薪"));

	assert_true(s.count == 4);
	assert_int_equal(s.cp[1], 0xFFFD);
}

/* Without a table the same comes out. */
static void test_without_table(void **state)
{
	struct fixture *f = *state;
	const char *text = "拖欠·工資 Ａｂｃ e\u0301 …";
	struct shadow a = shadow_of(f, text, strlen(text)), b;

	assert_int_equal(normalise_text(NULL, text, strlen(text), f->arena, &b, NULL), ERR_OK);
	assert_int_equal(a.size, b.size);
	assert_memory_equal(a.bytes, b.bytes, a.size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_point),
		cmocka_unit_test(test_random_texts),
		cmocka_unit_test(test_way_back),
		cmocka_unit_test(test_stretches),
		cmocka_unit_test(test_kept_memory),
		cmocka_unit_test(test_shadow_b),
		cmocka_unit_test(test_span_of_joined),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_storm),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_without_table),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
