/*
 * htmltext.h - HTML, as found inside feeds, to plain text (DESIGN §5.1).
 *
 * Tags and references are resolved, comments, scripts, styles and hidden elements
 * dropped, each run of white space is one blank and block breaks (p, div, li, tr,
 * br, h1 …; line ends inside pre) are one "\n". Cells of a table are parted by a
 * blank. One pass, no recursion, any nesting; the output is never longer than
 * three times the input.
 */
#ifndef CRAWLER_HTMLTEXT_H
#define CRAWLER_HTMLTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum htmltext_mode {
	HTMLTEXT_MARKUP, /* it is HTML */
	HTMLTEXT_TITLE, /* mostly text: a tag that HTML does not know is text ("List<T>") */
};

/* Appends to out; what out held before has no influence. True: all of it is plain
 * (base/plain.h) or "\n". */
bool htmltext_add(struct buf *out, const char *html, size_t n, enum htmltext_mode mode);

/* Is a string that should be plain text really HTML? It is when it has a closing
 * or void tag or a reference, and nothing in it that HTML does not know. */
bool htmltext_is_likely(const char *s, size_t n, enum htmltext_mode mode);
/* The whole string is one piece of markup: escaped once too often. */
bool htmltext_is_wrapped(const char *s, size_t n);

bool htmltext_is_element(const char *name, size_t n);
bool htmltext_is_void(const char *name, size_t n); /* br, img, hr … have no end tag */
/* Does the element make a break in the text? p, div, li, tr, br … */
bool htmltext_is_block(const char *name, size_t n);

#endif
