/*
 * eval.c - words, AND and OR over the shadows of one item. Regexes are run in
 * eval_regex.c, proximity is in eval_near.c.
 */
#include "matcher/eval.h"

#include <stdlib.h>
#include <string.h>

/* Of one chain: its places, twice while they grow, and their edges. */
#define SCRATCH_MAX ((size_t)256 << 20)

enum err_code eval_init(struct eval *v, const struct rules *r, struct err *e)
{
	size_t n = (r->regex_count + 1) * EVAL_FIELDS;

	memset(v, 0, sizeof *v);
	v->rules = r;
	for (unsigned f = 0; f < EVAL_FIELDS; f++)
		normalise_shadow_init(&v->field[f]);
	v->matches = calloc(n, sizeof *v->matches);
	v->run = calloc(n, sizeof *v->run);
	v->scratch = arena_new(SCRATCH_MAX);
	if (!v->matches || !v->run || !v->scratch)
		return err_nomem(e);
	return literals_hits_init(&v->hits, r->literals, e);
}

void eval_fini(struct eval *v)
{
	for (unsigned f = 0; f < EVAL_FIELDS; f++)
		normalise_shadow_fini(&v->field[f]);
	literals_hits_fini(&v->hits);
	regex_work_free(v->work);
	arena_free(v->scratch);
	free(v->matches);
	free(v->run);
	memset(v, 0, sizeof *v);
}

static void forget_item(struct eval *v)
{
	literals_hits_clear(&v->hits);
	for (size_t i = 0; i < v->run_count; i++)
		memset(&v->matches[v->run[i]], 0, sizeof *v->matches);
	v->run_count = 0;
	v->no_memory = false;
	v->why = NULL;
	if (v->work)
		regex_work_reset(v->work);
}

enum err_code eval_begin(
	struct eval *v, const struct match_input *in, struct arena *a, struct err *e)
{
	const char *text[EVAL_FIELDS] = {in->title, in->text, in->source};
	const size_t size[EVAL_FIELDS] = {in->title_size, in->text_size, in->source_size};
	enum err_code rc = ERR_OK;

	forget_item(v);
	v->arena = a;
	v->filled = 0;
	v->steps_free = EVAL_STEPS_FREE;
	v->steps_left = EVAL_STEPS_MAX;
	for (unsigned f = 0; !rc && f < EVAL_FIELDS; f++) {
		struct shadow *s = &v->field[f];
		rc = normalise_read(
			v->rules->table, text[f] ? text[f] : "", text[f] ? size[f] : 0, s, e);
		if (!rc)
			rc = literals_find(v->rules->literals, s->b_cp, s->b_count,
				(unsigned char)f, &v->hits, e);
		v->texts[f] = regex_kind_of(s->cp, s->count);
		v->filled |= (unsigned)(s->count > 0) << f;
		v->steps_left += EVAL_STEPS_PER_CHARACTER * (uint64_t)s->count;
	}
	return rc;
}

/* --- expressions ------------------------------------------------------------- */

static enum eval_answer regex_answer(struct eval *v, uint32_t id, unsigned fields)
{
	enum eval_answer answer = EVAL_NO;

	for (unsigned f = 0; f < EVAL_FIELDS; f++) {
		const struct eval_matches *m;
		if (!((fields & v->filled) >> f & 1))
			continue;
		m = eval_matches_of(v, id, f);
		if (m->count)
			return EVAL_YES;
		if (m->undecided)
			answer = EVAL_UNDECIDED;
	}
	return answer;
}

/* AND holds if all do, OR if one does; undecided where an undecided part decides. */
static enum eval_answer list_answer(struct eval *v, const struct expr *x, unsigned fields)
{
	enum eval_answer stop = x->kind == EXPR_AND ? EVAL_NO : EVAL_YES;
	enum eval_answer answer = x->kind == EXPR_AND ? EVAL_YES : EVAL_NO;

