/*
 * feedtext.h - the last step of every field: text as DESIGN §5.1 wants it.
 *
 * NFC, no control characters, U+0080-U+009F read as windows-1252, UTF-8 that was
 * encoded twice (through Latin-1) put right, white space collapsed.
 */
#ifndef CRAWLER_FEEDTEXT_H
#define CRAWLER_FEEDTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum feedtext_form {
	FEEDTEXT_PLAIN, /* literal text; white space is white space */
	FEEDTEXT_LINES, /* literal text; its line ends are breaks */
	FEEDTEXT_GUESS, /* said to be text, may be HTML all the same */
	FEEDTEXT_HTML,
};

/* Longest field; more is ERR_LIMIT. */
#define FEEDTEXT_MAX ((size_t)8 << 20)

/* Two buffers that are used again for every field of a document. */
struct feedtext {
	struct buf text, tidy;
};

void feedtext_init(struct feedtext *t);
void feedtext_fini(struct feedtext *t);

/* *out is NULL when nothing is left of the field. one_line: for titles. s is valid UTF-8. */
enum err_code feedtext_make(struct feedtext *t, struct arena *arena, const char *s, size_t n,
	enum feedtext_form form, bool one_line, const char **out, struct err *e);

#endif
