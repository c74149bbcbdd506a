/*
 * eval_regex.c - where regexes match in the fields of one item. A regex that needs one of
 * some words is run only where such a word stands in the field, and, when all that it
 * looks at lies near it (struct regex_need), only in pieces round these words. Whatever is
 * out of the ordinary there is answered by running it on the whole field.
 */
#include "base/utf8.h"
#include "matcher/eval.h"

#define NEAR_WORDS 32 /* with more of its words in a field the whole is looked at */
#define NEAR_TEXT 100 /* code points: in less it is soon done */

/* Bytes of shadow A up to which its code points have been counted. */
struct cursor {
	size_t byte, index;
};

static uint32_t index_at(const struct shadow *s, struct cursor *c, size_t byte)
{
	c->index += utf8_count(s->bytes + c->byte, byte - c->byte);
	c->byte = byte;
	return (uint32_t)c->index;
}

static bool add_match(struct eval *v, struct eval_matches *m, size_t start, size_t end)
{
	if (m->count == EVAL_MATCHES_MAX) {
		m->undecided = true;
		m->why = "too-many-matches";
		return false;
	}
	if (!ruleset_reserve(v->arena, &m->span, &m->cap, m->count, 2 * sizeof *m->span)) {
		v->no_memory = true;
		return false;
	}
	m->span[2 * m->count] = (uint32_t)start;
	m->span[2 * m->count + 1] = (uint32_t)end;
	m->count++;
	return true;
}

/* --- what it may cost ------------------------------------------------------------ */

static size_t count_of(const struct regex_set *set, const uint32_t *cp, size_t n)
{
	size_t count = 0;

	if (set->all)
		return n;
	for (size_t i = 0; i < n; i++)
		count += regex_set_has(set, cp[i]);
	return count;
}

/* Takes what matches that begin in cp[0..n) may cost from what the item may have. What
 * PCRE2 really took would be other with JIT than without, so it is known beforehand. False:
 * not so much is left, and the regex is undecided. */
static bool pay(
	struct eval *v, const struct regex *r, const uint32_t *cp, size_t n, struct eval_matches *m)
{
	const struct regex_need *need = regex_need(r);
	uint64_t cost = (uint64_t)need->steps * n;

	if (cost <= v->steps_free) {
		v->steps_free -= cost;
		return true;
	}
	cost = (uint64_t)need->steps * count_of(&need->first, cp, n);
	if (cost > v->steps_left) {
		m->undecided = true;
		m->why = "match-limit";
		return false;
	}
	v->steps_left -= cost;
	return true;
}

/* --- in a whole field ------------------------------------------------------------ */

static void find_in_all(
	struct eval *v, const struct regex *r, struct shadow *s, struct eval_matches *m)
{
	struct cursor at = {0, 0};
	size_t from = 0, start, end;
	enum regex_verdict verdict = REGEX_YES;

	if (!pay(v, r, s->cp, s->count, m))
		return;
	if (!normalise_make_bytes(s)) {
		v->no_memory = true;
		return;
	}
	while (verdict == REGEX_YES) {
		verdict = regex_next(r, v->work, s->bytes, s->size, from, &start, &end, &m->why);
		if (verdict == REGEX_YES) {
			uint32_t first = index_at(s, &at, start);
			if (!add_match(v, m, first, index_at(s, &at, end)))
				return;
		}
		from = end;
	}
	m->undecided = verdict == REGEX_UNDECIDED;
}

/* --- near words ---------------------------------------------------------------- */

/* Where words that the regex needs begin in shadow A, in order. */
struct near_words {
	size_t at[NEAR_WORDS], count;
};

static bool add_word(struct near_words *w, size_t at)
{
	size_t i = w->count;

	if (i == NEAR_WORDS)
		return false;
	for (; i > 0 && w->at[i - 1] > at; i--)
		w->at[i] = w->at[i - 1];
	w->at[i] = at;
	w->count++;
	return true;
}

static bool find_words(
	const struct eval *v, const struct ruleset_regex *x, unsigned field, struct near_words *out)
{
	const struct shadow *s = &v->field[field];

	out->count = 0;
	if (v->hits.incomplete)
		return false;
	for (size_t i = 0; i < x->need.count; i++) {
		uint32_t id = x->need.id[i];
		if (!(v->hits.fields[id] >> field & 1))
			continue;
		for (uint32_t p = v->hits.word[id].first; p; p = v->hits.place[p - 1].next) {
			size_t at = v->hits.place[p - 1].at;
			if (v->hits.place[p - 1].field == field &&
				!add_word(out, s->b_index ? s->b_index[at] : at))
				return false;
		}
	}
	return true;
}

