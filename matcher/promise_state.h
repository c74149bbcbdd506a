/*
 * promise_state.h - what the clauses of a sentence that were read so far leave behind;
 * inside matcher/promise*.c only.
 */
#ifndef MATCHER_PROMISE_STATE_H
#define MATCHER_PROMISE_STATE_H

#include "matcher/promise_clause.h"

struct promise_state {
	const struct promise_line *line;
	struct promise_clause *c;
	size_t hidden; /* 《, or “ of what somebody else wrote, that are open */
	bool frame, wait, ask, past, will;
	bool us; /* 我 stands in an earlier clause */
	size_t kept; /* the clauses before this one were dropped, or may stay */
	bool said; /* …答复: what follows is their word */
	bool waited; /* the clause before waits for something */
	bool urged; /* 强调…: what a leader wants, not what was promised */
	bool ordered; /* `ask` is an order of ours, not a request */
	struct promise_clause *limit; /* the one before, if it is a time limit and nothing else */
	bool when; /* … or a time yet to come */
	bool now; /* … tells what is under way */
	bool promised; /* the clauses since one that promised go on with it */
};

/* 我 stands in the clause being read, before `end`. */
static inline bool promise_state_names_us(const struct promise_state *s, size_t end)
{
	for (size_t i = s->c->from; i < end; i++)
		if (s->line->cp[i] == 0x6211)
			return true;
	return false;
}

#endif
