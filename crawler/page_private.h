/*
 * page_private.h - shared by page*.c only: libxml2's tree behind the array.
 */
#ifndef CRAWLER_PAGE_PRIVATE_H
#define CRAWLER_PAGE_PRIVATE_H

#include "base/arena.h"
#include "crawler/page.h"

struct _xmlDoc;
struct _xmlNode;
struct _xmlXPathContext;

struct page {
	struct _xmlDoc *doc; /* libxml2's names */
	struct page_node *nodes;
	struct _xmlNode **tree; /* of each node */
	int count;
	struct arena *arena;
	struct _xmlXPathContext *xpath; /* NULL until it is needed */
};

/* page_read.c: the tree of a text, or ERR_INPUT, ERR_LIMIT; freed with xmlFreeDoc. */
enum err_code page_read_tree(const char *text, size_t n, struct _xmlDoc **out, struct err *e);
/* page.c: a text node, of whatever kind. */
bool page_has_content(const struct _xmlNode *node);

#endif
