/*
 * Tables: CSV with real damage, XLSX with everything a cell may be, what is refused, and
 * hostile files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"
#include "crawler/table.h"
#include "tests/unit/xlsx.h"

#ifdef __SANITIZE_ADDRESS__
#define TIME_BOUND_MS 240000
#else
#define TIME_BOUND_MS 20000
#endif
#define SHEET(rows) XLSX_SHEET rows XLSX_SHEET_END

struct got {
	struct arena *arena;
	struct table_sheet sheet;
	struct err e;
	enum err_code rc;
	struct buf text; /* rows as "N:a|b|c\n", empty cells as "-" */
};

static void read_table(struct got *g, const char *data, size_t n, const struct table_options *opt)
{
	memset(g, 0, sizeof *g);
	g->arena = arena_new((size_t)64 << 20);
	buf_init(&g->text, (size_t)64 << 20);
	g->rc = table_read(data, n, opt, g->arena, &g->sheet, &g->e);
	for (size_t i = 0; !g->rc && i < g->sheet.count; i++) {
		const struct table_row *row = &g->sheet.rows[i];
		buf_addf(&g->text, "%zu:", row->number);
		for (size_t k = 0; k < row->count; k++)
			buf_addf(&g->text, "%s%s", k ? "|" : "",
				row->cells[k].text ? row->cells[k].text : "-");
		buf_add_str(&g->text, row->damaged ? "!\n" : "\n");
	}
}

static void done(struct got *g)
{
	buf_fini(&g->text);
	arena_free(g->arena);
}

static void expect(const char *data, size_t n, const char *want, int line)
{
	struct got g;

	read_table(&g, data, n, NULL);
	if (g.rc || strcmp(buf_str(&g.text), want) != 0)
		fail_msg("line %d: rc %d %s\n got  %s\n want %s", line, g.rc, g.e.text,
			buf_str(&g.text), want);
	done(&g);
}

static void expect_refused(
	const char *data, size_t n, enum err_code rc, const char *words, int line)
{
	struct got g;

	read_table(&g, data, n, NULL);
	if (g.rc != rc || !strstr(g.e.text, words))
		fail_msg("line %d: rc %d “%s”, wanted %d “%s”", line, g.rc, g.e.text, rc, words);
	done(&g);
}

#define CSV(in, want) expect(in, sizeof(in) - 1, want, __LINE__)

static void test_csv(void **state)
{
	(void)state;
	CSV("a,b,c\n1,2,3\n", "1:a|b|c\n2:1|2|3\n");
	CSV("a,b,c\r\n1,2,3", "1:a|b|c\n2:1|2|3\n");
	CSV("a,b\r1,2\r", "1:a|b\n2:1|2\n");
	CSV("\xEF\xBB\xBF编号,内容\n1,停水\n", "1:编号|内容\n2:1|停水\n");
	CSV("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "1:a|b\n2:x,y|say \"hi\"\n");
	CSV("a,b\n1,\"two\r\nlines\"\n2,z\n", "1:a|b\n2:1|two\r\nlines\n3:2|z\n");
	CSV("a;b\n1;2,5\n2;3,5\n", "1:a|b\n2:1|2,5\n3:2|3,5\n");
	CSV("a\tb\n1\t2\n", "1:a|b\n2:1|2\n");
	CSV("a|b\n1|2\n", "1:a|b\n2:1|2\n");
	CSV("sep=;\na;b,c\n", "1:a|b,c\n");
	CSV("a,b\n=\"00123\",\"=\"\"0456\"\"\"\n", "1:a|b\n2:00123|0456\n");
	CSV("a,b\n'00123,it's\n", "1:a|b\n2:00123|it's\n");
	CSV("a,b\n\n , \n1,2\n", "1:a|b\n4:1|2\n");
	CSV("a,b\n 1 ,\xE3\x80\x80x\xC2\xA0\n", "1:a|b\n2:1|x\n");
	CSV("a,b,c\n1,2,\n1,2\n1,,\n", "1:a|b|c\n2:1|2|-\n3:1|2\n4:1|-|-\n");
	CSV("a,b\n\"x\" ,\"y\"\n", "1:a|b\n2:x|y\n");
	CSV("a,b\n5\" pipe,x\n", "1:a|b\n2:5\" pipe|x\n");
	CSV("标题，一,b\n1,2\n", "1:标题，一|b\n2:1|2\n");
}

