/*
 * A hand-over is written as lines and read back; what is damaged is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/time.h"
#include "office/handover.h"

static const struct balance some = {
	.carried = 12, .in = {25, 3, 1, 0, 1}, .out = {3, 5, 1, 0, 9, 15}, .open = 9};

static void test_there_and_back(void **state)
{
	const struct due_entry list[] = {
		{.subject = "S12",
			.what = "triage",
			.about = "某\t小区\n停电",
			.unit = "甲",
			.rule = "x",
			.due_at = 1790557200},
		{.subject = "CN-2026-000001",
			.what = "due",
			.about = "",
			.unit = "",
			.rule = "",
			.due_at = 1799251199,
			.tentative = 2027},
		{.subject = "HY-2026-000001",
			.what = "decide",
			.about = NULL,
			.unit = "",
			.rule = "",
			.due_at = TIME_NONE},
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct err e = {ERR_OK, ""};
	struct handover h;
	struct buf b;

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	handover_write(&b, &some, list, 3);
	assert_int_equal(handover_read(buf_str(&b), a, &h, &e), ERR_OK);
	assert_int_equal(h.carried, 12);
	assert_int_equal(h.fresh, 30);
	assert_int_equal(h.out[5], 15);
	assert_int_equal(h.open, 9);
	assert_int_equal(h.count, 3);
	assert_string_equal(h.lines[0].about, "某 小区 停电");
	assert_string_equal(h.lines[0].unit, "甲");
	assert_int_equal(h.lines[0].due_at, 1790557200);
	assert_int_equal(h.lines[0].tentative, 0);
	assert_int_equal(h.lines[1].due_at, 1799251199);
	assert_true(h.lines[1].tentative);
	assert_string_equal(h.lines[2].what, "decide");
	assert_int_equal(h.lines[2].due_at, TIME_NONE);
	assert_int_equal(h.more, 0);
	buf_fini(&b);
	arena_free(a);
}

static void test_more(void **state)
{
	static struct due_entry list[HANDOVER_LINES + 7];
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct err e = {ERR_OK, ""};
	struct handover h;
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		list[i] = (struct due_entry){.subject = "S1", .what = "triage", .due_at = 5};
	buf_init(&b, BUF_MAX_DEFAULT);
	handover_write(&b, &some, list, sizeof list / sizeof *list);
	assert_int_equal(handover_read(buf_str(&b), a, &h, &e), ERR_OK);
	assert_int_equal(h.count, HANDOVER_LINES);
	assert_int_equal(h.more, 7);
	buf_fini(&b);
	arena_free(a);
}

static void test_damaged(void **state)
{
	static const char *const rows[] = {
		"balance\t1\t2\t0 0 0 0 0\t3\n",
		"balance\t1\t2\n",
		"balance\t-1\t2\t0 0 0 0 0 0\t3\n",
		"due\tS1\ttriage\tsoon\t\t\n",
		"due\tS1\ttriage\t~\t\t\n",
		"more\tmany\n",
		"other\t1\n",
		"\n",
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct handover h;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err e = {ERR_OK, ""};
		if (handover_read(rows[i], a, &h, &e) != ERR_INTEGRITY)
			fail_msg("“%s”", rows[i]);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_more),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
