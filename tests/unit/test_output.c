/* Tables: columns line up with wide characters, hostile cells are made visible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/output.h"

static char *print(const struct table *t, size_t width)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);
	struct err e;

	assert_int_equal(table_print(t, f, width, &e), ERR_OK);
	fclose(f);
	return text;
}

static void test_columns_line_up(void **state)
{
	static const struct table_column columns[] = {
		{"ID", TABLE_LEFT, 0}, {"分", TABLE_RIGHT, 0}, {"题", TABLE_LEFT, 0}};
	struct table *t = table_new(columns, 3);

	(void)state;
	table_cell(t, "S1");
	table_cell(t, "12");
	table_cell(t, "欠薪");
	table_end_row(t);
	table_cell(t, "街道");
	table_cellf(t, "%d", 3);
	table_cell(t, NULL);
	table_end_row(t);
	char *text = print(t, 0);
	assert_string_equal(text, "ID    分  题\n"
				  "S1    12  欠薪\n"
				  "街道   3  -\n");
	free(text);
	table_free(t);
}

static void test_fields_line_up_and_stay_on_a_line(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	output_fact(f, "title", "a\nclosed     2026");
	output_fact(f, "发布", "b\033[31m");
	output_fact(f, "研判时限", "c");
	output_fact(f, "absent", NULL);
	output_fact(f, "empty", "");
	output_label(f, "a label that is long");
	output_line(f, "%s\n%d", "d", 4);
	fclose(f);
	assert_string_equal(text, "title      a^Jclosed     2026\n"
				  "发布       b^[[31m\n"
				  "研判时限   c\n"
				  "a label that is long  d^J4\n");
	free(text);
}

static void test_last_column_is_cut_to_the_terminal(void **state)
{
	struct table *t = table_new_bare(2);

	(void)state;
	table_cell(t, "A1");
	table_cell(t, "一二三四五六七八九十");
	table_end_row(t);
	char *text = print(t, 14);
	assert_string_equal(text, "A1  一二三四…\n");
	free(text);
	table_free(t);
}

/* Numbers and names stay whole, prose gives way, and rows stay on one line. */
static void test_prose_gives_way_on_a_narrow_terminal(void **state)
{
	static const struct table_column columns[] = {{"ID", TABLE_LEFT, 0}, {"N", TABLE_RIGHT, 0},
		{"TOPICS", TABLE_CUT, 0}, {"TITLE", TABLE_LEFT, 0}};
	struct table *t = table_new(columns, 4);

	(void)state;
	table_cell(t, "keywords.conf:57");
	table_cell(t, "123456");
	table_cell(t, "经济金融、征地拆迁、欠薪欠资");
	table_cell(t, "一二三四五六七八九十");
	table_end_row(t);
	char *text = print(t, 54);
	assert_string_equal(text, "ID                     N  TOPICS    TITLE\n"
				  "keywords.conf:57  123456  经济金…   一二三四五六七八…\n");
	free(text);
	text = print(t, 30);
	assert_string_equal(text, "ID                     N  TOP…\n"
				  "keywords.conf:57  123456  经…\n");
	free(text);
	table_free(t);
}

/* Two columns may be left out: the first leaves first, and what it leaves free is used. */
static void test_columns_leave_a_narrow_terminal(void **state)
{
	static const struct table_column columns[] = {{"ID", TABLE_LEFT, 0}, {"来源", TABLE_CUT, 2},
		{"历时", TABLE_LEFT, 1}, {"TITLE", TABLE_LEFT, 0}};
	struct table *t = table_new(columns, 4);

	(void)state;
	table_cell(t, "S1");
	table_cell(t, "某市人民政府网");
	table_cell(t, "4小时14分");
	table_cell(t, "一二三四五六七八九十");
	table_end_row(t);
	char *text = print(t, 0);
	assert_string_equal(text, "ID  来源            历时       TITLE\n"
				  "S1  某市人民政府网  4小时14分  一二三四五六七八九十\n");
	free(text);
	text = print(t, 45);
	assert_string_equal(text, "ID  来源      历时       TITLE\n"
				  "S1  某市人…   4小时14分  一二三四五六七八九十\n");
	free(text);
	text = print(t, 44);
	assert_string_equal(text, "ID  来源            TITLE\n"
				  "S1  某市人民政府网  一二三四五六七八九十\n");
	free(text);
	text = print(t, 29);
	assert_string_equal(text, "ID  TITLE\n"
				  "S1  一二三四五六七八九十\n");
	free(text);
	text = print(t, 12);
	assert_string_equal(text, "ID  TITLE\n"
				  "S1  一二三…\n");
	free(text);
	table_free(t);
}

/* What no row has leaves before all else. */
static void test_empty_columns_leave_first(void **state)
{
	static const struct table_column columns[] = {{"ID", TABLE_LEFT, 0},
		{"STATE", TABLE_LEFT, 0}, {"AGE", TABLE_LEFT, 1}, {"TITLE", TABLE_LEFT, 0}};
	struct table *t = table_new(columns, 4);

	(void)state;
	table_cell(t, "S1");
	table_cell(t, "");
	table_cell(t, "3h");
	table_cell(t, "一二三四五六七八");
	table_end_row(t);
	char *text = print(t, 32);
	assert_string_equal(text, "ID  STATE  AGE  TITLE\n"
				  "S1         3h   一二三四五六七八\n");
	free(text);
	text = print(t, 31);
	assert_string_equal(text, "ID  AGE  TITLE\n"
				  "S1  3h   一二三四五六七八\n");
	free(text);
	table_free(t);
}

static void test_cells_are_safe(void **state)
{
	struct table *t = table_new_bare(2);

	(void)state;
	table_cell(t, "a\x1b[31m\n\xe2\x80\xae");
	table_cell(t, "b");
	table_end_row(t);
	char *text = print(t, 0);
	assert_null(strchr(text, '\x1b'));
	assert_non_null(strstr(text, "^["));
	assert_non_null(strstr(text, "<U+202E>"));
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	free(text);
	table_free(t);
}

static void test_many_rows(void **state)
{
	struct table *t = table_new_bare(2);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		table_cellf(t, "%d", i);
		table_end_row(t);
	}
	assert_int_equal(table_rows(t), 1000);
	char *text = print(t, 0);
	assert_non_null(strstr(text, "\n999\n"));
	free(text);
	table_free(t);
}

/* Labels of one language and of another stand in one column. */
static void test_facts_line_up(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	output_fact(f, "published", "a");
	output_fact(f, "标题", "b\nc\033d");
	output_fact(f, "研判时限", "e");
	output_fact(f, "理由", NULL);
	output_fact(f, "理由", "");
	output_label(f, "a label that is long");
	fputs("f\n", f);
	fclose(f);
	assert_string_equal(text, "published  a\n"
				  "标题       b^Jc^[d\n"
				  "研判时限   e\n"
				  "a label that is long  f\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_line_up),
		cmocka_unit_test(test_fields_line_up_and_stay_on_a_line),
		cmocka_unit_test(test_last_column_is_cut_to_the_terminal),
		cmocka_unit_test(test_prose_gives_way_on_a_narrow_terminal),
		cmocka_unit_test(test_columns_leave_a_narrow_terminal),
		cmocka_unit_test(test_empty_columns_leave_first),
		cmocka_unit_test(test_cells_are_safe),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_facts_line_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
