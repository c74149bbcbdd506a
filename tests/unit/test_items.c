/*
 * Items: identity, digests, revisions, and which story a copy belongs to.
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
#include "ledger/db.h"
#include "ledger/items.h"
#include "ledger/title_key.h"
#include "tests/unit/world.h"

#define HOUR 3600

static struct item_record make(const char *identity, const char *url, const char *key, int64_t at)
{
	struct item_record r = {.source = "a",
		.identity = identity,
		.link = url,
		.url = url,
		.title = key,
		.title_key = key,
		.published = at,
		.updated = TIME_NONE,
		.fetched = at,
		.at = at,
		.rules_hash = "",
		.verdict = "",
		.warc = "x"};

	return r;
}

static int64_t add(struct world *w, struct item_record r)
{
	struct hash h;

	assert_int_equal(items_digest(&r, &h, &w->e), ERR_OK);
	if (items_add(w->db, &r, &h, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
	return r.id;
}

static int64_t story_of(struct world *w, int64_t id)
{
	struct item_record r;

	assert_int_equal(items_get(w->db, id, w->arena, &r, &w->e), ERR_OK);
	return r.story;
}

static void test_add_and_find(void **state)
{
	struct world *w = *state;
	struct item_record r = make("g:1", NULL, NULL, 100);
	struct item_known known;
	struct hash h;

	assert_int_equal(items_find(w->db, &r, &known, &w->e), ERR_NOT_FOUND);
	r.id = add(w, r);
	assert_int_equal(items_digest(&r, &h, &w->e), ERR_OK);
	assert_int_equal(items_find(w->db, &r, &known, &w->e), ERR_OK);
	assert_int_equal(known.id, r.id);
	assert_int_equal(known.revision, 1);
	assert_true(hash_eq(&h, &known.digest));
	/* One identity is one row. */
	assert_int_equal(items_add(w->db, &r, &h, &w->e), ERR_INTEGRITY);
}

static void test_a_huge_identity(void **state)
{
	struct world *w = *state;
	char *guid = malloc(1 << 20);
	struct item_record r, other;
	struct item_known known;

	memset(guid, 'g', (1 << 20) - 1);
	guid[(1 << 20) - 1] = '\0';
	r = make(guid, NULL, NULL, 100);
	add(w, r);
	assert_int_equal(items_find(w->db, &r, &known, &w->e), ERR_OK);
	guid[5] = 'x';
	other = make(guid, NULL, NULL, 100);
	assert_int_equal(items_find(w->db, &other, &known, &w->e), ERR_NOT_FOUND);
	free(guid);
}

static void test_revisions(void **state)
{
	struct world *w = *state;
	struct item_record r = make("g:1", NULL, "一二三四五六七八", 100), out;
	struct hash first, second;
	bool had;

	r.id = add(w, r);
	assert_int_equal(items_digest(&r, &first, &w->e), ERR_OK);
	r.content = "改了";
	r.fetched = 200;
	assert_int_equal(items_digest(&r, &second, &w->e), ERR_OK);
	assert_false(hash_eq(&first, &second));
	assert_int_equal(items_revise(w->db, &r, &second, &w->e), ERR_OK);
	assert_int_equal(items_had(w->db, r.id, &first, &had, &w->e), ERR_OK);
	assert_true(had);
	assert_int_equal(items_had(w->db, r.id, &second, &had, &w->e), ERR_OK);
	assert_false(had);
	assert_int_equal(items_get(w->db, r.id, w->arena, &out, &w->e), ERR_OK);
	assert_int_equal(out.revision, 2);
	assert_string_equal(out.content, "改了");
}

static void test_absent_is_not_empty(void **state)
{
	struct world *w = *state;
	struct item_record a = make("g:1", NULL, NULL, 1), b = a;
	struct hash x, y;

	b.summary = "";
	assert_int_equal(items_digest(&a, &x, &w->e), ERR_OK);
	assert_int_equal(items_digest(&b, &y, &w->e), ERR_OK);
	assert_false(hash_eq(&x, &y));
}

