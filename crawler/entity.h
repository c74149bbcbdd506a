/*
 * entity.h - character references of HTML and XML: &name; &#1234; &#x4e2d;
 *
 * Names are those of HTML 4.01 and a few of HTML 5 (WHATWG HTML §13.5). Numbers
 * 128 to 159 mean windows-1252, as every browser reads them; 0, surrogates and
 * numbers above U+10FFFF mean U+FFFD; but the two halves of a UTF-16 pair, one behind the
 * other, are the character that they make.
 */
#ifndef CRAWLER_ENTITY_H
#define CRAWLER_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character of a name without & and ;, or 0. Case matters; &AMP; &LT; &GT; &QUOT;
 * &NBSP; &COPY; &REG; are known in capitals too. */
uint32_t entity_by_name(const char *name, size_t n);

/* s[0..n) starts with '&'. Reads one reference; *cp is its character and the
 * bytes read are returned, or 0 when it is none and the '&' is just an '&'. A
 * missing ';' is forgiven for numbers and the old Latin-1 names when nothing
 * alphanumeric or '=' follows. */
size_t entity_read(const char *s, size_t n, uint32_t *cp);

/* U+0080-U+009F as windows-1252, everything else as it is; 0 for the five that
 * are not assigned there. */
uint32_t entity_from_c1(uint32_t cp);

#endif
