/*
 * page.h - a page of plain text for paper: lines of at most PAGE_WIDTH columns, of which
 * Chinese characters take two. No escapes; foreign text is made safe (text.h).
 *
 * Closing punctuation stays with what it closes; Latin words are kept whole.
 */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include <stddef.h>

#include "base/buf.h"

#define PAGE_WIDTH 72

/* A line in the middle. */
void page_centre(struct buf *b, const char *text);
/* A line across the page. */
void page_rule(struct buf *b);
/* Label and value; the lines of a long one below each other. Nothing without a value. */
void page_field(struct buf *b, const char *label, const char *value);
/* A paragraph, its first line set in by two characters. */
void page_paragraph(struct buf *b, const char *text);
/* Two lots of words at both ends of a line. */
void page_two(struct buf *b, const char *left, const char *right);

#endif