static void test_stories(void **state)
{
	static const char url[] = "https://a.example.gov.cn/1", key[] = "某项目部拖欠工资";
	struct world *w = *state;
	struct item_record first = make("g:1", url, key, 1000 * HOUR);
	struct item_record same_url = make("g:2", url, NULL, 5000 * HOUR);
	struct item_record near = make("g:3", NULL, key, 1072 * HOUR);
	struct item_record far = make("g:4", NULL, key, 1073 * HOUR);
	int64_t early, story;

	early = add(w, make("g:0", NULL, key, 999 * HOUR)); /* before anybody cared */
	first.id = add(w, first);
	assert_int_equal(items_find_story(w->db, &first, &story, &w->e), ERR_OK);
	assert_int_equal(story, 0);
	assert_int_equal(items_join_story(w->db, &first, 7, &w->e), ERR_OK);
	assert_int_equal(story_of(w, early), 7);
	same_url.id = add(w, same_url);
	assert_int_equal(items_find_story(w->db, &same_url, &story, &w->e), ERR_OK);
	assert_int_equal(story, 7);
	near.id = add(w, near);
	assert_int_equal(items_find_story(w->db, &near, &story, &w->e), ERR_OK);
	assert_int_equal(story, 7);
	far.id = add(w, far);
	assert_int_equal(items_find_story(w->db, &far, &story, &w->e), ERR_OK);
	assert_int_equal(story, 0);
	/* Of two stories within the window that of the item that came first. */
	assert_int_equal(items_set_story(w->db, near.id, 9, &w->e), ERR_OK);
	assert_int_equal(items_set_story(w->db, far.id, 8, &w->e), ERR_OK);
	near.id = add(w, make("g:5", NULL, key, 1072 * HOUR));
	assert_int_equal(items_find_story(w->db, &near, &story, &w->e), ERR_OK);
	assert_int_equal(story, 7);
	near.at += 2 * HOUR;
	assert_int_equal(items_find_story(w->db, &near, &story, &w->e), ERR_OK);
	assert_int_equal(story, 9);
}

static void test_summary_knows_no_run(void **state)
{
	struct world *w = *state;
	struct hash a, b;
	struct db *other;
	struct item_record r;
	int64_t n;

	add(w, make("g:1", NULL, NULL, 1));
	add(w, make("g:2", NULL, NULL, 2));
	assert_int_equal(items_summary(w->db, &n, &a, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	/* In another order, fetched at another time. */
	other = w->db;
	assert_int_equal(db_open_temporary(0, &w->db, &w->e), ERR_OK);
	assert_int_equal(db_begin_write(w->db, &w->e), ERR_OK);
	r = make("g:2", NULL, NULL, 2);
	r.fetched = 77;
	add(w, r);
	add(w, make("g:1", NULL, NULL, 1));
	assert_int_equal(items_summary(w->db, &n, &b, &w->e), ERR_OK);
	assert_true(hash_eq(&a, &b));
	db_close(other);
}

#define BEFORE 28 /* the schema in which an item was known by the title itself */

/* A copy that comes in now joins what came in then. */
static void test_older_ledger(void **state)
{
	static const char title[] = "某小区停水三天无人管";
	char key[TITLE_KEY_SIZE];
	struct world w = {.db = NULL};
	struct item_record copy;
	int64_t story = 0, old;

	(void)state;
	title_key_make(title, strlen(title), key);
	w.arena = arena_new(ARENA_MAX_DEFAULT);
	assert_int_equal(db_open_temporary(BEFORE, &w.db, &w.e), ERR_OK);
	assert_int_equal(db_begin_write(w.db, &w.e), ERR_OK);
	old = add(&w, make("g:1", NULL, title, 100 * HOUR));
	add(&w, make("g:2", NULL, NULL, 100 * HOUR));
	assert_int_equal(items_set_story(w.db, old, 7, &w.e), ERR_OK);
	old = add(&w, make("g:3", NULL, title, 90 * HOUR));
	assert_int_equal(db_commit(w.db, &w.e), ERR_OK);
	assert_int_equal(db_migrate(w.db, &w.e), ERR_OK);
	assert_int_equal(db_begin_write(w.db, &w.e), ERR_OK);
	copy = make("g:4", NULL, key, 110 * HOUR);
	copy.id = add(&w, copy);
	assert_int_equal(items_find_story(w.db, &copy, &story, &w.e), ERR_OK);
	assert_int_equal(story, 7);
	assert_int_equal(items_join_story(w.db, &copy, 7, &w.e), ERR_OK);
	assert_int_equal(story_of(&w, old), 7);
	db_close(w.db);
	arena_free(w.arena);
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_add_and_find),
		T(test_a_huge_identity),
		T(test_revisions),
		T(test_absent_is_not_empty),
		T(test_stories),
		T(test_summary_knows_no_run),
		cmocka_unit_test(test_older_ledger),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
