/*
 * From cells to records and items: what is refused and why, times, links, masking.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "crawler/table_rows.h"
#include "tests/unit/xlsx.h"

struct world {
	struct arena *arena;
	struct table_sheet sheet;
	struct table_map map;
	struct table_rows rows;
	struct table_mapping mapping;
	struct err e;
};

static int setup(void **state)
{
	*state = calloc(1, sizeof(struct world));
	return !((struct world *)*state)->arena &&
			       !(((struct world *)*state)->arena = arena_new(ARENA_MAX_DEFAULT))
		       ? -1
		       : 0;
}

static int teardown(void **state)
{
	arena_free(((struct world *)*state)->arena);
	free(*state);
	return 0;
}

static void make(struct world *w, const char *data, size_t n)
{
	const struct table_rows_options opt = {
		.now = 1762300800, .url = "https://www.example.gov.cn/a/", .mapping = &w->mapping};

	if (table_read(data, n, NULL, w->arena, &w->sheet, &w->e) ||
		table_map_find(&w->sheet, &w->mapping, &w->map, &w->e) ||
		table_rows_make(&w->sheet, &w->map, &opt, w->arena, &w->rows, &w->e))
		fail_msg("%s", w->e.text);
}

static void test_days_since_1899(void **state)
{
	static const char csv[] = "编号,标题,发布时间\n"
				  "1,停水,46019.39583\n"
				  "2,停电,46019\n"
				  "3,停气,46019.x\n"
				  "4,停暖,12345\n";
	struct world *w = *state;

	make(w, csv, sizeof csv - 1);
	assert_int_equal(w->rows.count, 4);
	assert_int_equal(w->rows.records[0].published, 1766914200); /* 2025-12-28 09:30 */
	assert_int_equal(w->rows.records[1].published, 1766880000);
	assert_int_equal(w->rows.records[2].published, TIME_NONE);
	assert_int_equal(w->rows.records[3].published, TIME_NONE);
	assert_int_equal(w->rows.remark_count, 2);
}

static void test_records(void **state)
{
	static const char csv[] =
		"编号,标题,内容,链接,发布时间,姓名\n"
		"1,<b>停水</b>,\"第一行\n第二行 13812345678\",../x.html,2025-11-01,张三\n"
		"2,停电,,https://a.example.com/1,不知何时,李四\n"
		"编号,标题,内容,链接,发布时间,姓名\n"
		"3,,,,,\n";
	struct world *w = *state;
	const struct table_record *r;

	make(w, csv, sizeof csv - 1);
	assert_int_equal(w->rows.count, 2);
	r = &w->rows.records[0];
	assert_int_equal(r->row, 2);
	assert_string_equal(r->field[TABLE_TITLE], "停水");
	assert_string_equal(r->field[TABLE_CONTENT], "第一行\n第二行 ***");
	assert_string_equal(r->field[TABLE_LINK], "https://www.example.gov.cn/x.html");
	assert_int_equal(r->published, 1761955200);
	assert_int_equal(w->rows.masked.of[MASK_MOBILE], 1);
	assert_int_equal(w->rows.records[1].published, TIME_NONE);
	assert_int_equal(w->rows.remark_count, 1);
	assert_non_null(strstr(w->rows.remarks[0].why, "不知何时"));
	assert_int_equal(w->rows.refused_count, 2);
	assert_int_equal(w->rows.refused[0].row, 4);
	assert_non_null(strstr(w->rows.refused[0].why, "head again"));
	assert_int_equal(w->rows.refused[1].row, 5);
	for (size_t f = 0; f < TABLE_FIELDS; f++)
		assert_true(!r->field[f] || !strstr(r->field[f], "张三"));
}

static void test_errors_in_cells(void **state)
{
	struct world *w = *state;
	size_t n;
	char *data =
		xlsx_book(XLSX_SHEET "<row><c t='str'><v>编号</v></c><c t='str'><v>内容</v></c>"
				     "<c t='str'><v>身份证号</v></c></row>"
				     "<row><c t='str'><v>1</v></c><c t='e'><v>#REF!</v></c></row>"
				     "<row><c t='str'><v>2</v></c><c t='str'><v>x</v></c>"
				     "<c><v>522601199001011200</v></c></row>" XLSX_SHEET_END,
			NULL, NULL, NULL, &n);

	make(w, data, n);
	/* A long number in a column that is not taken is nobody's loss. */
	assert_int_equal(w->rows.count, 1);
	assert_int_equal(w->rows.records[0].row, 3);
	assert_int_equal(w->rows.refused_count, 1);
	assert_non_null(strstr(w->rows.refused[0].why, "#REF!"));
	free(data);
}

static void test_keep(void **state)
{
	static const char csv[] = "编号,内容\n1,值班电话0855-8222333，手机13812345678\n";
	struct world *w = *state;

	w->mapping.keep[w->mapping.keep_count++] = "0855-8222333";
	make(w, csv, sizeof csv - 1);
	assert_string_equal(
		w->rows.records[0].field[TABLE_CONTENT], "值班电话0855-8222333，手机***");
}

static void test_document(void **state)
{
	static const char csv[] =
		"编号,类型,内容,地址,联系电话\n1,投诉,停水,某街道,13812345678\n2,x,y,z,1,2\n";
	struct world *w = *state;
	struct document_input in = {.data = csv, .size = sizeof csv - 1, .type = DOCUMENT_TABLE};
	struct document doc;

	assert_int_equal(document_parse(&in, w->arena, &doc, &w->e), ERR_OK);
	assert_int_equal(doc.count, 1);
	assert_string_equal(doc.items[0].id, "1");
	assert_string_equal(doc.items[0].title, "停水");
	assert_string_equal(doc.items[0].summary, "类型：投诉\n地址：某街道");
	assert_int_equal(doc.refused_count, 1);
	assert_int_equal(doc.refused[0].row, 3);
	in.paths.title = "联系电话";
	assert_int_equal(document_parse(&in, w->arena, &doc, &w->e), ERR_CONFIG);
	in.paths.title = "类型";
	assert_int_equal(document_parse(&in, w->arena, &doc, &w->e), ERR_OK);
	assert_string_equal(doc.items[0].title, "投诉");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_days_since_1899, setup, teardown),
		cmocka_unit_test_setup_teardown(test_records, setup, teardown),
		cmocka_unit_test_setup_teardown(test_errors_in_cells, setup, teardown),
		cmocka_unit_test_setup_teardown(test_keep, setup, teardown),
		cmocka_unit_test_setup_teardown(test_document, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
