/*
 * test_utf8.c - UTF-8: every code point, every bad form, repair, widths.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/plain.h"
#include "base/utf8.h"

#define FFFD "\xEF\xBF\xBD"

static bool is_scalar(uint32_t cp)
{
	return cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF);
}

static void every_code_point_there_and_back(void **state)
{
	char s[4];
	size_t len;

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		size_t n = utf8_encode(cp, s);
		uint32_t back = utf8_decode(s, n, &len);
		if (back != (is_scalar(cp) ? cp : UTF8_REPLACEMENT) || len != n ||
			!utf8_is_valid(s, n))
			fail_msg("U+%04X came back as U+%04X", cp, back);
		if (n > 1 && utf8_decode(s, n - 1, &len) != UTF8_BAD)
			fail_msg("U+%04X cut short was accepted", cp);
	}
	assert_int_equal(utf8_encode(0x110000, s), 3);
	assert_memory_equal(s, FFFD, 3);
}

/* Decoded by value and written again, a valid sequence gives the same bytes: so
 * every two- and three-byte input is judged against the encoder. */
static void every_short_sequence(void **state)
{
	char s[3], again[4];
	size_t len;

	(void)state;
	for (uint32_t v = 0x800000; v <= 0xFFFFFF; v++) {
		s[0] = (char)(v >> 16);
		s[1] = (char)(v >> 8);
		s[2] = (char)v;
		uint32_t cp = utf8_decode(s, 3, &len);
		if (len < 1 || len > 3)
			fail_msg("%06X: length %zu", v, len);
		if (cp == UTF8_BAD ? utf8_is_valid(s, len)
				   : utf8_encode(cp, again) != len || memcmp(s, again, len) != 0)
			fail_msg("%06X: U+%04X", v, cp);
	}
}

struct repair {
	const char *from, *to;
};

/* After Markus Kuhn's stress test; one U+FFFD for each maximal part as in the
 * Unicode standard, section 3.9, tables 3-8 to 3-11. */
static const struct repair repairs[] = {
	{"", ""},
	{"abc", "abc"},
	{"\xE5\x9B\x9E\xE5\xBA\x94", "\xE5\x9B\x9E\xE5\xBA\x94"},
	{"\xEF\xBB\xBFx", "\xEF\xBB\xBFx"},
	{"\x80", FFFD},
	{"\x80\xBF", FFFD FFFD},
	{"a\x9B"
	 "b",
		"a" FFFD "b"},
	{"\xC0\xAF", FFFD FFFD},
	{"\xE0\x80\xAF", FFFD FFFD FFFD},
	{"\xF0\x80\x80\xAF", FFFD FFFD FFFD FFFD},
	{"\xC1\xBF", FFFD FFFD},
	{"\xE0\x9F\xBF", FFFD FFFD FFFD},
	{"\xF0\x8F\xBF\xBF", FFFD FFFD FFFD FFFD},
	{"\xED\xA0\x80", FFFD FFFD FFFD},
	{"\xED\xAF\xBF\xED\xBF\xBF", FFFD FFFD FFFD FFFD FFFD FFFD},
	{"\xF4\x90\x80\x80", FFFD FFFD FFFD FFFD},
	{"\xF5\x80\x80\x80", FFFD FFFD FFFD FFFD},
	{"\xF8\x88\x80\x80\x80", FFFD FFFD FFFD FFFD FFFD},
	{"\xFE\xFF", FFFD FFFD},
	{"\xE4\xB8", FFFD},
	{"\xE4\xB8x", FFFD "x"},
	{"\xF0\x9F\x98", FFFD},
	{"\xF0\x9F\x98\xE4\xB8\xAD", FFFD "\xE4\xB8\xAD"},
	{"\xF1\x80\x80\xE1\x80\xC2"
	 "b",
		FFFD FFFD FFFD "b"},
	{"\xC2", FFFD},
	{"\xC4\xE3\xBA\xC3", FFFD FFFD FFFD}, /* GBK read as UTF-8 */
	{"1234567\xFF"
	 "9abcdefg\xFF",
		"1234567" FFFD "9abcdefg" FFFD},
};

