/*
 * test_hosts.c - one connection a host, and a pause.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/hosts.h"

static void test_rows_live(void **state)
{
	struct hosts *h = hosts_new();
	struct host *first, *other;
	char name[32];

	(void)state;
	assert_non_null(h);
	first = hosts_get(h, "m.example.gov.cn", 80);
	other = hosts_get(h, "m.example.gov.cn", 443);
	assert_ptr_not_equal(first, other);
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof name, "h%03d.example", (i * 7) % 500);
		assert_non_null(hosts_get(h, name, 80));
	}
	assert_ptr_equal(hosts_get(h, "m.example.gov.cn", 80), first);
	assert_ptr_equal(hosts_get(h, "m.example.gov.cn", 443), other);
	assert_string_equal(other->name, "m.example.gov.cn:443");
	hosts_free(h);
	hosts_free(NULL);
}

static void test_politeness(void **state)
{
	struct hosts *h = hosts_new();
	struct host *row = hosts_get(h, "a.cn", 80);

	(void)state;
	assert_true(hosts_is_ready(row, 0));
	hosts_begin(row);
	assert_false(hosts_is_ready(row, 1000000));
	hosts_end(row, 5000, 1000);
	assert_false(hosts_is_ready(row, 5999));
	assert_true(hosts_is_ready(row, 6000));
	hosts_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_live),
		cmocka_unit_test(test_politeness),
	};

	return cmocka_run_group_tests_name("hosts", tests, NULL, NULL);
}
