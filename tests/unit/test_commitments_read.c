/* The outcome of a promise is computed from its facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/time.h"
#include "ledger/commitments.h"

#define DUE 1000000

struct row {
	const char *due, *done_on;
	int64_t verified_at, evidence, published_at, cannot_at, now;
	enum commitment_outcome outcome;
	bool settled;
};

static void test_outcome(void **state)
{
	static const struct row rows[] = {
		{"2026-09-30", "", TIME_NONE, 0, TIME_NONE, TIME_NONE, DUE, OUTCOME_OPEN, false},
		{"2026-09-30", "", TIME_NONE, 0, TIME_NONE, TIME_NONE, DUE + 1, OUTCOME_BROKEN,
			false},
		{"2026-09-30", "2026-09-30", 1, 1, TIME_NONE, TIME_NONE, DUE + 9, OUTCOME_KEPT,
			false},
		{"2026-09-30", "2026-09-30", 1, 1, 2, TIME_NONE, DUE + 9, OUTCOME_KEPT, true},
		{"2026-09-30", "2026-10-01", 1, 1, 2, TIME_NONE, DUE + 9, OUTCOME_KEPT_LATE, true},
		/* Verified without evidence does not count. */
		{"2026-09-30", "2026-09-30", 1, 0, TIME_NONE, TIME_NONE, DUE + 1, OUTCOME_BROKEN,
			false},
		{"", "", TIME_NONE, 0, TIME_NONE, TIME_NONE, DUE, OUTCOME_UNDATED, false},
		{"", "2026-09-30", 1, 1, 2, TIME_NONE, DUE, OUTCOME_UNDATED, true},
		{"2026-09-30", "", TIME_NONE, 0, TIME_NONE, 5, DUE, OUTCOME_CANNOT, true},
		{"", "", TIME_NONE, 0, TIME_NONE, 5, DUE, OUTCOME_CANNOT, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct commitment_record c = {.due_date = rows[i].due,
			.due_at = DUE,
			.verified_done_on = rows[i].done_on,
			.verified_at = rows[i].verified_at,
			.evidence = rows[i].evidence,
			.published_at = rows[i].published_at,
			.cannot_published_at = rows[i].cannot_at};
		assert_int_equal(commitments_outcome(&c, rows[i].now), rows[i].outcome);
		assert_int_equal(commitments_is_settled(&c), rows[i].settled);
		assert_non_null(commitments_outcome_name(rows[i].outcome));
	}
}

/* The later date that counts has a column of its own. */
static void test_extended(void **state)
{
	struct commitment_record c = {.due_date = "2026-09-30",
		.due_at = DUE,
		.extended_date = "",
		.extended_at = TIME_NONE,
		.verified_done_on = "",
		.verified_at = TIME_NONE,
		.published_at = TIME_NONE,
		.cannot_published_at = TIME_NONE};
	enum commitment_outcome by;

	(void)state;
	assert_false(commitments_outcome_extended(&c, DUE + 1, &by));
	c.extended_date = "2026-10-10";
	c.extended_at = DUE + 100;
	assert_true(commitments_outcome_extended(&c, DUE + 1, &by));
	assert_int_equal(by, OUTCOME_OPEN);
	assert_int_equal(commitments_outcome(&c, DUE + 1), OUTCOME_BROKEN);
	assert_true(commitments_outcome_extended(&c, DUE + 101, &by));
	assert_int_equal(by, OUTCOME_BROKEN);
	c.verified_at = c.evidence = 1;
	c.verified_done_on = "2026-10-10";
	assert_true(commitments_outcome_extended(&c, DUE + 101, &by));
	assert_int_equal(by, OUTCOME_KEPT);
	assert_int_equal(commitments_outcome(&c, DUE + 101), OUTCOME_KEPT_LATE);
}

static void test_progress_name(void **state)
{
	struct commitment_record c = {.claimed_at = TIME_NONE,
		.verified_at = TIME_NONE,
		.cannot_published_at = TIME_NONE};

	(void)state;
	assert_string_equal(commitments_progress_name(&c), "未启动");
	c.progress = 1;
	assert_string_equal(commitments_progress_name(&c), "进行中");
	c.share_of = 45;
	assert_string_equal(commitments_progress_name(&c), "进行中");
	c.share_done = 38;
	assert_string_equal(commitments_progress_name(&c), "部分完成");
	c.claimed_at = 1;
	assert_string_equal(commitments_progress_name(&c), "已完成");
	c.verified_at = c.evidence = 1;
	assert_string_equal(commitments_progress_name(&c), "已核查");
	c.evidence = 0;
	c.cannot_published_at = 5;
	assert_string_equal(commitments_progress_name(&c), "无法完成");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcome),
		cmocka_unit_test(test_extended),
		cmocka_unit_test(test_progress_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
