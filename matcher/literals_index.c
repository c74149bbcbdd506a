/*
 * literals_index.c - a bitmap over the first two code points of words, then a hash table of what
 * they begin with, which knows the third ones too, and then the words, in a row for each
 * beginning. The pass first collects the places where the bitmap says yes, without a branch for
 * each character, and then looks at these.
 */
#include "matcher/literals_index.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/normalise.h"

#define ROWS_MIN ((size_t)1024) /* of 64 bits: 8 KiB ... */
#define ROWS_MAX ((size_t)4096) /* ... to 32 KiB */
#define ROW_WORDS 2 /* a row, as long as there are fewer rows than ROWS_MAX */
#define SINGLES 65536u /* bits */
#define NO_SECOND UINT32_MAX /* in place of the second code point of a single one */
#define BLOCK 256 /* characters looked at before the words are */

/* What words begin with, two code points, or one and NO_SECOND. */
struct head {
	uint64_t pair;
	uint32_t first; /* of its words in `word`; 0: a free slot */
	uint32_t thirds; /* a bit for each third code point; all when a word has none */
};

#define BESIDE 4 /* code points of a word that are kept beside it */

struct word {
	uint64_t beside; /* the third code point and three more, 16 bits each; 0: none */
	uint64_t mask; /* of `beside` */
	uint32_t id, offset;
	uint8_t length;
	uint8_t bound; /* at which ends something else must stand */
	bool whole; /* `beside` says all about it that the head does not */
	bool last; /* of a head */
};

#define HEAD_BOUND 1u
#define TAIL_BOUND 2u

struct literals_index {
	const uint32_t *text; /* of all words */
	struct head *head;
	size_t heads; /* slots, a power of two */
	struct word *word; /* by head; the first is none */
	/* A bit for the first two code points, and one for single ones. Many share a bit: it
	 * says what to look at. */
	uint64_t begins[ROWS_MAX];
	uint32_t row_mask; /* of the rows in use: those of few words stay in the cache */
	uint64_t single[SINGLES / 64];
	bool has_pairs, has_single;
};

static inline uint64_t pair_of(uint32_t a, uint32_t b)
{
	return (uint64_t)b << 32 | a;
}

