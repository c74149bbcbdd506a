/*
 * listpage.h - a page that lists articles, row by row: title, link, date.
 *
 * With XPath (document_input.paths) the rows are what it names. Without, they are
 * found: of all runs of like elements that hold one article link each, the run that
 * weighs most - long titles, a date in each row, outside of navigation, footers and
 * hot-lists. A row without a date takes the one in its address. Rows come in the
 * page's order, each address once.
 */
#ifndef CRAWLER_LISTPAGE_H
#define CRAWLER_LISTPAGE_H

#include "crawler/document.h"

/* text: UTF-8. ERR_INPUT when no rows are found, ERR_CONFIG for a bad XPath. Sets
 * out->next to the address of the list's next page, if it says one. */
enum err_code listpage_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e);

#endif
