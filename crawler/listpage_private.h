/*
 * listpage_private.h - shared by listpage.c and listpage_find.c only.
 */
#ifndef CRAWLER_LISTPAGE_PRIVATE_H
#define CRAWLER_LISTPAGE_PRIVATE_H

#include "crawler/feedtext.h"
#include "crawler/listpage.h"
#include "crawler/pagelink.h"

struct listpage {
	const struct document_input *in;
	struct arena *arena;
	struct document *out;
	struct page *page;
	const char *base;
	struct feedtext words;
};

struct listpage_row {
	const char *link, *title;
	int64_t published;
};

/* Room for rows in out->items. */
enum err_code listpage_make_room(struct listpage *l, size_t rows, struct err *e);
enum err_code listpage_make_item(struct listpage *l, const struct listpage_row *row, struct err *e);
/* ERR_INPUT when there is nothing that looks like rows. */
enum err_code listpage_find_rows(struct listpage *l, struct err *e);

#endif
