/*
 * test_message_merge.c - several messages in one: every word of each is there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/message_merge.h"

static void test_merge(void **state)
{
	const struct message list[] = {
		{.id = "N1", .title = "S1: 重大", .text = "甲\n乙", .urgent = true},
		{.id = "N2",
			.title = "YQ-1: 到期",
			.text = "丙",
			.link = "https://example.gov.cn/"},
	};
	struct message one;
	struct buf text;
	struct err e;

	(void)state;
	buf_init(&text, MESSAGE_FILE_MAX);
	assert_int_equal(message_merge(list, 2, &text, &one, &e), ERR_OK);
	assert_string_equal(one.title, "2 messages");
	assert_string_equal(one.text, "[urgent] S1: 重大\n甲\n乙\n\nYQ-1: 到期\n丙\n"
				      "https://example.gov.cn/\n");
	assert_true(one.urgent);
	assert_null(one.link);
	buf_clear(&text);
	assert_int_equal(message_merge(list + 1, 1, &text, &one, &e), ERR_OK);
	assert_ptr_equal(one.text, list[1].text);
	assert_ptr_equal(one.link, list[1].link);
	assert_false(one.urgent);
	buf_fini(&text);
}

/* What the sender counts for a message is never less than what it takes. */
static void test_extra(void **state)
{
	const struct message m = {
		.id = "N1", .title = "t", .text = "x", .link = "l", .urgent = true};
	const struct message list[] = {m, m};
	struct message one;
	struct buf text;
	struct err e;

	(void)state;
	buf_init(&text, MESSAGE_FILE_MAX);
	assert_int_equal(message_merge(list, 2, &text, &one, &e), ERR_OK);
	assert_true(strlen(one.text) <= 2 * (3 + MESSAGE_MERGE_EXTRA));
	buf_fini(&text);
}

static void test_too_long(void **state)
{
	const struct message m = {
		.id = "N1", .title = "t", .text = "0123456789012345678901234567890123456789"};
	const struct message list[] = {m, m};
	struct message one;
	struct buf text;
	struct err e;

	(void)state;
	buf_init(&text, 64);
	assert_int_equal(message_merge(list, 2, &text, &one, &e), ERR_LIMIT);
	buf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_extra),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
