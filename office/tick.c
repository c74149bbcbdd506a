/*
 * tick.c - time passes: the steps of a tick, in one transaction.
 */
#include "office/tick.h"

#include <string.h>

#include "ledger/clocks.h"
#include "ledger/evidence.h"
#include "office/clock_rules.h"
#include "office/due.h"
#include "office/due_clocks.h"
#include "office/search_index.h"
#include "office/sweep.h"
#include "office/redact.h"
#include "office/tick_steps.h"

void tick_limits(struct act *a, int64_t *reached)
{
	struct due d = {.office = a->office,
		.db = a->db,
		.arena = a->arena,
		.until = a->now - 1,
		.news = true,
		.err = a->err};

	if (!a->rc)
		a->rc = due_limits(&d);
	for (size_t i = 0; !a->rc && i < d.list.count; i++) {
		const struct due_entry *x = (const struct due_entry *)d.list.items + i;
		bool known = false;
		a->rc = clocks_is_reached(a->db, x->subject, x->what, x->due_at, 0, &known, a->err);
		if (a->rc || known)
			continue;
		act_event(a);
		act_str(a, "what", x->what);
		act_int(a, "due_at", x->due_at);
		act_str(a, "rule", x->rule);
		if (strcmp(x->what, "triage") != 0) /* there it is a person */
			act_str(a, "unit", x->unit);
		act_str(a, "step", "due");
		act_append(a, "limit.reached/2", x->subject);
		(*reached)++;
	}
}

void tick_calendar(struct act *a, int64_t *done)
{
	clock_rules_recompute(a, done);
}

/* To give a case back is a right, not a duty: when its time is over nobody is late. */
static void note_right_over(struct act *a, const struct clock_record *c, const char *step)
{
	if (!a->rc && strcmp(step, "due") == 0)
		clock_rules_end(
			a, c->subject, DEADLINE_RETURN, c->who, NULL, "void", c->due_at, "");
}

/* Of a case that is not open nothing runs out; who held it is told. */
static void note_reached(
	struct act *a, const struct clock_record *c, const char *step, int64_t *reached)
{
	struct due_clock of;

	if (strcmp(c->clock, deadline_clock_name(DEADLINE_RETURN)) == 0) {
		note_right_over(a, c, step);
		return;
	}
	if (!a->rc)
		a->rc = due_clock_of(
			a->db, c, c->due_at < a->now ? c->due_at : a->now, a->arena, &of, a->err);
	if (a->rc || !of.live)
		return;
	act_event(a);
	act_str(a, "what", c->clock);
	act_int(a, "due_at", c->due_at);
	act_str(a, "rule", c->rule);
	act_int(a, "clock", c->seq);
	act_str(a, "unit", of.unit);
	act_str(a, "step", step);
	act_append(a, "limit.reached/2", c->subject);
	(*reached)++;
}

void tick_clocks(struct act *a, int64_t *reached)
{
	struct clock_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = clocks_passed(a->db, a->now - 1, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		note_reached(a, &list[i], "due", reached);
	count = 0;
	if (!a->rc)
		a->rc = clocks_near(a->db, a->now, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		note_reached(a, &list[i], "near", reached);
}

/* The fetcher gave a page up after its last try: the evidence says so, and the unit can
 * name another page. */
static void note_failed_capture(struct act *a, const char *id, int64_t *noted)
{
	struct db_rows q = DB_ROWS_NONE;
	const char *error = NULL;

	a->rc = db_query(a->db, ST_EVIDENCE_WANT, DB_ARGS(DB_TEXT(id)), &q, a->err);
	if (!a->rc && db_next(&q) && strcmp(db_text(&q, 0), "failed") == 0)
		error = arena_strdup(a->arena, db_text(&q, 1));
	a->rc = db_end(&q, a->rc, a->err);
	if (a->rc || !error)
		return;
	act_event(a);
	act_str_always(a, "error", error);
	act_append(a, "evidence.failed/1", id);
	(*noted)++;
}

void tick_captures(struct act *a, int64_t *noted)
{
	struct evidence_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = evidence_of(a->db, NULL, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		note_failed_capture(a, list[i].id, noted);
}

enum err_code office_tick(struct office *o, int64_t *done, struct err *e)
{
	static void (*const steps[])(struct act *, int64_t *) = {
#define TICK(name) tick_##name,
#include "office/tick.def"
#undef TICK
	};
	enum err_code rc;
	struct act a;

	*done = 0;
	act_begin_system(&a, o, false, e);
	for (size_t i = 0; !a.rc && i < sizeof steps / sizeof *steps; i++)
		steps[i](&a, done);
	rc = act_end(&a);
	if (!rc)
		rc = office_redact_settle(o, e);
	if (!rc)
		rc = office_sweep(o, e);
	return rc ? rc : office_search_catch_up(o, false, NULL, e);
}
