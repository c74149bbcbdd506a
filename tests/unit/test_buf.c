/*
 * test_buf.c - the bounded buffer: growth, its maximum, the sticky fault.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void grows_and_stays_terminated(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	assert_string_equal(buf_str(&b), "");
	for (int i = 0; i < 10000; i++) {
		buf_add_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.data[b.len], '\0');
	}
	assert_int_equal(b.len, 10000);
	for (size_t i = 0; i < b.len; i++)
		assert_int_equal(b.data[i], 'a' + (int)(i % 26));
	buf_clear(&b);
	assert_string_equal(buf_str(&b), "");
	buf_add(&b, "a\0b", 3);
	assert_memory_equal(b.data, "a\0b", 4);
	buf_fini(&b);
	assert_null(b.data);
}

static void every_way_of_adding(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	buf_add(&b, NULL, 0);
	assert_null(b.data);
	buf_addf(&b, "%s", "");
	buf_add_str(&b, "one");
	buf_addf(&b, " %d %s", 2, "three");
	assert_string_equal(buf_str(&b), "one 2 three");
	buf_truncate(&b, 99);
	assert_int_equal(b.len, 11);
	buf_truncate(&b, 3);
	assert_string_equal(buf_str(&b), "one");
	buf_truncate(&b, 3);
	assert_string_equal(buf_str(&b), "one");
	buf_fini(&b);
}

static void the_maximum_is_exact_and_sticks(void **state)
{
	struct err e = {ERR_OK, ""};
	struct buf b;

	(void)state;
	for (size_t max = 0; max < 300; max++) {
		buf_init(&b, max);
		for (size_t i = 0; i < max; i++)
			buf_add_char(&b, 'x');
		assert_int_equal(buf_check(&b, "it", &e), ERR_OK);
		assert_int_equal(b.len, max);
		buf_add(&b, "yy", 2);
		buf_add_char(&b, 'z');
		assert_int_equal(b.len, max);
		assert_int_equal(buf_check(&b, "it", &e), ERR_LIMIT);
		assert_null(buf_detach(&b));
		buf_fini(&b);
	}
	buf_init(&b, 4);
	buf_addf(&b, "%s", "12345");
	assert_int_equal(b.len, 0);
	buf_add_str(&b, "1");
	assert_int_equal(b.len, 0);
	assert_int_equal(buf_check(&b, "a title", &e), ERR_LIMIT);
	assert_string_equal(e.text, "a title is larger than 4 bytes");
	buf_clear(&b);
	buf_add_str(&b, "1234");
	assert_int_equal(buf_check(&b, "a title", NULL), ERR_OK);
	buf_fini(&b);
}

static void room_is_written_from_outside(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 8);
	char *to = buf_room(&b, 5);
	assert_non_null(to);
	assert_string_equal(buf_str(&b), "");
	memcpy(to, "abcde", 5);
	buf_grow(&b, 3);
	assert_string_equal(buf_str(&b), "abc");
	assert_non_null(buf_room(&b, 5));
	buf_grow(&b, 0);
	assert_null(buf_room(&b, 6));
	assert_int_equal(b.fault, ERR_LIMIT);
	assert_string_equal(buf_str(&b), "abc");
	buf_fini(&b);
}

static void an_unlimited_length_does_not_wrap(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_add_str(&b, "abc");
	buf_add(&b, "x", SIZE_MAX - 3);
	assert_int_equal(b.fault, ERR_LIMIT);
	assert_string_equal(buf_str(&b), "abc");
	buf_fini(&b);
}

static void detach_gives_the_text_away(void **state)
{
	struct buf b;
	char *s;

	(void)state;
	buf_init(&b, 100);
	s = buf_detach(&b);
	assert_string_equal(s, "");
	free(s);
	buf_add_str(&b, "text");
	s = buf_detach(&b);
	assert_string_equal(s, "text");
	free(s);
	assert_int_equal(b.len, 0);
	buf_add_str(&b, "more");
	assert_string_equal(buf_str(&b), "more");
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_stays_terminated),
		cmocka_unit_test(every_way_of_adding),
		cmocka_unit_test(the_maximum_is_exact_and_sticks),
		cmocka_unit_test(room_is_written_from_outside),
		cmocka_unit_test(an_unlimited_length_does_not_wrap),
		cmocka_unit_test(detach_gives_the_text_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
