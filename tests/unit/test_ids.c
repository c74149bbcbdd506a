/*
 * Names of records, as people type them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ledger/ids.h"

static const struct {
	const char *text;
	bool ok;
	enum ids_type type;
	int year;
	int64_t number;
} parse_rows[] = {
	{"A12", true, IDS_ALERT, 0, 12},
	{"s1", true, IDS_STORY, 0, 1},
	{"i7", true, IDS_ITEM, 0, 7},
	{"123", true, IDS_PLAIN, 0, 123},
	{"000123", true, IDS_PLAIN, 0, 123},
	{"2026-000123", true, IDS_PLAIN, 2026, 123},
	{"YQ-2026-000123", true, IDS_CASE, 2026, 123},
	{"yq-123", true, IDS_CASE, 0, 123},
	{"yq123", true, IDS_CASE, 0, 123},
	{"c45", true, IDS_COMMITMENT, 0, 45},
	{"CN-2026-45", true, IDS_COMMITMENT, 2026, 45},
	{"r7", true, IDS_RESPONSE, 0, 7},
	{"HY-7", true, IDS_RESPONSE, 0, 7},
	{"e3", true, IDS_EVIDENCE, 0, 3},
	{"ZJ-2026-000003", true, IDS_EVIDENCE, 2026, 3},
	{"DB-2026-1", true, IDS_ORDER, 2026, 1},
	{"", false, IDS_PLAIN, 0, 0},
	{"A", false, IDS_PLAIN, 0, 0},
	{"A0", false, IDS_PLAIN, 0, 0},
	{"A-", false, IDS_PLAIN, 0, 0},
	{"A2026-12", false, IDS_PLAIN, 0, 0},
	{"x12", false, IDS_PLAIN, 0, 0},
	{"12x", false, IDS_PLAIN, 0, 0},
	{"-12", false, IDS_PLAIN, 0, 0},
	{"+12", false, IDS_PLAIN, 0, 0},
	{"YQ-26-1", false, IDS_PLAIN, 0, 0},
	{"99999999999999999999", false, IDS_PLAIN, 0, 0},
	{"../x", false, IDS_PLAIN, 0, 0},
};

static void test_parse(void **state)
{
	struct ids id;

	(void)state;
	for (size_t i = 0; i < sizeof parse_rows / sizeof *parse_rows; i++) {
		if (ids_parse(parse_rows[i].text, &id) != parse_rows[i].ok)
			fail_msg("%s", parse_rows[i].text);
		if (!parse_rows[i].ok)
			continue;
		assert_int_equal(id.type, parse_rows[i].type);
		assert_int_equal(id.year, parse_rows[i].year);
		assert_int_equal(id.number, parse_rows[i].number);
	}
}

static void test_format(void **state)
{
	char s[IDS_SIZE];
	struct ids id;

	(void)state;
	ids_format(IDS_CASE, 2026, 123, s);
	assert_string_equal(s, "YQ-2026-000123");
	assert_true(ids_parse(s, &id));
	ids_format(IDS_ALERT, 0, 5, s);
	assert_string_equal(s, "A5");
	assert_string_equal(ids_prefix(IDS_COMMITMENT), "CN");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
