/*
 * test_utf8_nfc.c - normalisation form C, judged by utf8proc's own (slower) one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/utf8.h"

static void check(struct buf *b, const char *s, size_t n)
{
	utf8proc_uint8_t *want = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &want,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	assert_true(len >= 0);
	buf_clear(b);
	assert_int_equal(utf8_add_nfc(b, s, n, NULL), ERR_OK);
	if (b->len != (size_t)len || memcmp(buf_str(b), want, b->len) != 0)
		fail_msg("\"%.*s\" became \"%s\", not \"%s\"", (int)n, s, buf_str(b), want);
	free(want);
}

static void examples(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {{"", ""}, {"plain", "plain"}, {"e\xCC\x81", "\xC3\xA9"},
		{"\xE5\x9B\x9E\xE5\xBA\x94\xE3\x80\x82", "\xE5\x9B\x9E\xE5\xBA\x94\xE3\x80\x82"},
		{"\xE2\x84\xAB", "\xC3\x85"}, {"\xEF\xA4\x80", "\xE8\xB1\x88"},
		{"\xE3\x81\x8B\xE3\x82\x99", "\xE3\x81\x8C"},
		{"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", "\xEA\xB0\x81"},
		{"\xEA\xB0\x80\xE1\x86\xA8", "\xEA\xB0\x81"},
		{"q\xCC\x87\xCC\xA3", "q\xCC\xA3\xCC\x87"},
		{"x\xCC\x81 \xCC\x81y", "x\xCC\x81 \xCC\x81y"}, {"\xEF\xBC\xA1", "\xEF\xBC\xA1"}};
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_clear(&b);
		assert_int_equal(
			utf8_add_nfc(&b, rows[i].from, strlen(rows[i].from), NULL), ERR_OK);
		assert_string_equal(buf_str(&b), rows[i].to);
	}
	buf_fini(&b);
}

static void bad_text_is_refused(void **state)
{
	struct err e = {ERR_OK, ""};
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	assert_int_equal(utf8_add_nfc(&b, "a\xFF", 2, &e), ERR_INPUT);
	assert_true(e.text[0] != '\0');
	assert_int_equal(b.len, 0);
	assert_int_equal(utf8_add_nfc(&b, "a\0e\xCC\x81", 5, &e), ERR_OK);
	assert_memory_equal(b.data, "a\0\xC3\xA9", 4);
	buf_fini(&b);
}

/* Every code point alone, behind a letter, behind a Han character, between two
 * marks; and decomposed, so that every composition is made. */
static void every_code_point_in_company(void **state)
{
	struct buf b;
	char s[64], c[4];

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		utf8proc_int32_t parts[16];
		size_t n, len = utf8_encode(cp, c);
		int unused = 0;
		if (cp >= 0x32000 && cp < 0xE0000)
			continue; /* Nothing is assigned here. */
		memcpy(s, "e\xE5\x9B\x9E", 4);
		memcpy(s + 4, c, len);
		memcpy(s + 4 + len, "\xCC\x87\xCC\xA3", 4);
		memcpy(s + 8 + len, c, len);
		n = 8 + 2 * len;
		check(&b, s, n);
		utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 16,
			UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &unused);
		n = 0;
		for (utf8proc_ssize_t i = 0; i < count && i < 12; i++)
			n += utf8_encode((uint32_t)parts[i], s + n);
		if (count > 1)
			check(&b, s, n);
	}
	buf_fini(&b);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void random_strings(void **state)
{
	static const uint32_t pool[] = {'a', 'e', 'o', 0x300, 0x301, 0x302, 0x308, 0x323, 0x327,
		0x338, 0x345, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x3042, 0x304B, 0x3099, 0x309A,
		0x4E00, 0x20000, 0x2126, 0x2260, 0x226, 0x1E69, 0x9C7, 0x9BE, 0x9D7, 0xF900, 0xFB1D,
		0x5D0, 0x5B0, 0x1D15E, 0x1D165, 0x110BA, 0x11099, 0xFE0F, 0x200D, 0x1F600, 0xFF76,
		0xFF9E};
	uint32_t seed = 7;
	struct buf b, again;
	char s[200];

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	buf_init(&again, BUF_MAX_DEFAULT);
	for (int round = 0; round < 100000; round++) {
		size_t n = 0;
		for (uint32_t left = next_random(&seed) % 24; left > 0; left--)
			n += utf8_encode(
				pool[next_random(&seed) % (sizeof pool / sizeof *pool)], s + n);
		check(&b, s, n);
		buf_clear(&again);
		utf8_add_nfc(&again, buf_str(&b), b.len, NULL);
		assert_string_equal(buf_str(&again), buf_str(&b));
	}
	buf_fini(&b);
	buf_fini(&again);
}

/* A million marks of two classes by turns: work in the square would take hours. */
static void a_storm_of_marks_takes_no_time(void **state)
{
	struct buf s, out;

	(void)state;
	buf_init(&s, BUF_MAX_DEFAULT);
	buf_init(&out, BUF_MAX_DEFAULT);
	buf_add_char(&s, 'q');
	for (int i = 0; i < 1000000; i++)
		buf_add_str(&s, i & 1 ? "\xCC\xA3" : "\xCC\x87");
	assert_int_equal(utf8_add_nfc(&out, buf_str(&s), s.len, NULL), ERR_OK);
	assert_int_equal(out.len, s.len);
	assert_memory_equal(out.data, "q\xCC\xA3\xCC\xA3", 5);
	assert_memory_equal(out.data + out.len - 4, "\xCC\x87\xCC\x87", 4);
	buf_fini(&s);
	buf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples),
		cmocka_unit_test(bad_text_is_refused),
		cmocka_unit_test(every_code_point_in_company),
		cmocka_unit_test(random_strings),
		cmocka_unit_test(a_storm_of_marks_takes_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
