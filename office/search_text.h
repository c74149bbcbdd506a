/*
 * search_text.h - the one form in which texts and words of a search are compared: shadow A
 * of matcher/normalise.h (width, case, traditional characters), runs of white space one
 * blank, none at the ends. Another form is another SEARCH_VERSION.
 */
#ifndef OFFICE_SEARCH_TEXT_H
#define OFFICE_SEARCH_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "matcher/normalise.h"

struct search_text {
	const char *s; /* UTF-8, not NUL-terminated */
	size_t n;
	size_t count; /* code points */
	const uint32_t *a; /* of each its place in the shadow */
	struct shadow shadow;
};

/* Lives in the arena. t as for normalise_text(). ERR_LIMIT beyond NORMALISE_INPUT_MAX. */
enum err_code search_text_read(const struct normalise_table *t, const char *s, struct arena *a,
	struct search_text *out, struct err *e);

/* Where the words stand; SIZE_MAX: nowhere. In bytes of the form. */
size_t search_text_find(const struct search_text *t, const char *word, size_t n);

/* Bytes [*from, *to) of the original that became bytes [at, at + n) of the form. */
void search_text_original(const struct search_text *t, const char *original, size_t at, size_t n,
	size_t *from, size_t *to);

/* A line of a text round its bytes [from, to), `width` code points at the most, "…" where it
 * was cut. */
void search_text_add_around(
	const char *text, size_t from, size_t to, size_t width, struct buf *out);

#endif
