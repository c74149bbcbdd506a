/* Orders of supervision: what events make of them, what outdoes what, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/supervision.h"
#include "tests/unit/world.h"

static enum err_code append(
	struct world *w, const char *kind, const char *subject, const char *payload)
{
	struct event_draft d = {3000, WORLD_ACTOR, "", kind, subject, payload};

	return events_append(w->db, &d, NULL, &w->e);
}

/* An order about a task: it belongs to no case. */
static enum err_code issue(
	struct world *w, int number, const char *level, int64_t due, const char *state)
{
	char id[32], payload[1024];

	snprintf(id, sizeof id, "DB-2026-%06d", number);
	snprintf(payload, sizeof payload,
		"{\"basis\":\"b\",\"clock\":\"task\",\"feedback_amount\":1,\"feedback_roll\":"
		"\"none\",\"feedback_unit\":\"days\",\"level\":\"%s\",\"matter_due\":%lld,"
		"\"number\":%d,\"settles\":\"person\",\"state\":\"%s\",\"subject\":"
		"\"RW-2026-000001\",\"told\":\"unit\",\"unit\":\"市水务局\",\"year\":2026}",
		level, (long long)due, number, state);
	return append(w, "order.issued/1", id, payload);
}

static const char *state_of(struct world *w, const char *id)
{
	struct supervision_order x;

	assert_int_equal(supervision_get(w->db, id, w->arena, &x, &w->e), ERR_OK);
	return x.state;
}

static void test_life(void **state)
{
	struct world *w = *state;
	struct supervision_order x;

	assert_int_equal(issue(w, 1, "黄", 500, "proposed"), ERR_OK);
	assert_int_equal(supervision_get(w->db, "DB-2026-000001", w->arena, &x, &w->e), ERR_OK);
	assert_true(supervision_is_open(&x));
	assert_string_equal(x.unit, "市水务局");
	assert_int_equal(x.matter_due, 500);
	assert_int_equal(x.issued_at, TIME_NONE);
	assert_int_equal(x.feedback_due, TIME_NONE);
	assert_int_equal(append(w, "order.confirmed/1", "DB-2026-000001", "{}"), ERR_OK);
	assert_string_equal(state_of(w, "DB-2026-000001"), "issued");
	assert_int_equal(
		append(w, "order.settled/1", "DB-2026-000001", "{\"result\":\"done\"}"), ERR_OK);
	assert_int_equal(supervision_get(w->db, "DB-2026-000001", w->arena, &x, &w->e), ERR_OK);
	assert_false(supervision_is_open(&x));
	assert_string_equal(x.result, "done");
	assert_int_equal(x.ended_at, 3000);
}

/* What ended with its matter, which was not done after all, is what it was before. */
static void test_revived(void **state)
{
	struct world *w = *state;
	const char *const id = "DB-2026-000001";
	struct supervision_order x;

	assert_int_equal(issue(w, 1, "黄", 500, "proposed"), ERR_OK);
	assert_int_equal(append(w, "order.lapsed/1", id, "{\"why\":\"done\"}"), ERR_OK);
	assert_int_equal(append(w, "order.revived/1", id, "{}"), ERR_OK);
	assert_string_equal(state_of(w, id), "proposed");
	assert_int_equal(append(w, "order.confirmed/1", id, "{}"), ERR_OK);
	assert_int_equal(append(w, "order.settled/1", id, "{\"result\":\"done\"}"), ERR_OK);
	assert_int_equal(append(w, "order.revived/1", id, "{}"), ERR_OK);
	assert_string_equal(state_of(w, id), "issued");
	assert_int_equal(
		append(w, "order.answered/1", id, "{\"answer_text\":\"\",\"unit\":\"市水务局\"}"),
		ERR_OK);
	assert_int_equal(append(w, "order.settled/1", id, "{\"result\":\"done\"}"), ERR_OK);
	assert_int_equal(append(w, "order.revived/1", id, "{}"), ERR_OK);
	assert_int_equal(supervision_get(w->db, id, w->arena, &x, &w->e), ERR_OK);
	assert_string_equal(x.state, "answered");
	assert_string_equal(x.result, "");
	assert_string_equal(x.ended_name, "");
	assert_int_equal(x.ended_at, TIME_NONE);
}

