/*
 * str.c - views over bytes that somebody else owns, and small parsers on them.
 */
#include "base/str.h"

#include <string.h>

struct str str_of(const char *s)
{
	struct str v = {s, s ? strlen(s) : 0};

	return v;
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *lit)
{
	return str_eq(a, str_of(lit));
}

bool str_is_nocase(struct str a, const char *lit)
{
	/* Most comparisons end at the first byte, and none reads behind lit's NUL. */
	for (size_t i = 0; i < a.n; i++)
		if (lit[i] == '\0' || str_lower(a.p[i]) != str_lower(lit[i]))
			return false;
	return lit[a.n] == '\0';
}

bool str_has_suffix(struct str a, const char *lit)
{
	size_t n = strlen(lit);

	return n <= a.n && (n == 0 || memcmp(a.p + a.n - n, lit, n) == 0);
}

struct str str_trim(struct str s)
{
	size_t from = 0, to = s.n;

	while (from < to && str_is_space((unsigned char)s.p[from]))
		from++;
	while (to > from && str_is_space((unsigned char)s.p[to - 1]))
		to--;
	return str_sub(s, from, to);
}

size_t str_find(struct str s, const char *lit, size_t from)
{
	const char *hit;

	if (from > s.n)
		return s.n;
	if (!s.p)
		return 0;
	hit = memmem(s.p + from, s.n - from, lit, strlen(lit));
	return hit ? (size_t)(hit - s.p) : s.n;
}

struct str str_split(struct str *rest, char sep)
{
	struct str part = *rest;
	const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;

	if (!hit) {
		rest->p = NULL;
		rest->n = 0;
		return part;
	}
	part.n = (size_t)(hit - rest->p);
	rest->p = hit + 1;
	rest->n -= part.n + 1;
	return part;
}

bool str_to_int(struct str s, int64_t min, int64_t max, int64_t *out)
{
	bool negative = s.n > 0 && s.p[0] == '-';
	int64_t v = 0;

	if (s.n == (size_t)negative)
		return false;
	/* Counted downwards: the negative range is the larger one. */
	for (size_t i = negative; i < s.n; i++) {
		if (!str_is_digit((unsigned char)s.p[i]))
			return false;
		if (__builtin_mul_overflow(v, 10, &v) ||
			__builtin_sub_overflow(v, s.p[i] - '0', &v))
			return false;
	}
	if (!negative && __builtin_sub_overflow((int64_t)0, v, &v))
		return false;
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}
