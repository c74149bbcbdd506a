/*
 * Rows dismissed by line: one event decides them, what was touched since is known, one event
 * reopens the rest; a ledger of before keeps its decisions.
 */
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
#include "ledger/alerts.h"
#include "ledger/audit.h"
#include "ledger/decisions.h"
#include "ledger/line_dismissals.h"
#include "tests/unit/world.h"

static void raise(struct world *w, int64_t item)
{
	struct event_draft by = {2000, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s = {.item = item,
		.title = "某项目部欠薪",
		.source = "s",
		.source_name = "某报",
		.published = TIME_NONE,
		.fetched = 1500,
		.topic = "欠薪欠资",
		.code = "wage",
		.score = 3,
		.threshold = 3,
		.grade = 1,
		.grade_name = "一般",
		.why = "[]",
		.rules_hash = "ab",
		.review_due = 9000,
		.review_rule = "triage-general 4 hours"};

	if (alerts_raise(w->db, &by, &s, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static enum err_code append(struct world *w, const char *kind, const char *payload, int64_t *seq)
{
	struct event_draft d = {3000, WORLD_ACTOR, "", kind, "", payload};

	return events_append(w->db, &d, seq, &w->e);
}

#define DISMISSED(stories, rows)                                                                   \
	"{\"code\":\"wage\",\"outcome\":\"误报\",\"place\":\"keywords.conf:57\",\"reason\":"     \
	"\"规则\","                                                                              \
	"\"rows\":" rows ",\"rule\":\"欠薪 3分\",\"since\":1000,\"stories\":\"" stories "\","      \
	"\"topic\":\"欠薪欠资\"}"

static const char *state_of(struct world *w, int64_t story)
{
	struct story s;

	assert_int_equal(alerts_get_story(w->db, story, w->arena, &s, &w->e), ERR_OK);
	return s.state;
}

/* Stories 1 and 4 come back; 2, which was touched since, does not. */
static void check_restored(struct world *w, int64_t seq)
{
	struct line_dismissal d;
	struct decision *made;
	size_t n;
	char undo[200];
	snprintf(undo, sizeof undo,
		"{\"dismissal\":%lld,\"left\":\"[[2,2]]\",\"rows\":2,\"stories\":\"[[1,1],[4,4]]"
		"\"}",
		(long long)seq);
	assert_int_equal(append(w, "line.restored/1", undo, NULL), ERR_OK);
	assert_string_equal(state_of(w, 1), "open");
	assert_int_equal(line_dismissals_get(w->db, seq, w->arena, &d, &w->e), ERR_OK);
	assert_int_equal(d.undone_at, 3000);
	assert_int_equal(decisions_of(w->db, 1, w->arena, &made, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_string_equal(made[0].line, "keywords.conf:57");
	assert_int_equal(made[0].undone, d.undone);
	assert_int_equal(decisions_of(w->db, 2, w->arena, &made, &n, &w->e), ERR_OK);
	assert_int_equal(made[0].undone, TIME_NONE);
}

static void test_and_back(void **state)
{
	struct world *w = *state;
	struct line_dismissed_row *rows;
	struct line_dismissal d;
	int64_t seq = 0, tables;
	size_t n;

	for (int64_t i = 1; i <= 4; i++)
		raise(w, i);
	assert_int_equal(
		append(w, "line.dismissed/1", DISMISSED("[[1,2],[4,4]]", "3"), &seq), ERR_OK);
	assert_string_equal(state_of(w, 1), "decided");
	assert_string_equal(state_of(w, 3), "open");
	assert_int_equal(line_dismissals_get(w->db, seq, w->arena, &d, &w->e), ERR_OK);
	assert_string_equal(d.place, "keywords.conf:57");
	assert_int_equal(d.rows, 3);
	assert_int_equal(d.undone, TIME_NONE);
	assert_int_equal(line_dismissals_get(w->db, 2, w->arena, &d, &w->e), ERR_NOT_FOUND);

	struct event_draft back = {3500, WORLD_ACTOR, "", "story.returned/1", "S2",
		"{\"item\":9,\"changes\":\"[]\",\"copies\":0,\"review_due\":9000,\"review_rule\":"
		"\"r\"}"};
	assert_int_equal(events_append(w->db, &back, NULL, &w->e), ERR_OK);
	assert_int_equal(line_dismissals_rows(w->db, seq, w->arena, &rows, &n, &w->e), ERR_OK);
	assert_int_equal(n, 3);
	assert_int_equal(rows[1].story, 2);
	assert_true(!rows[0].touched && rows[1].touched && !rows[2].touched);

	check_restored(w, seq);
	assert_int_equal(db_commit(w->db, &w->e), ERR_OK);
	assert_int_equal(audit_rebuild(w->db, &tables, &w->e), ERR_OK);
}

static void test_refused(void **state)
{
	struct world *w = *state;

	raise(w, 1);
	assert_int_equal(
		append(w, "line.dismissed/1", DISMISSED("[[1,1]]", "2"), NULL), ERR_INTEGRITY);
	assert_int_equal(append(w, "line.dismissed/1", DISMISSED("[1]", "1"), NULL), ERR_INTEGRITY);
	assert_int_equal(append(w, "line.dismissed/1", "{}", NULL), ERR_INTEGRITY);
	assert_int_equal(append(w, "line.restored/1", "{}", NULL), ERR_INTEGRITY);
}

#define BEFORE 10 /* the schema in which a decision was of one row */

static void test_older_ledger(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct err e = {ERR_OK, ""};
	struct decision *made;
	struct db *db;
	size_t n;

	(void)state;
	assert_int_equal(db_open_temporary(BEFORE, &db, &e), ERR_OK);
	assert_int_equal(db_begin_write(db, &e), ERR_OK);
	assert_int_equal(db_run(db, ST_DECISION_ADD,
				 DB_ARGS(DB_INT(7), DB_INT(3), DB_INT(100), DB_TEXT("uid:1"),
					 DB_TEXT("甲"), DB_TEXT("误报"), DB_TEXT("广告"),
					 DB_TEXT(""), DB_TEXT(""), DB_TEXT("")),
				 &e),
		ERR_OK);
	assert_int_equal(db_commit(db, &e), ERR_OK);
	assert_int_equal(db_migrate(db, &e), ERR_OK);
	assert_int_equal(decisions_of(db, 3, a, &made, &n, &e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(made[0].seq, 7);
	assert_string_equal(made[0].reason, "广告");
	assert_null(made[0].line);
	assert_int_equal(made[0].undone, TIME_NONE);
	db_close(db);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_and_back, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_refused, world_open_begun, world_close),
		cmocka_unit_test(test_older_ledger),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
