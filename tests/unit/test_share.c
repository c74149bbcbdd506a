/* Shares as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/share.h"

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		int64_t done, of; /* of 0: refused */
		const char *written;
	} rows[] = {
		{"60%", 60, 100, "60 %"},
		{"60％", 60, 100, "60 %"},
		{"0%", 0, 100, "0 %"},
		{"38/45", 38, 45, "38/45 (84 %)"},
		{" 38 / 45 ", 38, 45, "38/45 (84 %)"},
		{"44/45", 44, 45, "44/45 (97 %)"},
		{"45/45", 45, 45, "45/45 (100 %)"},
		{"0/1", 0, 1, "0/1 (0 %)"},
		{"101%", 0, 0, NULL},
		{"-1%", 0, 0, NULL},
		{"46/45", 0, 0, NULL},
		{"1/0", 0, 0, NULL},
		{"1/1000000001", 0, 0, NULL},
		{"38", 0, 0, NULL},
		{"/45", 0, 0, NULL},
		{"38/", 0, 0, NULL},
		{"%", 0, 0, NULL},
		{"", 0, 0, NULL},
		{"六成", 0, 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[SHARE_SIZE];
		struct share s;
		assert_int_equal(share_parse(rows[i].text, &s), rows[i].of != 0);
		if (!rows[i].of)
			continue;
		assert_int_equal(s.done, rows[i].done);
		assert_int_equal(s.of, rows[i].of);
		share_format(&s, text);
		assert_string_equal(text, rows[i].written);
	}
}

static void test_compare(void **state)
{
	struct share none = {0, 0}, most = {38, 45}, sixty = {60, 100}, same = {76, 90};
	char text[SHARE_SIZE];

	(void)state;
	assert_true(share_is_less(&sixty, &most));
	assert_false(share_is_less(&most, &sixty));
	assert_false(share_is_less(&most, &same));
	assert_false(share_is_less(&same, &most));
	share_format(&none, text);
	assert_string_equal(text, "");
	share_format_short(&sixty, text);
	assert_string_equal(text, "60%");
	share_format_short(&most, text);
	assert_string_equal(text, "38/45");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
