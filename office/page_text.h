/*
 * page_text.h - what a captured page says, so that two captures can be compared: code points
 * of shadow B (matcher/normalise.h) without white space, which no layout and no script of the
 * page changes.
 */
#ifndef OFFICE_PAGE_TEXT_H
#define OFFICE_PAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct page_words {
	const uint32_t *cp;
	size_t count;
};

struct page_text {
	struct page_words main; /* title and text of the article; all of it where none is found */
	struct page_words whole; /* everything that can be read on it */
};

/* data: the body, decoded; content_type may be NULL. Everything lives in the arena. */
enum err_code page_text_read(const char *data, size_t size, const char *content_type,
	const char *url, struct arena *a, struct page_text *out, struct err *e);

bool page_text_equal(const struct page_words *a, const struct page_words *b);
/* The sentence stands in it, word for word; the mark that ends it does not count. Words of less
 * than 8 characters are never found. */
enum err_code page_text_has(const struct page_words *page, const char *sentence, struct arena *a,
	bool *out, struct err *e);

#endif
