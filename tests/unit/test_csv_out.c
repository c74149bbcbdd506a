/* CSV cells: quoted as RFC 4180 says, and none that a spreadsheet takes for a formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/csv_out.h"

static void test_cells(void **state)
{
	static const struct {
		const char *cell, *csv;
	} rows[] = {
		{NULL, ""},
		{"", ""},
		{"市人社局", "市人社局"},
		{"a,b", "\"a,b\""},
		{"say \"x\"", "\"say \"\"x\"\"\""},
		{"two\nlines", "\"two\nlines\""},
		{"=1+1", "\"'=1+1\""},
		{"+86", "\"'+86\""},
		{"-1", "\"'-1\""},
		{"@x", "\"'@x\""},
		{"\tx", "\"'\tx\""},
		{"\rx", "\"'\rx\""},
		{"\nx", "\"'\nx\""},
		{"＝x", "\"'＝x\""},
		{"＋x", "\"'＋x\""},
		{"－x", "\"'－x\""},
		{"＠x", "\"'＠x\""},
		{"  =x", "\"'  =x\""},
		{"　＝x", "\"'　＝x\""},
		{"—", "—"},
		{"2026-09-30", "2026-09-30"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf b;
		struct csv_out c = {&b, 0};
		buf_init(&b, 1024);
		csv_out_text(&c, rows[i].cell);
		assert_string_equal(buf_str(&b), rows[i].csv);
		buf_fini(&b);
	}
}

static void test_records(void **state)
{
	struct buf b;
	struct csv_out c = {&b, 0};

	(void)state;
	buf_init(&b, 1024);
	csv_out_text(&c, "a");
	csv_out_int(&c, -7);
	csv_out_text(&c, NULL);
	csv_out_end(&c);
	csv_out_text(&c, "b");
	csv_out_end(&c);
	assert_string_equal(buf_str(&b), "a,-7,\r\nb\r\n");
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
