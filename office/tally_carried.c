/*
 * tally_carried.c - what came, what went, what is carried on: rows of the queue and cases
 * in hand, each counted from two sides.
 */
#include "office/tally_private.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/balance.h"

static void unbalanced(struct counting *c, const char *what, int64_t expected, int64_t found)
{
	c->rc = err_set(c->err, ERR_INTEGRITY,
		_("%s of %s do not balance: by what came and went there should be %lld, there are "
		  "%lld; run “huiying audit rebuild”"),
		what, c->period->name, (long long)expected, (long long)found);
}

/* --- the queue --- */

static void check_queue(struct counting *c, const struct balance *b)
{
	int64_t expected = b->carried + balance_new(b), open = 0;

	for (int i = 0; i < BALANCE_OUTCOMES; i++)
		expected -= b->out[i];
	if (expected != b->open)
		unbalanced(c, _("rows of the queue"), expected, b->open);
	if (c->rc || c->to <= c->asof)
		return;
	c->rc = db_get_int(c->office->db, ST_FACT_QUEUE_OPEN, DB_NO_ARGS, &open, c->err);
	if (!c->rc && open != b->open)
		unbalanced(c, _("rows of the queue"), b->open, open);
}

void tally_count_queue(struct counting *c)
{
	struct tally_row *r, *total;
	struct balance b;

	if (!c->rc)
		c->rc = balance_between(c->office->db, c->period->from, c->to, &b, c->err);
	if (!c->rc)
		check_queue(c, &b);
	r = c->rc ? NULL : tally_row_of(c, TALLY_QUEUE, c->label);
	if (!r)
		return;
	r->v[QUEUE_CARRIED] = b.carried;
	r->v[QUEUE_RAISED] = b.in[BALANCE_RAISED];
	r->v[QUEUE_RETURNED] = b.in[BALANCE_RETURNED];
	r->v[QUEUE_REOPENED] = b.in[BALANCE_REOPENED];
	r->v[QUEUE_UNDONE] = b.in[BALANCE_UNDONE];
	r->v[QUEUE_SPLIT] = b.in[BALANCE_SPLIT];
	for (int i = 0; i < BALANCE_OUTCOMES; i++)
		r->v[QUEUE_OUT + i] = b.out[i];
	r->v[QUEUE_OPEN] = b.open;
	total = tally_row_of(c, TALLY_TOTAL, c->label);
	if (!total)
		return;
	total->v[TOTAL_RAISED] = b.in[BALANCE_RAISED];
	total->v[TOTAL_FALSE] = b.out[BALANCE_OUTCOMES - 1];
}

/* --- cases in hand --- */

/* A case on its way; a clock that was set back does not turn the order of its events. */
struct walk {
	const char *id, *state;
	int64_t at;
	bool open_at_end; /* of the period */
};

static void step(
	struct counting *c, struct tally_row *r, struct walk *w, const struct case_state *s)
{
	bool was = strcmp(w->state, "open") == 0, is = strcmp(s->state, "open") == 0;

	w->at = s->at > w->at ? s->at : w->at;
	if (w->at < c->period->from)
		r->v[CASES_CARRIED] += is - was;
	else if (w->at < c->to && is && !was)
		r->v[*w->state ? CASES_REOPENED : CASES_OPENED]++;
	else if (w->at < c->to && was && !is)
		r->v[CASES_FINISHED]++;
	if (w->at >= c->period->from && w->at < c->to && strcmp(s->state, "closed") == 0)
		r->v[CASES_CLOSED]++;
	if (w->at < c->to)
		w->open_at_end = is;
	w->state = s->state;
}

void tally_count_cases(struct counting *c)
{
	struct tally_row *r = c->rc ? NULL : tally_row_of(c, TALLY_CASES, c->label);
	const struct tally_facts *f = c->facts;
	struct walk w = {"", "", INT64_MIN, false};
	int64_t expected;

	for (size_t i = 0; r && i < f->state_count; i++) {
		if (strcmp(w.id, f->states[i].case_id) != 0) {
			r->v[CASES_OPEN] += w.open_at_end;
			w = (struct walk){f->states[i].case_id, "", INT64_MIN, false};
		}
		step(c, r, &w, &f->states[i]);
	}
	if (!r)
		return;
	r->v[CASES_OPEN] += w.open_at_end;
	expected = r->v[CASES_CARRIED] + r->v[CASES_OPENED] + r->v[CASES_REOPENED] -
		   r->v[CASES_FINISHED];
	if (expected != r->v[CASES_OPEN])
		unbalanced(c, _("cases in hand"), expected, r->v[CASES_OPEN]);
}