	for (size_t i = 0; i < x->count; i++) {
		enum eval_answer a = eval_expr(v, x->child[i], fields);
		if (a == stop)
			return stop;
		if (a == EVAL_UNDECIDED)
			answer = EVAL_UNDECIDED;
	}
	return answer;
}

static enum eval_answer near_answer(struct eval *v, const struct expr *x, unsigned fields)
{
	enum eval_answer answer = EVAL_NO;

	for (unsigned f = 0; f < EVAL_FIELDS; f++) {
		enum eval_answer a = EVAL_NO;
		if ((fields & v->filled) >> f & 1)
			a = eval_near(v, x, f, NULL);
		if (a == EVAL_YES)
			return a;
		if (a == EVAL_UNDECIDED)
			answer = a;
	}
	return answer;
}

/* One of the words of x stands in one of the fields. */
static bool has_word(const struct eval *v, const struct expr *x, unsigned fields)
{
	for (size_t i = 0; i < x->words; i++)
		if (v->hits.fields[x->word[i]] & fields)
			return true;
	return false;
}

enum eval_answer eval_expr(struct eval *v, const struct expr *x, unsigned fields)
{
	if (x->words)
		return has_word(v, x, fields) ? EVAL_YES : EVAL_NO;
	switch (x->kind) {
	case EXPR_REGEX:
		return regex_answer(v, x->id, fields);
	case EXPR_MACRO:
		return eval_expr(v, x->child[0], fields);
	case EXPR_NEAR:
		return near_answer(v, x, fields);
	case EXPR_LITERAL:
	case EXPR_AND:
	case EXPR_OR:
		break;
	}
	return list_answer(v, x, fields);
}

/* --- places in shadow B ------------------------------------------------------ */

bool eval_may_stand(const struct eval *v, const struct expr *x, unsigned field, bool *runs)
{
	bool any = false;

	if (x->words)
		return has_word(v, x, 1u << field);
	if (x->kind == EXPR_REGEX) {
		any = eval_may_match(v, x->id, field);
		*runs |= any;
	}
	for (size_t i = 0; i < x->count; i++)
		any |= eval_may_stand(v, x->child[i], field, runs);
	return any;
}

static void leave_out(struct eval *v, struct eval_places *out)
{
	out->incomplete = true;
	v->why = "too-many-places";
}

/* False: no further one is looked at. */
static bool add_place(struct eval *v, struct eval_places *out, size_t start, size_t end)
{
	struct eval_place *p;

	if (start >= end)
		return true;
	if (v->places == EVAL_PLACES_MAX) {
		leave_out(v, out);
		return false;
	}
	if (!ruleset_reserve(v->scratch, &out->place, &out->cap, out->count, sizeof *p)) {
		v->no_memory = true;
		return false;
	}
	v->places++;
	p = &out->place[out->count++];
	p->start = (uint32_t)start;
	p->end = (uint32_t)end;
	p->reached = false;
	return true;
}

static void add_regex_places(struct eval *v, uint32_t id, unsigned field, struct eval_places *out)
{
	const struct eval_matches *m = eval_matches_of(v, id, field);
	const struct shadow *s = &v->field[field];

	out->incomplete |= m->undecided;
	for (size_t i = 0; i < m->count; i++)
		if (!add_place(v, out, normalise_b_of_a(s, m->span[2 * i]),
			    normalise_b_of_a(s, m->span[2 * i + 1])))
			return;
}

static void add_word_places(struct eval *v, uint32_t id, unsigned field, struct eval_places *out)
{
	if (!(v->hits.fields[id] >> field & 1))
		return;
	if (v->hits.incomplete)
		leave_out(v, out);
	for (uint32_t p = v->hits.word[id].first; p; p = v->hits.place[p - 1].next) {
		const struct literals_place *at = &v->hits.place[p - 1];
		if (at->field == field && !add_place(v, out, at->at, at->at + at->length))
			return;
	}
}

static void add_places(
	struct eval *v, const struct expr *x, unsigned field, struct eval_places *out)
{
	if (x->kind == EXPR_REGEX)
		add_regex_places(v, x->id, field, out);
	for (size_t i = 0; i < x->words; i++)
		add_word_places(v, x->word[i], field, out);
	for (size_t i = 0; i < x->count && !x->words; i++)
		add_places(v, x->child[i], field, out);
}

