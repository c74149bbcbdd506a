/*
 * page.h - an HTML page as a flat array of nodes in document order.
 *
 * Read by libxml2's HTML parser (no network, comments dropped, WHATWG-like
 * forgiveness), at most PAGE_NODES_MAX nodes, as many attributes, and PAGE_DEPTH_MAX
 * levels. A node's subtree is the range [i, nodes[i].end), so that every walk is a loop.
 * Counts are of characters that are shown and no white space. Strings belong to the page.
 */
#ifndef CRAWLER_PAGE_H
#define CRAWLER_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define PAGE_NODES_MAX 400000
#define PAGE_DEPTH_MAX 600
#define PAGE_ATTRIBUTES_MAX 200 /* of one tag */

enum page_tag {
	PAGE_TEXT,
	PAGE_OTHER,
	PAGE_A,
	PAGE_P,
	PAGE_BR,
	PAGE_HEADING, /* h1 to h6 */
	PAGE_IMG,
	PAGE_SCRIPT,
	PAGE_META,
	PAGE_TITLE,
	PAGE_TIME,
	PAGE_TABLE,
	PAGE_ROW, /* tr */
	PAGE_CELL, /* td, th */
	PAGE_LI,
	PAGE_LIST, /* ul, ol, dl */
	PAGE_DT,
	PAGE_DD,
	PAGE_SELECT,
	PAGE_BASE,
	PAGE_LINK,
};

struct page_node {
	const char *name; /* lower case; "" for text */
	struct str text; /* of a text node, as it stands */
	int parent; /* -1: none */
	int end; /* one behind the last node below it */
	int chars, linked; /* shown characters below; those inside links */
	int stops; /* of chars: punctuation that ends or parts sentences */
	enum page_tag tag;
	bool hidden; /* not shown, with all below */
	bool is_block; /* makes a break in the text */
};

struct page;

/* text: UTF-8. ERR_INPUT when there is no element in it, ERR_LIMIT beyond the limits. */
enum err_code page_parse(const char *text, size_t n, struct page **out, struct err *e);
void page_free(struct page *p); /* NULL is fine */

int page_count(const struct page *p);
const struct page_node *page_node(const struct page *p, int i);
/* An attribute's value, NULL when absent. */
const char *page_attr(const struct page *p, int i, const char *name);
/* The first descendant-or-self with that tag at or behind `from` within the subtree of
 * `top`, or -1. */
int page_find(const struct page *p, int top, int from, enum page_tag tag);
/* The shown text below node i, with block breaks as "\n", white space collapsed. */
void page_add_text(const struct page *p, int i, struct buf *out);
/* The same for the nodes [from, to). */
void page_add_text_range(const struct page *p, int from, int to, struct buf *out);
/* `class` or `id` of the node holds one of the words (NULL-terminated list, lower case);
 * "no-footer" does not hold "footer". */
bool page_is_named(const struct page *p, int i, const char *const *words);
/* A word of `class`, or `id`, is one of the words, whole. */
bool page_is_called(const struct page *p, int i, const char *const *words);

/* What an XPath expression gave: nodes, or texts (attributes, text(), strings). */
struct page_match {
	int node; /* -1: a text */
	const char *text; /* NULL for nodes */
};

struct page_matches {
	struct page_match *at;
	size_t count;
};

/* context: node the expression starts from; -1 the document. ERR_CONFIG with the
 * parser's word for a bad expression, ERR_LIMIT for one that works too long. The array
 * belongs to the page. */
enum err_code page_select(
	struct page *p, int context, const char *xpath, struct page_matches *out, struct err *e);
/* Is the expression XPath 1.0? ERR_CONFIG otherwise. */
enum err_code page_check_xpath(const char *xpath, struct err *e);

#endif
