/*
 * test_night.c - the night window by the office's clock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "crawler/night.h"

static void test_parse(void **state)
{
	static const char *const bad[] = {"", "23:00", "23-06", "23:00-06", "24:01-06:00",
		"23:60-06:00", "-", "23:00-23:00", "24:00-06:00", "23:00-06:00x", "123:00-06:00",
		"23:00--6:00", ":00-06:00"};
	struct night n;

	(void)state;
	assert_true(night_parse("23:00-06:00", &n));
	assert_int_equal(n.from, 1380);
	assert_int_equal(n.to, 360);
	assert_true(night_parse(" 1:05 - 24:00 ", &n));
	assert_int_equal(n.from, 65);
	assert_int_equal(n.to, 1440);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (night_parse(bad[i], &n))
			fail_msg("%s", bad[i]);
}

/* 2026-11-26T12:00:00Z is 20:00 in Shanghai. */
static void test_window(void **state)
{
	const int64_t evening = 1795694400;
	const struct night usual = night_usual();
	struct time_zone *shanghai = NULL;
	struct night noon, always;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(time_zone_open("+08:00", &shanghai, &e), ERR_OK);
	assert_false(night_is_at(&usual, evening, shanghai));
	assert_false(night_is_at(&usual, evening + 3 * 3600 - 1, shanghai));
	assert_true(night_is_at(&usual, evening + 3 * 3600, shanghai));
	assert_true(night_is_at(&usual, evening + 5 * 3600, shanghai));
	assert_true(night_is_at(&usual, evening + 10 * 3600 - 1, shanghai));
	assert_false(night_is_at(&usual, evening + 10 * 3600, shanghai));
	assert_false(night_is_at(&usual, evening + 10 * 3600, NULL)); /* 22:00 UTC */
	assert_true(night_is_at(&usual, evening + 11 * 3600, NULL));
	assert_true(night_parse("12:00-13:30", &noon));
	assert_false(night_is_at(&noon, evening + 16 * 3600 - 1, shanghai));
	assert_true(night_is_at(&noon, evening + 16 * 3600, shanghai));
	assert_false(night_is_at(&noon, evening + 17 * 3600 + 1800, shanghai));
	assert_true(night_parse("00:00-24:00", &always));
	for (int h = 0; h < 24; h++)
		assert_true(night_is_at(&always, evening + h * 3600, shanghai));
	time_zone_close(shanghai);
}

static void test_modes(void **state)
{
	enum night_mode m = NIGHT_UNSET;

	(void)state;
	assert_true(night_mode_of("only", &m));
	assert_int_equal(m, NIGHT_ONLY);
	assert_true(night_allows(m, true));
	assert_false(night_allows(m, false));
	assert_true(night_mode_of("no", &m));
	assert_false(night_allows(m, true));
	assert_true(night_allows(m, false));
	assert_true(night_mode_of("slow", &m) && night_allows(m, true) && night_allows(m, false));
	assert_true(night_mode_of("normal", &m) && night_allows(m, true));
	assert_true(night_allows(NIGHT_UNSET, true) && night_allows(NIGHT_UNSET, false));
	assert_false(night_mode_of("yes", &m));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_modes),
	};

	return cmocka_run_group_tests_name("night", tests, NULL, NULL);
}
