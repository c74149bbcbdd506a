/*
 * Stories that come back and stories that were split, by their events alone.
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
#include "ledger/instance.h"
#include "ledger/stories.h"
#include "tests/unit/world.h"

static void event(struct world *w, int64_t at, const char *kind, const char *payload)
{
	struct event_draft d = {at, WORLD_ACTOR, "", kind, "S1", payload};

	if (events_append(w->db, &d, NULL, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static void raise_alert(struct world *w, int64_t story, int64_t item, const char *code, int grade)
{
	struct event_draft by = {2000, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s = {.story = story,
		.item = item,
		.title = "某事",
		.source = "s",
		.source_name = "某报",
		.published = TIME_NONE,
		.fetched = 1500,
		.topic = code,
		.code = code,
		.score = grade * 3,
		.grade = grade,
		.grade_name = grade > 1 ? "重大" : "一般",
		.why = "[]",
		.rules_hash = "ab",
		.review_due = 9000,
		.review_rule = "r"};

	if (alerts_raise(w->db, &by, &s, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static struct story story(struct world *w, int64_t id)
{
	struct story s;

	if (alerts_get_story(w->db, id, w->arena, &s, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
	return s;
}

static void decide(struct world *w)
{
	event(w, 3000, "story.dismissed/1", "{\"outcome\":\"知悉\"}");
}

static void come_back(struct world *w, const char *what, int64_t due)
{
	struct event_draft by = {4000, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct stories_change c = {what, NULL, "2", "3"};
	struct stories_return r = {1, 77, &c, 1, due, "triage"};

	if (stories_return(w->db, &by, &r, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static void rebuilds(struct world *w)
{
	int64_t tables;

	assert_int_equal(db_commit(w->db, &w->e), ERR_OK);
	if (audit_rebuild(w->db, &tables, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
}

static void test_coming_back(void **state)
{
	struct world *w = *state;
	struct stories_came_back *r;
	int64_t copies;
	size_t n;

	raise_alert(w, 0, 5, "wage", 1);
	assert_null(story(w, 1).changed);
	decide(w);
	come_back(w, STORIES_DEAD, 20000);
	assert_string_equal(story(w, 1).state, "open");
	assert_int_equal(story(w, 1).again, 1);
	assert_int_equal(story(w, 1).review_due, 20000);
	assert_string_equal(
		story(w, 1).changed, "[{\"what\":\"dead\",\"before\":\"2\",\"after\":\"3\"}]");
	/* Open already: nothing is counted twice, the earlier limit stands. */
	come_back(w, STORIES_COPIES, 30000);
	assert_int_equal(story(w, 1).again, 1);
	assert_int_equal(story(w, 1).review_due, 20000);
	assert_int_equal(stories_returns(w->db, 1, w->arena, &r, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(r[0].at, 4000);
	assert_int_equal(r[0].item, 77);
	assert_int_equal(stories_returns_for_copies(w->db, 1, &copies, &w->e), ERR_OK);
	assert_int_equal(copies, 1);
	rebuilds(w);
}

static void test_split(void **state)
{
	struct world *w = *state;
	struct alert a;
	bool split;

	raise_alert(w, 0, 5, "wage", 1);
	raise_alert(w, 1, 6, "safety", 3);
	assert_int_equal(story(w, 1).grade, 3);
	event(w, 5000, "story.split/1",
		"{\"item\":6,\"moved\":\"[2]\",\"review_due\":7000,\"to_story\":2}");
	assert_int_equal(story(w, 1).grade, 1);
	assert_int_equal(story(w, 1).alerts, 1);
	assert_int_equal(story(w, 2).grade, 3);
	assert_int_equal(story(w, 2).review_due, 7000);
	assert_string_equal(story(w, 2).state, "open");
	assert_int_equal(alerts_get(w->db, 2, w->arena, &a, &w->e), ERR_OK);
	assert_int_equal(a.story, 2);
	assert_int_equal(stories_is_split(w->db, 6, 1, &split, &w->e), ERR_OK);
	assert_true(split);
	assert_int_equal(stories_is_split(w->db, 6, 2, &split, &w->e), ERR_OK);
	assert_false(split);
	/* The number is used up. */
	raise_alert(w, 0, 8, "wage", 1);
	assert_string_equal(story(w, 3).state, "open");
	rebuilds(w);
}

static void test_events_that_do_not_fit(void **state)
{
	struct world *w = *state;
	struct event_draft d = {5000, WORLD_ACTOR, "", "story.split/1", "S1", NULL};

	raise_alert(w, 0, 5, "wage", 1);
	d.payload = "{\"item\":6,\"moved\":\"[\\\"x\\\"]\",\"review_due\":7,\"to_story\":2}";
	assert_int_equal(events_append(w->db, &d, NULL, &w->e), ERR_INTEGRITY);
	d.payload = "{\"moved\":\"[]\",\"review_due\":7,\"to_story\":2}";
	assert_int_equal(events_append(w->db, &d, NULL, &w->e), ERR_INTEGRITY);
	d.kind = "story.returned/1";
	d.payload = "{\"item\":6,\"review_due\":7,\"copies\":0}";
	assert_int_equal(events_append(w->db, &d, NULL, &w->e), ERR_INTEGRITY);
	d.subject = "A1";
	assert_int_equal(events_append(w->db, &d, NULL, &w->e), ERR_INTEGRITY);
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open_begun, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_coming_back),
		T(test_split),
		T(test_events_that_do_not_fit),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
