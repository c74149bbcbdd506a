/* The tables of habit and findings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "ledger/health.h"
#include "ledger/intake_log.h"

struct setup {
	struct db *db;
	struct arena *a;
};

static int start(void **state)
{
	struct setup *s = calloc(1, sizeof *s);
	struct err e = {ERR_OK, ""};

	if (!s || db_open_temporary(0, &s->db, &e) || db_begin_write(s->db, &e))
		return -1;
	s->a = arena_new(ARENA_MAX_DEFAULT);
	*state = s;
	return s->a ? 0 : -1;
}

static int stop(void **state)
{
	struct setup *s = *state;

	db_rollback(s->db);
	db_close(s->db);
	arena_free(s->a);
	free(s);
	return 0;
}

static struct health_habit habit(struct setup *s, const char *source)
{
	struct err e = {ERR_OK, ""};
	struct health_habit h;

	assert_int_equal(health_habit_get(s->db, source, s->a, &h, &e), ERR_OK);
	return h;
}

static void test_habit(void **state)
{
	struct setup *s = *state;
	struct err e = {ERR_OK, ""};
	struct health_habit h = habit(s, "a"), *all;
	size_t n;

	assert_string_equal(h.source, "a");
	assert_true(h.newest == TIME_NONE && h.cert_expires == TIME_NONE);
	h.rows_usual = 20 * HEALTH_ROWS_SCALE;
	h.rows_answers = 1;
	h.newest = 500;
	h.charset = "utf-8";
	assert_int_equal(health_habit_put(s->db, &h, &e), ERR_OK);
	assert_int_equal(health_certificate(s->db, "a", "a.example.gov.cn", 9000, 100, &e), ERR_OK);
	/* An older look at it changes nothing, nor does a new habit. */
	assert_int_equal(health_certificate(s->db, "a", "a.example.gov.cn", 1, 50, &e), ERR_OK);
	assert_int_equal(health_habit_put(s->db, &h, &e), ERR_OK);
	h = habit(s, "a");
	assert_int_equal(h.cert_expires, 9000);
	assert_int_equal(h.newest, 500);
	assert_string_equal(h.charset, "utf-8");
	assert_int_equal(health_certificate(s->db, "b", "b.example.gov.cn", 7, 7, &e), ERR_OK);
	assert_int_equal(health_habits(s->db, s->a, &all, &n, &e), ERR_OK);
	assert_int_equal(n, 2);
	assert_string_equal(all[1].source, "b");
	assert_int_equal(health_forget(s->db, "a", &e), ERR_OK);
	assert_int_equal(habit(s, "a").rows_answers, 0);
}

/* The mean goes a quarter of the way to each new gap; the same moment is no gap. */
static void test_gaps(void **state)
{
	struct setup *s = *state;
	struct err e = {ERR_OK, ""};
	struct health_habit h = habit(s, "a");

	assert_int_equal(health_habit_put(s->db, &h, &e), ERR_OK);
	assert_int_equal(intake_log_source_ok(s->db, "a", 1000, 5, &e), ERR_OK);
	assert_int_equal(intake_log_source_new(s->db, "a", 1000, &e), ERR_OK);
	assert_int_equal(habit(s, "a").gap, 0);
	assert_int_equal(intake_log_source_new(s->db, "a", 2000, &e), ERR_OK);
	assert_int_equal(intake_log_source_new(s->db, "a", 2000, &e), ERR_OK);
	assert_int_equal(habit(s, "a").gap, 1000);
	assert_int_equal(intake_log_source_new(s->db, "a", 4000, &e), ERR_OK);
	assert_int_equal(habit(s, "a").gap, 1250);
	assert_int_equal(intake_log_source_new(s->db, "a", 3000, &e), ERR_OK);
	assert_int_equal(habit(s, "a").gap, 1250);
}

/* Every answer counts, also "not modified"; something new ends the quiet. */
static void test_quiet(void **state)
{
	struct setup *s = *state;
	struct err e = {ERR_OK, ""};
	struct health_habit h = habit(s, "a");

	assert_int_equal(health_habit_put(s->db, &h, &e), ERR_OK);
	assert_int_equal(intake_log_source_ok(s->db, "a", 1000, 5, &e), ERR_OK);
	assert_int_equal(intake_log_source_ok(s->db, "a", 1100, -1, &e), ERR_OK);
	assert_int_equal(habit(s, "a").answers, 2);
	assert_int_equal(habit(s, "a").quiet, 2);
	assert_int_equal(intake_log_source_new(s->db, "a", 1200, &e), ERR_OK);
	assert_int_equal(habit(s, "a").quiet, 0);
	assert_int_equal(habit(s, "a").answers, 2);
}

static void test_findings(void **state)
{
	struct setup *s = *state;
	struct err e = {ERR_OK, ""};
	struct health_finding *all;
	size_t n;

	assert_int_equal(health_finding_put(s->db, "b", "same", 100, "x", &e), ERR_OK);
	assert_int_equal(health_finding_put(s->db, "b", "same", 300, "y", &e), ERR_OK);
	assert_int_equal(health_finding_put(s->db, "a", "fewer", 200, "20 → 3", &e), ERR_OK);
	assert_int_equal(health_findings(s->db, s->a, &all, &n, &e), ERR_OK);
	assert_int_equal(n, 2);
	assert_string_equal(all[0].source, "a");
	assert_int_equal(all[1].since, 100);
	assert_int_equal(all[1].seen, 300);
	assert_int_equal(all[1].times, 2);
	assert_string_equal(all[1].detail, "y");
	assert_int_equal(health_finding_drop(s->db, "b", "same", &e), ERR_OK);
	assert_int_equal(health_forget(s->db, "a", &e), ERR_OK);
	assert_int_equal(health_findings(s->db, s->a, &all, &n, &e), ERR_OK);
	assert_int_equal(n, 0);
	assert_int_not_equal(health_finding_put(s->db, "b", "nonsense", 1, "", &e), ERR_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_habit, start, stop),
		cmocka_unit_test_setup_teardown(test_gaps, start, stop),
		cmocka_unit_test_setup_teardown(test_quiet, start, stop),
		cmocka_unit_test_setup_teardown(test_findings, start, stop),
	};

	return cmocka_run_group_tests_name("health", tests, NULL, NULL);
}