static inline size_t hash_pair(uint64_t pair)
{
	return (size_t)(pair * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* No two pairs with the same first code point share a bit, nor do many others. */
static inline uint32_t row_of(uint32_t first, uint32_t second)
{
	return first ^ second / 64;
}

static inline uint64_t bit_of(uint32_t cp)
{
	return (uint64_t)1 << cp % 64;
}

static inline uint32_t third_bit(uint32_t cp)
{
	return (uint32_t)1 << cp % 32;
}

static uint64_t pair_of_word(const uint32_t *cp, size_t n)
{
	return pair_of(cp[0], n > 1 ? cp[1] : NO_SECOND);
}

/* --- making --------------------------------------------------------------------- */

/* The slot of a beginning, or the free one where it belongs. */
static inline struct head *find_head(const struct literals_index *x, uint64_t pair)
{
	size_t i = hash_pair(pair) & (x->heads - 1);

	while (x->head[i].first && x->head[i].pair != pair)
		i = (i + 1) & (x->heads - 1);
	return &x->head[i];
}

static void mark(struct literals_index *x, const struct literal *w, struct head *h)
{
	const uint32_t *cp = x->text + w->offset;

	h->thirds |= w->length > 2 ? third_bit(cp[2]) : UINT32_MAX;
	if (w->length > 1) {
		x->begins[row_of(cp[0], cp[1]) & x->row_mask] |= bit_of(cp[1]);
		x->has_pairs = true;
		return;
	}
	x->single[cp[0] % SINGLES / 64] |= bit_of(cp[0]);
	x->has_single = true;
}

static struct word packed(const struct literals_words *words, uint32_t id)
{
	const struct literal *w = &words->row[id];
	const uint32_t *cp = words->text + w->offset;
	struct word p = {.id = id,
		.offset = w->offset,
		.length = (uint8_t)w->length,
		.bound = (uint8_t)((w->head_bound ? HEAD_BOUND : 0) |
				   (w->tail_bound ? TAIL_BOUND : 0)),
		.whole = w->length <= 2 + BESIDE,
		.last = w->chain == 0};

	for (size_t i = 2; i < w->length && i < 2 + BESIDE; i++) {
		p.beside |= (uint64_t)(uint16_t)cp[i] << 16 * (i - 2);
		p.mask |= (uint64_t)UINT16_MAX << 16 * (i - 2);
		p.whole &= cp[i] <= UINT16_MAX;
	}
	return p;
}

/* Words that have been put under their heads in a chain are laid out one behind the
 * other. */
static void lay_out(struct literals_index *x, const struct literals_words *words)
{
	uint32_t n = 1;

	for (size_t i = 0; i < x->heads; i++) {
		uint32_t next = x->head[i].first;
		if (!next)
			continue;
		x->head[i].first = n;
		for (; next; next = words->row[next - 1].chain)
			x->word[n++] = packed(words, next - 1);
	}
}

static uint32_t rows_for(size_t words)
{
	size_t rows = ROWS_MIN;

	while (rows < ROWS_MAX && rows * ROW_WORDS < words)
		rows *= 2;
	return (uint32_t)rows;
}

static bool make_room(struct literals_index *x, size_t count)
{
	x->row_mask = rows_for(count) - 1;
	x->heads = 256;
	while (x->heads < count * 2)
		x->heads *= 2;
	x->head = calloc(x->heads, sizeof *x->head);
	x->word = calloc(count + 1, sizeof *x->word);
	return x->head && x->word;
}

/* Puts a word under its head, in a chain. */
static void put_word(struct literals_index *x, const struct literals_words *words, uint32_t id)
{
	struct literal *w = &words->row[id];
	uint64_t pair = pair_of_word(words->text + w->offset, w->length);
	struct head *h = find_head(x, pair);

	h->pair = pair;
	w->chain = h->first;
	h->first = id + 1;
	mark(x, w, h);
}

static size_t count_words(const struct literals_words *words, unsigned fields)
{
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++)
		count += (words->row[i].fields & fields) != 0;
	return count;
}

struct literals_index *literals_index_new(const struct literals_words *words, unsigned fields)
{
	struct literals_index *x = calloc(1, sizeof *x);

	if (!x || !make_room(x, count_words(words, fields))) {
		literals_index_free(x);
		return NULL;
	}
	x->text = words->text;
	for (uint32_t id = 0; id < words->count; id++)
		if (words->row[id].fields & fields)
			put_word(x, words, id);
	lay_out(x, words);
	return x;
}

void literals_index_free(struct literals_index *x)
{
	if (!x)
		return;
	free(x->head);
	free(x->word);
	free(x);
}

/* --- finding ----------------------------------------------------------------- */

static bool grow_places(struct literals_hits *h)
{
	size_t cap = h->cap ? h->cap * 2 : 64;
	struct literals_place *place = realloc(h->place, cap * sizeof *place);

	if (!place)
		return false;
	h->place = place;
	h->cap = cap;
	return true;
}

static inline bool add_place(
	struct literals_hits *h, const struct word *found, uint32_t at, unsigned char field)
{
	const unsigned char fields = h->fields[found->id], bit = (unsigned char)(1u << field);
	const size_t count = h->count;
	struct literals_word *w = &h->word[found->id];

	if (count >= LITERALS_PLACES_MAX && fields) {
		h->incomplete = true;
		h->fields[found->id] = fields | bit;
		return true;
	}
	if (count == h->cap && !grow_places(h))
		return false;
	h->fields[found->id] = fields | bit;
	h->place[count] = (struct literals_place){at, 0, field, found->length};
	h->count = count + 1;
	if (fields) {
		h->place[w->last - 1].next = (uint32_t)count + 1;
	} else {
		w->first = (uint32_t)count + 1;
		h->found[h->found_count++] = found->id;
	}
	w->last = (uint32_t)count + 1;
	return true;
}

struct search {
	const struct literals_index *x;
	struct literals_hits *h;
	const uint32_t *cp;
	size_t n;
	unsigned char field;
};

/* The last is asked first, for words that begin alike. */
static bool same_text(const uint32_t *a, const uint32_t *b, size_t n)
{
	while (n > 0 && a[n - 1] == b[n - 1])
		n--;
	return n == 0;
}

static bool is_bounded(const struct search *s, const struct word *w, size_t i)
{
	size_t end = i + w->length;

	if (w->bound & HEAD_BOUND && i > 0 && normalise_is_word(s->cp[i - 1]))
		return false;
	return !(w->bound & TAIL_BOUND) || end == s->n || !normalise_is_word(s->cp[end]);
}

/* What stands in the text where words keep what is beside them. One bit more says that a
 * code point has more than 16 bits: then none is whole. */
static inline uint64_t beside(const struct search *s, size_t i, bool *far)
{
	const uint32_t *cp = s->cp + i + 2;
	uint64_t v = 0;
	uint32_t all = 0;

	if (s->n - i >= 2 + BESIDE) {
		*far = (cp[0] | cp[1] | cp[2] | cp[3]) > UINT16_MAX;
		return (uint64_t)(uint16_t)cp[3] << 48 | (uint64_t)(uint16_t)cp[2] << 32 |
		       (uint32_t)(uint16_t)cp[1] << 16 | (uint16_t)cp[0];
	}
	for (size_t k = 0; k < BESIDE && i + 2 + k < s->n; k++) {
		v |= (uint64_t)(uint16_t)cp[k] << 16 * k;
		all |= cp[k];
	}
	*far = all > UINT16_MAX;
	return v;
}

/* All words under a head that stand at i. */
static bool check_words(const struct search *s, const struct head *h, size_t i)
{
	const struct word *w = s->x->word + h->first;
	bool far;
	uint64_t text = beside(s, i, &far);

	for (bool last = false; !last; w++) {
		last = w->last;
		if ((w->beside ^ text) & w->mask || w->length > s->n - i)
			continue;
		if ((far || !w->whole) && !same_text(s->x->text + w->offset, s->cp + i, w->length))
			continue;
		if (w->bound && !is_bounded(s, w, i))
			continue;
		if (!add_place(s->h, w, (uint32_t)i, s->field))
			return false;
	}
	return true;
}

/* --- in blocks: what the next step reads is fetched while the others are looked at --- */

/* A place where words begin as a head says. */
struct begin {
	const struct head *head;
	size_t at;
};

/* Places in cp[0..n) where a word of two or more may begin: how many. There is one more
 * character behind them. */
static inline size_t look(
	const struct literals_index *x, const uint32_t *cp, size_t n, uint32_t *at)
{
	const uint32_t mask = x->row_mask;
	uint32_t first = cp[0];
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t second = cp[i + 1];
		at[count] = (uint32_t)i;
		count += x->begins[row_of(first, second) & mask] >> second % 64 & 1;
		first = second;
	}
	return count;
}

