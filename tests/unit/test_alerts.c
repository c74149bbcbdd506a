/*
 * Raising alerts: numbers, stories as queue rows, snapshots that need no item.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/audit.h"
#include "ledger/db.h"
#include "ledger/instance.h"
#include "tests/unit/world.h"

static struct alert_snapshot raise_alert(
	struct world *w, int64_t story, const char *code, int grade, int64_t score, int64_t due)
{
	struct event_draft by = {2000, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s = {
		.story = story,
		.item = 77,
		.title = "某县一项目部拖欠工资",
		.link = "https://news.example.gov.cn/1",
		.source = "s",
		.source_name = "某报",
		.published = TIME_NONE,
		.fetched = 1500,
		.topic = strcmp(code, "wage") == 0 ? "欠薪欠资" : "安全生产",
		.code = code,
		.score = score,
		.grade = grade,
		.grade_name = grade == 3 ? "重大" : "一般",
		.why = "[{\"line\":12}]",
		.rules_hash = "ab",
		.warc = "x.warc.gz",
		.warc_offset = 123,
		.review_due = due,
		.review_rule = "triage-general 4 hours",
	};

	if (alerts_raise(w->db, &by, &s, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
	return s;
}

static void test_raise(void **state)
{
	struct world *w = *state;
	struct alert_snapshot s = raise_alert(w, 0, "wage", 1, 4, 16400);
	struct alert a;
	int64_t id;
	int grade;

	assert_int_equal(s.alert, 1);
	assert_int_equal(s.story, 1);
	assert_int_equal(alerts_get(w->db, 1, w->arena, &a, &w->e), ERR_OK);
	assert_string_equal(a.title, "某县一项目部拖欠工资");
	assert_string_equal(a.link, "https://news.example.gov.cn/1");
	assert_null(a.excerpt);
	assert_int_equal(a.raised_seq, 2);
	assert_int_equal(a.raised_at, 2000);
	assert_int_equal(a.published, TIME_NONE);
	assert_int_equal(a.warc_offset, 123);
	assert_string_equal(a.why, "[{\"line\":12}]");
	assert_int_equal(alerts_get(w->db, 2, w->arena, &a, &w->e), ERR_NOT_FOUND);
	assert_int_equal(alerts_find(w->db, 1, "wage", &id, &grade, &w->e), ERR_OK);
	assert_int_equal(id, 1);
	assert_int_equal(alerts_find(w->db, 1, "safety", &id, &grade, &w->e), ERR_NOT_FOUND);
}

static void test_queue(void **state)
{
	struct world *w = *state;
	struct alerts_page page = {0};
	struct story *q;
	size_t n;

	raise_alert(w, 0, "wage", 1, 4, 16400);
	raise_alert(w, 0, "wage", 1, 5, 9000);
	raise_alert(w, 1, "safety", 3, 9, 2900); /* a second topic of the first story */
	assert_int_equal(alerts_queue(w->db, &page, w->arena, &q, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(q[0].id, 1); /* the tighter limit comes first */
	assert_int_equal(q[0].review_due, 2900);
	assert_int_equal(q[0].alerts, 2);
	assert_int_equal(q[0].score, 9);
	assert_string_equal(q[0].grade_name, "重大");
	assert_string_equal(q[0].topics, "欠薪欠资、安全生产");
	assert_string_equal(q[0].state, "open");
	assert_int_equal(q[1].id, 2);
	page.topic = "safety";
	assert_int_equal(alerts_queue(w->db, &page, w->arena, &q, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	page.topic = "nothing";
	assert_int_equal(alerts_queue(w->db, &page, w->arena, &q, &n, &w->e), ERR_OK);
	assert_int_equal(n, 0);
}

/* Page by page gives what all at once gives; decided rows come last. */
static void test_queue_in_pages(void **state)
{
	struct world *w = *state;
	struct story *all, *part;
	size_t n, got;

	for (int i = 0; i < 23; i++)
		raise_alert(w, 0, "wage", 1, 4, 9000 - i % 4 * 100);
	for (int i = 5; i < 23; i += 3)
		assert_int_equal(db_run(w->db, ST_STORY_DECIDE,
					 DB_ARGS(DB_INT(i), DB_TEXT("知悉"), DB_TEXT(""),
						 DB_TEXT(""), DB_INT(9), DB_TEXT("")),
					 &w->e),
			ERR_OK);
	for (int with = 0; with < 2; with++) {
		struct alerts_page page = {.all = with};
		assert_int_equal(alerts_queue(w->db, &page, w->arena, &all, &n, &w->e), ERR_OK);
		assert_int_equal(n, with ? 23 : 17);
		page.limit = 4;
		for (size_t at = 0; at < n; at += got) {
			assert_int_equal(
				alerts_queue(w->db, &page, w->arena, &part, &got, &w->e), ERR_OK);
			assert_int_equal(got, n - at < 4 ? n - at : 4);
			for (size_t i = 0; i < got; i++)
				assert_int_equal(part[i].id, all[at + i].id);
			page.after = &part[got - 1];
		}
		assert_int_equal(alerts_queue(w->db, &page, w->arena, &part, &got, &w->e), ERR_OK);
		assert_int_equal(got, 0);
	}
}

static void test_one_alert_a_topic(void **state)
{
	struct world *w = *state;
	struct event_draft by = {2000, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s = raise_alert(w, 0, "wage", 1, 4, 16400);

	s.alert = 0;
	assert_int_equal(alerts_raise(w->db, &by, &s, &w->e), ERR_INTEGRITY);
}

static void test_rebuild_agrees(void **state)
{
	struct world *w = *state;
	struct audit_result r;
	int64_t tables;

	raise_alert(w, 0, "wage", 1, 4, 16400);
	raise_alert(w, 1, "safety", 3, 9, 2900);
	assert_int_equal(db_commit(w->db, &w->e), ERR_OK);
	assert_int_equal(audit_verify(w->db, NULL, &r, &w->e), ERR_OK);
	assert_int_equal(r.events, 3);
	assert_int_equal(audit_rebuild(w->db, &tables, &w->e), ERR_OK);
	assert_true(tables >= 4);
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open_begun, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_raise),
		T(test_queue),
		T(test_queue_in_pages),
		T(test_one_alert_a_topic),
		T(test_rebuild_agrees),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