/* A graver level about the same due time takes the place of a proposal, of nothing else. */
static void test_outdone(void **state)
{
	struct world *w = *state;

	assert_int_equal(issue(w, 1, "蓝", 500, "issued"), ERR_OK);
	assert_int_equal(issue(w, 2, "黄", 500, "proposed"), ERR_OK);
	assert_int_equal(issue(w, 3, "黄", 900, "proposed"), ERR_OK);
	assert_int_equal(issue(w, 4, "红", 500, "proposed"), ERR_OK);
	assert_string_equal(state_of(w, "DB-2026-000001"), "issued");
	assert_string_equal(state_of(w, "DB-2026-000002"), "lapsed");
	assert_string_equal(state_of(w, "DB-2026-000003"), "proposed");
	assert_string_equal(state_of(w, "DB-2026-000004"), "proposed");
}

/* One level once for one due time, whoever asks; another due time is another matter. */
static void test_once(void **state)
{
	struct world *w = *state;
	struct supervision_matter m = {"RW-2026-000001", "", "task", "", 500};
	char id[IDS_SIZE];

	assert_int_equal(supervision_find(w->db, &m, "蓝", id, &w->e), ERR_NOT_FOUND);
	assert_int_equal(issue(w, 1, "蓝", 500, "issued"), ERR_OK);
	assert_int_equal(supervision_find(w->db, &m, "蓝", id, &w->e), ERR_OK);
	assert_string_equal(id, "DB-2026-000001");
	assert_int_equal(supervision_find(w->db, &m, "黄", id, &w->e), ERR_NOT_FOUND);
	m.due = 501;
	assert_int_equal(supervision_find(w->db, &m, "蓝", id, &w->e), ERR_NOT_FOUND);
	assert_int_equal(issue(w, 2, "蓝", 501, "issued"), ERR_OK);
	assert_int_not_equal(issue(w, 3, "蓝", 500, "issued"), ERR_OK);
}

/* Of several lines, [ref, due] each; the first stands in the order too. */
static enum err_code issue_lines(struct world *w, int number, const char *level, const char *lines,
	const char *state, const char *settles)
{
	char id[32], payload[2048];

	snprintf(id, sizeof id, "DB-2026-%06d", number);
	snprintf(payload, sizeof payload,
		"{\"basis\":\"b\",\"clock\":\"task\",\"feedback_amount\":1,\"feedback_roll\":"
		"\"none\",\"feedback_unit\":\"days\",\"level\":\"%s\",\"lines\":\"%s\","
		"\"matter_due\":%d,\"number\":%d,\"ref\":\"a\",\"settles\":\"%s\",\"state\":\"%s\","
		"\"subject\":\"RW-2026-000001\",\"told\":\"unit\",\"unit\":\"市水务局\",\"year\":"
		"2026}",
		level, lines, 500 + number, number, settles, state);
	return append(w, "order.issued/2", id, payload);
}

#define LINE(ref, due) "[\\\"RW-2026-000001\\\",\\\"task\\\",\\\"" ref "\\\"," due "]"

static bool outdone(struct world *w, const char *id, size_t n, bool issued)
{
	bool out = false;

	assert_int_equal(supervision_line_outdone(w->db, id, n, issued, &out, &w->e), ERR_OK);
	return out;
}

static void test_lines(void **state)
{
	struct world *w = *state;
	struct supervision_matter *list, m = {"RW-2026-000001", "", "task", "b", 600};
	struct supervision_order x;
	size_t count;
	char id[IDS_SIZE];

	assert_int_equal(issue_lines(w, 1, "提醒", "[" LINE("a", "500") "," LINE("b", "600") "]",
				 "issued", "auto"),
		ERR_OK);
	assert_int_equal(supervision_get(w->db, "DB-2026-000001", w->arena, &x, &w->e), ERR_OK);
	assert_int_equal(x.lines, 2);
	assert_int_equal(supervision_lines(w->db, x.id, w->arena, &list, &count, &w->e), ERR_OK);
	assert_int_equal(count, 2);
	assert_string_equal(list[1].ref, "b");
	assert_int_equal(list[1].due, 600);
	assert_int_equal(supervision_find(w->db, &m, "提醒", id, &w->e), ERR_OK);
	assert_int_not_equal(
		issue_lines(w, 2, "提醒", "[" LINE("c", "500") "," LINE("b", "600") "]", "issued",
			"auto"),
		ERR_OK);
}

