/*
 * response_others.c - comparing an answer with those of other units.
 */
#include "office/response_others.h"

#include <string.h>

#include "base/time.h"
#include "ledger/promises.h"
#include "ledger/responses.h"
#include "matcher/disagree.h"
#include "matcher/promise.h"

#define SHOWN 8 /* contradictions to one answer that the reason names */

struct comparing {
	struct act *act;
	const struct response_entry *x;
	const struct normalise_table *shadows;
	struct arena *arena; /* of one comparison */
	struct disagree_promise *mine; /* what this answer promises by a date */
	size_t mine_count;
	struct buf *reason;
};

static void add_contradictions(
	struct buf *out, size_t before, const struct disagreement *list, size_t count)
{
	for (size_t i = 0; i < count && before + i < SHOWN; i++)
		buf_addf(out, "%s%s %s/%s", before + i ? "、" : " ", list[i].what, list[i].here,
			list[i].there);
}

/* --- promises --- */

static void add_promise(struct disagree_promise *list, size_t *count, const char *sentence,
	const char *phrase, const char *due)
{
	if (sentence && phrase && *due)
		list[(*count)++] = (struct disagree_promise){str_of(sentence), phrase, due};
}

/* Working days are left out: their date is a matter of the calendar, not of the words. */
static void read_own(struct comparing *c)
{
	struct act *a = c->act;
	struct promise_finder *f = a->rc ? NULL : promise_finder_new();
	struct promise_sentence *list = NULL;
	struct time_civil day;
	size_t count = 0, all = 0;

	if (a->rc)
		return;
	time_to_civil(c->x->published_at, a->office->settings.zone, &day);
	a->rc = f ? promise_read(f, str_of(c->x->in->text),
			    time_days_from_civil(day.year, day.month, day.day), NULL, a->arena,
			    &list, &count, a->err)
		  : err_nomem(a->err);
	for (size_t i = 0; i < count; i++)
		all += list[i].count;
	c->mine = a->rc ? NULL : arena_array(a->arena, all + 1, sizeof *c->mine);
	if (!a->rc && !c->mine)
		a->rc = err_nomem(a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		for (size_t k = 0; k < list[i].count; k++)
			if (list[i].promises[k].kind == PROMISE_DATE)
				add_promise(c->mine, &c->mine_count,
					arena_strndup(a->arena, list[i].text.p, list[i].text.n),
					list[i].promises[k].phrase, list[i].promises[k].due);
	promise_finder_free(f);
}

static void read_theirs(
	struct comparing *c, const char *response, struct disagree_promise **out, size_t *count)
{
	struct act *a = c->act;
	struct promise_record *list = NULL;
	size_t n = 0, all = 0;

	*count = 0;
	if (!a->rc)
		a->rc = promises_of(a->db, response, c->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		all += list[i].phrase_count;
	*out = a->rc ? NULL : arena_array(c->arena, all + 1, sizeof **out);
	if (!a->rc && !*out)
		a->rc = err_nomem(a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		for (size_t k = 0; k < list[i].phrase_count; k++) {
			const struct promise_phrase_record *p = &list[i].phrases[k];
			if (strcmp(p->due_kind, "date") == 0 &&
				strcmp(list[i].state, "refused") != 0)
				add_promise(*out, count, list[i].quote, p->phrase, p->due_date);
		}
}

/* --- one answer against another --- */

static void compare_with(struct comparing *c, const struct response_record *r)
{
	struct act *a = c->act;
	struct disagreement *figures = NULL, *dates = NULL;
	struct disagree_promise *theirs = NULL;
	size_t n = 0, figure_count = 0, date_count = 0;

	arena_reset(c->arena);
	a->rc = disagree_find(c->shadows, str_of(c->x->in->text), str_of(r->body), c->arena,
		&figures, &figure_count, a->err);
	read_theirs(c, r->id, &theirs, &n);
	if (!a->rc)
		a->rc = disagree_find_dates(c->shadows, c->mine, c->mine_count, theirs, n, c->arena,
			&dates, &date_count, a->err);
	if (a->rc || !(figure_count + date_count))
		return;
	buf_addf(c->reason, "%s%s", c->reason->len ? "; " : "", r->id);
	add_contradictions(c->reason, 0, figures, figure_count);
	add_contradictions(c->reason, figure_count, dates, date_count);
	if (figure_count + date_count > SHOWN)
		buf_addf(c->reason, " +%zu", figure_count + date_count - SHOWN);
}

void response_others_compare(struct act *a, const struct response_entry *x,
	const struct normalise_table *shadows, struct buf *reason)
{
	struct comparing c = {.act = a, .x = x, .shadows = shadows, .reason = reason};
	struct response_record *list = NULL;
	size_t count = 0;

	c.arena = arena_new(ARENA_MAX_DEFAULT);
	if (!a->rc && !c.arena)
		a->rc = err_nomem(a->err);
	if (!a->rc)
		a->rc = responses_of(a->db, x->c.id, a->arena, &list, &count, a->err);
	if (!a->rc && count)
		read_own(&c);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (list[i].body && strcmp(list[i].state, "rejected") != 0 &&
			strcmp(list[i].unit, x->unit->name) != 0)
			compare_with(&c, &list[i]);
	arena_free(c.arena);
}