static void test_csv_damage(void **state)
{
	(void)state;
	/* a quote inside of a quoted field */
	CSV("a,b\n\"x \"y\" z\",2\n", "1:a|b\n2:x \"y\" z|2\n");
	/* a quote that is never closed takes nothing with it */
	CSV("a,b\n\"open,2\n3,4\n5,6\n", "1:a|b\n2:\"open|2\n3:3|4\n4:5|6\n");
	/* quotes that may have joined two rows: the row says so */
	CSV("a,b\n\"x,1\n\"y\",2\n3,4\n", "1:a|b\n2:x,1\n\"y|2!\n3:3|4\n");
}

static void test_csv_charsets(void **state)
{
	static const char gbk[] = "\xB1\xE0\xBA\xC5,\xC4\xDA\xC8\xDD\r\n1,\xCD\xA3\xCB\xAE\r\n";
	static const char utf16[] = "\xFF\xFE"
				    "a\0\t\0b\0\n\0"
				    "1\0\t\0\x5C\x50\n\0";

	(void)state;
	CSV(gbk, "1:编号|内容\n2:1|停水\n");
	CSV(utf16, "1:a|b\n2:1|停\n");
}

static void test_csv_lost(void **state)
{
	struct got g;
	const char *in = "编号,b\n1.20211E+17,1.5E-3\n=\"120211123000012345\",3E5\n";

	(void)state;
	read_table(&g, in, strlen(in), NULL);
	assert_int_equal(g.rc, ERR_OK);
	assert_int_equal(g.sheet.rows[1].cells[0].kind, TABLE_CELL_LOST);
	assert_int_equal(g.sheet.rows[1].cells[1].kind, TABLE_CELL_TEXT);
	assert_int_equal(g.sheet.rows[2].cells[0].kind, TABLE_CELL_TEXT);
	assert_int_equal(g.sheet.rows[2].cells[1].kind, TABLE_CELL_TEXT);
	done(&g);
}

/* Quotes in every other place: time stays linear. */
static void test_csv_hostile(void **state)
{
	static const char *const units[] = {
		"\"", "\"\"", "\",", "\"\n", ",", "=\"", "\"a\"b", ";\n", "\n"};
	size_t size = 4 << 20;
	char *data = malloc(size);
	int64_t started = time_monotonic_ms();

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct got g;
		size_t n = 0, step = strlen(units[i]);
		for (; n + step < size; n += step)
			memcpy(data + n, units[i], step);
		read_table(&g, data, n, NULL);
		assert_true(g.rc == ERR_OK || g.rc == ERR_LIMIT || g.rc == ERR_INPUT);
		done(&g);
	}
	assert_true(time_monotonic_ms() - started < TIME_BOUND_MS);
	free(data);
}

/* --- XLSX --- */

#define XLSX(sheet, want) expect_book(sheet, NULL, NULL, NULL, want, __LINE__)

static void expect_book(const char *sheet, const char *strings, const char *styles,
	const char *workbook, const char *want, int line)
{
	size_t n;
	char *data = xlsx_book(sheet, strings, styles, workbook, &n);

	expect(data, n, want, line);
	free(data);
}

static void test_xlsx_cells(void **state)
{
	(void)state;
	XLSX(SHEET("<row r='1'><c r='A1' t='inlineStr'><is><t>编号</t></is></c>"
		   "<c r='C1' t='str'><f>A1</f><v>x&amp;y</v></c></row>"
		   "<row r='5'><c r='B5'><v>42</v></c></row>"),
		"1:编号|-|x&y\n5:-|42\n");
	XLSX(SHEET("<row><c><v>1</v></c><c t='b'><v>1</v></c><c t='b'><v>0</v></c>"
		   "<c t='e'><v>#N/A</v></c></row>"),
		"1:1|TRUE|FALSE|#N/A\n");
	XLSX(SHEET("<row><c><v>3.1400000000000001</v></c><c><v>1E3</v></c><c><v>-0.5</v></c>"
		   "<c><v>138123456789</v></c></row>"),
		"1:3.14|1000|-0.5|138123456789\n");
	XLSX(SHEET("<row><c t='inlineStr'><is><r><t>rich </t></r><r><t>text</t></r>"
		   "<rPh sb='0' eb='1'><t>PHONETIC</t></rPh></is></c>"
		   "<c t='inlineStr'><is><t>a_x000D_b_x4e00_</t></is></c></row>"),
		"1:rich text|a\rb一\n");
	XLSX(SHEET("<row><c t='d'><v>2021-06-25T09:30:00</v></c></row>"),
		"1:2021-06-25 09:30:00\n");
	XLSX(SHEET("<row><c t='inlineStr'><is><t> \xE3\x80\x80 </t></is></c></row>"
		   "<row><c><v>7</v></c></row>"),
		"2:7\n");
}

