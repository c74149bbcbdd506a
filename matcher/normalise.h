/*
 * normalise.h - the two shadows of DESIGN §5.2 in which rules look for words.
 *
 * Shadow A: NFKC, case folded, traditional to simplified per character, default
 * ignorable code points dropped. Shadow B: A without a single one of · • ・ * _ /
 * between two Han characters (欠·薪 and 拆/迁 are read as 欠薪 and 拆迁).
 * Rules and text go through the same function. Both shadows map back to code
 * points of the original; a character that became several, or several that
 * became one (a letter and its accents), map to their whole original.
 *
 * Against utf8proc_map(COMPAT | COMPOSE | CASEFOLD | IGNORE) followed by t2s the
 * result is the same but for this: a run of more than 30 combining characters is
 * normalised in pieces.
 *
 * normalise_text() makes all of a shadow. Who judges one text after the other reads
 * with normalise_read() into a shadow that keeps its memory: that gives the code
 * points of both shadows, and the rest is made when it is asked for.
 */
#ifndef MATCHER_NORMALISE_H
#define MATCHER_NORMALISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* What becomes of each code point below U+10000; immutable once made. */
struct normalise_table;

struct normalise_table *normalise_table_new(void); /* NULL: no memory */
void normalise_table_free(struct normalise_table *t);

#define NORMALISE_INPUT_MAX ((size_t)16 << 20) /* bytes of one field */

/* Where A and the original part: code points [at, at + count) of A come of
 * [start, end) of the original. Between two of these it is one for one. */
struct normalise_shift {
	uint32_t at, count, start, end;
};

enum normalise_part {
	NORMALISE_CODE_POINTS,
	NORMALISE_SHIFTS,
	NORMALISE_BYTES,
	NORMALISE_OFFSETS,
	NORMALISE_STARTS,
	NORMALISE_ENDS,
	NORMALISE_B,
	NORMALISE_B_INDEX,
	NORMALISE_SENTENCES,
	NORMALISE_PARTS
};

struct shadow {
	size_t count; /* code points of A */
	const uint32_t *cp; /* A */
	size_t b_count;
	const uint32_t *b_cp; /* B; where nothing was left out, cp */
	/* NULL until made. */
	const char *bytes; /* A as UTF-8, not NUL-terminated */
	size_t size;
	const uint32_t *start, *end; /* [start, end) in code points of the original */
	const uint32_t *byte; /* offset of a code point in bytes; [count] is size */
	const uint32_t *b_index; /* index of a code point of B in A; [b_count] is count */
	const uint32_t *sentence; /* number of the sentence a code point of B lies in */
	const struct normalise_shift *shift;
	size_t shift_count;
	/* Where the parts live: in an arena, or in memory that the shadow keeps. */
	struct arena *arena;
	struct {
		void *p;
		size_t size;
	} kept[NORMALISE_PARTS];
};

/* Invalid parts of s are read as U+FFFD. All of *out is made and lives in the arena.
 * t NULL works too, slower. ERR_LIMIT beyond NORMALISE_INPUT_MAX. */
enum err_code normalise_text(const struct normalise_table *t, const char *s, size_t n,
	struct arena *a, struct shadow *out, struct err *e);

void normalise_shadow_init(struct shadow *s);
void normalise_shadow_fini(struct shadow *s);
/* As above, in memory that *out keeps: cp, count, b_cp and b_count (and b_index where B
 * is not A). What was there is gone, on error too. */
enum err_code normalise_read(const struct normalise_table *t, const char *s, size_t n,
	struct shadow *out, struct err *e);
/* Make `bytes` and `size`, or `byte`, or `sentence`, unless they are there. False: no
 * memory. */
bool normalise_make_bytes(struct shadow *s);
bool normalise_make_offsets(struct shadow *s);
bool normalise_make_sentences(struct shadow *s);
/* What normalise_read() makes of x, a line feed and y, of the shadows of x and y; without the
 * way back to the original. False: no memory. */
bool normalise_join(const struct shadow *x, const struct shadow *y, struct shadow *out);
/* Some code points of A as UTF-8: the bytes written, of which 4 * (n + 1) have room. */
size_t normalise_encode(const uint32_t *cp, size_t n, char *out);
/* A sentence ends with code point i of B. */
bool normalise_ends_sentence(const struct shadow *s, size_t i);

/* [start, end) of A or B to code points of the original. */
void normalise_span_a(
	const struct shadow *s, size_t start, size_t end, uint32_t *from, uint32_t *to);
void normalise_span_b(
	const struct shadow *s, size_t start, size_t end, uint32_t *from, uint32_t *to);
/* Both shadows have the places of the original. */
static inline bool normalise_keeps_places(const struct shadow *s)
{
	return !s->b_index && !s->shift_count;
}

/* Index in A of the code point at a byte offset of A (`byte` is made), and index in B of
 * the first code point that stands at or after index `a` of A. */
size_t normalise_index_of_byte(const struct shadow *s, size_t byte);
size_t normalise_b_of_a(const struct shadow *s, size_t a);

/* What one code point becomes by itself, at most `max`; 0 when it is dropped. */
size_t normalise_code_point(uint32_t cp, uint32_t *out, size_t max);

/* [a-z0-9]: the characters that bound Latin words (in a shadow). */
static inline bool normalise_is_word(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
}

#endif
