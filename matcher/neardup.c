/*
 * neardup.c - the verdict: how alike, and is it a copy.
 */
#include "matcher/neardup.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "matcher/neardup_measure.h"
#include "matcher/neardup_text.h"

#define LOOK_MEMORY ((size_t)2 << 30) /* of one text, at most */

enum err_code neardup_prepare(const struct normalise_table *t, const char *s, size_t n,
	struct arena *a, const struct neardup_text **out, struct err *e)
{
	struct neardup_text *text = arena_alloc(a, sizeof *text);
	struct neardup_words words;
	struct shadow shadow;
	enum err_code rc = text ? normalise_text(t, s, n, a, &shadow, e) : err_nomem(e);

	if (rc)
		return rc;
	neardup_words_init(&words);
	*out = text;
	return neardup_text_read(&words, &shadow, a, text, e);
}

size_t neardup_size(const struct neardup_text *t)
{
	return t->count;
}

/* The shorter first; among equals it must not matter which one was given first. */
static int order(const struct neardup_text *x, const struct neardup_text *y)
{
	size_t same;

	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	same = neardup_common(x->id, y->id, x->count);
	if (same == x->count)
		return 0;
	return x->id[same] < y->id[same] ? -1 : 1;
}

static double at_most(double v, double max)
{
	return v < max ? v : max;
}

/* How far v falls short of `wanted`, as a share of it. */
static double lack(double v, double wanted)
{
	return v < wanted ? (wanted - v) / wanted : 0;
}

static double of(size_t part, size_t whole)
{
	return (double)part / (double)whole;
}

/*
 * A linear judge over the measures: above 0 is a copy. The weights were fitted on pairs made
 * from real texts (reposts as sites make them against texts of one template, later reports
 * that quote, shared boilerplate) and checked on pairs from other texts, other templates and
 * other boilerplate. Rounded: no digit below a tenth changes a verdict that is not open.
 */
static double judge(const struct neardup_measure *m)
{
	double shared = m->contained * (double)m->shorter + 1;
	double low = 1 - m->covered;
	const struct {
		double weight, value;
	} terms[] = {
		/* what speaks for a copy */
		{3.1, m->contained},
		{-5.2, lack(m->contained, 0.7)},
		{1.15, m->covered},
		{-1.0, lack(m->covered, 0.3)},
		{0.6, m->runs / (m->runs + 10)},
		{-0.2, m->offset},
		{-0.5, m->offset * low},
		/* other numbers, dates, ordinals */
		{-0.9, of(m->facts_other, m->facts + 2)},
		{-1.4, of(m->facts_other, m->facts_other + 2)},
		{-1.1, m->dates > 0 && m->dates == m->dates_other},
		{-1.9, of(m->dates_other, m->dates + 1)},
		{-3.6, m->ordinals_other > 0},
		/* other words in the same frame */
		{-1.95, at_most(100 * (double)m->swaps / shared / 3, 3)},
		{-1.1, at_most(100 * (double)m->swaps_number / shared, 3)},
		{-0.8, at_most(100 * (double)m->swaps_name / shared, 3)},
		{-1.7, of(m->swaps_number, m->swaps_number + m->facts - m->facts_other + 1)},
		{-0.3, at_most(100 * (double)m->swaps_long / shared, 3)},
		{-2.6, m->renamed},
		{-0.9, at_most((double)m->swaps_again / 2, 3)},
		{-1.2, m->replaced},
		{-4.5, m->replaced > 0.1 ? m->replaced - 0.1 : 0},
	};
	double z = -0.9;

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		z += terms[i].weight * terms[i].value;
	return z;
}

/* From (-inf, inf) to (0, 1), 0 to one half; without the mathematics library. */
static double squash(double z)
{
	return 0.5 + 0.5 * z / (1 + (z < 0 ? -z : z));
}

