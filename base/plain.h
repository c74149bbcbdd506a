/*
 * plain.h - runs of plain text, found 16 bytes at a time.
 *
 * Plain are the characters that no step of ours ever has to look at twice: valid
 * UTF-8, in normal form C among each other, no white space beyond ASCII, nothing that
 * JSON, a terminal or a repair of damaged text would touch. They are printable ASCII
 * (less what the caller wants to stop at), U+4000-9FFF and the punctuation between
 * Chinese characters: U+2010-2027, U+3001-3029, U+FF00-FF7F. Nearly all text is made
 * of them; whoever meets another character handles it and asks again behind it.
 */
#ifndef BASE_PLAIN_H
#define BASE_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ASCII that ends a run: all below `below`, and these three; 0x7F always. Where fewer
 * are wanted one is named twice. To be written as a constant where it is used. */
struct plain_stops {
	unsigned char below, a, b, c;
};

#define PLAIN_ANY ((struct plain_stops){0, 0x7F, 0x7F, 0x7F})
#define PLAIN_TEXT ((struct plain_stops){0x20, 0x7F, 0x7F, 0x7F})
#define PLAIN_WORDS ((struct plain_stops){0x21, 0x7F, 0x7F, 0x7F})

#define PLAIN_LANES 16
/* A lane looks at the two bytes behind its own. */
#define PLAIN_BLOCK (PLAIN_LANES + 2)

typedef unsigned char plain_lanes __attribute__((vector_size(PLAIN_LANES)));
typedef signed char plain_signed __attribute__((vector_size(PLAIN_LANES)));

static inline plain_lanes plain_load(const char *s)
{
	plain_lanes v;

	memcpy(&v, s, sizeof v);
	return v;
}

/* All bits of a lane are set where its byte is within from-to. */
static inline plain_lanes plain_in(plain_lanes v, unsigned char from, unsigned char to)
{
	return (plain_lanes)((v - from) <= (plain_lanes){0} + (unsigned char)(to - from));
}

static inline plain_lanes plain_is(plain_lanes v, unsigned char c)
{
	return (plain_lanes)(v == (plain_lanes){0} + c);
}

/* Bytes 0x80-0xBF, the least of all when they have a sign. */
static inline plain_lanes plain_continues(plain_lanes v)
{
	return (plain_lanes)((plain_signed)v < (plain_signed){0} - 0x40);
}

/* What a plain character of three bytes begins with. Bytes above 0xEF count too: where
 * it is asked they were seen not to be there, or do not matter. */
static inline plain_lanes plain_opens(plain_lanes v)
{
	return (plain_lanes)(v > (plain_lanes){0} + (unsigned char)0xDF);
}

/* Three bytes that are a plain character; the last two are known to continue one. */
static inline plain_lanes plain_triples(plain_lanes v, plain_lanes next, plain_lanes last)
{
	plain_lanes dash = plain_is(v, 0xE2) & plain_in(last, 0x90, 0xA7);
	plain_lanes stop = plain_is(v, 0xE3) & plain_in(last, 0x81, 0xA9);
	plain_lanes wide = plain_is(v, 0xEF) & plain_is(next & 0xFE, 0xBC);

	return plain_in(v, 0xE4, 0xE9) | ((dash | stop) & plain_is(next, 0x80)) | wide;
}

static inline bool plain_is_triple(const unsigned char *s)
{
	if ((s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
		return false;
	switch (s[0]) {
	case 0xE2:
		return s[1] == 0x80 && s[2] >= 0x90 && s[2] <= 0xA7;
	case 0xE3:
		return s[1] == 0x80 && s[2] >= 0x81 && s[2] <= 0xA9;
	case 0xEF:
		return s[1] == 0xBC || s[1] == 0xBD;
	default:
		return s[0] >= 0xE4 && s[0] <= 0xE9;
	}
}

/* Bytes of the plain character at s, 0: it is none. */
static inline size_t plain_one(const char *text, size_t n, struct plain_stops stops)
{
	const unsigned char *s = (const unsigned char *)text;

	if (n && s[0] < 0x7F)
		return s[0] >= stops.below && s[0] != stops.a && s[0] != stops.b && s[0] != stops.c;
	return n >= 3 && plain_is_triple(s) ? 3 : 0;
}

/* Lanes of s[0..16) that are not part of a plain character. All before s is plain, and
 * there are two bytes of it at least: the first lanes may be the end of a character. */
static inline plain_lanes plain_others(const char *s, struct plain_stops stops)
{
	plain_lanes v = plain_load(s), next = plain_load(s + 1), last = plain_load(s + 2);
	plain_lanes stop = plain_is(v, stops.a) | plain_is(v, stops.b) | plain_is(v, stops.c);
	plain_lanes ascii = plain_in(v, stops.below, 0x7E) & ~stop;
	plain_lanes triple =
		plain_triples(v, next, last) & plain_continues(next) & plain_continues(last);
	plain_lanes open = plain_opens(plain_load(s - 1)) | plain_opens(plain_load(s - 2));

	return ~(ascii | triple | (plain_continues(v) & open));
}

/* The first lane that is set; PLAIN_LANES: none. */
static inline size_t plain_first(plain_lanes v)
{
	uint64_t half[2];
	size_t i = 0;

	memcpy(half, &v, sizeof half);
	if ((half[0] | half[1]) == 0)
		return PLAIN_LANES;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	i = half[0] ? (size_t)__builtin_ctzll(half[0]) / 8
		    : 8 + (size_t)__builtin_ctzll(half[1]) / 8;
#else
	while (!v[i])
		i++;
#endif
	return i;
}

static inline size_t plain_run_from_start(const char *s, size_t n, struct plain_stops stops)
{
	size_t i = 0, len;

	while (i < 2 && (len = plain_one(s + i, n - i, stops)) > 0)
		i += len;
	if (i < 2)
		return i;
	for (; n - i >= PLAIN_BLOCK; i += PLAIN_LANES) {
		size_t first = plain_first(plain_others(s + i, stops));
		if (first < PLAIN_LANES)
			return i + first;
	}
	while (i > 0 &&
		((unsigned char)s[i - 1] >= 0xE0 || (i > 1 && (unsigned char)s[i - 2] >= 0xE0)))
		i--; /* back to the start of a character whose end lies behind the last block */
	while ((len = plain_one(s + i, n - i, stops)) > 0)
		i += len;
	return i;
}

/* No plain character begins with this byte. */
static inline bool plain_is_never(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 0x7F && u < 0xE2) || (u > 0xE9 && u != 0xEF);
}

/* Bytes at the front of s, whole characters, that are plain. Cheap where it is none, as it
 * is all through a text in another script. */
static inline size_t plain_run(const char *s, size_t n, struct plain_stops stops)
{
	return n == 0 || plain_is_never(*s) ? 0 : plain_run_from_start(s, n, stops);
}

#endif
