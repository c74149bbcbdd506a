/*
 * test_pace.c - how the interval of a source moves, and how failures are spread.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "crawler/pace.h"

static const struct pace_limits quarter = {900, 450, 3600};

/* A quiet source slows down by a quarter a poll, but only behind the third. */
static void test_quiet(void **state)
{
	const int64_t want[] = {900, 900, 1125, 1406, 1757, 2196, 2745, 3431, 3600, 3600};
	int64_t interval = 0;

	(void)state;
	for (int i = 0; i < 10; i++) {
		interval = pace_interval(&quarter, interval, i + 1, true);
		assert_int_equal(interval, want[i]);
	}
	/* the first new thing brings it back at once */
	assert_int_equal(pace_interval(&quarter, interval, 0, true), 900);
}

static void test_lively(void **state)
{
	const int64_t want[] = {675, 507, 450, 450};
	int64_t interval = 900;

	(void)state;
	for (int i = 0; i < 4; i++) {
		interval = pace_interval(&quarter, interval, 0, true);
		assert_int_equal(interval, want[i]);
	}
	assert_int_equal(pace_interval(&quarter, interval, 1, true), 450);
	/* one that was never seen unchanged may only be noisy */
	assert_int_equal(pace_interval(&quarter, 900, 0, false), 900);
	assert_int_equal(pace_interval(&quarter, 0, 0, true), 675);
}

/* The limits of today's sources.conf hold for an interval of yesterday's. */
static void test_limits(void **state)
{
	const struct pace_limits fixed = {600, 600, 600};

	(void)state;
	for (int quiet = 0; quiet < 20; quiet++)
		assert_int_equal(pace_interval(&fixed, 99999, quiet, true), 600);
	assert_int_equal(pace_interval(&quarter, 99999, 1, true), 3600);
	assert_int_equal(pace_interval(&quarter, 1, 1, true), 450);
}

static void test_backoff(void **state)
{
	const int64_t want[] = {900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400};

	(void)state;
	for (int i = 0; i < 9; i++) {
		int64_t most = pace_backoff(900, i + 1, UINT32_MAX);
		assert_int_equal(pace_backoff(900, i + 1, 0), want[i]);
		assert_true(most <= PACE_BACKOFF_MAX);
		assert_true(most <= want[i] + want[i] / 4);
		assert_true(i > 6 || most >= want[i] + want[i] / 4 - 1);
	}
	assert_int_equal(pace_backoff(900, 1, 0x80000000), 900 + 112);
	assert_int_equal(pace_backoff(900, 1000000, 5), PACE_BACKOFF_MAX);
	/* a source that is asked weekly is not asked more often for failing */
	assert_int_equal(pace_backoff(7 * 86400, 3, UINT32_MAX), 7 * 86400);
}

static void test_pause(void **state)
{
	(void)state;
	assert_int_equal(pace_after_pause(120, 0), 120);
	assert_int_equal(pace_after_pause(120, UINT32_MAX), 131);
	assert_int_equal(pace_after_pause(86400, UINT32_MAX), 86459);
	assert_int_equal(pace_after_pause(0, UINT32_MAX), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_lively),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_pause),
	};

	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
