/*
 * tally_supervision.c - orders of supervision issued in a period, and looks back whose day
 * lies in it: T8.
 */
#include "office/tally_private.h"

#include <string.h>

#include "base/time.h"

static void add_order(struct counting *c, const struct facts_order *o)
{
	struct tally_row *r = tally_row_of(c, TALLY_ORDER, o->level);
	bool answered = o->answered_at != TIME_NONE;
	/* What ended before needs no answer any more. */
	bool over = !answered && o->ended_at != TIME_NONE && o->ended_at <= o->feedback_due;
	bool due = o->feedback_due != TIME_NONE && o->feedback_due <= c->asof && !over;
	bool in_time = due && answered && o->answered_at <= o->feedback_due;

	if (!r)
		return;
	r->v[ORDER_ISSUED]++;
	r->v[ORDER_DUE] += due;
	r->v[ORDER_IN_TIME] += in_time;
	r->v[ORDER_LATE] += due && !in_time;
	r->v[ORDER_OPEN] += o->open;
	r->v[ORDER_TALKED] += strcmp(o->result, "talked") == 0;
	r->v[ORDER_CIRCULATED] += strcmp(o->result, "circulated") == 0;
}

void tally_count_orders(struct counting *c)
{
	struct facts_order *list = NULL;
	size_t count = 0;

	if (!c->rc && c->whole)
		c->rc = facts_orders(c->office->db, c->arena, &list, &count, c->err);
	for (size_t i = 0; !c->rc && i < count; i++)
		if (list[i].issued_at >= c->period->from && list[i].issued_at < c->to)
			add_order(c, &list[i]);
}

void tally_count_lookbacks(struct counting *c)
{
	struct tally_row *r = c->rc ? NULL : tally_row_of(c, TALLY_LOOKBACK, c->label);
	struct facts_lookback *list = NULL;
	size_t count = 0;

	if (r)
		c->rc = facts_lookbacks(c->office->db, c->arena, &list, &count, c->err);
	for (size_t i = 0; !c->rc && i < count; i++) {
		const struct facts_lookback *l = &list[i];
		bool done = l->done_at != TIME_NONE;

		if (l->due_at < c->period->from || l->due_at >= c->to || l->due_at > c->asof)
			continue;
		r->v[LOOKBACK_DUE]++;
		r->v[LOOKBACK_DONE] += done;
		r->v[LOOKBACK_DONE_LATE] += done && l->done_at > l->due_at;
		r->v[LOOKBACK_HELD] += strcmp(l->result, "巩固") == 0;
		r->v[LOOKBACK_REBOUNDS] += strcmp(l->result, "反弹") == 0;
		r->v[LOOKBACK_LATE] += !done;
	}
}
