/*
 * Orders: keyed by source and number, changed only when the sheet says something else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/time.h"
#include "ledger/orders.h"
#include "tests/unit/world.h"

static struct order_record make(const char *source, const char *number, int64_t at)
{
	return (struct order_record){.source = source,
		.number = number,
		.content = "某小区停水",
		.published = at,
		.accepted = TIME_NONE,
		.finished = TIME_NONE,
		.due = TIME_NONE,
		.at = at,
		.title_key = "",
		.place_key = "",
		.codes = "",
		.rules_hash = "",
		.imported = at,
		.file = "a.csv",
		.row = 2};
}

static enum order_change put(struct world *w, struct order_record *o)
{
	enum order_change change;
	struct hash digest;

	assert_int_equal(orders_digest(o, &digest, &w->e), ERR_OK);
	if (orders_put(w->db, o, &digest, &change, &w->e) != ERR_OK)
		fail_msg("%s", w->e.text);
	return change;
}

static void test_put(void **state)
{
	struct world *w = *state;
	struct order_record o = make("12345", "GD1", 100), other = make("mailbox", "GD1", 100),
			    *got;
	size_t n;

	assert_int_equal(put(w, &o), ORDER_NEW);
	assert_int_equal(put(w, &o), ORDER_SAME);
	assert_int_equal(put(w, &other), ORDER_NEW);
	o.imported = 500; /* a later import of the same words */
	o.row = 9;
	assert_int_equal(put(w, &o), ORDER_SAME);
	o.finished = 300;
	assert_int_equal(put(w, &o), ORDER_CHANGED);
	assert_int_equal(orders_get(w->db, "12345", "GD1", w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(got->revision, 2);
	assert_int_equal(got->finished, 300);
	assert_int_equal(got->row, 9);
	assert_int_equal(got->due, TIME_NONE);
	assert_null(got->title);
	assert_int_equal(orders_get(w->db, "", "GD1", w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(orders_get(w->db, "", "GD2", w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 0);
}

static void test_story(void **state)
{
	struct world *w = *state;
	struct order_record o = make("12345", "GD1", 100), *got;
	size_t n;

	put(w, &o);
	assert_int_equal(o.story, 0);
	assert_int_equal(orders_set_story(w->db, "12345", "GD1", 7, &w->e), ERR_OK);
	o.content = "changed";
	assert_int_equal(put(w, &o), ORDER_CHANGED);
	assert_int_equal(o.story, 7);
	assert_int_equal(orders_of_story(w->db, 7, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(got->story, 7);
	assert_string_equal(got->content, "changed");
}

static void test_lists(void **state)
{
	static const struct {
		const char *number;
		int64_t due, finished;
	} rows[] = {{"a", TIME_NONE, TIME_NONE}, {"b", 50, TIME_NONE}, {"c", 20, TIME_NONE},
		{"d", 10, 15}};
	struct world *w = *state;
	struct order_record *got;
	size_t n;

	for (size_t i = 0; i < 4; i++) {
		struct order_record o = make("12345", rows[i].number, 1);
		o.due = rows[i].due;
		o.finished = rows[i].finished;
		put(w, &o);
	}
	assert_int_equal(
		orders_list(w->db, "", TIME_NONE, false, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 3);
	assert_string_equal(got[0].number, "c");
	assert_string_equal(got[2].number, "a");
	assert_int_equal(orders_list(w->db, "", 30, false, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(
		orders_list(w->db, "x", TIME_NONE, true, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(
		orders_list(w->db, "12345", TIME_NONE, true, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 4);
	assert_int_equal(orders_window(w->db, 1, 1, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 4);
	assert_int_equal(orders_window(w->db, 2, 9, w->arena, &got, &n, &w->e), ERR_OK);
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_put, world_open, world_close),
		cmocka_unit_test_setup_teardown(test_story, world_open, world_close),
		cmocka_unit_test_setup_teardown(test_lists, world_open, world_close),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