/* Likewise for words of one. */
static inline size_t look_alone(
	const struct literals_index *x, const uint32_t *cp, size_t n, uint32_t *at)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		at[count] = (uint32_t)i;
		count += x->single[cp[i] % SINGLES / 64] >> cp[i] % 64 & 1;
	}
	return count;
}

static inline void fetch_head(const struct literals_index *x, uint64_t pair)
{
	__builtin_prefetch(&x->head[hash_pair(pair) & (x->heads - 1)]);
}

/* Of these places those with a head that fits the third character too. */
static size_t find_begins(
	const struct search *s, size_t from, const uint32_t *at, size_t count, struct begin *out)
{
	size_t found = 0;

	for (size_t k = 0; k < count; k++) {
		const uint32_t *cp = s->cp + from + at[k];
		fetch_head(s->x, pair_of(cp[0], cp[1]));
	}
	for (size_t k = 0; k < count; k++) {
		size_t i = from + at[k];
		const struct head *h = find_head(s->x, pair_of(s->cp[i], s->cp[i + 1]));
		uint32_t third = i + 2 < s->n ? third_bit(s->cp[i + 2]) : 0;
		out[found] = (struct begin){h, i};
		__builtin_prefetch(s->x->word + h->first);
		found += (h->thirds & third) != 0 || h->thirds == UINT32_MAX;
	}
	return found;
}

static bool check_pairs(const struct search *s, size_t from, size_t n)
{
	uint32_t at[BLOCK];
	struct begin begin[BLOCK];
	size_t count = look(s->x, s->cp + from, n, at);

	count = find_begins(s, from, at, count, begin);
	for (size_t k = 0; k < count; k++)
		if (!check_words(s, begin[k].head, begin[k].at))
			return false;
	return true;
}

static bool check_alone(const struct search *s, size_t from, size_t n)
{
	uint32_t at[BLOCK];
	size_t count = look_alone(s->x, s->cp + from, n, at);

	for (size_t k = 0; k < count; k++) {
		size_t i = from + at[k];
		const struct head *h = find_head(s->x, pair_of(s->cp[i], NO_SECOND));
		const struct word *w = s->x->word + h->first;
		for (bool last = !h->first; !last; w++) {
			last = w->last;
			if (is_bounded(s, w, i) && !add_place(s->h, w, (uint32_t)i, s->field))
				return false;
		}
	}
	return true;
}

static size_t block_at(size_t i, size_t n)
{
	return n - i < BLOCK ? n - i : BLOCK;
}

bool literals_index_find(const struct literals_index *x, const uint32_t *cp, size_t n,
	unsigned char field, struct literals_hits *h)
{
	struct search s = {x, h, cp, n, field};
	size_t pairs = x->has_pairs && n ? n - 1 : 0;
	bool ok = true;

	for (size_t i = 0; ok && i < pairs; i += BLOCK)
		ok = check_pairs(&s, i, block_at(i, pairs));
	for (size_t i = 0; ok && x->has_single && i < n; i += BLOCK)
		ok = check_alone(&s, i, block_at(i, n));
	return ok;
}
