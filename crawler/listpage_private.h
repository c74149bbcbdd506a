/*
 * listpage_private.h - shared by listpage*.c only.
 */
#ifndef CRAWLER_LISTPAGE_PRIVATE_H
#define CRAWLER_LISTPAGE_PRIVATE_H

#include "base/buf.h"
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

/* A link that may be the title of a row. */
struct listpage_link {
	const char *address, *title;
	int node;
	int id; /* equal for equal addresses */
	size_t length; /* of the title, in characters */
	uint64_t kind; /* equal for links that stand alike in their rows */
};

/* The links of a page in its order, and what is known of every node. In the arena. */
struct listpage_links {
	struct listpage_link *at;
	int count;
	int *at_node; /* of a node: index of the link, -1 none */
	uint64_t *path; /* of a node: names and classes from the root down to it */
	int *depth;
	/* Of a node: the least and greatest id of long titles below it; lo > hi: none. */
	int *lo, *hi;
};

#define LISTPAGE_TITLE_LONG 5 /* characters; shorter ones rather name a column or a button */

/* listpage.c: room for rows in out->items, and one row into it. */
enum err_code listpage_make_room(struct listpage *l, size_t rows, struct err *e);
enum err_code listpage_make_item(struct listpage *l, const struct listpage_row *row, struct err *e);
/* listpage_records.c: adds the page to out, the rows that a widespread publishing system
 * keeps in a script (<datastore>, <record>, CDATA) in the script's place. False: it has
 * none, nothing is added. */
bool listpage_unpack_records(struct str page, struct buf *out);
/* listpage_links.c. ERR_LIMIT for a page of too many links. */
enum err_code listpage_take_links(struct listpage *l, struct listpage_links *out, struct err *e);
/* listpage_find.c. ERR_INPUT when there is nothing that looks like rows. */
enum err_code listpage_find_rows(struct listpage *l, struct err *e);

#endif