/* A reminder ends when every line of it is in a graver order that went out. */
static void test_lines_outdone(void **state)
{
	struct world *w = *state;
	const char **ids;
	size_t count;

	assert_int_equal(issue_lines(w, 1, "提醒", "[" LINE("a", "500") "," LINE("b", "600") "]",
				 "issued", "auto"),
		ERR_OK);
	assert_int_equal(issue_lines(w, 2, "蓝", "[" LINE("a", "500") "," LINE("c", "500") "]",
				 "issued", "person"),
		ERR_OK);
	assert_true(outdone(w, "DB-2026-000001", 1, true));
	assert_false(outdone(w, "DB-2026-000001", 2, true));
	assert_int_equal(
		supervision_reminders(w->db, "DB-2026-000002", w->arena, &ids, &count, &w->e),
		ERR_OK);
	assert_int_equal(count, 0);
	assert_int_equal(issue_lines(w, 3, "黄", "[" LINE("b", "600") "," LINE("c", "500") "]",
				 "proposed", "person"),
		ERR_OK);
	assert_true(outdone(w, "DB-2026-000001", 2, false));
	assert_false(outdone(w, "DB-2026-000001", 2, true));
	assert_int_equal(append(w, "order.confirmed/1", "DB-2026-000003", "{}"), ERR_OK);
	assert_int_equal(
		supervision_reminders(w->db, "DB-2026-000003", w->arena, &ids, &count, &w->e),
		ERR_OK);
	assert_int_equal(count, 1);
	assert_string_equal(ids[0], "DB-2026-000001");
}

/* A proposal of several is not taken away by an order about its first line. */
static void test_lines_stand(void **state)
{
	struct world *w = *state;

	assert_int_equal(issue_lines(w, 1, "黄", "[" LINE("a", "501") "," LINE("b", "600") "]",
				 "proposed", "person"),
		ERR_OK);
	assert_int_equal(
		append(w, "order.issued/1", "DB-2026-000002",
			"{\"clock\":\"task\",\"feedback_amount\":1,\"feedback_roll\":\"none\","
			"\"feedback_unit\":\"days\",\"level\":\"红\",\"matter_due\":501,"
			"\"number\":2,\"ref\":\"a\",\"settles\":\"person\",\"state\":"
			"\"proposed\",\"subject\":\"RW-2026-000001\",\"unit\":\"\",\"year\":2026}"),
		ERR_OK);
	assert_string_equal(state_of(w, "DB-2026-000001"), "proposed");
}

static void test_refused(void **state)
{
	struct world *w = *state;

	assert_int_equal(append(w, "order.confirmed/1", "DB-2026-000009", "{}"), ERR_INTEGRITY);
	assert_int_equal(issue(w, 1, "蓝", 500, "issued"), ERR_OK);
	assert_int_equal(append(w, "order.settled/1", "DB-2026-000001", "{}"), ERR_INTEGRITY);
	assert_int_equal(append(w, "order.answered/1", "DB-2026-000001", "{}"), ERR_INTEGRITY);
	assert_int_equal(append(w, "order.withdrawn/1", "DB-2026-000001", "{}"), ERR_INTEGRITY);
	assert_int_equal(append(w, "order.issued/1", "DB-2026-000002", "{}"), ERR_INTEGRITY);
	assert_string_equal(state_of(w, "DB-2026-000001"), "issued");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_life, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_revived, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_outdone, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_once, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_lines, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_lines_outdone, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_lines_stand, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_refused, world_open_begun, world_close),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