static void test_xlsx_shared(void **state)
{
	(void)state;
	expect_book(SHEET("<row><c t='s'><v>1</v></c><c t='s'><v>0</v></c></row>"),
		"<sst><si><t xml:space='preserve'> one </t></si>"
		"<si><r><rPr/><t>two</t></r><r><t> parts</t></r><rPh sb='0' "
		"eb='1'><t>X</t></rPh></si></sst>",
		NULL, NULL, "1:two parts|one\n", __LINE__);
}

static const char styles[] =
	"<styleSheet><numFmts><numFmt numFmtId='164' "
	"formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; hh:mm'/>"
	"<numFmt numFmtId='165' formatCode='0000000'/>"
	"<numFmt numFmtId='166' formatCode='[Red]0.00&quot;days&quot;'/>"
	"<numFmt numFmtId='167' formatCode='[$-804]h:mm:ss AM/PM'/>"
	"<numFmt numFmtId='168' formatCode='0.00E+00'/></numFmts>"
	"<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
	"<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='164'/>"
	"<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/><xf numFmtId='168'/>"
	"<xf numFmtId='57'/></cellXfs></styleSheet>";

static void test_xlsx_dates(void **state)
{
	(void)state;
	expect_book(
		SHEET("<row><c s='1'><v>44372</v></c><c s='2'><v>44372.395833333336</v></c>"
		      "<c s='3'><v>44372.5</v></c><c s='4'><v>123</v></c><c s='5'><v>44372</v></c>"
		      "<c s='6'><v>0.75</v></c><c s='7'><v>1234</v></c><c "
		      "s='8'><v>44348</v></c></row>"
		      "<row><c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>60</v></c>"
		      "<c s='1'><v>61</v></c><c s='1'><v>2958465</v></c><c s='1'><v>2958466</v></c>"
		      "<c s='1'><v>-1</v></c><c s='2'><v>44372.999999999</v></c></row>"),
		NULL, styles, NULL,
		"1:2021-06-25|2021-06-25 09:30|2021-06-25 "
		"12:00|0000123|44372|18:00|1234|2021-06-01\n"
		"2:1900-01-01|1900-02-28|1900-02-29|1900-03-01|9999-12-31|2958466|-1|2021-06-26\n",
		__LINE__);
	expect_book(SHEET("<row><c s='1'><v>42910</v></c><c s='1'><v>0</v></c></row>"), NULL,
		styles,
		XLSX_WORKBOOK
		"<workbookPr date1904='1'/><sheets><sheet name='a' sheetId='1' r:id='rId1'/>"
		"</sheets></workbook>",
		"1:2021-06-25|1904-01-01\n", __LINE__);
}

static void test_xlsx_lost(void **state)
{
	struct got g;
	size_t n;
	char *data = xlsx_book(
		SHEET("<row><c><v>1.2021112300001234E+17</v></c>"
		      "<c><v>120211123000012345</v></c><c><v>123456789012345</v></c></row>"),
		NULL, NULL, NULL, &n);

	(void)state;
	read_table(&g, data, n, NULL);
	assert_int_equal(g.rc, ERR_OK);
	assert_string_equal(buf_str(&g.text), "1:1.20211E+17|1.20211E+17|123456789012345\n");
	assert_int_equal(g.sheet.rows[0].cells[0].kind, TABLE_CELL_LOST);
	assert_int_equal(g.sheet.rows[0].cells[1].kind, TABLE_CELL_LOST);
	assert_int_equal(g.sheet.rows[0].cells[2].kind, TABLE_CELL_NUMBER);
	done(&g);
	free(data);
}

