/*
 * numerals.c - reading numbers in digits and in Han numerals.
 */
#include "matcher/numerals.h"

#include <stdbool.h>

#define RUN_MAX 12 /* Han numerals in one number */

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

size_t numerals_digits(const uint32_t *cp, size_t n, int64_t *value)
{
	size_t i = 0;

	*value = 0;
	for (; i < n &&
		(is_digit(cp[i]) || (cp[i] == ',' && i > 0 && i + 1 < n && is_digit(cp[i + 1])));
		i++) {
		if (cp[i] != ',')
			*value = *value * 10 + (int64_t)(cp[i] - '0');
		if (*value > NUMERALS_MAX)
			return 0;
	}
	return i;
}

static int han_digit(uint32_t cp)
{
	static const uint32_t digits[] = {0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
		0x4E03, 0x516B, 0x4E5D}; /* 零一二三四五六七八九 */

	for (int i = 0; i < 10; i++)
		if (digits[i] == cp)
			return i;
	return cp == 0x3007 ? 0 : cp == 0x4E24 ? 2 : -1; /* 〇, 两 */
}

static int64_t han_unit(uint32_t cp)
{
	return cp == 0x5341 ? 10 : cp == 0x767E ? 100 : cp == 0x5343 ? 1000 : 0; /* 十百千 */
}

static size_t han_run(const uint32_t *cp, size_t n)
{
	size_t i = 0;

	while (i < n && i <= RUN_MAX && (han_digit(cp[i]) >= 0 || han_unit(cp[i])))
		i++;
	return i <= RUN_MAX ? i : 0;
}

/* 二〇二六: digits alone, one behind the other. */
static int64_t value_of_digits(const uint32_t *cp, size_t n)
{
	int64_t v = 0;

	for (size_t i = 0; i < n && v <= NUMERALS_MAX; i++) {
		if (han_digit(cp[i]) < 0)
			return -1;
		v = v * 10 + han_digit(cp[i]);
	}
	return v;
}

static int64_t value_of_units(const uint32_t *cp, size_t n)
{
	int64_t total = 0, digit = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t unit = han_unit(cp[i]);
		if (!unit) {
			digit = han_digit(cp[i]);
			continue;
		}
		total += (i == 0 ? 1 : digit) * unit;
		digit = 0;
	}
	return total + digit;
}

size_t numerals_han(const uint32_t *cp, size_t n, int64_t *value)
{
	size_t run = han_run(cp, n);
	int64_t v = value_of_digits(cp, run);

	*value = v >= 0 ? v : value_of_units(cp, run);
	return *value <= NUMERALS_MAX ? run : 0;
}

size_t numerals_read(const uint32_t *cp, size_t n, int64_t *value)
{
	return n > 0 && is_digit(cp[0]) ? numerals_digits(cp, n, value)
					: numerals_han(cp, n, value);
}
