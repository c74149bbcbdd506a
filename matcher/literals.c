/*
 * literals.c - the set of words and the pass that finds them: a bitmap over the
 * first two code points, then a hash table of chains of words that share them.
 */
#include "matcher/literals.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "matcher/normalise.h"

#define BITMAP_BITS 16
#define BITMAP_WORDS ((1u << BITMAP_BITS) / 64)
#define PLACES_MAX ((size_t)1 << 26)

struct literal {
	uint32_t offset; /* of the first code point in `text` */
	uint32_t length;
	uint32_t chain; /* next word with the same beginning + 1 */
	bool head_bound, tail_bound;
};

struct literals {
	struct literal *row;
	uint32_t *text;
	size_t count, cap, text_count, text_cap;
	uint32_t *bucket; /* first word of a chain + 1 */
	size_t buckets; /* a power of two */
	uint64_t bitmap[BITMAP_WORDS];
	bool has_single;
	size_t indexed; /* words in the index so far */
};

struct literals *literals_new(void)
{
	return calloc(1, sizeof(struct literals));
}

void literals_free(struct literals *l)
{
	if (!l)
		return;
	free(l->row);
	free(l->text);
	free(l->bucket);
	free(l);
}

size_t literals_count(const struct literals *l)
{
	return l->count;
}

size_t literals_length(const struct literals *l, uint32_t id)
{
	return l->row[id].length;
}

/* One-character words are hashed with 0 as their second. */
static inline uint32_t hash_pair(uint32_t a, uint32_t b)
{
	uint32_t h = a * 0x9E3779B1u ^ b * 0x85EBCA6Bu;

	return h ^ h >> 15;
}

static uint32_t hash_word(const struct literals *l, const struct literal *w)
{
	const uint32_t *cp = l->text + w->offset;

	return hash_pair(cp[0], w->length > 1 ? cp[1] : 0);
}

static void index_word(struct literals *l, uint32_t id)
{
	uint32_t h = hash_word(l, &l->row[id]);
	uint32_t *bucket = &l->bucket[h & (l->buckets - 1)];
	uint32_t bit = h & ((1u << BITMAP_BITS) - 1);

	l->row[id].chain = *bucket;
	*bucket = id + 1;
	l->bitmap[bit / 64] |= (uint64_t)1 << bit % 64;
	if (l->row[id].length == 1)
		l->has_single = true;
}

static bool reindex(struct literals *l)
{
	size_t buckets = 256;
	uint32_t *bucket;

	while (buckets < l->count * 4)
		buckets *= 2;
	bucket = calloc(buckets, sizeof *bucket);
	if (!bucket)
		return false;
	free(l->bucket);
	l->bucket = bucket;
	l->buckets = buckets;
	for (uint32_t id = 0; id < l->count; id++)
		index_word(l, id);
	l->indexed = l->count;
	return true;
}

static bool same_word(const struct literals *l, const struct literal *w, const uint32_t *cp,
	size_t n, bool tail_bound)
{
	return w->length == n && w->tail_bound == tail_bound &&
	       memcmp(l->text + w->offset, cp, n * sizeof *cp) == 0;
}

static bool find_word(
	const struct literals *l, const uint32_t *cp, size_t n, bool tail_bound, uint32_t *id)
{
	uint32_t h = hash_pair(cp[0], n > 1 ? cp[1] : 0);

	if (!l->buckets)
		return false;
	for (uint32_t i = l->bucket[h & (l->buckets - 1)]; i; i = l->row[i - 1].chain)
		if (same_word(l, &l->row[i - 1], cp, n, tail_bound)) {
			*id = i - 1;
			return true;
		}
	return false;
}

static bool reserve(struct literals *l, size_t n)
{
	if (l->count == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 256;
		struct literal *row = realloc(l->row, cap * sizeof *row);
		if (!row)
			return false;
		l->row = row;
		l->cap = cap;
	}
	if (l->text_cap - l->text_count < n) {
		size_t cap = l->text_cap * 2 + LITERALS_LENGTH_MAX * 4;
		uint32_t *text = realloc(l->text, cap * sizeof *text);
		if (!text)
			return false;
		l->text = text;
		l->text_cap = cap;
	}
	return true;
}

enum err_code literals_add(struct literals *l, const uint32_t *cp, size_t n,
	enum literals_tail tail, uint32_t *id, struct err *e)
{
	bool tail_bound = n > 0 && normalise_is_word(cp[n - 1]) && tail == LITERALS_WHOLE;
	struct literal *w;

