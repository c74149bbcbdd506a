/*
 * Every statement of the program prepares, and its letters fit, on a fresh schema and
 * on every older schema migrated up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"
#include "ledger/db.h"
#include "ledger/migrations.h"

static void check_all(struct db *db)
{
	for (int id = 0; id < STATEMENT_COUNT; id++) {
		struct err e = {ERR_OK, ""};
		if (db_check_statement(db, (enum statement)id, &e) != ERR_OK)
			fail_msg("%s", e.text);
	}
}

static void test_fresh(void **state)
{
	struct err e = {ERR_OK, ""};
	struct db *db;

	(void)state;
	assert_int_equal(db_open_temporary(0, &db, &e), ERR_OK);
	assert_int_equal(db_schema_version(db), migration_count);
	check_all(db);
	db_close(db);
}

static void test_every_older_schema(void **state)
{
	(void)state;
	for (int version = 1; version <= migration_count; version++) {
		struct err e = {ERR_OK, ""};
		struct db *db;
		assert_int_equal(migrations[version - 1].version, version);
		assert_int_equal(db_open_temporary(version, &db, &e), ERR_OK);
		assert_int_equal(db_schema_version(db), version);
		assert_int_equal(db_migrate(db, &e), ERR_OK);
		assert_int_equal(db_schema_version(db), migration_count);
		check_all(db);
		db_close(db);
	}
}

static void test_table(void **state)
{
	(void)state;
	assert_non_null(statement_text((enum statement)0));
	assert_string_equal(statement_text(ST_EVENT_COUNT)->name, "EVENT_COUNT");
	assert_null(statement_text(STATEMENT_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fresh),
		cmocka_unit_test(test_every_older_schema),
		cmocka_unit_test(test_table),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
