/*
 * literals.c - the set of words. Which fields a word is asked for in is told when all are there;
 * then each field gets an index of its own (literals_index.c), or shares that of another which
 * asks for the same words.
 */
#include "matcher/literals.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "matcher/literals_index.h"
#include "matcher/normalise.h"

#define PLACES_KEPT ((size_t)1 << 16) /* from item to item; more is given back */

struct literals {
	struct literals_words words;
	size_t cap, text_count, text_cap;
	uint32_t *bucket; /* while words are added: first word of a chain + 1 */
	size_t buckets; /* a power of two */
	/* Once built; NULL where nothing is asked for. */
	struct literals_index *index[LITERALS_FIELDS];
};

struct literals *literals_new(void)
{
	return calloc(1, sizeof(struct literals));
}

/* An earlier field has it too. */
static bool is_shared(const struct literals *l, int field)
{
	for (int f = 0; f < field; f++)
		if (l->index[f] == l->index[field])
			return true;
	return false;
}

void literals_free(struct literals *l)
{
	if (!l)
		return;
	free(l->words.row);
	free(l->words.text);
	free(l->bucket);
	for (int f = 0; f < LITERALS_FIELDS; f++)
		if (!is_shared(l, f))
			literals_index_free(l->index[f]);
	free(l);
}

size_t literals_count(const struct literals *l)
{
	return l->words.count;
}

size_t literals_length(const struct literals *l, uint32_t id)
{
	return l->words.row[id].length;
}

/* Of the whole word: thousands may begin alike. FNV-1a over its code points. */
static size_t hash_word(const uint32_t *cp, size_t n)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ cp[i]) * UINT64_C(0x100000001B3);
	return (size_t)(h ^ h >> 32);
}

static void index_word(struct literals *l, uint32_t id)
{
	const struct literal *w = &l->words.row[id];
	size_t h = hash_word(l->words.text + w->offset, w->length);
	uint32_t *bucket = &l->bucket[h & (l->buckets - 1)];

	l->words.row[id].chain = *bucket;
	*bucket = id + 1;
}

static bool reindex(struct literals *l)
{
	size_t buckets = 256;
	uint32_t *bucket;

	while (buckets < l->words.count * 4)
		buckets *= 2;
	bucket = calloc(buckets, sizeof *bucket);
	if (!bucket)
		return false;
	free(l->bucket);
	l->bucket = bucket;
	l->buckets = buckets;
	for (uint32_t id = 0; id < l->words.count; id++)
		index_word(l, id);
	return true;
}

static bool same_word(const struct literals *l, const struct literal *w, const uint32_t *cp,
	size_t n, bool tail_bound)
{
	return w->length == n && w->tail_bound == tail_bound &&
	       memcmp(l->words.text + w->offset, cp, n * sizeof *cp) == 0;
}

static bool find_word(
	const struct literals *l, const uint32_t *cp, size_t n, bool tail_bound, uint32_t *id)
{
	size_t h = hash_word(cp, n);

	if (!l->buckets)
		return false;
	for (uint32_t i = l->bucket[h & (l->buckets - 1)]; i; i = l->words.row[i - 1].chain)
		if (same_word(l, &l->words.row[i - 1], cp, n, tail_bound)) {
			*id = i - 1;
			return true;
		}
	return false;
}

static bool reserve(struct literals *l, size_t n)
{
	if (l->words.count == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 256;
		struct literal *row = realloc(l->words.row, cap * sizeof *row);
		if (!row)
			return false;
		l->words.row = row;
		l->cap = cap;
	}
	if (l->text_cap - l->text_count < n) {
		size_t cap = l->text_cap * 2 + LITERALS_LENGTH_MAX * 4;
		uint32_t *text = realloc(l->words.text, cap * sizeof *text);
		if (!text)
			return false;
		l->words.text = text;
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
	w = &l->words.row[l->words.count];
	memset(w, 0, sizeof *w);
	w->offset = (uint32_t)l->text_count;
	w->length = (uint32_t)n;
	w->head_bound = normalise_is_word(cp[0]);
	w->tail_bound = tail_bound;
	memcpy(l->words.text + l->text_count, cp, n * sizeof *cp);
	l->text_count += n;
	*id = (uint32_t)l->words.count++;
	if (l->buckets < l->words.count * 2)
		return reindex(l) ? ERR_OK : err_nomem(e);
	index_word(l, *id);
	return ERR_OK;
}

void literals_ask(struct literals *l, uint32_t id, unsigned fields)
{
	l->words.row[id].fields |= (unsigned char)fields;
}

/* The fields in which the same words are asked for as in this one, this one among them. */
static unsigned fields_like(const struct literals_words *w, int field)
{
	unsigned like = (1u << LITERALS_FIELDS) - 1;

	for (size_t i = 0; i < w->count; i++)
		like &= w->row[i].fields >> field & 1 ? w->row[i].fields
						      : ~(unsigned)w->row[i].fields;
	return like;
}

static bool is_asked_for(const struct literals_words *w, int field)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->row[i].fields >> field & 1)
			return true;
	return false;
}

/* One of the earlier fields. NULL: none is like it. */
static struct literals_index *index_of_like(const struct literals *l, int field)
{
	unsigned like = fields_like(&l->words, field);

	for (int f = 0; f < field; f++)
		if (like >> f & 1)
			return l->index[f];
	return NULL;
}

enum err_code literals_build(struct literals *l, struct err *e)
{
	for (int f = 0; f < LITERALS_FIELDS; f++) {
		if (!is_asked_for(&l->words, f))
			continue;
		l->index[f] = index_of_like(l, f);
		if (!l->index[f])
			l->index[f] = literals_index_new(&l->words, 1u << f);
		if (!l->index[f])
			return err_nomem(e);
	}
	free(l->bucket);
	l->bucket = NULL;
	l->buckets = 0;
	return ERR_OK;
}

/* --- finding ----------------------------------------------------------------- */

enum err_code literals_hits_init(struct literals_hits *h, const struct literals *l, struct err *e)
{
	memset(h, 0, sizeof *h);
	h->fields = calloc(l->words.count + 1, sizeof *h->fields);
	h->word = calloc(l->words.count + 1, sizeof *h->word);
	h->found = calloc(l->words.count + 1, sizeof *h->found);
	if (h->fields && h->word && h->found)
		return ERR_OK;
	literals_hits_fini(h);
	return err_nomem(e);
}

void literals_hits_fini(struct literals_hits *h)
{
	free(h->fields);
	free(h->word);
	free(h->place);
	free(h->found);
	memset(h, 0, sizeof *h);
}

void literals_hits_clear(struct literals_hits *h)
{
	for (size_t i = 0; i < h->found_count; i++)
		h->fields[h->found[i]] = 0;
	h->found_count = h->count = 0;
	h->incomplete = false;
	if (h->cap > PLACES_KEPT) {
		free(h->place);
		h->place = NULL;
		h->cap = 0;
	}
}

enum err_code literals_find(const struct literals *l, const uint32_t *cp, size_t n,
	unsigned char field, struct literals_hits *h, struct err *e)
{
	const struct literals_index *x = l->index[field];

	return !x || literals_index_find(x, cp, n, field, h) ? ERR_OK : err_nomem(e);
}
