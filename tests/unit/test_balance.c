/*
 * Moves of the queue add up for every span of time; what is no move is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/balance.h"
#include "tests/unit/world.h"

static void raise_at(struct world *w, int64_t at, int64_t story, const char *code)
{
	struct event_draft by = {at, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s = {.story = story,
		.item = 1,
		.title = "某项目部欠薪",
		.source = "s",
		.source_name = "某报",
		.published = TIME_NONE,
		.fetched = TIME_NONE,
		.topic = code,
		.code = code,
		.score = 3,
		.threshold = 3,
		.grade = 1,
		.grade_name = "一般",
		.why = "[]",
		.rules_hash = "ab",
		.review_due = at + 100,
		.review_rule = "triage-general 4 hours"};

	if (alerts_raise(w->db, &by, &s, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static void append(
	struct world *w, int64_t at, const char *kind, const char *subject, const char *payload)
{
	struct event_draft d = {at, WORLD_ACTOR, "", kind, subject, payload};

	if (events_append(w->db, &d, NULL, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

#define DISMISSED "{\"outcome\":\"知悉\"}"
#define REOPENED "{\"review_due\":9000,\"review_rule\":\"triage-general 4 hours\"}"

static void some_moves(struct world *w)
{
	raise_at(w, 2000, 0, "wage");
	raise_at(w, 2100, 0, "water");
	raise_at(w, 2200, 1, "land"); /* the row is in: no move */
	append(w, 3000, "story.dismissed/1", "S1", DISMISSED);
	raise_at(w, 4000, 1, "fire"); /* comes back */
	append(w, 5000, "story.dismissed/1", "S1", DISMISSED);
	append(w, 6000, "story.reopened/1", "S1", REOPENED);
	append(w, 7000, "story.dismissed/1", "S2", DISMISSED);
}

static void test_spans(void **state)
{
	static const struct {
		int64_t from, to, carried, fresh, noted, open;
	} rows[] = {
		{INT64_MIN, INT64_MAX, 0, 4, 3, 1},
		{0, 2000, 0, 0, 0, 0}, /* to is not in it */
		{2000, 2001, 0, 1, 0, 1},
		{2100, 3000, 1, 1, 0, 2},
		{3000, 3001, 2, 0, 1, 1},
		{3500, 6001, 1, 2, 1, 2},
		{7000, INT64_MAX, 2, 0, 1, 1},
		{8000, 9000, 1, 0, 0, 1},
	};
	struct world *w = *state;
	struct balance b;

	some_moves(w);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(
			balance_between(w->db, rows[i].from, rows[i].to, &b, &w->e), ERR_OK);
		if (b.carried != rows[i].carried || balance_new(&b) != rows[i].fresh ||
			b.out[4] != rows[i].noted || b.open != rows[i].open)
			fail_msg("row %zu: %lld + %lld = %lld + %lld", i, (long long)b.carried,
				(long long)balance_new(&b), (long long)b.out[4], (long long)b.open);
		assert_int_equal(b.carried + balance_new(&b), b.out[4] + b.open);
	}
	assert_int_equal(balance_between(w->db, INT64_MIN, INT64_MAX, &b, &w->e), ERR_OK);
	assert_int_equal(b.in[BALANCE_RAISED], 2);
	assert_int_equal(b.in[BALANCE_RETURNED], 1);
	assert_int_equal(b.in[BALANCE_REOPENED], 1);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(balance_in_name(BALANCE_SPLIT), "split");
	assert_null(balance_in_name(BALANCE_INS));
	assert_null(balance_in_name(-1));
	assert_string_equal(balance_outcome(0), "立项");
	assert_null(balance_outcome(BALANCE_OUTCOMES));
}

/* An outcome that the table does not know is no outcome. */
static void test_unknown(void **state)
{
	struct world *w = *state;
	struct balance b;

	raise_at(w, 2000, 0, "wage");
	append(w, 3000, "story.dismissed/1", "S1", "{\"outcome\":\"再说\"}");
	assert_int_equal(balance_between(w->db, INT64_MIN, INT64_MAX, &b, &w->e), ERR_INTEGRITY);
	assert_non_null(strstr(w->e.text, "再说"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_spans, world_open_begun, world_close),
		cmocka_unit_test(test_names),
		cmocka_unit_test_setup_teardown(test_unknown, world_open_begun, world_close),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