/* The window round words[*i] and those behind it whose windows it meets. */
static struct regex_window next_window(
	const struct regex *r, const struct shadow *s, const struct near_words *words, size_t *i)
{
	struct regex_window w = regex_window_at(r, s->cp, s->count, words->at[(*i)++]), more;

	for (; *i < words->count && words->at[*i] <= w.end; ++*i) {
		more = regex_window_at(r, s->cp, s->count, words->at[*i]);
		w.last = more.last;
		w.end = more.end > w.end ? more.end : w.end;
	}
	return w;
}

/* Only where a match may begin. False: nowhere in the window. */
static bool narrow(const struct regex_need *need, const uint32_t *cp, struct regex_window *w)
{
	const size_t first = w->first;

	if (!need->begins || need->first.all)
		return true;
	while (w->first <= w->last && !regex_set_has(&need->first, cp[w->first]))
		w->first++;
	if (w->begin > 0) /* else less stands before than is looked at */
		w->begin += w->first - first;
	while (w->first < w->last && !regex_set_has(&need->first, cp[w->last]))
		w->last--;
	return w->first <= w->last;
}

/* False: the whole is to be looked at. *from: behind the last match. What it may cost is counted
 * for the window as it is, so that nothing depends on how it is looked at. */
static bool find_in_window(struct eval *v, const struct regex *r, const struct shadow *s,
	struct regex_window window, size_t *from, struct eval_matches *m)
{
	enum regex_verdict verdict;
	size_t start;

	if (!pay(v, r, s->cp + window.first, window.last + 1 - window.first, m) ||
		!narrow(regex_need(r), s->cp, &window))
		return true;
	if (!regex_look_at(v->work, s->cp, s->count, window)) {
		v->no_memory = true;
		return true;
	}
	while ((verdict = regex_next_near(r, v->work, &start, from)) == REGEX_YES)
		if (!add_match(v, m, start, *from))
			return true;
	return verdict == REGEX_NO;
}

static bool find_near(
	struct eval *v, const struct ruleset_regex *x, unsigned field, struct eval_matches *m)
{
	const struct shadow *s = &v->field[field];
	struct near_words words;
	size_t from = 0, i = 0;

	if (s->count < NEAR_TEXT || !regex_need(x->regex)->near || v->texts[field] < x->texts ||
		!find_words(v, x, field, &words))
		return false;
	while (i < words.count && !m->undecided && !v->no_memory) {
		struct regex_window w = next_window(x->regex, s, &words, &i);
		w.first = w.first > from ? w.first : from;
		if (w.first <= w.last && !find_in_window(v, x->regex, s, w, &from, m))
			return false;
	}
	return true;
}

/* --- a field ------------------------------------------------------------------- */

static void find_matches(struct eval *v, uint32_t id, unsigned field, struct eval_matches *m)
{
	const struct ruleset_regex *x = &v->rules->regex[id];
	struct shadow *s = &v->field[field];

	if (!v->work && !(v->work = regex_work_new())) {
		v->no_memory = true;
		return;
	}
	if (find_near(v, x, field, m))
		return;
	m->count = 0;
	find_in_all(v, x->regex, s, m);
}

/* One of the words stands in the field, or there are none. */
static bool has_one(const struct eval *v, const struct ruleset_words *words, unsigned field)
{
	for (size_t i = 0; i < words->count; i++)
		if (v->hits.fields[words->id[i]] >> field & 1)
			return true;
	return words->count == 0;
}

bool eval_may_match(const struct eval *v, uint32_t id, unsigned field)
{
	const struct ruleset_regex *r = &v->rules->regex[id];

	return v->texts[field] < r->texts ||
	       (has_one(v, &r->need, field) && has_one(v, &r->also, field));
}

const struct eval_matches *eval_matches_of(struct eval *v, uint32_t id, unsigned field)
{
	uint32_t at = id * EVAL_FIELDS + field;
	struct eval_matches *m = &v->matches[at];

	if (!m->done && eval_may_match(v, id, field)) {
		m->done = true;
		v->run[v->run_count++] = at;
		find_matches(v, id, field, m);
	}
	if (m->undecided)
		v->why = m->why;
	return m;
}
