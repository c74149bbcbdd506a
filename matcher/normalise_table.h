/*
 * normalise_table.h - what becomes of one code point, and of a few that belong
 * together. Not for others than normalise.c.
 */
#ifndef MATCHER_NORMALISE_TABLE_H
#define MATCHER_NORMALISE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/normalise.h"

/* Surrogates never occur in text, so in the table they can stand for "look closer". */
enum normalise_class {
	NORMALISE_SLOW = 0xD800, /* becomes several, or lies beyond U+FFFF; or is no character */
	NORMALISE_DROP,
	NORMALISE_JOIN, /* may combine with the character before it */
	NORMALISE_KEEP, /* lies beyond U+FFFF and stays as it is */
	NORMALISE_SEPARATOR, /* and what follows: becomes one of these */
};

#define NORMALISE_SEPARATORS 6
extern const uint16_t normalise_separators[NORMALISE_SEPARATORS];

#define NORMALISE_GROUP_MAX 32 /* code points normalised together */
#define NORMALISE_EXPANSION 18 /* the longest compatibility decomposition (U+FDFA) */

/* The pictures of plane 1 are common in what people write. */
#define NORMALISE_PICTURES 0x1F300u
#define NORMALISE_PICTURES_END 0x1FB00u

struct normalise_table {
	/* What it becomes, when that is one other below U+10000; else 0. Characters of three
	 * bytes stand at themselves; the rest of `three` is 0. */
	uint16_t ascii[0x80], three[0x10000];
	uint16_t map[0x10000]; /* likewise of all, or an enum normalise_class */
	bool keep[NORMALISE_PICTURES_END - NORMALISE_PICTURES];
};

static inline bool normalise_is_class(uint32_t v)
{
	return (v & 0xFFFFF800u) == 0xD800;
}

/* Of any code point; t may be NULL. */
uint32_t normalise_class_of(const struct normalise_table *t, uint32_t cp);

static inline bool normalise_is_separator(uint32_t cp)
{
	return cp <= 0x30FB &&
	       (cp == 0xB7 || cp == 0x2022 || cp == 0x30FB || cp == '*' || cp == '_' || cp == '/');
}

/* Some bytes of the original through utf8proc and t2s: the count, 0 when nothing is
 * left. out has room for NORMALISE_GROUP_MAX * NORMALISE_EXPANSION. */
size_t normalise_run(const char *s, size_t n, int32_t *out, size_t room);

#endif
