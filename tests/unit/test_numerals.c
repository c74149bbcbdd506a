/*
 * Numbers in digits and in Han numerals.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "matcher/numerals.h"

static void test_numerals(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		int64_t value;
	} rows[] = {
		{"12人", 2, 12},
		{"1,200元", 5, 1200},
		{"1,x", 1, 1},
		{"十二", 2, 12},
		{"二十", 2, 20},
		{"一百零五人", 4, 105},
		{"三千二百", 4, 3200},
		{"二〇二六年", 4, 2026},
		{"两名", 1, 2},
		{"甲", 0, 0},
		{"99999999999999999999", 0, 0},
		{"一一一一一一一一一一一一一一一一", 0, 0},
		{"", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint32_t cp[64];
		size_t n = 0, len, size = strlen(rows[i].text);
		int64_t value = 0;
		for (size_t at = 0; at < size; at += len)
			cp[n++] = utf8_decode(rows[i].text + at, size - at, &len);
		if (numerals_read(cp, n, &value) != rows[i].n ||
			(rows[i].n && value != rows[i].value))
			fail_msg("%s: %d", rows[i].text, (int)value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_numerals)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
