/* The files of a rule set: where one that is put goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/rules_files.h"

static void put(struct rules_files *f, const char *name, const char *text)
{
	struct err e;

	assert_int_equal(rules_files_put(f, name, NULL, text, strlen(text), &e), ERR_OK);
}

static void assert_order(const struct rules_files *f, const char *const *names, size_t count)
{
	assert_int_equal(f->count, count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(f->file[i].name, names[i]);
}

/* The main file, then the overlays by name, in whatever order they come. */
static void test_files_stand_in_order(void **state)
{
	static const char *const names[] = {
		"keywords.conf", "local.d/a.conf", "local.d/city.conf", "local.d/town.conf"};
	static const size_t orders[][4] = {{0, 1, 2, 3}, {0, 3, 2, 1}, {0, 2, 3, 1}, {0, 3, 1, 2}};

	(void)state;
	for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
		struct rules_files f = {.count = 0};
		for (size_t i = 0; i < 4; i++)
			put(&f, names[orders[o][i]], "");
		assert_order(&f, names, 4);
		rules_files_fini(&f);
	}
}

/* A name before that of the main file does not take its place. */
static void test_main_file_stays_first(void **state)
{
	static const char *const names[] = {"keywords.conf", "city.conf", "town.conf"};
	struct rules_files f = {.count = 0};

	(void)state;
	put(&f, "keywords.conf", "");
	put(&f, "town.conf", "");
	put(&f, "city.conf", "");
	assert_order(&f, names, 3);
	rules_files_fini(&f);
}

static void test_file_that_is_there_is_replaced(void **state)
{
	static const char *const names[] = {"keywords.conf", "local.d/a.conf"};
	struct rules_files f = {.count = 0};
	const struct rules_files_one *one;

	(void)state;
	put(&f, "keywords.conf", "one");
	put(&f, "local.d/a.conf", "two");
	put(&f, "keywords.conf", "three");
	assert_order(&f, names, 2);
	one = rules_files_find(&f, "keywords.conf");
	assert_non_null(one);
	assert_string_equal(buf_str(&one->text), "three");
	assert_null(rules_files_find(&f, "local.d/b.conf"));
	rules_files_fini(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_stand_in_order),
		cmocka_unit_test(test_main_file_stays_first),
		cmocka_unit_test(test_file_that_is_there_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
