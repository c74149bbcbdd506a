/*
 * test_intake_log.c - how a source is doing, as one answer after the other says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/time.h"
#include "ledger/db.h"
#include "ledger/intake_log.h"

#define UNCHANGED (-1)

struct fixture {
	struct db *db;
	struct arena *arena;
};

static struct source_health health(struct fixture *f)
{
	struct source_health *list;
	size_t count;

	assert_int_equal(intake_log_health(f->db, f->arena, &list, &count, NULL), ERR_OK);
	assert_int_equal(count, 1);
	return list[0];
}

static void ok(struct fixture *f, int64_t at, int64_t items)
{
	assert_int_equal(intake_log_source_ok(f->db, "a", at, items, NULL), ERR_OK);
}

static void failed(struct fixture *f, int64_t at, const char *error)
{
	assert_int_equal(intake_log_source_failed(f->db, "a", at, error, "why", NULL), ERR_OK);
}

static int set_up(void **state)
{
	static struct fixture f;

	f.arena = arena_new(ARENA_MAX_DEFAULT);
	assert_int_equal(db_open_temporary(0, &f.db, NULL), ERR_OK);
	assert_int_equal(db_begin_write(f.db, NULL), ERR_OK);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	db_rollback(f->db);
	db_close(f->db);
	arena_free(f->arena);
	return 0;
}

static void test_success_ends_a_streak(void **state)
{
	struct fixture *f = *state;

	failed(f, 100, "dns");
	failed(f, 200, "dns");
	assert_int_equal(health(f).failures, 2);
	assert_int_equal(health(f).last_ok, TIME_NONE);
	ok(f, 300, 7);
	assert_int_equal(health(f).failures, 0);
	assert_string_equal(health(f).error, "");
	assert_int_equal(health(f).last_ok, 300);
	assert_int_equal(health(f).items, 7);
	ok(f, 400, UNCHANGED);
	assert_int_equal(health(f).items, 7);
	assert_int_equal(health(f).last_ok, 400);
}

/* A login page with an ETag: the server's 304 does not make it readable. */
static void test_unchanged_is_still_unreadable(void **state)
{
	static const char *const errors[] = {"parse", "encoding", "too-large"};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		int64_t at = (int64_t)(i + 1) * 1000;
		ok(f, at, 5);
		failed(f, at + 1, errors[i]);
		ok(f, at + 2, UNCHANGED);
		assert_string_equal(health(f).error, errors[i]);
		assert_string_equal(health(f).detail, "why");
		assert_int_equal(health(f).failures, 1);
		assert_int_equal(health(f).last_ok, at);
		assert_int_equal(health(f).last_try, at + 2);
	}
	failed(f, 9000, "dns");
	ok(f, 9001, UNCHANGED);
	assert_string_equal(health(f).error, "");
}

/* Files from across an air gap come late and in any order. */
static void test_older_answers_change_nothing_today(void **state)
{
	struct fixture *f = *state;

	ok(f, 500, 5);
	failed(f, 400, "dns");
	assert_string_equal(health(f).error, "");
	assert_int_equal(health(f).failures, 0);
	failed(f, 600, "tls");
	ok(f, 550, 9);
	assert_string_equal(health(f).error, "tls");
	assert_int_equal(health(f).items, 5);
	assert_int_equal(health(f).last_try, 600);
	assert_int_equal(health(f).last_ok, 550);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_success_ends_a_streak, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_unchanged_is_still_unreadable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_older_answers_change_nothing_today, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("intake_log", tests, NULL, NULL);
}
