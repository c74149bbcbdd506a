/*
 * article_headline.h - which element of a page is its headline. Part of article.h, for
 * article_head.c alone: strings that are given live in the article's arena, lengths are
 * characters.
 */
#ifndef CRAWLER_ARTICLE_HEADLINE_H
#define CRAWLER_ARTICLE_HEADLINE_H

#include "crawler/article_private.h"
#include "crawler/date.h"

#define HEADLINE_BYTES_MAX ((size_t)2048)
#define HEADLINE_CHARS_MIN 4
#define HEADLINE_CHARS_MAX 150
#define HEADLINE_COLUMN_CHARS_MAX 7

struct headline_choice {
	int node;
	const char *text;
	double weight;
	bool labelled; /* "信件标题：…" */
	bool behind; /* most of the text stands before it: who signs it, and when */
	bool confirmed; /* the window title or a meta element says the same */
};

/* What the page says of its title elsewhere. Either may be "". */
struct headline_hints {
	const char *window, *meta;
};

/* The element of most weight; node -1: none may be one. */
struct headline_choice headline_best(struct article *a, const struct headline_hints *said);

enum headline_part { HEADLINE_PART_NONE, HEADLINE_PART_INSIDE, HEADLINE_PART_START };
/* Is the candidate the beginning of the window title, or somewhere in it? White space and the
 * kind of quotation marks aside. */
enum headline_part headline_part_of(const char *candidate, const char *whole);

/* The first node behind the headline in an element. */
int headline_end(const struct article *a, int node);
/* The text of nodes [node, end) as one line; "" when there is no memory. */
const char *headline_line(struct article *a, int node, int end);
bool headline_is_centred(const struct page *p, int i);
/* The name of an office's site; a window title that says no more than where it is. */
bool headline_is_site_name(const char *text);
bool headline_is_site(const char *window);
/* Characters of words: Han, and letters of other scripts. */
size_t headline_count_words(const char *s);

#endif
