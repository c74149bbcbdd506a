/* How long a source may be silent, and what is said of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "office/health.h"

#define HOUR 3600
#define DAY 86400

static void test_silence(void **state)
{
	static const struct {
		int64_t gap, dated_gap, quiet, want;
	} rows[] = {
		{0, 0, 10, 0}, /* nobody can tell yet */
		{0, 0, 200, 14 * DAY},
		{600, 0, 0, DAY}, /* lively: a day */
		{2 * HOUR, 0, 0, 5 * DAY}, /* over a weekend */
		{DAY, 0, 0, 8 * DAY},
		{DAY, 2 * DAY, 0, 16 * DAY}, /* the dates in the answer know better */
		{300 * DAY, 0, 0, 180 * DAY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct health_habit h = {
			.gap = rows[i].gap, .dated_gap = rows[i].dated_gap, .quiet = rows[i].quiet};
		assert_int_equal(health_silence_limit(&h), rows[i].want);
	}
}

/* Every state has a word, a sentence and an advice. */
static void test_words(void **state)
{
	const struct source_health log = {.error = "timeout"};
	const struct health_report r = {.log = &log};

	(void)state;
	for (int i = 0; i < HEALTH_KINDS; i++) {
		const struct health_state s = {(enum health_kind)i, 0, 5 * HOUR, "what it was"};
		struct buf b;
		buf_init(&b, 65536);
		health_add_what(&b, &s, NULL);
		assert_true(b.len > 10);
		assert_true(strlen(health_advice(&r, &s)) > 10);
		assert_true(*health_word(s.kind) && *health_name(s.kind));
		if (s.kind == HEALTH_SILENT)
			assert_string_equal(buf_str(&b), "nothing new since 1970-01-01; it usually "
							 "has something new every 5 hours");
		buf_fini(&b);
	}
}

static void test_advice_by_error(void **state)
{
	const struct health_state s = {HEALTH_FAILING, 0, 3, ""};
	struct source_health log = {.error = "tls"};
	const struct health_report r = {.log = &log};
	const char *tls = health_advice(&r, &s);

	(void)state;
	log.error = "dns";
	assert_string_not_equal(health_advice(&r, &s), tls);
	log.error = "something new";
	assert_non_null(strstr(health_advice(&r, &s), "sources test"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_advice_by_error),
	};

	return cmocka_run_group_tests_name("health_report", tests, NULL, NULL);
}
