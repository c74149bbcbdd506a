/*
 * The archive of rules: what was kept is read back, found by the beginning of its hash, and
 * cannot be changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ledger/rulebook.h"
#include "tests/unit/world.h"

#define SET "00000000000000000000000000000000000000000000000000000000000000ff"
#define OTHER "00000000000000000000000000000000000000000000000000000000000000fe"

static void keep(struct world *w, const char *text, char hex[HASH_HEX_SIZE])
{
	assert_int_equal(rulebook_keep_file(w->db, text, strlen(text), hex, &w->e), ERR_OK);
}

static void test_files(void **state)
{
	struct world *w = *state;
	char hex[HASH_HEX_SIZE], again[HASH_HEX_SIZE];
	struct str text;

	keep(w, "讨薪 3分\n", hex);
	keep(w, "讨薪 3分\n", again); /* what is there already stays */
	assert_string_equal(hex, again);
	assert_int_equal(rulebook_file_get(w->db, hex, w->arena, &text, &w->e), ERR_OK);
	assert_true(str_is(text, "讨薪 3分\n"));
	keep(w, "", hex);
	assert_int_equal(rulebook_file_get(w->db, hex, w->arena, &text, &w->e), ERR_OK);
	assert_int_equal(text.n, 0);
	assert_int_equal(rulebook_file_get(w->db, SET, w->arena, &text, &w->e), ERR_NOT_FOUND);
	assert_int_equal(rulebook_verify(w->db, &w->e), ERR_OK);
}

static void test_sets(void **state)
{
	static const struct rulebook_file files[] = {
		{"keywords.conf", "甲 1分\n", sizeof "甲 1分\n" - 1},
		{"local.d/a.conf", "", 0},
	};
	struct world *w = *state;
	struct rulebook_file *out;
	size_t n;
	bool has;

	assert_int_equal(rulebook_has_set(w->db, SET, &has, &w->e), ERR_OK);
	assert_false(has);
	assert_int_equal(rulebook_set_get(w->db, SET, w->arena, &out, &n, &w->e), ERR_NOT_FOUND);
	assert_int_equal(rulebook_keep_set(w->db, SET, files, 2, &w->e), ERR_OK);
	assert_int_equal(rulebook_keep_set(w->db, SET, files, 2, &w->e), ERR_OK);
	assert_int_equal(rulebook_has_set(w->db, SET, &has, &w->e), ERR_OK);
	assert_true(has);
	assert_int_equal(rulebook_set_get(w->db, SET, w->arena, &out, &n, &w->e), ERR_OK);
	assert_int_equal(n, 2);
	assert_string_equal(out[0].name, "keywords.conf");
	assert_string_equal(out[1].name, "local.d/a.conf");
	assert_memory_equal(out[0].text, files[0].text, files[0].size);
	assert_int_equal(out[1].size, 0);
}

/* Among so many texts two share the shortest prefix. */
static void test_ambiguous(void **state)
{
	enum { TEXTS = 2000 };
	static char hex[TEXTS][HASH_HEX_SIZE];
	struct world *w = *state;
	char prefix[RULEBOOK_PREFIX_MIN + 1] = "", found[HASH_HEX_SIZE], text[16];
	bool is_set = true;

	for (size_t i = 0; i < TEXTS; i++) {
		snprintf(text, sizeof text, "%zu", i);
		keep(w, text, hex[i]);
		for (size_t k = 0; k < i && !*prefix; k++)
			if (memcmp(hex[k], hex[i], RULEBOOK_PREFIX_MIN) == 0)
				memcpy(prefix, hex[i], RULEBOOK_PREFIX_MIN);
	}
	assert_true(*prefix);
	assert_int_equal(rulebook_find(w->db, prefix, found, &is_set, &w->e), ERR_REFUSED);
	assert_int_equal(rulebook_find(w->db, hex[0], found, &is_set, &w->e), ERR_OK);
	assert_string_equal(found, hex[0]);
	assert_false(is_set);
}

static void test_prefixes(void **state)
{
	static const struct rulebook_file file = {"keywords.conf", "甲", sizeof "甲" - 1};
	struct world *w = *state;
	char found[HASH_HEX_SIZE], capital[HASH_HEX_SIZE];
	bool is_set = false;

	assert_int_equal(rulebook_keep_set(w->db, SET, &file, 1, &w->e), ERR_OK);
	assert_int_equal(rulebook_find(w->db, SET, found, &is_set, &w->e), ERR_OK);
	assert_true(is_set);
	snprintf(capital, sizeof capital, "%.62sFF", SET);
	assert_int_equal(rulebook_find(w->db, capital, found, &is_set, &w->e), ERR_OK);
	assert_string_equal(found, SET);
	assert_int_equal(rulebook_find(w->db, "0000", found, &is_set, &w->e), ERR_OK);
	assert_int_equal(rulebook_find(w->db, OTHER, found, &is_set, &w->e), ERR_NOT_FOUND);
	assert_int_equal(rulebook_find(w->db, "000", found, &is_set, &w->e), ERR_NOT_FOUND);
	assert_int_equal(rulebook_find(w->db, "000g", found, &is_set, &w->e), ERR_NOT_FOUND);
	assert_int_equal(rulebook_find(w->db, "", found, &is_set, &w->e), ERR_NOT_FOUND);
	assert_int_equal(rulebook_find(w->db, SET "0", found, &is_set, &w->e), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_files, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_sets, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_ambiguous, world_open_begun, world_close),
		cmocka_unit_test_setup_teardown(test_prefixes, world_open_begun, world_close),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
