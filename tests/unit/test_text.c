/*
 * test_text.c - safe text, columns, sentences, white space.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/utf8.h"

#define FFFD "\xEF\xBF\xBD"

static char *safe(const char *s, size_t n, enum text_lines lines)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	text_add_safe(&b, s, n, lines);
	return buf_detach(&b);
}

static void expect_safe(const char *s, const char *want)
{
	char *got = safe(s, strlen(s), TEXT_ONE_LINE);

	assert_string_equal(got, want);
	free(got);
}

static void controls_are_shown(void **state)
{
	char s[4], want[16];

	(void)state;
	for (int c = 0; c < 0x20; c++) {
		s[0] = (char)c;
		char *got = safe(s, 1, TEXT_ONE_LINE);
		snprintf(want, sizeof want, "^%c", c + 0x40);
		assert_string_equal(got, want);
		free(got);
		got = safe(s, 1, TEXT_KEEP_LINES);
		s[1] = '\0';
		assert_string_equal(got, c == '\n' || c == '\t' ? s : want);
		free(got);
	}
	expect_safe("\x7F", "^?");
	for (uint32_t c = 0x80; c < 0xA0; c++) {
		size_t n = utf8_encode(c, s);
		char *got = safe(s, n, TEXT_KEEP_LINES);
		snprintf(want, sizeof want, "<U+%04X>", (unsigned)c);
		assert_string_equal(got, want);
		free(got);
		s[0] = (char)c; /* the same as a single byte */
		got = safe(s, 1, TEXT_KEEP_LINES);
		assert_string_equal(got, FFFD);
		free(got);
	}
}

static void hidden_characters_are_shown(void **state)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {/* all 12 Bidi_Control */
		{0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
		/* zero width, joiners, invisible operators, byte order mark */
		{0x200B, 0x200D}, {0x2060, 0x2064}, {0xFEFF, 0xFEFF},
		/* soft hyphen, grapheme joiner, fillers, separators */
		{0xAD, 0xAD}, {0x34F, 0x34F}, {0x115F, 0x1160}, {0x3164, 0x3164}, {0xFFA0, 0xFFA0},
		{0x2028, 0x2029}, {0x206A, 0x206F}, {0xFFF9, 0xFFFB}, {0x17B4, 0x17B5},
		{0x180B, 0x180F},
		/* tags, variation selectors, noncharacters */
		{0xE0000, 0xE007F}, {0xE0100, 0xE01EF}, {0xFE00, 0xFE0F}, {0xFFFE, 0xFFFF},
		{0xFDD0, 0xFDEF}, {0x10FFFE, 0x10FFFF}};

	(void)state;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		for (uint32_t cp = ranges[i].from; cp <= ranges[i].to; cp++) {
			char s[8] = "a", want[16];
			size_t n = utf8_encode(cp, s + 1) + 1;
			char *got = safe(s, n, TEXT_KEEP_LINES);
			snprintf(want, sizeof want, "a<U+%04X>", (unsigned)cp);
			assert_string_equal(got, want);
			free(got);
		}
}

static void examples(void **state)
{
	(void)state;
	expect_safe("", "");
	expect_safe("\xE5\x9B\x9E\xE5\xBA\x94 ok", "\xE5\x9B\x9E\xE5\xBA\x94 ok");
	expect_safe("\x1B]8;;http://x\x07go\x1B\\", "^[]8;;http://x^Ggo^[\\");
	expect_safe("\x1B]52;c;aGk=\x1B\\", "^[]52;c;aGk=^[\\");
	expect_safe("\xC2\x9B"
		    "31m",
		"<U+009B>31m");
	expect_safe("\x9B"
		    "31m",
		FFFD "31m");
	expect_safe("ok\rno", "ok^Mno");
	expect_safe("<U+202E>", "<U+202E>");
	expect_safe("\xF0\x9F\x87\xA8\xF0\x9F\x87\xB3", "\xF0\x9F\x87\xA8\xF0\x9F\x87\xB3");
	/* newer Han than the tables, and a picture */
	expect_safe("\xF0\xAE\xAF\xB0\xF0\x9F\xAB\xA9", "\xF0\xAE\xAF\xB0\xF0\x9F\xAB\xA9");
}

