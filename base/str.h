/*
 * str.h - views: a pointer and a length that own nothing, and bounded parsing
 * of small tokens from foreign text (instead of sscanf and atoi).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

struct str str_of(const char *s); /* NULL gives the empty view */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *lit);
bool str_is_nocase(struct str a, const char *lit); /* ASCII case */
bool str_has_suffix(struct str a, const char *lit);
struct str str_trim(struct str s); /* ASCII white space at both ends */
/* Position of lit at or after `from`; s.n when there is none. */
size_t str_find(struct str s, const char *lit, size_t from);
/* Cuts *rest at the first `sep`: returns the part before it, advances *rest
 * behind it; at the end of input *rest becomes empty with p == NULL. */
struct str str_split(struct str *rest, char sep);

/* The whole view is a decimal integer within [min, max]. */
bool str_to_int(struct str s, int64_t min, int64_t max, int64_t *out);

/* s[from..to), clamped. */
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){s.p ? s.p + from : NULL, to - from};
}

static inline bool str_has_prefix(struct str a, const char *lit)
{
	size_t n = strlen(lit);

	return n <= a.n && (n == 0 || memcmp(a.p, lit, n) == 0);
}

/* ASCII only, locale-free. Here, because they are asked for every byte of every text. */
static inline bool str_is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool str_is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline bool str_is_alpha(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static inline bool str_is_alnum(unsigned char c)
{
	return str_is_alpha(c) || str_is_digit(c);
}

static inline char str_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
