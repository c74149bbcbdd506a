/*
 * utf8.c - decoding, checking and repairing UTF-8 by hand (RFC 3629, Unicode table
 * 3-7); the properties of characters come from utf8proc. Normalisation is in utf8_nfc.c.
 */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "base/plain.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* How a character with this first byte goes on: continuation bytes, and the range
 * of the first of them. 0 bytes: no character starts so. */
struct lead {
	unsigned char more, low, high;
};

static struct lead lead_of(unsigned char c)
{
	struct lead l = {0, 0x80, 0xBF};

	if (c >= 0xC2 && c <= 0xDF) {
		l.more = 1;
	} else if (c >= 0xE0 && c <= 0xEF) {
		l.more = 2;
		if (c == 0xE0)
			l.low = 0xA0;
		else if (c == 0xED)
			l.high = 0x9F;
	} else if (c >= 0xF0 && c <= 0xF4) {
		l.more = 3;
		if (c == 0xF0)
			l.low = 0x90;
		else if (c == 0xF4)
			l.high = 0x8F;
	}
	return l;
}

/* Bytes of the maximal part at s (>= 1); *whole tells if it is a character. */
static size_t part_length(const unsigned char *s, size_t n, bool *whole)
{
	struct lead l = lead_of(s[0]);
	size_t i = 1;

	*whole = s[0] < 0x80;
	if (l.more == 0)
		return 1;
	if (n < 2 || s[1] < l.low || s[1] > l.high)
		return 1;
	while (i < n && i <= l.more && (s[i] & 0xC0) == 0x80)
		i++;
	*whole = i == (size_t)l.more + 1;
	return i;
}

/* U+0080-07FF. */
static bool is_pair(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	return n >= 2 && u[0] >= 0xC2 && u[0] <= 0xDF && (u[1] & 0xC0) == 0x80;
}