/* U+FE0F only chooses the picture; anywhere else it may carry hidden bits. */
static void variation_selectors(void **state)
{
	(void)state;
	expect_safe("\xE2\x9D\xA4\xEF\xB8\x8F.", "\xE2\x9D\xA4.");
	expect_safe("\xE2\x9D\xA4\xEF\xB8\x8E", "\xE2\x9D\xA4");
	expect_safe("1\xEF\xB8\x8F\xE2\x83\xA3", "1\xE2\x83\xA3");
	expect_safe("\xE2\x9D\xA4\xEF\xB8\x8F\xEF\xB8\x8F", "\xE2\x9D\xA4<U+FE0F>");
	expect_safe("\xE2\x9D\xA4\xEF\xB8\x80", "\xE2\x9D\xA4<U+FE00>");
	expect_safe("a\xEF\xB8\x8F", "a<U+FE0F>");
	expect_safe("\xEF\xB8\x8F", "<U+FE0F>");
	expect_safe("\xE2\x9D\xA4\n\xEF\xB8\x8F", "\xE2\x9D\xA4^J<U+FE0F>");
	expect_safe("\xE8\x91\x9B\xF3\xA0\x84\x80", "\xE8\x91\x9B<U+E0100>");
}

static void storms_of_marks_are_broken(void **state)
{
#define ACUTE "\xCC\x81"
#define SHOWN "<U+0301>"
	(void)state;
	expect_safe("e" ACUTE ACUTE ACUTE ACUTE, "e" ACUTE ACUTE ACUTE ACUTE);
	expect_safe("e" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE "f" ACUTE,
		"e" ACUTE ACUTE ACUTE ACUTE SHOWN SHOWN "f" ACUTE);
	expect_safe(ACUTE ACUTE ACUTE ACUTE ACUTE, ACUTE ACUTE ACUTE ACUTE SHOWN);
#undef ACUTE
#undef SHOWN
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Random bytes, or random characters of every kind. */
static size_t random_text(uint32_t *seed, char *s, size_t room)
{
	static const uint32_t base[] = {0, 0x20, 0x60, 0xA0, 0x300, 0x590, 0x1100, 0x11A0, 0x2000,
		0x2060, 0x3000, 0x4E00, 0xA000, 0xFE00, 0xFF00, 0xFFC0, 0x1F300, 0x1F600, 0x20000,
		0xE0000, 0xE0100};
	size_t n = 0, want = next_random(seed) % (room - 4);
	bool bytes = next_random(seed) & 1;

	while (n < want) {
		uint32_t r = next_random(seed);
		if (bytes)
			s[n++] = (char)(r >> 8);
		else
			n += utf8_encode(
				base[r % (sizeof base / sizeof *base)] + (r >> 8) % 96, s + n);
	}
	return n;
}

/* None of what the marks are for is left. */
static bool is_harmless(const char *s, size_t n, bool lines)
{
	size_t len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		if (lines && (cp == '\n' || cp == '\t'))
			continue;
		if (cp == UTF8_BAD || utf8_cp_width(cp) < 0 || utf8_is_hidden(cp))
			return false;
	}
	return true;
}

