/*
 * tick.c - the list of what falls due, and the events of what passed.
 */
#include "office/tick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/clocks.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/list.h"
#include "ledger/responses.h"
#include "office/act.h"

struct collect {
	struct db *db;
	struct arena *arena;
	struct list list;
	int64_t until;
	struct err *err;
};

static enum err_code add(struct collect *c, struct due_entry entry)
{
	struct due_entry *at = list_add(&c->list);

	if (!at)
		return err_nomem(c->err);
	*at = entry;
	return ERR_OK;
}

static enum err_code add_stories(struct collect *c)
{
	struct story *list = NULL;
	size_t count = 0;
	enum err_code rc = alerts_queue(c->db, false, NULL, c->arena, &list, &count, c->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const char *subject = arena_printf(c->arena, "S%lld", (long long)list[i].id);
		if (!subject)
			return err_nomem(c->err);
		if (list[i].review_due <= c->until)
			rc = add(c, (struct due_entry){subject, "triage", list[i].title,
					    list[i].taken_name, "", list[i].review_due});
	}
	return rc;
}

static enum err_code add_clocks(struct collect *c)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_running(c->db, c->until, c->arena, &list, &count, c->err);

	for (size_t i = 0; !rc && i < count; i++) {
		struct case_record of;
		/* Review dates come with their commitments. */
		if (strcmp(list[i].clock, "undated") == 0)
			continue;
		rc = cases_get(c->db, list[i].subject, c->arena, &of, c->err);
		if (!rc && strcmp(of.state, "open") == 0)
			rc = add(c, (struct due_entry){of.id, list[i].clock, of.title, of.lead,
					    list[i].rule, list[i].due_at});
	}
	return rc;
}

static enum err_code add_promises(struct collect *c)
{
	struct commitment_record *list = NULL;
	size_t count = 0;
	enum err_code rc = commitments_of(c->db, NULL, c->arena, &list, &count, c->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct commitment_record *p = &list[i];
		if (commitments_is_settled(p))
			continue;
		if (*p->due_date && p->due_at <= c->until && !commitments_is_done(p))
			rc = add(c,
				(struct due_entry){p->id, "due", p->quote, p->unit, "", p->due_at});
		if (!rc && p->review_at != TIME_NONE && p->review_at <= c->until)
			rc = add(c, (struct due_entry){p->id, "review", p->quote, p->unit,
					    p->review_rule, p->review_at});
	}
	return rc;
}

/* The page that should tell the public was given up by the fetcher: another one is needed. */
static enum err_code add_failed_pages(struct collect *c)
{
	struct commitment_record *list = NULL;
	size_t count = 0;
	enum err_code rc = commitments_of(c->db, NULL, c->arena, &list, &count, c->err);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct commitment_record *p = &list[i];
		if (!commitments_is_settled(p) && strcmp(p->told, "failed") == 0)
			rc = add(c, (struct due_entry){
					    p->id, "failed", p->quote, p->unit, "", TIME_NONE});
	}
	return rc;
}

/* What waits for somebody without a limit of its own. */
static enum err_code add_waiting(struct collect *c)
{
	struct response_record *answers = NULL;
	struct evidence_record *proofs = NULL;
	size_t count = 0;
	enum err_code rc = responses_pending(c->db, c->arena, &answers, &count, c->err);

	for (size_t i = 0; !rc && i < count; i++)
		rc = add(c, (struct due_entry){answers[i].id, "decide", answers[i].body,
				    answers[i].unit, "", TIME_NONE});
	count = 0;
	if (!rc)
		rc = evidence_of(c->db, NULL, c->arena, &proofs, &count, c->err);
	for (size_t i = 0; !rc && i < count; i++)
		rc = add(c,
			(struct due_entry){proofs[i].id,
				strcmp(proofs[i].kind, "screenshot") == 0 ? "confirm" : "capture",
				proofs[i].url, "", "", TIME_NONE});
	return rc ? rc : add_failed_pages(c);
}

static int by_due(const void *x, const void *y)
{
	const struct due_entry *a = x, *b = y;
	bool a_waits = a->due_at == TIME_NONE, b_waits = b->due_at == TIME_NONE;

	if (a_waits != b_waits)
		return a_waits ? 1 : -1;
	if (a->due_at != b->due_at)
		return a->due_at < b->due_at ? -1 : 1;
	return strcmp(a->subject, b->subject);
}

static enum err_code collect_limits(struct collect *c)
{
	enum err_code rc = add_stories(c);

	if (!rc)
		rc = add_clocks(c);
	return rc ? rc : add_promises(c);
}

enum err_code office_due(struct office *o, int64_t until, struct arena *a, struct due_entry **out,
	size_t *count, struct err *e)
{
	struct collect c = {.db = o->db, .arena = a, .until = until, .err = e};
	enum err_code rc = db_begin_read(o->db, e);

	list_init(&c.list, a, sizeof **out);
	if (!rc)
		rc = collect_limits(&c);
	if (!rc)
		rc = add_waiting(&c);
	if (!rc && c.list.count)
		qsort(c.list.items, c.list.count, sizeof **out, by_due);
	*out = c.list.items;
	*count = c.list.count;
	db_rollback(o->db);
	return rc;
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

static void note_failed_captures(struct act *a, int64_t *noted)
{
	struct evidence_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = evidence_of(a->db, NULL, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		note_failed_capture(a, list[i].id, noted);
}

enum err_code office_tick(struct office *o, int64_t *reached, struct err *e)
{
	struct collect c = {.db = o->db, .err = e};
	struct act a;

	*reached = 0;
	act_begin_system(&a, o, false, e);
	c.arena = a.arena;
	c.until = a.now - 1;
	if (!a.rc) {
		list_init(&c.list, a.arena, sizeof(struct due_entry));
		a.rc = collect_limits(&c);
	}
	for (size_t i = 0; !a.rc && i < c.list.count; i++) {
		const struct due_entry *d = (const struct due_entry *)c.list.items + i;
		bool known = false;
		a.rc = clocks_is_reached(o->db, d->subject, d->what, d->due_at, &known, e);
		if (a.rc || known)
			continue;
		act_event(&a);
		act_str(&a, "what", d->what);
		act_int(&a, "due_at", d->due_at);
		act_str(&a, "rule", d->rule);
		act_append(&a, "limit.reached/1", d->subject);
		(*reached)++;
	}
	note_failed_captures(&a, reached);
	return act_end(&a);
}
