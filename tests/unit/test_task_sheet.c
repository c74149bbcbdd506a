/* Cells of a plan's table as tasks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "office/task_sheet.h"

#define MADE 18803 /* 2021-06-25 */
#define HEAD "序号,任务,牵头单位,责任单位,类型,时限,周期,触发,备注\n"

struct reading {
	struct arena *a;
	struct task_row row;
	const char *why;
	struct mask_counts masked;
};

/* The first row below the head. */
static void read_one(struct reading *r, const char *cells)
{
	struct table_sheet sheet;
	struct task_sheet found;
	struct err e;
	char text[4096];
	int n = snprintf(text, sizeof text, HEAD "%s\n", cells);

	memset(&r->masked, 0, sizeof r->masked);
	arena_reset(r->a);
	assert_int_equal(table_read(text, (size_t)n, NULL, r->a, &sheet, &e), ERR_OK);
	assert_int_equal(task_sheet_find(&sheet, r->a, &found, &e), ERR_OK);
	assert_int_equal(task_sheet_read(&found, &sheet.rows[found.head + 1], MADE, r->a,
				 &r->masked, &r->row, &r->why, &e),
		ERR_OK);
}

static void test_kinds(void **state)
{
	static const struct {
		const char *cells, *kind, *period, *due, *undated;
		int limit;
	} rows[] = {
		{"1,甲,某局,,,,,,", "once", "", "", "", 0},
		{"1,甲,某局,,,2021-09-30,,,", "once", "", "2021-09-30", "", 0},
		{"1,甲,某局,,,2021年9月30日,,,", "once", "", "2021-09-30", "", 0},
		{"1,甲,某局,,一次性,2021年9月底前,,,", "once", "", "2021-09-30", "", 0},
		{"1,甲,某局,,一次性,2021年6月30日前,,,", "once", "", "2021-06-30", "", 0},
		{"1,甲,某局,,一次性,9月底前,,,", "once", "", "2021-09-30", "", 0},
		{"1,甲,某局,,一次性,年内,,,", "once", "", "2021-12-31", "", 0},
		{"1,甲,某局,,一次性,20个工作日,,,", "once", "", "", "", 20},
		{"1,甲,某局,,一次性,尽快,,,", "once", "", "", "尽快", 0},
		{"1,甲,某局,,持续,长期,,,", "continuous", "quarter", "", "长期", 0},
		{"1,甲,某局,,长期,,半年,,", "continuous", "half", "", "", 0},
		{"1,甲,某局,,,,每季度,,", "recurring", "quarter", "", "", 0},
		{"1,甲,某局,,定期,31天,年,,", "recurring", "year", "", "", 31},
		{"1,甲,某局,,,3个工作日,,文件印发,", "triggered", "", "", "", 3},
		{"1,甲,某局,,触发,第一时间,,人员变动,", "triggered", "", "", "第一时间", 0},
	};
	struct reading r = {.a = arena_new(ARENA_MAX_DEFAULT)};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		read_one(&r, rows[i].cells);
		assert_null(r.why);
		assert_string_equal(r.row.kind, rows[i].kind);
		assert_string_equal(r.row.period, rows[i].period);
		assert_string_equal(r.row.due_date, rows[i].due);
		assert_string_equal(r.row.undated, rows[i].undated);
		assert_int_equal(r.row.limit.amount, rows[i].limit);
	}
	arena_free(r.a);
}

static void test_refused(void **state)
{
	static const char *const rows[] = {
		",甲,某局,,,,,,", /* no number */
		"1,,某局,,,,,,", /* no words */
		"1,甲,,某局,,,,,", /* nobody leads */
		"1,甲,某局,,经常,,,,", /* no such kind */
		"1,甲,某局,,定期,,,,", /* no period */
		"1,甲,某局,,定期,,旬,,", /* no such period */
		"1,甲,某局,,一次性,,月,,", /* a period of what is done once */
	};
	struct reading r = {.a = arena_new(ARENA_MAX_DEFAULT)};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		read_one(&r, rows[i]);
		assert_non_null(r.why);
	}
	arena_free(r.a);
}

static void test_units(void **state)
{
	struct reading r = {.a = arena_new(ARENA_MAX_DEFAULT)};

	(void)state;
	read_one(&r, "33-2,电话13812345678,某局、某办,各镇〈街〉,,,,,备");
	assert_null(r.why);
	assert_string_equal(r.row.item, "33-2");
	assert_string_equal(r.row.words, "电话***");
	assert_int_equal(mask_total(&r.masked), 1);
	assert_string_equal(r.row.note, "备");
	assert_int_equal(r.row.leads.count, 2);
	assert_string_equal(r.row.leads.names[1], "某办");
	assert_int_equal(r.row.cos.count, 1);
	arena_free(r.a);
}

static void test_head(void **state)
{
	static const char with[] =
		"某市方案\n2021年6月25日\n联系人,编 号,重点任务,牵头部门\n张某,1,甲,某局\n";
	static const char without[] = "序号,任务\n1,甲\n";
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct table_sheet sheet;
	struct task_sheet found;
	struct err e;

	(void)state;
	assert_int_equal(table_read(with, sizeof with - 1, NULL, a, &sheet, &e), ERR_OK);
	assert_int_equal(task_sheet_find(&sheet, a, &found, &e), ERR_OK);
	assert_int_equal(found.head, 2);
	assert_string_equal(found.title, "某市方案 2021年6月25日");
	assert_int_equal(found.column[TASK_ITEM], 1);
	assert_int_equal(found.column[TASK_WORDS], 2);
	assert_int_equal(found.column[TASK_LEAD], 3);
	assert_int_equal(found.column[TASK_NOTE], -1);
	assert_int_equal(table_read(without, sizeof without - 1, NULL, a, &sheet, &e), ERR_OK);
	assert_int_equal(task_sheet_find(&sheet, a, &found, &e), ERR_INPUT);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