static void random_text_is_safe_stable_and_streamable(void **state)
{
	uint32_t seed = 4711;
	struct buf once, twice, pieces;
	char s[80];

	(void)state;
	buf_init(&once, BUF_MAX_DEFAULT);
	buf_init(&twice, BUF_MAX_DEFAULT);
	buf_init(&pieces, BUF_MAX_DEFAULT);
	for (int round = 0; round < 100000; round++) {
		enum text_lines lines = round & 1 ? TEXT_KEEP_LINES : TEXT_ONE_LINE;
		size_t n = random_text(&seed, s, sizeof s);
		struct text_safe carried = {0, false};
		buf_clear(&once);
		buf_clear(&twice);
		buf_clear(&pieces);
		text_add_safe(&once, s, n, lines);
		text_add_safe(&twice, buf_str(&once), once.len, lines);
		assert_true(is_harmless(buf_str(&once), once.len, round & 1));
		assert_true(once.len <= 10 * n);
		assert_string_equal(buf_str(&once), buf_str(&twice));
		size_t at = n ? next_random(&seed) % (n + 1) : 0;
		at -= utf8_open_tail(s, at);
		text_add_safe_block(&pieces, &carried, s, at, lines);
		text_add_safe_block(&pieces, &carried, s + at, n - at, lines);
		assert_string_equal(buf_str(&once), buf_str(&pieces));
	}
	buf_fini(&once);
	buf_fini(&twice);
	buf_fini(&pieces);
}

static void expect_column(const char *s, size_t columns, const char *want)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	buf_add_str(&b, "|");
	text_add_column(&b, s, strlen(s), columns);
	assert_string_equal(buf_str(&b) + 1, want);
	buf_fini(&b);
}

static void columns_cut_and_pad(void **state)
{
	(void)state;
	expect_column("", 3, "   ");
	expect_column("ab", 0, "");
	expect_column("ab", 2, "ab");
	expect_column("ab", 4, "ab  ");
	expect_column("abcd", 3, "ab\xE2\x80\xA6");
	expect_column("abcd", 1, "\xE2\x80\xA6");
	expect_column("\xE5\x9B\x9E\xE5\xBA\x94", 4, "\xE5\x9B\x9E\xE5\xBA\x94");
	expect_column("\xE5\x9B\x9E\xE5\xBA\x94", 3, "\xE5\x9B\x9E\xE2\x80\xA6");
	expect_column("\xE5\x9B\x9E\xE5\xBA\x94\xE5\xBA\x94", 4, "\xE5\x9B\x9E\xE2\x80\xA6 ");
	expect_column("a\nb", 4, "a^Jb");
	expect_column("\xE2\x80\xAE"
		      "ab",
		5, "\xE2\x80\xA6    ");
	expect_column("\xE2\x80\xAE"
		      "ab",
		10, "<U+202E>ab");
	expect_column("ab\xCC\x81", 2, "ab\xCC\x81");
	expect_column("ab\xCC\x81"
		      "c",
		2, "a\xE2\x80\xA6");
}

static void random_columns_are_aligned(void **state)
{
	uint32_t seed = 99;
	struct buf once, twice;
	char s[80];

	(void)state;
	buf_init(&once, BUF_MAX_DEFAULT);
	buf_init(&twice, BUF_MAX_DEFAULT);
	for (int round = 0; round < 100000; round++) {
		size_t n = random_text(&seed, s, sizeof s), columns = next_random(&seed) % 40;
		buf_clear(&once);
		buf_clear(&twice);
		text_add_column(&once, s, n, columns);
		text_add_column(&twice, buf_str(&once), once.len, columns);
		assert_int_equal(utf8_width(buf_str(&once), once.len), columns);
		assert_true(is_harmless(buf_str(&once), once.len, false));
		assert_string_equal(buf_str(&once), buf_str(&twice));
	}
	buf_fini(&once);
	buf_fini(&twice);
}

/* --- sentences and white space ---------------------------------------------- */

static void expect_sentences(const char *s, const char *want)
{
	struct str sentence;
	struct buf b;
	size_t pos = 0;

	buf_init(&b, BUF_MAX_DEFAULT);
	while (text_next_sentence(str_of(s), &pos, &sentence)) {
		buf_add_char(&b, '[');
		buf_add(&b, sentence.p, sentence.n);
		buf_add_char(&b, ']');
	}
	assert_string_equal(buf_str(&b), want);
	buf_fini(&b);
}

