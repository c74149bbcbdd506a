/*
 * Heads of columns: found below title rows, known by many words, mapped by hand, and
 * never taken when they are about persons.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "crawler/table_map.h"

struct world {
	struct arena *arena;
	struct table_sheet sheet;
	struct table_mapping m;
	struct table_map map;
	struct err e;
};

static enum err_code find(struct world *w, const char *csv)
{
	assert_int_equal(table_read(csv, strlen(csv), NULL, w->arena, &w->sheet, &w->e), ERR_OK);
	return table_map_find(&w->sheet, &w->m, &w->map, &w->e);
}

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->arena = arena_new(ARENA_MAX_DEFAULT);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	arena_free(w->arena);
	free(w);
	return 0;
}

static void test_head_below_titles(void **state)
{
	struct world *w = *state;

	assert_int_equal(find(w, "凯里市12345热线,,,\n"
				 "2026年11月,,,\n"
				 "* 工单编号（必填）,来电人,联系 "
				 "电话,诉求内容,Ｌｉｎｋ,备注\n1,2,3,4,5,6\n"),
		ERR_OK);
	assert_int_equal(w->map.header, 2);
	assert_int_equal(w->map.column[TABLE_NUMBER], 0);
	assert_int_equal(w->map.column[TABLE_CONTENT], 3);
	assert_int_equal(w->map.column[TABLE_LINK], 4);
	assert_int_equal(w->map.column[TABLE_TITLE], -1);
	assert_int_equal(w->map.kind[1], TABLE_COLUMN_PRIVATE);
	assert_int_equal(w->map.kind[2], TABLE_COLUMN_PRIVATE);
	assert_int_equal(w->map.kind[5], TABLE_COLUMN_UNKNOWN);
	assert_string_equal(table_map_head(&w->map, TABLE_CONTENT), "诉求内容");
	assert_string_equal(table_map_head(&w->map, TABLE_TITLE), "");
}

/* Of two columns that may mean the same, the surer word is taken. */
static void test_surer_word(void **state)
{
	struct world *w = *state;

	assert_int_equal(
		find(w, "内容,编号,工单编号,诉求内容,受理时间,来电时间,办理时限\n1\n"), ERR_OK);
	assert_int_equal(w->map.column[TABLE_NUMBER], 2);
	assert_int_equal(w->map.column[TABLE_CONTENT], 3);
	assert_int_equal(w->map.column[TABLE_ACCEPTED], 4);
	assert_int_equal(w->map.column[TABLE_PUBLISHED], 5);
	assert_int_equal(w->map.column[TABLE_LIMIT], 6);
	assert_int_equal(
		find(w, "Order No,Title,Content,Deadline,Phone Number,Status\n1\n"), ERR_OK);
	assert_int_equal(w->map.column[TABLE_NUMBER], 0);
	assert_int_equal(w->map.column[TABLE_LIMIT], 3);
	assert_int_equal(w->map.kind[4], TABLE_COLUMN_PRIVATE);
}

static void test_private(void **state)
{
	static const char *const private[] = {"姓名", "来电人姓名", "联系人", "联系电话",
		"手机号码", "身份证号", "经办人", "话务员", "住址", "反映人（实名）", "回访电话",
		"Caller Name", "E-mail", "微信号", "承办单位联系人", "性别"};
	static const char *const public[] = {"工单号码", "来电时间", "来电内容", "市民诉求", "地址",
		"承办单位", "满意度", "标题", "备注"};

	(void)state;
	for (size_t i = 0; i < sizeof private / sizeof *private; i++)
		if (!table_map_is_private(private[i]))
			fail_msg("%s is not private", private[i]);
	for (size_t i = 0; i < sizeof public / sizeof *public; i++)
		if (table_map_is_private(public[i]))
			fail_msg("%s is private", public[i]);
}

