/*
 * source_table.h - sources as a table for people with a spreadsheet: CSV in and out.
 *
 * Columns, in any order, under Chinese or English names: 编号 id, 名称 name, 类型 kind, 网址 url,
 * 间隔 every, 编码 charset, 本市 local, 启用 enabled, 分类 category. Only 网址 is needed; other
 * columns are left out. 类型 is feed list json sitemap table or 订阅源 列表 接口 网站地图 表格.
 */
#ifndef CRAWLER_SOURCE_TABLE_H
#define CRAWLER_SOURCE_TABLE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "crawler/opml.h"
#include "crawler/source.h"

/* text: UTF-8. The rows as entries of a subscription list. ERR_INPUT when the first line
 * names no column 网址 or url. */
enum err_code source_table_parse(
	const char *text, size_t n, struct arena *a, struct opml *out, struct err *e);
/* With a byte order mark, for spreadsheets; a cell that one would take for a formula gets an
 * apostrophe in front. */
enum err_code source_table_write(const struct sources *s, struct buf *out, struct err *e);

#endif
