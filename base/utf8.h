/*
 * utf8.h - UTF-8 as RFC 3629: decode, encode, validate, repair, measure.
 *
 * Overlong forms, surrogates and code points above U+10FFFF are invalid.
 * Repair follows the Unicode recommendation (each maximal invalid part becomes
 * one U+FFFD) and is idempotent.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_BAD UINT32_MAX
#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes one code point at s[0..n), n > 0. *len is the bytes consumed (>= 1).
 * An invalid sequence gives UTF8_BAD and the length of its maximal part. */
uint32_t utf8_decode(const char *s, size_t n, size_t *len);
/* Writes 1-4 bytes; an invalid code point writes U+FFFD. Returns the length. */
size_t utf8_encode(uint32_t cp, char out[4]);
void utf8_add(struct buf *b, uint32_t cp);

/* Length of the valid prefix: == n when all is valid. */
size_t utf8_valid_prefix(const char *s, size_t n);
bool utf8_is_valid(const char *s, size_t n);
/* Appends s with every invalid part and every NUL replaced by U+FFFD. */
void utf8_add_repaired(struct buf *b, const char *s, size_t n);

size_t utf8_count(const char *s, size_t n); /* code points of valid text */
/* Byte offset of code point `index` (clamped to n). */
size_t utf8_offset(const char *s, size_t n, size_t index);
/* Largest m <= n that does not cut a character of valid text. */
size_t utf8_floor(const char *s, size_t n);

/* Unicode normalisation form C. Valid text in; NULL-free. */
enum err_code utf8_add_nfc(struct buf *b, const char *s, size_t n, struct err *e);

/* Columns on a terminal: 2 for East Asian wide and full-width and emoji, 0 for
 * combining marks and default-ignorables, -1 for controls. */
int utf8_cp_width(uint32_t cp);
size_t utf8_width(const char *s, size_t n); /* controls count 0 */

bool utf8_is_han(uint32_t cp);
/* Unicode White_Space (includes U+3000, U+00A0, U+2028 …). */
bool utf8_is_space(uint32_t cp);

#endif