uint32_t utf8_decode_rest(const char *s, size_t n, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;
	uint32_t cp;
	bool whole;

	if (is_pair(s, n)) {
		*len = 2;
		return (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
	}
	*len = part_length(u, n, &whole);
	if (!whole)
		return UTF8_BAD;
	cp = u[0] & (0x7Fu >> *len);
	for (size_t i = 1; i < *len; i++)
		cp = cp << 6 | (u[i] & 0x3Fu);
	return cp;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	unsigned char *u = (unsigned char *)out;

	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		u[0] = (unsigned char)cp;
		return 1;
	}
	if (cp < 0x800) {
		u[0] = (unsigned char)(0xC0 | cp >> 6);
		u[1] = (unsigned char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		u[0] = (unsigned char)(0xE0 | cp >> 12);
		u[1] = (unsigned char)(0x80 | (cp >> 6 & 0x3F));
		u[2] = (unsigned char)(0x80 | (cp & 0x3F));
		return 3;
	}
	u[0] = (unsigned char)(0xF0 | cp >> 18);
	u[1] = (unsigned char)(0x80 | (cp >> 12 & 0x3F));
	u[2] = (unsigned char)(0x80 | (cp >> 6 & 0x3F));
	u[3] = (unsigned char)(0x80 | (cp & 0x3F));
	return 4;
}

void utf8_add(struct buf *b, uint32_t cp)
{
	char bytes[4];

	buf_add(b, bytes, utf8_encode(cp, bytes));
}

size_t utf8_valid_prefix(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i = 0;

	while (i += plain_run(s + i, n - i, PLAIN_ANY), i < n) {
		bool whole = true;
		size_t len = is_pair(s + i, n - i) ? 2 : 3;
		if (len == 3 && !utf8_is_usual_three(s + i, n - i))
			len = part_length(u + i, n - i, &whole);
		if (!whole)
			break;
		i += len;
	}
	return i;
}

bool utf8_is_valid(const char *s, size_t n)
{
	return utf8_valid_prefix(s, n) == n;
}

/* Appends valid text with its NULs replaced. */
static void add_without_nul(struct buf *b, const char *s, size_t n)
{
	while (n > 0) {
		const char *nul = memchr(s, '\0', n);
		size_t part = nul ? (size_t)(nul - s) : n;
		buf_add(b, s, part);
		if (!nul)
			return;
		buf_add_str(b, REPLACEMENT);
		s += part + 1;
		n -= part + 1;
	}
}

void utf8_add_repaired(struct buf *b, const char *s, size_t n)
{
	while (n > 0) {
		size_t good = utf8_valid_prefix(s, n), bad;
		bool whole;
		add_without_nul(b, s, good);
		if (good == n)
			return;
		bad = part_length((const unsigned char *)s + good, n - good, &whole);
		buf_add_str(b, REPLACEMENT);
		s += good + bad;
		n -= good + bad;
	}
}

static bool is_first_byte(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

size_t utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += is_first_byte(s[i]);
	return count;
}

size_t utf8_offset(const char *s, size_t n, size_t index)
{
	size_t i = 0;

	for (; i < n; i++)
		if (is_first_byte(s[i]) && index-- == 0)
			break;
	return i;
}

size_t utf8_floor(const char *s, size_t n)
{
	size_t first = n, len;

	while (first > 0 && n - first < 4) {
		first--;
		if (!is_first_byte(s[first]))
			continue;
		return utf8_decode(s + first, n - first, &len) == UTF8_BAD ? first : n;
	}
	return n;
}

size_t utf8_open_tail(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	bool whole;

	for (size_t back = 1; back <= 3 && back <= n; back++) {
		const unsigned char *p = u + n - back;
		if ((*p & 0xC0) == 0x80)
			continue;
		if (lead_of(*p).more < back)
			return 0;
		/* The part must reach the end, or a bad byte already closed it. */
		return part_length(p, back, &whole) == back && !whole ? back : 0;
	}
	return 0;
}

/* --- properties ------------------------------------------------------------ */

static bool in(uint32_t cp, uint32_t from, uint32_t to)
{
	return cp >= from && cp <= to;
}

static const utf8proc_property_t *property_of(uint32_t cp)
{
	return utf8proc_get_property(cp <= 0x10FFFF ? (utf8proc_int32_t)cp : -1);
}

/* Blocks in which a code point that our tables do not know yet is 2 columns wide:
 * the planes of Han, and the pictures of plane 1. */
static bool is_wide_block(uint32_t cp)
{
	return in(cp, 0x20000, 0x2FFFD) || in(cp, 0x30000, 0x3FFFD) || in(cp, 0x1F300, 0x1FAFF);
}

/* Medial vowels and finals of Hangul: drawn into the syllable before them. */
static bool is_inner_jamo(uint32_t cp)
{
	return in(cp, 0x1160, 0x11FF) || in(cp, 0xD7B0, 0xD7C6) || in(cp, 0xD7CB, 0xD7FB);
}

int utf8_cp_width(uint32_t cp)
{
	const utf8proc_property_t *p;

	if (in(cp, 0x20, 0x7E))
		return 1;
	if (in(cp, 0x4E00, 0x9FFF) || in(cp, 0x4DC0, 0x4DFF))
		return 2;
	if (is_inner_jamo(cp))
		return 0;
	p = property_of(cp);
	if (p->ignorable)
		return 0;
	switch (p->category) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return -1;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		return 0;
	case UTF8PROC_CATEGORY_CN:
		return is_wide_block(cp) ? 2 : 1;
	default:
		/* utf8proc gives spacing marks and the Arabic number signs 0. */
		return p->charwidth == 2 ? 2 : 1;
	}
}

size_t utf8_width(const char *s, size_t n)
{
	size_t width = 0, len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		int w = utf8_cp_width(cp == UTF8_BAD ? UTF8_REPLACEMENT : cp);
		width += w > 0 ? (size_t)w : 0;
	}
	return width;
}

bool utf8_is_hidden(uint32_t cp)
{
	const utf8proc_property_t *p;

	if (in(cp, 0x20, 0x7E) || in(cp, 0x4E00, 0x9FFF))
		return false;
	p = property_of(cp);
	return p->ignorable || p->category == UTF8PROC_CATEGORY_CF ||
	       (p->category == UTF8PROC_CATEGORY_CN && !is_wide_block(cp));
}

bool utf8_is_pictograph(uint32_t cp)
{
	return property_of(cp)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool utf8_is_han(uint32_t cp)
{
	return in(cp, 0x4E00, 0x9FFF) || in(cp, 0x3400, 0x4DBF) || cp == 0x3005 || cp == 0x3007 ||
	       in(cp, 0x3021, 0x3029) || in(cp, 0x2E80, 0x2FD5) || in(cp, 0xF900, 0xFAFF) ||
	       in(cp, 0x20000, 0x3FFFD);
}

bool utf8_is_space(uint32_t cp)
{
	return in(cp, 0x09, 0x0D) || cp == 0x20 || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
	       in(cp, 0x2000, 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
	       cp == 0x205F || cp == 0x3000;
}