/* A head of two rows in CSV: the words of a merged cell stand in its first row only. */
static void test_two_rows(void **state)
{
	struct world *w = *state;

	assert_int_equal(find(w, "12345热线工单,,,,,\n"
				 "工单编号,来电人,诉求内容,办理情况,,\n"
				 ",,,承办单位,办理时限,办理结果\n"
				 "1,甲,路灯不亮,某局,2026-12-01,已修\n"),
		ERR_OK);
	assert_int_equal(w->map.header, 2);
	assert_int_equal(w->map.columns, 6);
	assert_int_equal(w->map.column[TABLE_NUMBER], 0);
	assert_int_equal(w->map.column[TABLE_CONTENT], 2);
	assert_int_equal(w->map.column[TABLE_UNIT], 3);
	assert_int_equal(w->map.column[TABLE_LIMIT], 4);
	assert_int_equal(w->map.column[TABLE_RESULT], 5);
	assert_int_equal(w->map.kind[1], TABLE_COLUMN_PRIVATE);
	assert_string_equal(table_map_head(&w->map, TABLE_NUMBER), "工单编号");
	/* A first record with gaps is no part of the head. */
	assert_int_equal(find(w, "工单编号,诉求内容,承办单位\n1,,\n2,乙,某局\n"), ERR_OK);
	assert_int_equal(w->map.header, 0);
}

static void test_no_head(void **state)
{
	struct world *w = *state;

	assert_int_equal(find(w, "甲,乙\n1,2\n"), ERR_INPUT);
	assert_non_null(strstr(w->e.text, "甲, 乙"));
}

static void test_mapping(void **state)
{
	static const char text[] = "[table]\nsheet = 工单\nkeep = 0855-8222333 | 12345\n[columns]\n"
				   "number = 业务流水\ncontent = 事项 | 情况\nlimit = -\n";
	struct world *w = *state;
	struct table_mapping again = {0};
	struct buf b;

	assert_int_equal(
		table_mapping_parse("m.conf", text, strlen(text), w->arena, &w->m, &w->e), ERR_OK);
	assert_string_equal(w->m.sheet, "工单");
	assert_int_equal(w->m.keep_count, 2);
	assert_int_equal(find(w, "业务流水,情况,办理时限,内容\n1,2,3,4\n"), ERR_OK);
	assert_int_equal(w->map.column[TABLE_NUMBER], 0);
	assert_int_equal(w->map.column[TABLE_CONTENT], 1);
	assert_int_equal(w->map.column[TABLE_LIMIT], -1);
	/* what is written reads back the same */
	buf_init(&b, 1 << 16);
	table_mapping_write(&w->m, &b);
	assert_int_equal(
		table_mapping_parse("m.conf", buf_str(&b), b.len, w->arena, &again, &w->e), ERR_OK);
	assert_int_equal(again.count, w->m.count);
	for (size_t i = 0; i < again.count; i++)
		assert_non_null(strstr(buf_str(&b), again.names[i].head));
	buf_fini(&b);
	/* a column that is not there is told, not passed over */
	assert_int_equal(find(w, "业务流水,内容,标题\n1,2,3\n"), ERR_INPUT);
	assert_non_null(strstr(w->e.text, "情况"));
}

static void test_mapping_refused(void **state)
{
	static const char *const bad[] = {
		"number", "=x", "nonsense=标题", "content=联系电话", "title=来电人"};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_not_equal(table_mapping_add(&w->m, w->arena, bad[i], &w->e), ERR_OK);
	assert_int_equal(w->m.count, 0);
	assert_int_equal(table_mapping_add(&w->m, w->arena, "title=事项|大标题", &w->e), ERR_OK);
	assert_int_equal(w->m.count, 2);
	assert_int_not_equal(
		table_mapping_parse("m", "[other]\n", 8, w->arena, &w->m, &w->e), ERR_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_head_below_titles, setup, teardown),
		cmocka_unit_test_setup_teardown(test_surer_word, setup, teardown),
		cmocka_unit_test(test_private),
		cmocka_unit_test_setup_teardown(test_two_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_head, setup, teardown),
		cmocka_unit_test_setup_teardown(test_mapping, setup, teardown),
		cmocka_unit_test_setup_teardown(test_mapping_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
