/* From a typed id to a record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "ledger/db.h"
#include "ledger/records.h"

static void add(struct db *db, const char *id, int year, int number)
{
	struct err e;

	assert_int_equal(
		db_run(db, ST_EVIDENCE_ADD,
			DB_ARGS(DB_TEXT(id), DB_INT(year), DB_INT(number), DB_TEXT("x"),
				DB_TEXT("proof"), DB_TEXT("file"), DB_TEXT(""), DB_TEXT(""),
				DB_TEXT(""), DB_TEXT(""), DB_NULL, DB_TEXT(""), DB_TEXT("pending"),
				DB_INT(1), DB_TEXT("k"), DB_TEXT("n"), DB_NULL),
			&e),
		ERR_OK);
}

static void test_find(void **state)
{
	struct err e = {0};
	struct db *db = NULL;
	char id[IDS_SIZE];

	(void)state;
	assert_int_equal(db_open_temporary(0, &db, &e), ERR_OK);
	assert_int_equal(db_begin_write(db, &e), ERR_OK);
	add(db, "ZJ-2026-000001", 2026, 1);
	add(db, "ZJ-2026-000045", 2026, 45);
	add(db, "ZJ-2027-000045", 2027, 45);
	assert_int_equal(db_commit(db, &e), ERR_OK);
	assert_int_equal(records_find(db, IDS_EVIDENCE, "e1", id, &e), ERR_OK);
	assert_string_equal(id, "ZJ-2026-000001");
	assert_int_equal(records_find(db, IDS_EVIDENCE, "zj-2026-1", id, &e), ERR_OK);
	assert_int_equal(records_find(db, IDS_EVIDENCE, "1", id, &e), ERR_OK);
	assert_int_equal(records_find(db, IDS_EVIDENCE, "45", id, &e), ERR_REFUSED);
	assert_non_null(strstr(e.text, "ZJ-2026-000045, ZJ-2027-000045"));
	assert_int_equal(records_find(db, IDS_EVIDENCE, "2027-45", id, &e), ERR_OK);
	assert_string_equal(id, "ZJ-2027-000045");
	assert_int_equal(records_find(db, IDS_EVIDENCE, "46", id, &e), ERR_NOT_FOUND);
	assert_int_equal(records_find(db, IDS_EVIDENCE, "c1", id, &e), ERR_USAGE);
	assert_int_equal(records_find(db, IDS_EVIDENCE, "../x", id, &e), ERR_USAGE);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
