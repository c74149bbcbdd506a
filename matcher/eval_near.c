/*
 * eval_near.c - `a ~5 b ~9 c`: places of the operands, neighbours within their
 * distance, all in one sentence, in either order, not overlapping. From the left
 * each place is marked that a chain reaches; from the right only those stay that
 * a whole chain uses.
 */
#include "matcher/eval.h"

static bool same_sentence(const struct shadow *s, const struct eval_place *p)
{
	return s->sentence[p->start] == s->sentence[p->end - 1];
}

/* Characters between two places; SIZE_MAX when they overlap or stand in two sentences. */
static size_t gap(const struct shadow *s, const struct eval_place *a, const struct eval_place *b)
{
	if (!same_sentence(s, a) || !same_sentence(s, b) ||
		s->sentence[a->start] != s->sentence[b->start])
		return SIZE_MAX;
	if (a->end <= b->start)
		return b->start - a->end;
	if (b->end <= a->start)
		return a->start - b->end;
	return SIZE_MAX;
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
static bool spread(const struct shadow *s, const struct eval_places *from, struct eval_places *to,
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
			hit = from->place[j].reached && gap(s, &from->place[j], p) <= distance;
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

enum eval_answer eval_near(
	struct eval *v, const struct expr *x, unsigned field, struct eval_spans *out)
{
	struct shadow *s = &v->field[field];
	struct eval_places *part = arena_array(v->arena, x->count, sizeof *part);
	bool incomplete = false, hit = true;

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
	if (!normalise_make_sentences(s)) {
		v->no_memory = true;
		return EVAL_NO;
	}
	for (size_t j = 0; j < part[0].count; j++)
		part[0].place[j].reached = true;
	for (size_t i = 1; hit && i < x->count; i++)
		hit = spread(s, &part[i - 1], &part[i], x->distance[i - 1], false);
	if (!hit || part[0].count == 0)
		return incomplete ? EVAL_UNDECIDED : EVAL_NO;
	for (size_t i = x->count - 1; out && i-- > 0;)
		spread(s, &part[i + 1], &part[i], x->distance[i], true);
	for (size_t i = 0; out && i < x->count; i++)
		report(s, &part[i], field, out);
	return EVAL_YES;
}
