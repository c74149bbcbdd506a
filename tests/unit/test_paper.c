/* Lines of a page of paper: columns, not bytes; what must not stand at either end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "cli/paper.h"

static void begin(struct buf *b)
{
	buf_init(b, 1 << 20);
}

static void assert_lines_fit(const struct buf *b)
{
	const char *s = buf_str(b);

	while (*s) {
		size_t n = strcspn(s, "\n");
		assert_true(utf8_width(s, n) <= PAPER_WIDTH);
		assert_true(n == 0 || s[n - 1] != ' ');
		s += n + (s[n] == '\n');
	}
}

static void test_field(void **state)
{
	struct buf b;

	(void)state;
	begin(&b);
	paper_field(&b, "标题", "某事");
	paper_field(&b, "none", NULL);
	paper_field(&b, "none", "");
	paper_field(&b, "a label that is too long", "x");
	assert_string_equal(buf_str(&b), "标题          某事\na label that is too long x\n");
	buf_fini(&b);
}

/* 29 characters fill a field's line: a comma after them comes down with its character. */
static void test_punctuation(void **state)
{
	struct buf b, text;

	(void)state;
	begin(&b);
	begin(&text);
	for (int i = 0; i < 29; i++)
		buf_add_str(&text, "字");
	buf_add_str(&text, "，后（");
	for (int i = 0; i < 24; i++)
		buf_add_str(&text, "字");
	buf_add_str(&text, "“（引）”完");
	paper_field(&b, "摘要", buf_str(&text));
	assert_lines_fit(&b);
	assert_non_null(strstr(buf_str(&b), "\n              字，后（"));
	assert_null(strstr(buf_str(&b), "（\n"));
	assert_null(strstr(buf_str(&b), "“\n"));
	buf_fini(&b);
	buf_fini(&text);
}

static void test_words(void **state)
{
	struct buf b;

	(void)state;
	begin(&b);
	paper_paragraph(&b,
		"a word is kept whole and blanks at the end of a line fall away, "
		"https://www.example.gov.cn/a/very/long/address/that/is/wider/than/any/line/of/"
		"the/page/can/ever/be/whatever/one/does");
	assert_lines_fit(&b);
	assert_non_null(strstr(buf_str(&b), "    a word is kept whole"));
	buf_fini(&b);
}

/* Escapes and bytes that are no text are shown, not sent to the printer. */
static void test_foreign(void **state)
{
	struct buf b;

	(void)state;
	begin(&b);
	paper_field(&b, "标题", "某\033[2J事\f");
	paper_paragraph(&b, "\xff\xfe");
	assert_null(strchr(buf_str(&b), '\033'));
	assert_null(strchr(buf_str(&b), '\f'));
	assert_true(utf8_is_valid(buf_str(&b), b.len));
	assert_lines_fit(&b);
	buf_fini(&b);
}

static void test_two_ends(void **state)
{
	struct buf b;

	(void)state;
	begin(&b);
	paper_two(&b, "编号：__", "签发：__");
	assert_int_equal(utf8_width(buf_str(&b), b.len - 1), PAPER_WIDTH);
	buf_clear(&b);
	paper_centre(&b, "交办单");
	assert_int_equal(strspn(buf_str(&b), " "), (PAPER_WIDTH - 6) / 2);
	buf_clear(&b);
	paper_rule(&b);
	assert_int_equal(b.len, PAPER_WIDTH + 1);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_field),
		cmocka_unit_test(test_punctuation),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_two_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