static void repair_replaces_maximal_parts(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++) {
		size_t n = strlen(repairs[i].from);
		buf_clear(&b);
		utf8_add_repaired(&b, repairs[i].from, n);
		assert_string_equal(buf_str(&b), repairs[i].to);
		assert_int_equal(utf8_is_valid(repairs[i].from, n),
			strcmp(repairs[i].from, repairs[i].to) == 0);
	}
	buf_clear(&b);
	utf8_add_repaired(&b, "\0a\0\0", 4);
	assert_string_equal(buf_str(&b), FFFD "a" FFFD FFFD);
	assert_true(utf8_is_valid("\0", 1));
	buf_fini(&b);
}

/* Fixed seed: the same strings every time. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void random_bytes_are_repaired_for_good(void **state)
{
	uint32_t seed = 20261123;
	struct buf once, twice;
	char s[48];

	(void)state;
	buf_init(&once, BUF_MAX_DEFAULT);
	buf_init(&twice, BUF_MAX_DEFAULT);
	for (int round = 0; round < 100000; round++) {
		size_t n = next_random(&seed) % sizeof s;
		for (size_t i = 0; i < n; i++)
			s[i] = (char)(next_random(&seed) >> (round % 3 * 8) |
				      (round & 1 ? 0x80u : 0u));
		buf_clear(&once);
		buf_clear(&twice);
		utf8_add_repaired(&once, s, n);
		utf8_add_repaired(&twice, buf_str(&once), once.len);
		assert_true(utf8_is_valid(buf_str(&once), once.len));
		assert_null(once.len ? memchr(once.data, 0, once.len) : NULL);
		assert_int_equal(once.len, twice.len);
		assert_memory_equal(buf_str(&once), buf_str(&twice), once.len);
	}
	buf_fini(&once);
	buf_fini(&twice);
}

static void counting_and_cutting(void **state)
{
	const char *s = "a\xC3\xA9\xE5\x9B\x9E\xF0\x9F\x98\x80z"; /* offsets 0 1 3 6 10 11 */
	static const size_t floors[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
	static const size_t offsets[] = {0, 1, 3, 6, 10, 11, 11};
	size_t n = strlen(s);

	(void)state;
	assert_int_equal(utf8_count(s, n), 5);
	assert_int_equal(utf8_count("", 0), 0);
	for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
		assert_int_equal(utf8_offset(s, n, i), offsets[i]);
	for (size_t i = 0; i <= n; i++)
		assert_int_equal(utf8_floor(s, i), floors[i]);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(utf8_valid_prefix(s, i), floors[i]);
}

