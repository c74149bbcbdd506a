/*
 * promise_clause.h - the clauses of a sentence and which of them promise; inside
 * matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_CLAUSE_H
#define MATCHER_PROMISE_CLAUSE_H

#include <stdbool.h>

#include "matcher/promise_phrase.h"
#include "matcher/promise_words.h"

struct promise_clause {
	size_t from, to; /* code points of the shadow; the mark that ends it is left out */
	size_t first_phrase, phrases; /* of the sentence's phrases */
	/* Where a word of each cue stands that counts, PROMISE_NOWHERE when none does. */
	size_t at[CUES];
	size_t will_at; /* the word that makes it promise */
	bool will;
	bool leads; /* it is the limit of what a later clause promises */
	bool goes_on; /* with what an earlier clause promised */
};

#define PROMISE_CLAUSE_MAX 256 /* characters; what has no comma for longer is cut */
#define PROMISE_PHRASE_MAX 64 /* what a phrase may reach beyond such a cut, which then moves */
#define PROMISE_NOWHERE ((size_t)-1)

/* A sentence on its way. */
struct promise_line {
	const uint32_t *cp;
	size_t n;
	struct promise_clause *clauses;
	size_t clause_count;
	struct promise_phrase *phrases;
	size_t phrase_count;
	int64_t made; /* days since 1970-01-01 */
};

/* Cuts the sentence into clauses and finds its phrases; all lives in the arena. False: no
 * memory. */
bool promise_clause_cut(struct promise_line *l, const struct promise_reckon *r, struct arena *a);
/* Tells each clause whether it promises; true when one does. */
bool promise_clause_judge(struct promise_line *l, const struct promise_words *w);

static inline bool promise_clause_has(const struct promise_clause *c, enum promise_cue cue)
{
	return c->at[cue] != PROMISE_NOWHERE;
}

/* Somebody else is to do what the clause says. */
static inline bool promise_clause_is_theirs(const struct promise_clause *c)
{
	return promise_clause_has(c, CUE_ASK) || promise_clause_has(c, CUE_ORDER);
}

/* It is nothing but this phrase. */
static inline bool promise_clause_is_filled(
	const struct promise_clause *c, const struct promise_phrase *p)
{
	return c->to - c->from - (p->to - p->from) <= 3;
}

static inline void promise_clause_promise(struct promise_clause *c, size_t at)
{
	if (!c->will)
		c->will_at = at;
	c->will = true;
}

static inline bool promise_clause_is_coming(
	const struct promise_line *l, const struct promise_phrase *p)
{
	return p->due != PROMISE_NO_DAY && p->due >= l->made;
}

#endif