static void sentences(void **state)
{
	(void)state;
	expect_sentences("", "");
	expect_sentences(" \n\n ", "");
	expect_sentences("……！？", "");
	expect_sentences("一。二", "[一。][二]");
	expect_sentences("一！二？三；四…五｡六．七", "[一！][二？][三；][四…][五｡][六．][七]");
	expect_sentences("a! b? c; d", "[a!][b?][c;][d]");
	expect_sentences("一\n 二 \r\n\n三", "[一][二][三]");
	expect_sentences("　　一。　二", "[一。][二]");
	expect_sentences("等等……真的？！好", "[等等……][真的？！][好]");
	expect_sentences("他说：“办完。”走了", "[他说：“办完。”][走了]");
	expect_sentences("“一。”", "[“一。”]");
	expect_sentences("办结.已公开", "[办结.][已公开]");
	expect_sentences("3.5万元 a.b 见.x", "[3.5万元 a.b 见.x]");
	expect_sentences("一，二、三：四", "[一，二、三：四]");
	expect_sentences("一。\n”二", "[一。][”二]");
}

static void every_sentence_lies_in_the_text(void **state)
{
	uint32_t seed = 5;
	char s[80];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct str text = {s, random_text(&seed, s, sizeof s)}, sentence;
		size_t pos = 0, last = 0;
		while (text_next_sentence(text, &pos, &sentence)) {
			assert_true(sentence.n > 0 && sentence.p >= s + last);
			last = (size_t)(sentence.p - s) + sentence.n;
			assert_true(last <= pos && pos <= text.n);
		}
		assert_int_equal(pos, text.n);
	}
}

static void expect_collapsed(const char *s, bool keep_breaks, const char *want)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	buf_add_str(&b, "|");
	text_add_collapsed(&b, s, strlen(s), keep_breaks);
	assert_string_equal(buf_str(&b) + 1, want);
	buf_fini(&b);
}

static void white_space(void **state)
{
	(void)state;
	expect_collapsed("", true, "");
	expect_collapsed(" \n\t ", true, "");
	expect_collapsed("  a \t b\xE3\x80\x80\xC2\xA0"
			 "c  ",
		false, "a b c");
	expect_collapsed("a \n\n b\r\nc", false, "a b c");
	expect_collapsed("\n a \n\n b\r\nc d\n", true, "a\nb\nc d");
	expect_collapsed("a\xFF b", true, "a\xFF b");
}

/* As many characters as go in, wherever the buffer ends. */
static void white_space_in_a_full_buffer(void **state)
{
	static const char text[] = " 一二  abc，路灯\n没有人修 x ",
			  want[] = "一二 abc，路灯 没有人修 x";
	struct buf b;

	(void)state;
	for (size_t max = 0; max <= sizeof want; max++) {
		buf_init(&b, max);
		text_add_collapsed(&b, text, sizeof text - 1, false);
		size_t fits = utf8_floor(want, max < sizeof want - 1 ? max : sizeof want - 1);
		assert_int_equal(b.len, fits);
		assert_memory_equal(buf_str(&b), want, fits);
		assert_int_equal(b.fault, max < sizeof want - 1 ? ERR_LIMIT : ERR_OK);
		buf_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(controls_are_shown),
		cmocka_unit_test(hidden_characters_are_shown),
		cmocka_unit_test(examples),
		cmocka_unit_test(variation_selectors),
		cmocka_unit_test(storms_of_marks_are_broken),
		cmocka_unit_test(random_text_is_safe_stable_and_streamable),
		cmocka_unit_test(columns_cut_and_pad),
		cmocka_unit_test(random_columns_are_aligned),
		cmocka_unit_test(sentences),
		cmocka_unit_test(every_sentence_lies_in_the_text),
		cmocka_unit_test(white_space),
		cmocka_unit_test(white_space_in_a_full_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
