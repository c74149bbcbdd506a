/*
 * The wanted table: once each, three tries, a limit a source.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ledger/db.h"
#include "ledger/wants.h"

static void test_all(void **state)
{
	struct err e = {ERR_OK, ""};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct want w;
	struct buf b;
	struct db *db;
	int64_t id, again;
	bool added;

	(void)state;
	assert_int_equal(db_open_temporary(0, &db, &e), ERR_OK);
	assert_int_equal(db_begin_write(db, &e), ERR_OK);
	assert_int_equal(wants_add(db, "article", "https://a.example.gov.cn/1", "a", "I1", 1, 100,
				 &id, &added, &e),
		ERR_OK);
	assert_true(added);
	assert_int_equal(wants_add(db, "article", "https://a.example.gov.cn/1", "a", "I1", 1, 100,
				 &again, &added, &e),
		ERR_OK);
	assert_false(added);
	assert_int_equal(again, id);
	buf_init(&b, 1 << 20);
	assert_int_equal(wants_add_lines(db, &b, &e), ERR_OK);
	assert_string_equal(buf_str(&b), "{\"id\":1,\"url\":\"https://a.example.gov.cn/1\","
					 "\"source\":\"a\",\"kind\":\"article\"}\n");
	for (int i = 0; i < WANTS_TRIES; i++) {
		assert_int_equal(wants_get(db, "1", a, &w, &e), ERR_OK);
		assert_string_equal(w.state, "open");
		assert_int_equal(wants_failed(db, id, "timeout", 200, &e), ERR_OK);
	}
	assert_int_equal(wants_get(db, "1", a, &w, &e), ERR_OK);
	assert_string_equal(w.state, "failed");
	/* Ids come out of foreign files. */
	assert_int_equal(wants_get(db, "1; DROP", a, &w, &e), ERR_NOT_FOUND);
	assert_int_equal(wants_get(db, "99999999999999999999", a, &w, &e), ERR_NOT_FOUND);
	buf_fini(&b);
	db_close(db);
	arena_free(a);
}

static void test_how_many_wait(void **state)
{
	struct err e = {ERR_OK, ""};
	struct db *db;
	int64_t id, open;
	bool added;
	char url[64];

	(void)state;
	assert_int_equal(db_open_temporary(0, &db, &e), ERR_OK);
	assert_int_equal(db_begin_write(db, &e), ERR_OK);
	for (int i = 0; i < WANTS_NEW_MAX + 50; i++) {
		snprintf(url, sizeof url, "https://b.example.gov.cn/%d", i);
		assert_int_equal(
			wants_add(db, "article", url, "b", "I2", 1, 100, NULL, NULL, &e), ERR_OK);
	}
	assert_int_equal(wants_open_count(db, &open, &e), ERR_OK);
	assert_int_equal(open, WANTS_NEW_MAX);
	/* Evidence is never put off. */
	assert_int_equal(
		wants_add(db, "evidence", url, "b", "ZJ-2026-000001", 1, 100, &id, &added, &e),
		ERR_OK);
	assert_true(added);
	assert_int_equal(wants_done(db, id, 300, &e), ERR_OK);
	assert_int_equal(wants_open_count(db, &open, &e), ERR_OK);
	assert_int_equal(open, WANTS_NEW_MAX);
	db_close(db);
}

static void add_later(struct db *db, const char *kind, const char *url, int64_t at)
{
	struct err e = {ERR_OK, ""};

	assert_int_equal(wants_add_later(db, kind, url, "c", "", 0, at, &e), ERR_OK);
}

static int64_t waiting(struct db *db)
{
	struct err e = {ERR_OK, ""};
	int64_t n = -1;

	assert_int_equal(wants_later_count(db, &n, &e), ERR_OK);
	return n;
}

static int64_t open_rows(struct db *db)
{
	struct err e = {ERR_OK, ""};
	int64_t n = -1;

	assert_int_equal(wants_open_count(db, &n, &e), ERR_OK);
	return n;
}

/* One more than there is room for: the oldest stays, for an hour. */
static void test_later(void **state)
{
	struct err e = {ERR_OK, ""};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct want w;
	struct db *db;
	char url[64];

	(void)state;
	assert_int_equal(db_open_temporary(0, &db, &e), ERR_OK);
	assert_int_equal(wants_take_later(db, 5000, &e), ERR_OK); /* nothing to do */
	assert_int_equal(db_begin_write(db, &e), ERR_OK);
	for (int i = 0; i <= WANTS_NEW_MAX; i++) {
		snprintf(url, sizeof url, "https://c.example.gov.cn/%d", i);
		add_later(db, "article", url, i);
		add_later(db, "article", url, i);
	}
	assert_int_equal(db_commit(db, &e), ERR_OK);
	assert_int_equal(waiting(db), WANTS_NEW_MAX + 1);
	assert_int_equal(wants_take_later(db, 5000, &e), ERR_OK);
	assert_int_equal(waiting(db), 1);
	assert_int_equal(wants_get(db, "1", a, &w, &e), ERR_OK);
	assert_string_equal(w.url, url); /* the newest */
	assert_int_equal(wants_take_later(db, 5000 + 3600, &e), ERR_OK);
	assert_int_equal(waiting(db), 1);
	assert_int_equal(wants_take_later(db, 5000 + 3601, &e), ERR_OK);
	assert_int_equal(waiting(db), 0);
	assert_int_equal(open_rows(db), WANTS_NEW_MAX + 1);
	db_close(db);
	arena_free(a);
}

/* What was read is not wanted again; the next page of a list may be. */
static void test_later_again(void **state)
{
	static const char url[] = "https://c.example.gov.cn/index_1";
	static const char *const kinds[] = {"article", "page"};
	struct err e = {ERR_OK, ""};
	struct db *db;
	int64_t id;

	(void)state;
	assert_int_equal(db_open_temporary(0, &db, &e), ERR_OK);
	assert_int_equal(db_begin_write(db, &e), ERR_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			wants_add(db, kinds[i], url, "c", "", 1, 100, &id, NULL, &e), ERR_OK);
		add_later(db, kinds[i], url, 9);
		assert_int_equal(waiting(db), 0);
		assert_int_equal(wants_done(db, id, 200, &e), ERR_OK);
		add_later(db, kinds[i], url, 9);
		assert_int_equal(waiting(db), i);
	}
	assert_int_equal(db_commit(db, &e), ERR_OK);
	assert_int_equal(wants_take_later(db, 300, &e), ERR_OK);
	assert_int_equal(waiting(db), 0);
	assert_int_equal(open_rows(db), 1);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_how_many_wait),
		cmocka_unit_test(test_later),
		cmocka_unit_test(test_later_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
