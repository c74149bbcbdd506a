/*
 * eval_near.c - `a ~5 b ~9 c`: places of the operands, neighbours within their
 * distance, all in one sentence, in either order, not overlapping. From the left
 * each place is marked that a chain reaches; from the right only those stay that
 * a whole chain uses.
 */
#include <stdlib.h>

#include "matcher/eval.h"

struct near {
	struct eval *v;
	struct shadow *s;
	size_t left; /* characters to look at before all sentences are made */
};

/* [from, to) of shadow B lies in one sentence. Places near each other are mostly few: then
 * the characters between them tell it sooner than the sentences of all the text. */
static bool in_one_sentence(struct near *w, size_t from, size_t to)
{
	if (w->s->sentence || to - from > w->left) {
		if (!normalise_make_sentences(w->s))
			w->v->no_memory = true;
		return !w->v->no_memory && w->s->sentence[from] == w->s->sentence[to - 1];
	}
	w->left -= to - from;
	for (size_t i = from; i + 1 < to; i++)
		if (normalise_ends_sentence(w->s, i))
			return false;
	return true;
}

/* Where the places that a chain has reached begin and end; each sorted for itself. */
struct edges {
	uint32_t *start, *end;
	size_t count;
};

static int number_order(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* False: no memory. */
static bool edges_of(struct near *w, const struct eval_places *p, struct edges *out)
{
	bool sorted = true;

	out->start = arena_array(w->v->scratch, p->count, sizeof *out->start);
	out->end = arena_array(w->v->scratch, p->count, sizeof *out->end);
	out->count = 0;
	if (!out->start || !out->end) {
		w->v->no_memory = true;
		return false;
	}
	for (size_t i = 0; i < p->count; i++) {
		if (!p->place[i].reached)
			continue;
		sorted &= out->count == 0 || out->end[out->count - 1] <= p->place[i].end;
		out->start[out->count] = p->place[i].start;
		out->end[out->count++] = p->place[i].end;
	}
	if (!sorted)
		qsort(out->end, out->count, sizeof *out->end, number_order);
	return true;
}

/* How many of sorted numbers are below `bound`. */
static size_t count_below(const uint32_t *number, size_t count, uint32_t bound)
{
	size_t low = 0;

	while (count > 0) {
		size_t half = count / 2;
		if (number[low + half] < bound) {
			low += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return low;
}

/* One of the edges' places lies within `distance` of p, in its sentence. Each of these lies in
 * one sentence itself, so that of those before p the one that ends last decides, and of
 * those behind it the one that begins first. */
static bool is_near(
	struct near *w, const struct edges *e, const struct eval_place *p, uint32_t distance)
{
	size_t before = count_below(e->end, e->count, p->start + 1);
	size_t behind = count_below(e->start, e->count, p->end);

	if (before > 0 && p->start - e->end[before - 1] <= distance &&
		in_one_sentence(w, e->end[before - 1] - 1, p->end))
		return true;
	return behind < e->count && e->start[behind] - p->end <= distance &&
	       in_one_sentence(w, p->start, e->start[behind] + 1);
}

/* Keeps the mark of those in `to` that lie near a marked one of `from`; a place
 * of `to` without its own mark is left out when `both` is set. */
static bool spread(struct near *w, const struct eval_places *from, struct eval_places *to,
	uint32_t distance, bool both)
{
	struct edges e;
	bool any = false;

	if (!edges_of(w, from, &e))
		return false;
	for (size_t i = 0; i < to->count; i++) {
		struct eval_place *p = &to->place[i];
		p->reached = (!both || p->reached) && is_near(w, &e, p, distance);
		any |= p->reached;
	}
	return any;
}

static void report(
	const struct shadow *s, const struct eval_places *p, unsigned field, struct eval_spans *out)
{
	for (size_t i = 0; i < p->count; i++) {
		uint32_t from, to;
		if (!p->place[i].reached)
			continue;
		normalise_span_b(s, p->place[i].start, p->place[i].end, &from, &to);
		eval_add_span(out, (enum match_field)field, from, to);
	}
}

/* What lies in two sentences is near nothing. */
static void begin_chain(struct near *w, struct eval_places *first)
{
	for (size_t i = 0; i < first->count; i++)
		first->place[i].reached =
			in_one_sentence(w, first->place[i].start, first->place[i].end);
}

/* A word or regex without which the chain cannot be is missing. It is not looked beyond a
 * regex that has to be run: what that costs counts for the regexes of later lines. */
static bool is_hopeless(struct eval *v, const struct expr *x, unsigned field)
{
	bool runs = false;

	for (size_t i = 0; i < x->count && !runs; i++)
		if (!eval_may_stand(v, x->child[i], field, &runs))
			return true;
	return false;
}

enum eval_answer eval_near(
	struct eval *v, const struct expr *x, unsigned field, struct eval_spans *out)
{
	struct near w = {v, &v->field[field], v->field[field].b_count};
	struct eval_places *part;
	bool incomplete = false, hit = true;

	if (is_hopeless(v, x, field))
		return EVAL_NO;
	arena_reset(v->scratch);
	v->places = 0;
	part = arena_array(v->scratch, x->count, sizeof *part);
	if (!part) {
		v->no_memory = true;
		return EVAL_NO;
	}
	for (size_t i = 0; i < x->count; i++) {
		eval_places_of(v, x->child[i], field, &part[i]);
		incomplete |= part[i].incomplete;
		if (part[i].count == 0 && !part[i].incomplete)
			return EVAL_NO;
	}
	begin_chain(&w, &part[0]);
	for (size_t i = 1; hit && i < x->count; i++)
		hit = spread(&w, &part[i - 1], &part[i], x->distance[i - 1], false);
	if (!hit || part[0].count == 0)
		return incomplete ? EVAL_UNDECIDED : EVAL_NO;
	for (size_t i = x->count - 1; out && i-- > 0;)
		spread(&w, &part[i + 1], &part[i], x->distance[i], true);
	for (size_t i = 0; out && i < x->count; i++)
		report(w.s, &part[i], field, out);
	return EVAL_YES;
}