static void the_open_tail(void **state)
{
	static const struct {
		const char *s;
		size_t tail;
	} rows[] = {{"", 0}, {"a", 0}, {"a\xE4", 1}, {"a\xE4\xB8", 2}, {"a\xE4\xB8\xAD", 0},
		{"\xF0", 1}, {"\xF0\x9F", 2}, {"\xF0\x9F\x98", 3}, {"\xF0\x9F\x98\x80", 0},
		{"\xC3", 1}, {"\xC0", 0}, {"\xFF", 0}, {"\x80\x80\x80", 0}, {"\xE0\x80", 0},
		{"\xED\xA0", 0}, {"\xED\x9F", 2}, {"\xF4\x90", 0}, {"\xF4\x8F\xBF", 3},
		{"\xC3\xA9\x80", 0}, {"\xF5\x80\x80", 0}, {"\xE4\xB8\xAD\xE4", 1}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(utf8_open_tail(rows[i].s, strlen(rows[i].s)), rows[i].tail);
}

static void widths(void **state)
{
	static const struct {
		uint32_t cp;
		int width;
	} rows[] = {{'a', 1}, {' ', 1}, {0, -1}, {'\n', -1}, {0x7F, -1}, {0x85, -1}, {0x9F, -1},
		{0xA0, 1}, {0xAD, 0}, {0xB7, 1}, {0x301, 0}, {0x34F, 0}, {0x61C, 0}, {0x903, 1},
		{0x1100, 2}, {0x1160, 0}, {0x1161, 0}, {0x11A8, 0}, {0x115F, 0}, {0x200B, 0},
		{0x200D, 0}, {0x202E, 0}, {0x2014, 1}, {0x2018, 1}, {0x201C, 1}, {0x2026, 1},
		{0x2028, -1}, {0x2060, 0}, {0x20DD, 0}, {0x2122, 1}, {0x231A, 2}, {0x2460, 1},
		{0x25A0, 1}, {0x25CF, 1}, {0x2605, 1}, {0x2764, 1}, {0x3000, 2}, {0x3001, 2},
		{0x3042, 2}, {0x3099, 0}, {0x30FB, 2}, {0x3164, 0}, {0x3400, 2}, {0x4E00, 2},
		{0x9FFF, 2}, {0xA000, 2}, {0xAC00, 2}, {0xE000, 1}, {0xF900, 2}, {0xFE0F, 0},
		{0xFEFF, 0}, {0xFF01, 2}, {0xFF61, 1}, {0xFF76, 1}, {0xFFA0, 0}, {0xFFE5, 2},
		{0xFFFD, 1}, {0x1F1E8, 1}, {0x1F3FB, 2}, {0x1F600, 2}, {0x1F4A9, 2}, {0x1FAFF, 2},
		{0x20000, 2}, {0x2EBF0, 2}, {0x30000, 2}, {0x3FFFD, 2}, {0xE0001, 0}, {0xE0100, 0},
		{0xF0000, 1}, {0x10FFFD, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (utf8_cp_width(rows[i].cp) != rows[i].width)
			fail_msg("U+%04X: %d columns", rows[i].cp, utf8_cp_width(rows[i].cp));
	assert_int_equal(utf8_width("a\xE5\x9B\x9E\x1B\xCC\x81", 7), 3);
	assert_int_equal(utf8_width("\xFF", 1), 1);
}

static void hidden_characters(void **state)
{
	static const uint32_t hidden[] = {0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180E,
		0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
		0x2060, 0x2061, 0x2064, 0x2065, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x206F,
		0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF,
		0x1BCA0, 0x1D173, 0x1FFFE, 0xE0000, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF,
		0xE0FFF, 0x10FFFF};
	static const uint32_t shown[] = {'a', 0xA0, 0xB7, 0x301, 0x2014, 0x3000, 0x4E00, 0x9FFF,
		0xAC00, 0xE000, 0xFFFD, 0x1F600, 0x20000, 0x2EBF0};

	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (!utf8_is_hidden(hidden[i]))
			fail_msg("U+%04X is not hidden", hidden[i]);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		if (utf8_is_hidden(shown[i]))
			fail_msg("U+%04X is hidden", shown[i]);
}

static void han_and_space(void **state)
{
	static const uint32_t han[] = {
		0x3005, 0x3007, 0x3400, 0x4E00, 0x9FA6, 0x9FFF, 0xF900, 0x20000, 0x2A6DF, 0x30000};
	static const uint32_t not_han[] = {'a', 0x3001, 0x3002, 0x3042, 0x30FB, 0xAC00, 0xFF21};
	static const uint32_t space[] = {9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, 0x2000, 0x200A,
		0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
	size_t spaces = 0;

	(void)state;
	for (size_t i = 0; i < sizeof han / sizeof *han; i++)
		assert_true(utf8_is_han(han[i]));
	for (size_t i = 0; i < sizeof not_han / sizeof *not_han; i++)
		assert_false(utf8_is_han(not_han[i]));
	for (size_t i = 0; i < sizeof space / sizeof *space; i++)
		assert_true(utf8_is_space(space[i]));
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++)
		spaces += utf8_is_space(cp);
	assert_int_equal(spaces, 25); /* as many as White_Space has */
	assert_true(utf8_is_pictograph(0x1F600) && utf8_is_pictograph(0x2764));
	assert_false(utf8_is_pictograph('1') || utf8_is_pictograph(0x4E00));
}

static void check_json(const char *s, size_t n)
{
	struct json_writer w;
	struct buf b;

	buf_init(&b, 64);
	json_writer_init(&w, &b);
	json_add_strn(&w, s, n);
	assert_int_equal(b.len, n + 2);
	assert_memory_equal(buf_str(&b) + 1, s, n);
	buf_fini(&b);
}

/* What base/plain.h promises of every plain character, and which they are. */
static void plain_characters(void **state)
{
	struct buf b;
	char s[4];

	(void)state;
	buf_init(&b, 64);
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		size_t n = utf8_encode(cp, s);
		bool plain = plain_one(s, n, PLAIN_TEXT) > 0;
		bool want = (cp >= 0x20 && cp < 0x7F) || (cp >= 0x4000 && cp <= 0x9FFF) ||
			    (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x3001 && cp <= 0x3029) ||
			    (cp >= 0xFF00 && cp <= 0xFF7F);
		if (plain != want)
			fail_msg("U+%04X", cp);
		if (!plain)
			continue;
		buf_clear(&b);
		assert_int_equal(utf8_add_nfc(&b, s, n, NULL), ERR_OK);
		if (cp != '"' && cp != '\\')
			check_json(s, n);
		if (b.len != n || memcmp(buf_str(&b), s, n) != 0 ||
			(cp != ' ' && utf8_is_space(cp)))
			fail_msg("U+%04X", cp);
	}
	buf_fini(&b);
}

/* Mostly plain, in runs of any length; stops, bad bytes and other characters between. */
static size_t make_almost_plain(uint32_t *seed, char *out, size_t room)
{
	static const char *const parts[] = {"a", " ", "<", "\x7F", "\n", "\xE4\xB8\xAD",
		"\xE2\x80\x9C", "\xE2\x80\x8B", "\xE3\x80\x80", "\xE3\x80\x82", "\xEF\xBC\x8C",
		"\xEF\xBE\xA0", "\xC2\xB7", "\xF0\x9F\x99\x82", "\x80", "\xE4", "\xE4\xB8",
		"\xED\xA0\x80", "\xFF"};
	size_t n = 0, count = 1 + (*seed >> 8) % 200;
	uint32_t rarity = 1 + (*seed >> 16) % 60;

	for (size_t i = 0; i < count; i++) {
		*seed = *seed * 1664525u + 1013904223u;
		bool usual = (*seed >> 8) % rarity != 0;
		const char *part = usual ? parts[(*seed >> 16) % 2 * 5]
					 : parts[(*seed >> 16) % (sizeof parts / sizeof *parts)];
		size_t len = strlen(part);
		if (n + len > room)
			break;
		memcpy(out + n, part, len);
		n += len;
	}
	return n;
}

static void plain_runs_end_where_they_should(void **state)
{
	const struct plain_stops stops[] = {
		PLAIN_ANY, PLAIN_TEXT, PLAIN_WORDS, {0x21, '<', '&', ']'}, {0x20, 'a', 'a', 'a'}};
	uint32_t seed = 11;
	char made[1024];

	(void)state;
	for (int i = 0; i < 100000; i++) {
		size_t n = make_almost_plain(&seed, made, sizeof made), want = 0, len;
		struct plain_stops s = stops[(size_t)i % (sizeof stops / sizeof *stops)];
		char *exact = malloc(n ? n : 1); /* a sanitizer sees a byte too many */
		assert_non_null(exact);
		memcpy(exact, made, n);
		while ((len = plain_one(exact + want, n - want, s)) > 0)
			want += len;
		if (plain_run(exact, n, s) != want)
			fail_msg("round %d: %zu, not %zu", i, plain_run(exact, n, s), want);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_there_and_back),
		cmocka_unit_test(every_short_sequence),
		cmocka_unit_test(repair_replaces_maximal_parts),
		cmocka_unit_test(random_bytes_are_repaired_for_good),
		cmocka_unit_test(counting_and_cutting),
		cmocka_unit_test(the_open_tail),
		cmocka_unit_test(widths),
		cmocka_unit_test(hidden_characters),
		cmocka_unit_test(han_and_space),
		cmocka_unit_test(plain_characters),
		cmocka_unit_test(plain_runs_end_where_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
