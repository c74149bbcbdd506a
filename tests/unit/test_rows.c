/*
 * test_rows.c - rows of a query as records, digests in them as the words they stand for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/rows.h"
#include "ledger/texts.h"
#include "tests/unit/world.h"

struct pair {
	int64_t unset;
	const char *digest, *words, *none;
};

static void read_pair(struct db_rows *q, struct arena *a, void *record)
{
	struct pair *p = record;

	assert_int_equal(p->unset, 0);
	p->unset = 1;
	p->digest = p->words = arena_strdup(a, db_text(q, 0));
	p->none = "";
}

static const size_t members[] = {offsetof(struct pair, words), offsetof(struct pair, none)};

static void test_texts(void **state)
{
	const char *const said[] = {"第一句", "第二句", "第三句"};
	struct world *w = *state;
	char digest[HASH_HEX_SIZE];
	struct pair *pairs;
	struct list l;

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(texts_put(w->db, said[i], strlen(said[i]), digest, &w->e), ERR_OK);
	assert_int_equal(texts_erase(w->db, digest, &w->e), ERR_OK);
	assert_int_equal(rows_read(w->db, ST_TEXT_ALL, DB_NO_ARGS, sizeof *pairs, read_pair,
				 w->arena, &l, &w->e),
		ERR_OK);
	assert_int_equal(l.count, 3);
	assert_int_equal(rows_texts(w->db, &l, ROWS_MEMBERS(members), &w->e), ERR_OK);
	pairs = l.items;
	for (size_t i = 0; i < 3; i++) {
		assert_null(pairs[i].none);
		if (strcmp(pairs[i].digest, digest) == 0)
			assert_null(pairs[i].words); /* erased */
		else
			assert_int_equal(strlen(pairs[i].words), strlen(said[0]));
	}
	pairs[1].words = "00";
	assert_int_equal(rows_texts(w->db, &l, ROWS_MEMBERS(members), &w->e), ERR_INTEGRITY);
}

static void test_memory(void **state)
{
	struct world *w = *state;
	struct arena *small = arena_new(64);
	char digest[HASH_HEX_SIZE];
	struct list l;

	assert_int_equal(texts_put(w->db, "x", 1, digest, &w->e), ERR_OK);
	assert_int_equal(rows_read(w->db, ST_TEXT_ALL, DB_NO_ARGS, sizeof(struct pair), read_pair,
				 small, &l, &w->e),
		ERR_NOMEM);
	arena_free(small);
	/* A query that fails: no rows, its error. */
	assert_int_equal(rows_read(w->db, ST_TEXT_GET, DB_NO_ARGS, sizeof(struct pair), read_pair,
				 w->arena, &l, &w->e) != ERR_OK,
		1);
	assert_int_equal(l.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_texts, world_open, world_close),
		cmocka_unit_test_setup_teardown(test_memory, world_open, world_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
