/*
 * xlsx.h - small workbooks for tests, made with libzip in memory.
 */
#ifndef TESTS_UNIT_XLSX_H
#define TESTS_UNIT_XLSX_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct xlsx_part {
	const char *name, *text;
	size_t size; /* 0: strlen(text) */
};

#define XLSX_WORKBOOK                                                                              \
	"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"              \
	" xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
#define XLSX_ONE_SHEET                                                                             \
	XLSX_WORKBOOK "<sheets><sheet name='工单' sheetId='1' r:id='rId1'/></sheets></workbook>"
#define XLSX_RELS                                                                                  \
	"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define XLSX_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define XLSX_ROOT_RELS                                                                             \
	XLSX_RELS "<Relationship Id='rId1' Type='" XLSX_TYPE                                       \
		  "officeDocument' Target='xl/workbook.xml'/>"                                     \
		  "</Relationships>"
#define XLSX_BOOK_RELS                                                                             \
	XLSX_RELS                                                                                  \
	"<Relationship Id='rId1' Type='" XLSX_TYPE "worksheet' Target='worksheets/sheet1.xml'/>"   \
	"<Relationship Id='rId2' Type='" XLSX_TYPE                                                 \
	"worksheet' Target='/xl/worksheets/sheet2.xml'/>"                                          \
	"<Relationship Id='rId8' Type='" XLSX_TYPE "styles' Target='styles.xml'/>"                 \
	"<Relationship Id='rId9' Type='" XLSX_TYPE "sharedStrings' Target='sharedStrings.xml'/>"   \
	"</Relationships>"
#define XLSX_SHEET                                                                                 \
	"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
#define XLSX_SHEET_END "</sheetData></worksheet>"

/* A ZIP file of the parts; free() it. */
static inline char *xlsx_zip(const struct xlsx_part *parts, size_t count, size_t *size)
{
	zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(out, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	zip_stat_t st;
	char *data;

	zip_source_keep(out);
	for (size_t i = 0; i < count; i++) {
		size_t n = parts[i].size ? parts[i].size : strlen(parts[i].text);
		zip_file_add(zip, parts[i].name, zip_source_buffer(zip, parts[i].text, n, 0),
			ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
	}
	if (zip_close(zip) != 0 || zip_source_stat(out, &st) != 0 || zip_source_open(out) != 0)
		abort();
	*size = (size_t)st.size;
	data = malloc(*size);
	if (!data || zip_source_read(out, data, *size) != (zip_int64_t)*size)
		abort();
	zip_source_close(out);
	zip_source_free(out);
	return data;
}

/* A workbook of one sheet; any of the others may be NULL. */
static inline char *xlsx_book(const char *sheet, const char *strings, const char *styles,
	const char *workbook, size_t *size)
{
	const struct xlsx_part parts[] = {
		{"_rels/.rels", XLSX_ROOT_RELS, 0},
		{"xl/workbook.xml", workbook ? workbook : XLSX_ONE_SHEET, 0},
		{"xl/_rels/workbook.xml.rels", XLSX_BOOK_RELS, 0},
		{"xl/worksheets/sheet1.xml", sheet, 0},
		{"xl/sharedStrings.xml", strings ? strings : "<sst/>", 0},
		{"xl/styles.xml", styles ? styles : "<styleSheet/>", 0},
	};

	return xlsx_zip(parts, sizeof parts / sizeof *parts, size);
}

#endif
