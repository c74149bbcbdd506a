/*
 * article_tail.c - the headlines of other articles that a site sets below the text, within
 * its element: a run of lines that are links and nothing else.
 *
 * Files attached to a paper stand so too; they belong to it and end the run.
 */
#include <string.h>

#include "base/str.h"
#include "crawler/article_private.h"

#define RUN_MIN 3 /* lines */
#define LINK_CHARS_MIN 8
#define MARKS_MAX 2 /* "·" in front of a link */

static bool is_file(struct str address)
{
	static const char *const kinds[] = {".doc", ".docx", ".pdf", ".xls", ".xlsx", ".wps", ".et",
		".ofd", ".ppt", ".pptx", ".zip", ".rar", ".jpg", ".png", NULL};

	for (size_t i = 0; kinds[i]; i++) {
		size_t n = strlen(kinds[i]);
		if (address.n > n &&
			str_is_nocase(str_sub(address, address.n - n, address.n), kinds[i]))
			return true;
	}
	return false;
}

/* Where the link around text i leads; NULL: there is none. */
static const char *link_of(const struct page *p, int i)
{
	while (i > 0 && page_node(p, i)->tag != PAGE_A)
		i = page_node(p, i)->parent;
	return i > 0 ? page_attr(p, i, "href") : NULL;
}

/* Is the line of the nodes [from, to) a link to another page, whole? */
static bool is_link_line(const struct page *p, int from, int to)
{
	int chars = 0, linked = 0;

	for (int i = from; i < to; i++) {
		const struct page_node *node = page_node(p, i);
		if (node->tag != PAGE_TEXT || node->hidden)
			continue;
		const char *href = link_of(p, i);
		if (href && is_file(str_of(href)))
			return false;
		chars += node->chars;
		linked += href ? node->chars : 0;
	}
	return linked >= LINK_CHARS_MIN && chars - linked <= MARKS_MAX;
}

int article_end_of_text(const struct article *a)
{
	const struct page *p = a->page;
	int end = page_node(p, a->body)->end, run = 0, begin = end, to;

	for (int i = article_next_text(p, a->body); i < end; i = article_next_text(p, to)) {
		to = article_end_of_line(p, i);
		if (is_link_line(p, i, to))
			begin = run++ ? begin : i;
		else if (!run || !article_is_furniture(a, i, to))
			run = 0;
	}
	return run >= RUN_MIN ? begin : end;
}
