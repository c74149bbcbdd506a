/*
 * charset.h - bytes from outside to UTF-8.
 *
 * Order of belief: byte order mark (or the zero bytes of UTF-16/32), the source's
 * override, the HTTP charset, the document's own declaration (XML declaration,
 * HTML meta), a guess. Labels are checked against the bytes: text that is valid
 * UTF-8 is UTF-8 whatever it says, a label that does not fit the bytes gives way
 * to the next, and so does a western one on what is plainly East Asian. GB2312 and GBK are read as
 * GB18030, ISO-8859-1 as windows-1252 (WHATWG Encoding §4.2). Bytes that mean nothing become
 * U+FFFD, and so does NUL.
 */
#ifndef CRAWLER_CHARSET_H
#define CRAWLER_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define CHARSET_NAME_MAX 48

struct charset_hints {
	const char *override; /* the source's, or NULL */
	const char *content_type; /* value of the HTTP header, or NULL */
	bool json; /* no declaration inside */
};

struct charset_result {
	char name[CHARSET_NAME_MAX]; /* lower case, "utf-8", "gb18030", "big5" … */
	bool replaced; /* some bytes meant nothing */
	bool contradicted; /* a label was given and did not fit */
};

/* Appends the document as UTF-8, without byte order mark. Only the buffer's limits
 * and lack of memory are errors. */
enum err_code charset_to_utf8(const char *data, size_t n, const struct charset_hints *hints,
	struct buf *out, struct charset_result *result, struct err *e);

/* The same, without a copy where the bytes are UTF-8 already: *text is data then, else
 * what was added to room. Nothing ends in a NUL for certain. */
enum err_code charset_view_utf8(const char *data, size_t n, const struct charset_hints *hints,
	struct buf *room, struct str *text, struct charset_result *result, struct err *e);

/* The usual name of a label ("x-gbk" -> "gb18030"), or false when it is no label. */
bool charset_normalise(const char *label, size_t n, char out[CHARSET_NAME_MAX]);

/* The best guess for bytes that are not UTF-8; never NULL. */
const char *charset_guess(const char *data, size_t n);

/* Decodes with a normalised name. *bad counts the replacements; false when the
 * system does not know the charset (nothing appended). */
bool charset_decode(const char *name, const char *data, size_t n, struct buf *out, size_t *bad);

#endif