static void test_xlsx_merged(void **state)
{
	(void)state;
	XLSX(XLSX_SHEET
		"<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
		"<row r='2'><c r='B2'><v>3</v></c></row><row r='4'><c r='B4'><v>4</v></c></row>"
		"<row r='5'><c r='A5'><v>9</v></c></row></sheetData>"
		"<mergeCells><mergeCell ref='A1:A4'/><mergeCell ref='C1:E1'/>"
		"<mergeCell ref='D4:D5'/></mergeCells></worksheet>",
		"1:1|2\n2:1|3\n4:1|4\n5:9\n");
}

static void test_xlsx_sheets(void **state)
{
	static const char book[] = XLSX_WORKBOOK
		"<sheets><sheet name='封面' sheetId='1' r:id='rId1'/>"
		"<sheet name='数据 &amp; 表' sheetId='2' r:id='rId2'/></sheets></workbook>";
	const struct xlsx_part parts[] = {
		{"xl/workbook.xml", book, 0},
		{"xl/_rels/workbook.xml.rels", XLSX_BOOK_RELS, 0},
		{"xl/worksheets/sheet1.xml", SHEET(""), 0},
		{"xl/worksheets/sheet2.xml", SHEET("<row><c><v>2</v></c></row>"), 0},
	};
	struct table_options opt = {.sheet = "数据 & 表"};
	struct got g;
	size_t n;
	char *data = xlsx_zip(parts, 4, &n);

	(void)state;
	read_table(&g, data, n, NULL);
	assert_int_equal(g.rc, ERR_OK);
	assert_string_equal(g.sheet.name, "数据 & 表");
	done(&g);
	read_table(&g, data, n, &opt);
	assert_string_equal(buf_str(&g.text), "1:2\n");
	done(&g);
	opt.sheet = "别的";
	read_table(&g, data, n, &opt);
	assert_int_equal(g.rc, ERR_NOT_FOUND);
	assert_non_null(strstr(g.e.text, "封面, 数据 & 表"));
	done(&g);
	free(data);
}

#define REFUSED(in, rc, words) expect_refused(in, sizeof(in) - 1, rc, words, __LINE__)

static void test_refused(void **state)
{
	const struct xlsx_part ods[] = {
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0},
		{"content.xml", "<x/>", 0}};
	size_t n;
	char *data;

	(void)state;
	REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", ERR_INPUT, "save as .xlsx");
	REFUSED("<html><table><tr><td>1</td></tr></table>", ERR_INPUT, "save as .xlsx");
	REFUSED("\n <TABLE border=1>", ERR_INPUT, "save as .xlsx");
	REFUSED("\xFF\xFE<\0h\0t\0m\0l\0>\0", ERR_INPUT, "save as .xlsx");
	REFUSED("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>",
		ERR_INPUT, "save as .xlsx");
	REFUSED("%PDF-1.4", ERR_INPUT, "PDF");
	REFUSED("", ERR_INPUT, "empty");
	REFUSED(" \n\n", ERR_INPUT, "empty");
	REFUSED("PK\x03\x04 cut off", ERR_INPUT, "damaged");
	data = xlsx_zip(ods, 2, &n);
	expect_refused(data, n, ERR_INPUT, "save as .xlsx", __LINE__);
	free(data);
	data = xlsx_book(SHEET(""), NULL, NULL, NULL, &n);
	expect_refused(data, n, ERR_INPUT, "no sheet", __LINE__);
	free(data);
}

/* --- hostile workbooks: bounded, with a clear word --- */

static void refuse_sheet(const char *sheet, enum err_code rc, const char *words, int line)
{
	size_t n;
	char *data = xlsx_book(sheet, NULL, NULL, NULL, &n);
	int64_t started = time_monotonic_ms();

	expect_refused(data, n, rc, words, line);
	assert_true(time_monotonic_ms() - started < TIME_BOUND_MS);
	free(data);
}

