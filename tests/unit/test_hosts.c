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
	other = hosts_get(h, "m.example.gov.cn", 8443);
	assert_ptr_not_equal(first, other);
	/* http and https are one server */
	assert_ptr_equal(hosts_get(h, "m.example.gov.cn", 443), first);
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof name, "h%03d.example", (i * 7) % 500);
		assert_non_null(hosts_get(h, name, 80));
	}
	assert_ptr_equal(hosts_get(h, "m.example.gov.cn", 80), first);
	assert_ptr_equal(hosts_get(h, "m.example.gov.cn", 8443), other);
	assert_string_equal(first->name, "m.example.gov.cn");
	assert_string_equal(other->name, "m.example.gov.cn:8443");
	assert_int_equal(hosts_count(h), 502);
	assert_string_equal(hosts_at(h, 0)->name, "h000.example");
	assert_null(hosts_at(h, 502));
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
	row->interval_ms = 1000;
	hosts_end(row, 5000);
	assert_false(hosts_is_ready(row, 5999));
	assert_true(hosts_is_ready(row, 6000));
	/* a Crawl-delay counts from the request that brought it */
	hosts_slow_down(row, 10000);
	assert_false(hosts_is_ready(row, 14999));
	assert_true(hosts_is_ready(row, 15000));
	hosts_slow_down(row, 500);
	assert_int_equal(row->interval_ms, 10000);
	hosts_free(h);
}

static void test_rules(void **state)
{
	const struct host_rule rules[] = {
		{"gov.cn", 2000, NIGHT_UNSET, false, {0, 0}},
		{"www.example.gov.cn", 5000, NIGHT_UNSET, false, {0, 0}},
		{"example.gov.cn", 3000, NIGHT_UNSET, false, {0, 0}},
	};

	(void)state;
	assert_ptr_equal(hosts_rule(rules, 3, "www.example.gov.cn"), &rules[1]);
	assert_ptr_equal(hosts_rule(rules, 3, "WWW.Example.gov.cn"), &rules[1]);
	assert_ptr_equal(hosts_rule(rules, 3, "news.example.gov.cn"), &rules[2]);
	assert_ptr_equal(hosts_rule(rules, 3, "example.gov.cn"), &rules[2]);
	assert_ptr_equal(hosts_rule(rules, 3, "anexample.gov.cn"), &rules[0]);
	assert_null(hosts_rule(rules, 3, "example.com"));
	assert_null(hosts_rule(rules, 3, "notgov.cn"));
	assert_null(hosts_rule(NULL, 0, "gov.cn"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_live),
		cmocka_unit_test(test_politeness),
		cmocka_unit_test(test_rules),
	};

	return cmocka_run_group_tests_name("hosts", tests, NULL, NULL);
}
