/*
 * promise.c - from a text to its sentences, the promises in them, and their dates.
 */
#include "matcher/promise.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/time.h"
#include "base/utf8.h"
#include "matcher/normalise.h"
#include "matcher/promise_bind.h"
#include "matcher/promise_clause.h"

struct promise_finder {
	struct normalise_table *table;
	struct promise_words *words;
	struct promise_begins begins;
};

struct promise_finder *promise_finder_new(void)
{
	struct promise_finder *f = calloc(1, sizeof *f);

	if (!f)
		return NULL;
	promise_begins_init(&f->begins);
	f->table = normalise_table_new();
	f->words = promise_words_new();
	if (f->table && f->words)
		return f;
	promise_finder_free(f);
	return NULL;
}

void promise_finder_free(struct promise_finder *f)
{
	if (!f)
		return;
	normalise_table_free(f->table);
	promise_words_free(f->words);
	free(f);
}

const char *promise_due_name(enum promise_due kind)
{
	static const char *const names[] = {"date", "workdays", "undated"};

	return names[kind];
}

/* One sentence being read. */
struct reading {
	const struct promise_reckon *reckon;
	struct arena *arena;
	struct shadow shadow;
	struct promise_line line;
	size_t before; /* code points of the text before the sentence */
	size_t cps, bytes; /* of the sentence, up to the phrase added last */
};

static void write_due(const struct promise_phrase *p, char due[11])
{
	int year, month, day;

	due[0] = '\0';
	if (p->due == PROMISE_NO_DAY)
		return;
	time_civil_from_days(p->due, &year, &month, &day);
	if (year >= 0 && year <= 9999)
		snprintf(due, 11, "%04d-%02d-%02d", year, month, day);
}

/* Where a code point of the sentence begins; phrases come in order, so each is a step on. */
static size_t step_to(struct reading *r, struct str text, size_t cps)
{
	if (cps < r->cps)
		r->cps = r->bytes = 0;
	r->bytes += utf8_offset(text.p + r->bytes, text.n - r->bytes, cps - r->cps);
	r->cps = cps;
	return r->bytes;
}

static void add_promise(
	struct reading *r, const struct promise_phrase *p, struct promise_sentence *s)
{
	struct promise *out = &s->promises[s->count++];
	size_t begin, end;
	uint32_t from, to;

	normalise_span_a(&r->shadow, p->from, p->to, &from, &to);
	begin = step_to(r, s->text, from);
	end = step_to(r, s->text, to);
	out->start = r->before + from;
	out->end = r->before + to;
	out->phrase = arena_strndup(r->arena, s->text.p + begin, end - begin);
	out->kind = p->kind;
	write_due(p, out->due);
}

/* Phrases that bind; the weak ones only when `weak`, the others only when not. */
static void add_phrases(struct reading *r, struct promise_sentence *s, bool weak)
{
	const struct promise_line *l = &r->line;

	for (size_t i = 0; i < l->clause_count; i++) {
		const struct promise_clause *c = &l->clauses[i];
		for (size_t k = c->first_phrase; k < c->first_phrase + c->phrases; k++) {
			if ((l->phrases[k].grip == GRIP_WEAK) == weak && promise_bind(l, i, k))
				add_promise(r, &l->phrases[k], s);
		}
	}
}

static enum err_code read_sentence(const struct promise_finder *f, struct reading *r,
	struct promise_sentence *s, struct err *e)
{
	enum err_code rc = normalise_text(f->table, s->text.p, s->text.n, r->arena, &r->shadow, e);

	if (rc)
		return rc;
	r->cps = r->bytes = 0;
	r->line = (struct promise_line){.cp = r->shadow.cp, .n = r->shadow.count};
	if (!promise_clause_cut(&r->line, r->reckon, r->arena))
		return err_nomem(e);
	s->commitment = promise_clause_judge(&r->line, f->words);
	if (!s->commitment || !r->line.phrase_count)
		return ERR_OK;
	s->promises = arena_array(r->arena, r->line.phrase_count, sizeof *s->promises);
	if (!s->promises)
		return err_nomem(e);
	add_phrases(r, s, false);
	if (!s->count)
		add_phrases(r, s, true);
	return arena_failed(r->arena) ? err_nomem(e) : ERR_OK;
}

static size_t count_sentences(struct str text)
{
	struct str sentence;
	size_t pos = 0, n = 0;

	while (text_next_sentence(text, &pos, &sentence))
		n++;
	return n;
}

enum err_code promise_read(const struct promise_finder *f, struct str text, int64_t made,
	const struct calendar_workdays *workdays, struct arena *a, struct promise_sentence **out,
	size_t *count, struct err *e)
{
	struct promise_reckon reckon = {.made = made, .workdays = workdays, .begins = &f->begins};
	struct reading r = {.reckon = &reckon, .arena = a};
	size_t max = count_sentences(text), pos = 0, seen = 0;
	enum err_code rc = ERR_OK;

	*count = 0;
	*out = arena_array(a, max ? max : 1, sizeof **out);
	if (!*out)
		return err_nomem(e);
	time_civil_from_days(made, &reckon.year, &reckon.month, &reckon.day);
	while (!rc && *count < max && text_next_sentence(text, &pos, &(*out)[*count].text)) {
		struct promise_sentence *s = &(*out)[(*count)++];
		size_t at = (size_t)(s->text.p - text.p);
		r.before += utf8_count(text.p + seen, at - seen);
		seen = at;
		rc = read_sentence(f, &r, s, e);
	}
	return rc;
}

enum err_code promise_workdays(
	const struct promise_finder *f, struct str phrase, struct arena *a, int *out, struct err *e)
{
	const struct promise_reckon from_1970 = {
		.year = 1970, .month = 1, .day = 1, .begins = &f->begins};
	struct promise_phrase p = {0};
	struct shadow shadow;
	enum err_code rc = normalise_text(f->table, phrase.p, phrase.n, a, &shadow, e);

	*out = 0;
	if (!rc && shadow.count && promise_phrase_at(shadow.cp, shadow.count, 0, &from_1970, &p) &&
		p.kind == PROMISE_WORKDAYS)
		*out = p.workdays;
	return rc;
}