static void test_hostile_xml(void **state)
{
	struct buf b;

	(void)state;
	refuse_sheet("<!DOCTYPE w [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;'>]>" SHEET(
			     "<row><c><v>&b;</v></c></row>"),
		ERR_INPUT, "document type", __LINE__);
	refuse_sheet("<!DOCTYPE w SYSTEM 'file:///etc/passwd'>" SHEET(""), ERR_INPUT,
		"document type", __LINE__);
	refuse_sheet(SHEET("<row><c><v>&undefined;</v></c></row>"), ERR_INPUT, "damaged", __LINE__);
	refuse_sheet(XLSX_SHEET "<row><c><v>1</v>", ERR_INPUT, "damaged", __LINE__);
	refuse_sheet(SHEET("<row><c t='s'><v>7</v></c></row>"), ERR_INPUT, "row 1", __LINE__);
	refuse_sheet(SHEET("<row><c r='XFD1'><v>1</v></c></row>"), ERR_LIMIT, "columns", __LINE__);
	/* deep, and with many attributes */
	buf_init(&b, 64 << 20);
	buf_add_str(&b, XLSX_SHEET);
	for (int i = 0; i < 100000; i++)
		buf_add_str(&b, "<x>");
	refuse_sheet(buf_str(&b), ERR_LIMIT, "deep", __LINE__);
	buf_clear(&b);
	buf_add_str(&b, "<worksheet");
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, " a%d='1'", i);
	refuse_sheet(buf_str(&b), ERR_LIMIT, "attributes", __LINE__);
	buf_fini(&b);
}

static void test_hostile_size(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, (size_t)400 << 20);
	buf_add_str(&b, XLSX_SHEET);
	for (int i = 0; i <= TABLE_ROWS_MAX; i++)
		buf_add_str(&b, "<row><c><v>1</v></c></row>");
	buf_add_str(&b, XLSX_SHEET_END);
	refuse_sheet(buf_str(&b), ERR_LIMIT, "rows", __LINE__);
	/* one cell of 2 MiB */
	buf_clear(&b);
	buf_add_str(&b, XLSX_SHEET "<row><c t='str'><v>");
	for (int i = 0; i < 1 << 18; i++)
		buf_add_str(&b, "12345678");
	buf_add_str(&b, "</v></c></row>" XLSX_SHEET_END);
	refuse_sheet(buf_str(&b), ERR_LIMIT, "cell", __LINE__);
	/* a bomb: blanks without end between the rows */
	buf_clear(&b);
	buf_add_str(&b, XLSX_SHEET);
	while (b.len < TABLE_INFLATED_MAX + 4096)
		buf_add_str(&b,
			"<x>                                                               </x>");
	buf_add_str(&b, XLSX_SHEET_END);
	refuse_sheet(buf_str(&b), ERR_LIMIT, "256 MiB", __LINE__);
	buf_fini(&b);
}

/* Every byte of a workbook changed once: an answer or a refusal, never a crash. */
static void test_bit_flips(void **state)
{
	size_t n;
	char *data = xlsx_book(
		SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c s='1'><v>44372</v></c></row>"),
		"<sst><si><t>x</t></si></sst>", styles, NULL, &n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct got g;
		data[i] = (char)(data[i] ^ (1 << (i % 8)));
		read_table(&g, data, n, NULL);
		assert_true(g.rc == ERR_OK || g.e.text[0]);
		done(&g);
		data[i] = (char)(data[i] ^ (1 << (i % 8)));
		if (i % 7 == 0) {
			read_table(&g, data, i, NULL);
			assert_true(g.rc != ERR_OK || g.sheet.is_csv);
			done(&g);
		}
	}
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_csv_damage),
		cmocka_unit_test(test_csv_charsets),
		cmocka_unit_test(test_csv_lost),
		cmocka_unit_test(test_csv_hostile),
		cmocka_unit_test(test_xlsx_cells),
		cmocka_unit_test(test_xlsx_shared),
		cmocka_unit_test(test_xlsx_dates),
		cmocka_unit_test(test_xlsx_lost),
		cmocka_unit_test(test_xlsx_merged),
		cmocka_unit_test(test_xlsx_sheets),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_hostile_xml),
		cmocka_unit_test(test_hostile_size),
		cmocka_unit_test(test_bit_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