static int place_order(const void *a, const void *b)
{
	const struct eval_place *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

void eval_places_of(struct eval *v, const struct expr *x, unsigned field, struct eval_places *out)
{
	bool sorted = true;

	memset(out, 0, sizeof *out);
	add_places(v, x, field, out);
	for (size_t i = 1; sorted && i < out->count; i++)
		sorted = place_order(&out->place[i - 1], &out->place[i]) <= 0;
	if (!sorted)
		qsort(out->place, out->count, sizeof *out->place, place_order);
}

/* --- spans for people -------------------------------------------------------- */

static int span_order(const struct match_span *a, const struct match_span *b)
{
	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

/* Mostly they come in their order. */
static inline bool append_span(struct eval_spans *s, const struct match_span *new)
{
	if (s->count == EVAL_SPANS_MAX ||
		(s->count > 0 && span_order(&s->span[s->count - 1], new) >= 0))
		return false;
	s->span[s->count++] = *new;
	return true;
}

void eval_add_span(struct eval_spans *s, enum match_field field, uint32_t start, uint32_t end)
{
	struct match_span new = {field, start, end};
	size_t i = s->count;

	if (append_span(s, &new))
		return;
	while (i > 0 && span_order(&s->span[i - 1], &new) > 0)
		i--;
	if (i > 0 && span_order(&s->span[i - 1], &new) == 0)
		return;
	if (s->count == EVAL_SPANS_MAX)
		return;
	memmove(&s->span[i + 1], &s->span[i], (s->count - i) * sizeof *s->span);
	s->span[i] = new;
	s->count++;
}

void eval_collect_word(const struct eval *v, uint32_t id, unsigned fields, struct eval_spans *out)
{
	const struct literals_place *place = v->hits.place;
	uint32_t next = v->hits.fields[id] & fields ? v->hits.word[id].first : 0;

	while (next && out->count < EVAL_SPANS_MAX) {
		const struct literals_place *at = &place[next - 1];
		struct match_span s = {at->field, at->at, at->at + at->length};
		next = at->next;
		if (!(fields >> at->field & 1))
			continue;
		if (!normalise_keeps_places(&v->field[at->field]))
			normalise_span_b(&v->field[at->field], s.start, s.end, &s.start, &s.end);
		if (!append_span(out, &s))
			eval_add_span(out, s.field, s.start, s.end);
	}
}

static void collect_regex(struct eval *v, uint32_t id, unsigned fields, struct eval_spans *out)
{
	for (unsigned f = 0; f < EVAL_FIELDS; f++) {
		const struct eval_matches *m;
		if (!(fields >> f & 1))
			continue;
		m = eval_matches_of(v, id, f);
		for (size_t i = 0; i < m->count && out->count < EVAL_SPANS_MAX; i++) {
			uint32_t from, to;
			normalise_span_a(
				&v->field[f], m->span[2 * i], m->span[2 * i + 1], &from, &to);
			eval_add_span(out, (enum match_field)f, from, to);
		}
	}
}

void eval_collect(struct eval *v, const struct expr *x, unsigned fields, struct eval_spans *out)
{
	for (size_t i = 0; i < x->words; i++)
		eval_collect_word(v, x->word[i], fields, out);
	if (x->words)
		return;
	switch (x->kind) {
	case EXPR_REGEX:
		collect_regex(v, x->id, fields, out);
		return;
	case EXPR_NEAR:
		for (unsigned f = 0; f < EVAL_FIELDS; f++)
			if (fields >> f & 1)
				eval_near(v, x, f, out);
		return;
	case EXPR_LITERAL:
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_MACRO:
		break;
	}
	for (size_t i = 0; i < x->count; i++)
		if (eval_expr(v, x->child[i], fields) == EVAL_YES)
			eval_collect(v, x->child[i], fields, out);
}
