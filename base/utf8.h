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

/* Three bytes whose first says that any two continuation bytes may follow: U+1000-CFFF
 * and U+E000-FFFF, nearly all of Chinese text. */
static inline bool utf8_is_usual_three(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	return n >= 3 && u[0] >= 0xE1 && u[0] <= 0xEF && u[0] != 0xED && (u[1] & 0xC0) == 0x80 &&
	       (u[2] & 0xC0) == 0x80;
}

/* utf8_decode() for what is neither ASCII nor usual. */
uint32_t utf8_decode_rest(const char *s, size_t n, size_t *len);

/* Decodes one code point at s[0..n), n > 0. *len is the bytes consumed (>= 1).
 * An invalid sequence gives UTF8_BAD and the length of its maximal part. */
static inline uint32_t utf8_decode(const char *s, size_t n, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < 0x80) {
		*len = 1;
		return u[0];
	}
	if (!utf8_is_usual_three(s, n))
		return utf8_decode_rest(s, n, len);
	*len = 3;
	return (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
}

/* Writes 1-4 bytes; an invalid code point writes U+FFFD. Returns the length. */
size_t utf8_encode(uint32_t cp, char out[4]);
void utf8_add(struct buf *b, uint32_t cp);

/* What utf8_encode() returns. */
static inline size_t utf8_size(uint32_t cp)
{
	if (cp < 0x80)
		return 1;
	return cp < 0x800 ? 2 : cp < 0x10000 || cp > 0x10FFFF ? 3 : 4;
}

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
/* Bytes at the end of s, 0-3, that begin a character which more bytes could
 * complete: what a reader in blocks keeps for its next block. */
size_t utf8_open_tail(const char *s, size_t n);

/* Unicode normalisation form C, linear in n however many marks follow each other.
 * ERR_INPUT when s is not valid; NUL bytes pass. */
enum err_code utf8_add_nfc(struct buf *b, const char *s, size_t n, struct err *e);

/* Columns on a terminal: 2 for East Asian wide and full-width and emoji, 0 for
 * combining marks, default-ignorables and the vowels and finals of Hangul, 1 for
 * the ambiguous, -1 for controls and line separators. */
int utf8_cp_width(uint32_t cp);
size_t utf8_width(const char *s, size_t n); /* controls count 0 */

bool utf8_is_han(uint32_t cp);
/* Default_Ignorable_Code_Point, format characters and unassigned code points
 * outside the blocks of Han and emoji: what a terminal does not show, or not alike
 * everywhere. */
bool utf8_is_hidden(uint32_t cp);
/* Extended_Pictographic: the emoji and their kin. */
bool utf8_is_pictograph(uint32_t cp);
/* Unicode White_Space (includes U+3000, U+00A0, U+2028 …). */
bool utf8_is_space(uint32_t cp);

#endif
