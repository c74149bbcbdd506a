/*
 * test_err.c - texts of errors: written, prefixed, cut; exit codes.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/utf8.h"

static void set_fills_code_and_text(void **state)
{
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(err_set(&e, ERR_INPUT, "%s:%d", "a", 7), ERR_INPUT);
	assert_int_equal(e.code, ERR_INPUT);
	assert_string_equal(e.text, "a:7");
	assert_int_equal(err_set(NULL, ERR_BUSY, "x"), ERR_BUSY);
	err_clear(&e);
	assert_int_equal(e.code, ERR_OK);
	assert_string_equal(e.text, "");
	err_clear(NULL);
}

static void prefix_keeps_code(void **state)
{
	struct err e;

	(void)state;
	err_set(&e, ERR_CONFIG, "unknown key");
	assert_int_equal(err_prefix(&e, "%s:%d:%d: ", "sources.conf", 12, 5), ERR_CONFIG);
	assert_string_equal(e.text, "sources.conf:12:5: unknown key");
	assert_int_not_equal(err_prefix(NULL, "x"), ERR_OK);
}

static void own_text_may_be_an_argument(void **state)
{
	struct err e;

	(void)state;
	err_set(&e, ERR_IO, "inner");
	err_set(&e, ERR_NET, "outer (%s)", e.text);
	assert_string_equal(e.text, "outer (inner)");
	err_prefix(&e, "[%s] ", e.text);
	assert_string_equal(e.text, "[outer (inner)] outer (inner)");
	err_errno(&e, EACCES, "again %s", e.text);
	assert_string_equal(e.text, "again [outer (inner)] outer (inner): Permission denied");
}

static void errno_chooses_the_code(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(err_errno(&e, ENOENT, "cannot open %s", "x"), ERR_NOT_FOUND);
	assert_string_equal(e.text, "cannot open x: No such file or directory");
	assert_int_equal(err_errno(&e, ENOMEM, "y"), ERR_NOMEM);
	assert_int_equal(err_errno(&e, ENOSPC, "y"), ERR_IO);
	assert_int_equal(err_errno(NULL, ENOENT, "y"), ERR_NOT_FOUND);
	assert_int_equal(err_nomem(&e), ERR_NOMEM);
	assert_string_equal(e.text, "out of memory");
}

/* Whatever the offset of the cut, the text is valid UTF-8 and ends in "…". */
static void long_texts_end_in_an_ellipsis(void **state)
{
	char text[ERR_TEXT_MAX + 64];
	struct err e;

	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		memset(text, 'x', shift);
		text[shift] = '\0';
		while (strlen(text) + 4 < sizeof text)
			strcat(text, "\xE5\x9B\x9E");
		err_set(&e, ERR_INPUT, "%s", text);
		assert_true(strlen(e.text) < ERR_TEXT_MAX);
		assert_true(strlen(e.text) > ERR_TEXT_MAX - 8);
		assert_true(utf8_is_valid(e.text, strlen(e.text)));
		assert_string_equal(e.text + strlen(e.text) - 3, "\xE2\x80\xA6");
		err_prefix(&e, "%.*s: ", (int)shift, "prefix12");
		assert_true(utf8_is_valid(e.text, strlen(e.text)));
		assert_string_equal(e.text + strlen(e.text) - 3, "\xE2\x80\xA6");
		assert_memory_equal(e.text, "prefix12", shift);
	}
}

static void a_text_that_just_fits_is_whole(void **state)
{
	char text[ERR_TEXT_MAX];
	struct err e;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	err_set(&e, ERR_INPUT, "%s", text);
	assert_string_equal(e.text, text);
	text[sizeof text - 2] = '\0';
	err_set(&e, ERR_INPUT, "%s", text);
	err_prefix(&e, "y");
	assert_int_equal(strlen(e.text), ERR_TEXT_MAX - 1);
	assert_int_equal(e.text[ERR_TEXT_MAX - 2], 'x');
}

static void exit_codes(void **state)
{
	static const struct {
		enum err_code code;
		int exit;
	} rows[] = {{ERR_OK, 0}, {ERR_NO, 1}, {ERR_REFUSED, 1}, {ERR_DENIED, 1}, {ERR_USAGE, 2},
		{ERR_CONFIG, 2}, {ERR_NOT_FOUND, 3}, {ERR_INPUT, 3}, {ERR_LIMIT, 3}, {ERR_BUSY, 3},
		{ERR_IO, 3}, {ERR_NET, 3}, {ERR_NOMEM, 3}, {ERR_STOPPED, 3}, {ERR_INTEGRITY, 4}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(err_exit_code(rows[i].code), rows[i].exit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_fills_code_and_text),
		cmocka_unit_test(prefix_keeps_code),
		cmocka_unit_test(own_text_may_be_an_argument),
		cmocka_unit_test(errno_chooses_the_code),
		cmocka_unit_test(long_texts_end_in_an_ellipsis),
		cmocka_unit_test(a_text_that_just_fits_is_whole),
		cmocka_unit_test(exit_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
