/*
 * eval_near.c - `a ~5 b ~9 c`: places of the operands, neighbours within their
 * distance, all in one sentence, in either order, not overlapping. From the left
 * each place is marked that a chain reaches; from the right only those stay that
 * a whole chain uses.
 */
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

/* Not more than `distance` characters lie between two places, in one sentence. */
static bool is_near(
	struct near *w, const struct eval_place *a, const struct eval_place *b, uint32_t distance)
{
	if (a->end <= b->start)
		return b->start - a->end <= distance && in_one_sentence(w, a->start, b->end);
	if (b->end <= a->start)
		return a->start - b->end <= distance && in_one_sentence(w, b->start, a->end);
	return false;
}

static uint32_t longest(const struct eval_places *p)
{
	uint32_t max = 0;

	for (size_t i = 0; i < p->count; i++)
		if (p->place[i].end - p->place[i].start > max)
			max = p->place[i].end - p->place[i].start;
	return max;
}

/* Keeps the mark of those in `to` that lie near a marked one of `from`; a place
 * of `to` without its own mark is left out when `both` is set. */
static bool spread(struct near *w, const struct eval_places *from, struct eval_places *to,
	uint32_t distance, bool both)
{
	uint32_t reach = longest(from) + distance;
	size_t low = 0;
	bool any = false;

	for (size_t i = 0; i < to->count; i++) {
		struct eval_place *p = &to->place[i];
		bool hit = false;
		/* Starts are sorted: what begins too far left stays too far for the rest. */
		while (low < from->count && from->place[low].start + reach < p->start)
			low++;
		for (size_t j = low; (!both || p->reached) && !hit && j < from->count &&
				     from->place[j].start <= p->end + distance;
			j++)
			hit = from->place[j].reached && is_near(w, &from->place[j], p, distance);
		p->reached = hit;
		any |= hit;
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
	part = arena_array(v->arena, x->count, sizeof *part);
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
	for (size_t j = 0; j < part[0].count; j++)
		part[0].place[j].reached = true;
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
