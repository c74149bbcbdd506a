/*
 * entity.c - character references; the names are a sorted table.
 */
#include "crawler/entity.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define NAME_MAX_BYTES 20

struct entity_row {
	const char *name;
	uint32_t cp;
	unsigned char bare; /* known without ";" */
};

/* clang-format off */
static const struct entity_row rows[] = {
#include "crawler/entity_table.inc"
};

static const uint16_t c1_to_unicode[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};
/* clang-format on */

uint32_t entity_from_c1(uint32_t cp)
{
	return cp >= 0x80 && cp < 0xA0 ? c1_to_unicode[cp - 0x80] : cp;
}

static const struct entity_row *find(const char *name, size_t n)
{
	size_t lo = 0, hi = sizeof rows / sizeof *rows;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = (unsigned char)rows[mid].name[0] - (unsigned char)name[0];
		if (d == 0)
			d = strncmp(rows[mid].name, name, n);
		if (d == 0 && rows[mid].name[n])
			d = 1;
		if (d == 0)
			return &rows[mid];
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

uint32_t entity_by_name(const char *name, size_t n)
{
	const struct entity_row *r = n && n <= NAME_MAX_BYTES ? find(name, n) : NULL;

	return r ? r->cp : 0;
}

static int digit_of(char c, unsigned base)
{
	int d = -1;

	if (c >= '0' && c <= '9')
		d = c - '0';
	else if (base == 16 && c >= 'a' && c <= 'f')
		d = c - 'a' + 10;
	else if (base == 16 && c >= 'A' && c <= 'F')
		d = c - 'A' + 10;
	return d;
}

static bool is_low_surrogate(uint32_t v)
{
	return v >= 0xDC00 && v <= 0xDFFF;
}

/* The number behind "&#" and the bytes read, 0: there is none. */
static size_t read_digits(const char *s, size_t n, uint32_t *value)
{
	size_t i = 2;
	unsigned base = 10;
	uint32_t v = 0;

	if (i < n && (s[i] == 'x' || s[i] == 'X')) {
		base = 16;
		i++;
	}
	size_t first = i;
	for (int d; i < n && (d = digit_of(s[i], base)) >= 0; i++)
		if (v <= 0x10FFFF)
			v = v * base + (uint32_t)d;
	if (i == first)
		return 0;
	if (i < n && s[i] == ';')
		i++;
	*value = v;
	return i;
}

static size_t read_number(const char *s, size_t n, uint32_t *cp)
{
	uint32_t v = 0, low = 0;
	size_t i = read_digits(s, n, &v), more = 0;

	if (i == 0)
		return 0;
	/* &#55357;&#56832; is one character in UTF-16, as some programs write it. */
	if (v >= 0xD800 && v <= 0xDBFF && n - i > 2 && s[i] == '&' && s[i + 1] == '#')
		more = read_digits(s + i, n - i, &low);
	if (more && is_low_surrogate(low)) {
		*cp = 0x10000 + ((v - 0xD800) << 10) + (low - 0xDC00);
		return i + more;
	}
	v = entity_from_c1(v);
	*cp = v == 0 || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF) ? UTF8_REPLACEMENT : v;
	return i;
}

size_t entity_read(const char *s, size_t n, uint32_t *cp)
{
	size_t i = 1;

	if (n > 2 && s[1] == '#')
		return read_number(s, n, cp);
	while (i < n && i <= NAME_MAX_BYTES && str_is_alnum((unsigned char)s[i]))
		i++;
	if (i == 1 || i > NAME_MAX_BYTES)
		return 0;
	const struct entity_row *r = find(s + 1, i - 1);
	if (!r)
		return 0;
	*cp = r->cp;
	if (i < n && s[i] == ';')
		return i + 1;
	return r->bare && !(i < n && s[i] == '=') ? i : 0;
}