/* To four places, so that what is printed and what was decided cannot differ. */
static double rounded(double v)
{
	return (double)(int)(v * 10000 + 0.5) / 10000;
}

static double similarity_of(const struct neardup_measure *m)
{
	return m->contained > 0 ? rounded(squash(judge(m))) : 0;
}

enum err_code neardup_compare(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, double *similarity, struct neardup_measure *measure, struct err *e)
{
	struct neardup_measure m = {0};
	bool empty = !x->count || !y->count;
	int c = order(x, y);
	enum err_code rc = ERR_OK;

	if (measure || (c != 0 && !empty))
		rc = c <= 0 ? neardup_measure(x, y, a, &m, e) : neardup_measure(y, x, a, &m, e);
	if (rc)
		return rc;
	*similarity = empty ? 0 : c == 0 ? 1 : similarity_of(&m);
	if (measure)
		*measure = m;
	return ERR_OK;
}

/* --- many look-ups in the same memory --- */

struct neardup_look {
	const struct normalise_table *table;
	struct neardup_words words;
	struct arena *taken, *other; /* of the text that is looked up, of what is beside it */
	struct buf bytes; /* the text as it came */
	struct shadow shadow; /* of the text that was read last */
	struct neardup_text text;
};

struct neardup_look *neardup_look_new(const struct normalise_table *t)
{
	struct neardup_look *l = calloc(1, sizeof *l);

	if (!l)
		return NULL;
	buf_init(&l->bytes, NORMALISE_INPUT_MAX);
	neardup_words_init(&l->words);
	normalise_shadow_init(&l->shadow);
	l->table = t;
	l->taken = arena_new(LOOK_MEMORY);
	l->other = arena_new(LOOK_MEMORY);
	if (l->taken && l->other)
		return l;
	neardup_look_free(l);
	return NULL;
}

void neardup_look_free(struct neardup_look *l)
{
	if (!l)
		return;
	arena_free(l->taken);
	arena_free(l->other);
	normalise_shadow_fini(&l->shadow);
	buf_fini(&l->bytes);
	free(l);
}

static enum err_code read_into(struct neardup_look *l, struct arena *a, const char *s, size_t n,
	struct neardup_text *out, struct err *e)
{
	enum err_code rc;

	arena_reset(a);
	rc = normalise_read(l->table, s, n, &l->shadow, e);
	return rc ? rc : neardup_text_read(&l->words, &l->shadow, a, out, e);
}

enum err_code neardup_look_take(struct neardup_look *l, const char *s, size_t n,
	const struct neardup_text **out, struct err *e)
{
	enum err_code rc;

	l->text = (struct neardup_text){0};
	buf_clear(&l->bytes);
	*out = &l->text;
	rc = read_into(l, l->taken, s, n, &l->text, e);
	if (rc)
		return rc;
	buf_add(&l->bytes, s, n);
	return buf_check(&l->bytes, N_("text"), e);
}

enum err_code neardup_look_take_read(struct neardup_look *l, const struct shadow *x,
	const struct shadow *y, const struct neardup_text **out, struct err *e)
{
	l->text = (struct neardup_text){0};
	buf_clear(&l->bytes);
	*out = &l->text;
	arena_reset(l->taken);
	return normalise_join(x, y, &l->shadow)
		       ? neardup_text_read(&l->words, &l->shadow, l->taken, &l->text, e)
		       : err_nomem(e);
}

enum err_code neardup_look_compare(
	struct neardup_look *l, const char *s, size_t n, double *similarity, struct err *e)
{
	struct neardup_text other;
	enum err_code rc;

	/* The commonest copy of all. */
	if (n == l->bytes.len && memcmp(s, buf_str(&l->bytes), n) == 0) {
		*similarity = l->text.count ? 1 : 0;
		return ERR_OK;
	}
	rc = read_into(l, l->other, s, n, &other, e);
	return rc ? rc : neardup_compare(&l->text, &other, l->other, similarity, NULL, e);
}