	if (n == 0 || n > LITERALS_LENGTH_MAX)
		return err_set(
			e, ERR_CONFIG, _("a word has 1 to %d characters"), LITERALS_LENGTH_MAX);
	if (find_word(l, cp, n, tail_bound, id))
		return ERR_OK;
	if (!reserve(l, n))
		return err_nomem(e);
	w = &l->row[l->count];
	memset(w, 0, sizeof *w);
	w->offset = (uint32_t)l->text_count;
	w->length = (uint32_t)n;
	w->head_bound = normalise_is_word(cp[0]);
	w->tail_bound = tail_bound;
	memcpy(l->text + l->text_count, cp, n * sizeof *cp);
	l->text_count += n;
	*id = (uint32_t)l->count++;
	if (l->buckets < l->count * 2)
		return reindex(l) ? ERR_OK : err_nomem(e);
	index_word(l, *id);
	return ERR_OK;
}

enum err_code literals_build(struct literals *l, struct err *e)
{
	memset(l->bitmap, 0, sizeof l->bitmap);
	return reindex(l) ? ERR_OK : err_nomem(e);
}

/* --- finding ----------------------------------------------------------------- */

enum err_code literals_begin(
	const struct literals *l, struct arena *a, struct literals_hits *h, struct err *e)
{
	memset(h, 0, sizeof *h);
	h->arena = a;
	h->first = arena_array(a, l->count + 1, sizeof *h->first);
	h->last = arena_array(a, l->count + 1, sizeof *h->last);
	h->found = arena_array(a, l->count + 1, sizeof *h->found);
	return h->first && h->last && h->found ? ERR_OK : err_nomem(e);
}

static bool add_place(struct literals_hits *h, uint32_t id, uint32_t at, unsigned char field)
{
	struct literals_place *p;

	if (h->count == h->cap) {
		size_t cap = h->cap ? h->cap * 2 : 64;
		struct literals_place *place =
			cap <= PLACES_MAX ? arena_array(h->arena, cap, sizeof *place) : NULL;
		if (!place)
			return false;
		if (h->count)
			memcpy(place, h->place, h->count * sizeof *place);
		h->place = place;
		h->cap = cap;
	}
	p = &h->place[h->count++];
	p->at = at;
	p->next = 0;
	p->field = field;
	if (h->last[id])
		h->place[h->last[id] - 1].next = (uint32_t)h->count;
	else {
		h->first[id] = (uint32_t)h->count;
		h->found[h->found_count++] = id;
	}
	h->last[id] = (uint32_t)h->count;
	return true;
}

static bool stands_at(
	const struct literals *l, const struct literal *w, const uint32_t *cp, size_t n, size_t i)
{
	if (w->length > n - i || memcmp(l->text + w->offset, cp + i, w->length * sizeof *cp) != 0)
		return false;
	if (w->head_bound && i > 0 && normalise_is_word(cp[i - 1]))
		return false;
	return !w->tail_bound || i + w->length == n || !normalise_is_word(cp[i + w->length]);
}

/* False: no word begins so. */
static inline bool may_begin(const struct literals *l, uint32_t hash)
{
	uint32_t bit = hash & ((1u << BITMAP_BITS) - 1);

	return l->bitmap[bit / 64] >> bit % 64 & 1;
}

/* All words of a chain that stand at i; `single` keeps the two kinds apart. */
static bool check_chain(const struct literals *l, bool single, uint32_t hash, const uint32_t *cp,
	size_t n, size_t i, unsigned char field, struct literals_hits *h)
{
	for (uint32_t k = l->bucket[hash & (l->buckets - 1)]; k; k = l->row[k - 1].chain) {
		const struct literal *w = &l->row[k - 1];
		if ((w->length == 1) == single && stands_at(l, w, cp, n, i) &&
			!add_place(h, k - 1, (uint32_t)i, field))
			return false;
	}
	return true;
}

enum err_code literals_find(const struct literals *l, const uint32_t *cp, size_t n,
	unsigned char field, struct literals_hits *h, struct err *e)
{
	bool ok = true;

	if (l->count == 0)
		return ERR_OK;
	for (size_t i = 0; ok && i < n; i++) {
		uint32_t hash = i + 1 < n ? hash_pair(cp[i], cp[i + 1]) : 0;
		if (i + 1 < n && may_begin(l, hash))
			ok = check_chain(l, false, hash, cp, n, i, field, h);
		hash = l->has_single ? hash_pair(cp[i], 0) : 0;
		if (ok && l->has_single && may_begin(l, hash))
			ok = check_chain(l, true, hash, cp, n, i, field, h);
	}
	return ok ? ERR_OK : err_nomem(e);
}
