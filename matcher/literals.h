/*
 * literals.h - every word of every rule, found in one pass over shadow B.
 *
 * The shape of the text decides the method: words are mostly two or more Chinese
 * characters, so the pass looks at two code points at a time, asks a bitmap whether
 * any word begins like that, and compares only then. One-character words have a
 * bitmap of their own. A set is built once and is immutable afterwards.
 *
 * Words that begin or end with [a-z0-9] are found only as whole words there
 * (bounded by anything but [a-z0-9]) unless added with LITERALS_LONGER.
 */
#ifndef MATCHER_LITERALS_H
#define MATCHER_LITERALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define LITERALS_FIELDS 3 /* of an item: 0, 1 and 2 */
#define LITERALS_LENGTH_MAX 200 /* code points of one word */

enum literals_tail {
	LITERALS_WHOLE, /* a Latin end is a word's end */
	LITERALS_LONGER, /* "P2P*": and longer */
};

struct literals;

struct literals *literals_new(void); /* NULL: no memory */
void literals_free(struct literals *l);

/* Adds a word of 1 to LITERALS_LENGTH_MAX code points of shadow B; the same word
 * again gets the same id. Ids count from 0. */
enum err_code literals_add(struct literals *l, const uint32_t *cp, size_t n,
	enum literals_tail tail, uint32_t *id, struct err *e);
/* The word is asked for in these fields (a bit 1 << field for each): it is looked for there, and
 * nowhere else. */
void literals_ask(struct literals *l, uint32_t id, unsigned fields);
/* Call once when all are added and asked for, before literals_find(). */
enum err_code literals_build(struct literals *l, struct err *e);

size_t literals_count(const struct literals *l);
size_t literals_length(const struct literals *l, uint32_t id);

/* Past so many places only words that have none yet get one; `fields` stays right. */
#define LITERALS_PLACES_MAX ((size_t)1 << 22)

/* Where each word occurs in some texts (the fields of one item). */
struct literals_place {
	uint32_t at; /* index in shadow B */
	uint32_t next; /* index of the next place of this word + 1, 0 for none */
	unsigned char field;
	unsigned char length; /* of the word */
};

struct literals_word {
	uint32_t first, last; /* index of a place + 1 */
};

struct literals_hits {
	unsigned char *fields; /* by id: bit 1 << field for each it occurs in */
	struct literals_word *word; /* by id; of those that occur */
	struct literals_place *place;
	size_t count, cap;
	bool incomplete; /* there were more than LITERALS_PLACES_MAX */
	uint32_t *found; /* ids that occur, each once */
	size_t found_count;
};

/* No hits yet of a set that is built. They keep their memory from item to item. */
enum err_code literals_hits_init(struct literals_hits *h, const struct literals *l, struct err *e);
void literals_hits_fini(struct literals_hits *h);
void literals_hits_clear(struct literals_hits *h);
/* Adds the places of all words asked for in the field in cp[0..n); places of a word come in text
 * order. */
enum err_code literals_find(const struct literals *l, const uint32_t *cp, size_t n,
	unsigned char field, struct literals_hits *h, struct err *e);

#endif
