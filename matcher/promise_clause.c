/*
 * promise_clause.c - who says in a clause that something will be done.
 *
 * Words are read from left to right; what was asked of others (要求, 请) holds to the end of
 * its clause and on, until a clause names somebody again; 下一步 opens what is to come.
 */
#include "matcher/promise_clause.h"

#include "matcher/promise_cue.h"
#include "matcher/promise_plan.h"
#include "matcher/scan.h"

/* 12月底前，某局（某科）负责…: a bracket does not end what the limit is for. */
static bool is_bracket(const struct promise_line *l, size_t i)
{
	return i < l->n && (l->cp[i] == '(' || l->cp[i] == ')');
}

static bool is_limit(const struct promise_state *s)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->grip == GRIP_LIMIT && promise_clause_is_filled(s->c, p))
			return true;
	}
	return false;
}

/* 镇政府答复:, 负责人表示, */
static bool ends_in_saying(const struct promise_state *s)
{
	static const char *const words[] = {"答复", "回应", "表示", "表态", "介绍", "透露", "坦言"};

	return s->c->to >= s->c->from + 2 &&
	       ANY_WORD_AT(s->line->cp, s->c->to, s->c->to - 2, words);
}

static bool is_when(const struct promise_state *s)
{
	const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase];

	return s->c->phrases &&
	       (p->ahead || p->season || (p->soon && p->unbegun && p->grip == GRIP_TIME)) &&
	       promise_clause_is_filled(s->c, p);
}

static void judge_clause(struct promise_state *s, const struct promise_words *w)
{
	struct promise_clause *c = s->c;
	bool framed = s->frame, past, asks;

	c->goes_on = s->promised;
	promise_cue_read(s, w);
	past = promise_clause_has(c, CUE_PAST);
	asks = promise_clause_is_theirs(c);
	if ((promise_clause_has(c, CUE_HARM) && !promise_clause_has(c, CUE_PLAN)) ||
		(past && c->will_at == c->at[CUE_THEN]))
		c->will = false;
	if (promise_plan_is_expected(s) || (framed && !promise_clause_has(c, CUE_LAW) && !past &&
						   promise_plan_has_time(s, GRIP_TIME, c->from)))
		promise_clause_promise(c, c->from);
	if (c->to < s->line->n && s->line->cp[c->to] == '?')
		c->will = false;
	s->ordered = asks ? !promise_clause_has(c, CUE_ASK) : s->ordered;
	s->ask = asks || (s->ask && !c->will);
	s->past = past || s->past;
	if (s->limit && c->will)
		s->limit->leads = true;
	if (!s->limit || !is_bracket(s->line, c->to))
		s->limit = is_limit(s) ? c : NULL;
	s->when = is_when(s);
	s->said = s->said || ends_in_saying(s);
	s->waited = promise_clause_has(c, CUE_WAIT);
	s->us = s->us || promise_state_names_us(s, c->to);
	s->now = promise_clause_has(c, CUE_NOW) || past;
	s->will = c->will || (s->will && !past && !asks);
	s->promised = c->will || (s->promised && !past && !asks && !promise_clause_has(c, CUE_LAW));
}

/* 承诺…, 但至今没有…: the word was not kept. */
static bool is_broken(const struct promise_line *l, const struct promise_clause *c)
{
	static const char *const heads[] = {"但", "可是", "却", "然而", "结果", "至今"};
	static const char *const ends[] = {
		"没有", "没能", "未", "拒", "反悔", "不了了之", "落空", "无人", "没人", "不见"};

	if (c->will || !ANY_WORD_AT(l->cp, c->to, c->from, heads))
		return false;
	for (size_t i = c->from; i < c->to; i++)
		if (ANY_WORD_AT(l->cp, c->to, i, ends))
			return true;
	return false;
}

static void drop_broken(struct promise_state *s, struct promise_line *l, size_t at)
{
	for (size_t i = s->kept; i < at; i++)
		if (promise_clause_has(&l->clauses[i], CUE_PLAN) ||
			promise_clause_has(&l->clauses[i], CUE_EXPECT))
			l->clauses[i].will = false;
	s->kept = at;
}

/* 今年完成一期, 2027年完成二期: the later step tells that the earlier one is a plan too. */
static void reach_back(struct promise_line *l)
{
	for (size_t i = l->clause_count; i-- > 1;) {
		struct promise_clause *c = &l->clauses[i - 1];
		const struct promise_clause *next = c + 1;
		if (c->will || !next->will || !next->phrases || !c->phrases)
			continue;
		if ((promise_clause_has(c, CUE_FINISH) || promise_clause_has(c, CUE_ACT)) &&
			l->phrases[next->first_phrase].ahead && !promise_clause_has(c, CUE_PAST) &&
			!promise_clause_is_theirs(c) &&
			promise_clause_is_coming(l, &l->phrases[c->first_phrase]))
			promise_clause_promise(c, c->from);
	}
}

bool promise_clause_judge(struct promise_line *l, const struct promise_words *w)
{
	struct promise_state s = {.line = l};
	bool any = false;

	if (l->n && l->cp[l->n - 1] == '?')
		return false;
	for (size_t i = 0; i < l->clause_count; i++) {
		s.c = &l->clauses[i];
		/* 现回复如下: what follows begins anew, but for what is asked: 要求: 一是 */
		if (i && l->cp[s.c->from - 1] == ':' && !promise_clause_is_theirs(s.c - 1))
			s.ask = s.past = false;
		judge_clause(&s, w);
		if (is_broken(l, s.c))
			drop_broken(&s, l, i);
	}
	reach_back(l);
	for (size_t i = 0; i < l->clause_count; i++)
		any = any || l->clauses[i].will;
	return any;
}
