/*
 * typed.h - words that people type on a command line, before they go into an event.
 *
 * An act refuses what it cannot keep as it was typed, rather than repairing or cutting
 * it: the record is of account. Control characters and the like are kept and made
 * visible where they are shown (text_add_safe()).
 */
#ifndef OFFICE_TYPED_H
#define OFFICE_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define TYPED_TITLE_MAX ((size_t)2000) /* bytes */
#define TYPED_WORD_MAX ((size_t)300) /* a place, a post, a number of a document */

/* NULL, empty, or nothing but white space (Unicode's, so U+3000 too). */
bool typed_is_blank(const char *s);
/* ERR_USAGE, naming the option, when `value` is not UTF-8 or longer than `max` bytes.
 * NULL is fine. */
enum err_code typed_check(const char *option, const char *value, size_t max, struct err *e);
/* The canonical form, to be freed; ERR_USAGE, naming the URL, when it is none that can be
 * fetched. */
enum err_code typed_url(const char *url, char **canonical, struct err *e);

#endif
