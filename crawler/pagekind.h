/*
 * pagekind.h - a page of which nobody said whether it is a list or an article.
 *
 * Both readers try it; the address, the rows, their dates and the length of the text
 * decide. What is not clear is refused rather than guessed: a home page, a form.
 */
#ifndef CRAWLER_PAGEKIND_H
#define CRAWLER_PAGEKIND_H

#include "crawler/document.h"

/* text: UTF-8. *found: out holds the list or the article. False, and out as it was: it is
 * neither, or not clearly. */
enum err_code pagekind_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, bool *found, struct err *e);

#endif
