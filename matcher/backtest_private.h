/*
 * backtest_private.h - what a backtest has seen: backtest.c gathers it, backtest_end.c adds
 * it up. Inside matcher/backtest*.c only.
 */
#ifndef MATCHER_BACKTEST_PRIVATE_H
#define MATCHER_BACKTEST_PRIVATE_H

#include "base/hash.h"
#include "matcher/backtest.h"

/* A line that made a difference for one item. */
struct backtest_cause {
	const char *file, *rule; /* as in struct backtest_line */
	int number;
	struct backtest_cause *next;
};

/* A topic that an item alerts for, by one of the sets or by both. */
struct backtest_seen {
	struct hash group;
	size_t topic, order; /* in topic[]; of the item */
	int before, after; /* enum match_grade; GRADE_NONE: no alert */
	const char *id, *title, *source; /* of an item that differs */
	struct backtest_cause *causes; /* NULL: the sets agree on it */
};

struct backtest_topic {
	const char *name, *code;
};

struct backtest_grown { /* an array in malloc'd memory */
	void *items;
	size_t count, room;
};

struct backtest {
	const struct rules *rules[2]; /* before, after; [0] may be NULL */
	struct match_work *work[2];
	struct arena *arena;
	struct backtest_grown seen, topics;
	size_t items, undecided;
};

enum { BACKTEST_BEFORE, BACKTEST_AFTER };

/* One more element of so many bytes, zeroed; NULL: no memory. */
void *backtest_grow(struct backtest_grown *g, size_t size);

#endif
