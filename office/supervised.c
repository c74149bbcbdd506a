/*
 * supervised.c - gathers promises and running clocks.
 */
#include "office/supervised.h"

#include <stdlib.h>
#include <string.h>

#include "office/deadlines.h"
#include "office/due_clocks.h"
#include "office/duties.h"

void supervised_promises(struct act *a, struct list *l)
{
	struct db_rows q = DB_ROWS_NONE;

	if (!a->rc)
		a->rc = db_query(
			a->db, ST_SUPERVISED_PROMISES, DB_ARGS(DB_INT(a->now)), &q, a->err);
	while (!a->rc && db_next(&q)) {
		struct supervised *s = list_add(l);
		if (!s) {
			a->rc = err_nomem(a->err);
			break;
		}
		s->matter.subject = arena_strdup(a->arena, db_text(&q, 0));
		s->matter.case_id = arena_strdup(a->arena, db_text(&q, 1));
		s->matter.clock = DUTY_PROMISE;
		s->matter.ref = s->who = "";
		s->unit = arena_strdup(a->arena, db_text(&q, 2));
		s->start = db_int(&q, 3);
		s->matter.due = db_int(&q, 4);
		s->waits = db_int(&q, 5) != 0;
	}
	a->rc = db_end(&q, a->rc, a->err);
}

void supervised_clocks(struct act *a, struct list *l)
{
	struct db_rows q = DB_ROWS_NONE;

	if (!a->rc)
		a->rc = db_query(a->db, ST_SUPERVISED_CLOCKS, DB_NO_ARGS, &q, a->err);
	while (!a->rc && db_next(&q)) {
		struct supervised *s = list_add(l);
		if (!s) {
			a->rc = err_nomem(a->err);
			break;
		}
		s->matter.subject = arena_strdup(a->arena, db_text(&q, 0));
		s->matter.case_id = arena_strdup(a->arena, db_text(&q, 1));
		s->matter.clock = arena_strdup(a->arena, db_text(&q, 2));
		s->who = arena_strdup(a->arena, db_text(&q, 3));
		s->start = db_int(&q, 5);
		s->matter.due = db_int(&q, 6);
		/* By the unit of the beginning: who takes its duties over has the orders that
		 * there are, and no second ones. */
		s->matter.ref = arena_printf(a->arena, "%s%s%s", db_text(&q, 7),
			*db_text(&q, 7) && *db_text(&q, 4) ? " " : "", db_text(&q, 4));
	}
	a->rc = db_end(&q, a->rc, a->err);
}

void supervised_lookbacks(struct act *a, struct list *l)
{
	struct db_rows q = DB_ROWS_NONE;

	if (!a->rc)
		a->rc = db_query(a->db, ST_SUPERVISED_LOOKBACKS, DB_NO_ARGS, &q, a->err);
	while (!a->rc && db_next(&q)) {
		struct supervised *s = list_add(l);
		if (!s) {
			a->rc = err_nomem(a->err);
			break;
		}
		s->matter.subject = s->matter.case_id = arena_strdup(a->arena, db_text(&q, 0));
		s->matter.clock = deadline_clock_name(DEADLINE_LOOKBACK);
		s->matter.ref = arena_printf(a->arena, "%lld", (long long)db_int(&q, 1));
		s->matter.due = db_int(&q, 2);
		s->start = db_int(&q, 3);
		s->who = s->unit = "";
	}
	a->rc = db_end(&q, a->rc, a->err);
}

static void (*const sources[])(struct act *, struct list *) = {
#define SUPERVISED(name) supervised_##name,
#include "office/supervised.def"
#undef SUPERVISED
};

static int compare_matters(const struct supervision_matter *x, const struct supervision_matter *y)
{
	int c = strcmp(x->subject, y->subject);

	if (!c)
		c = strcmp(x->clock, y->clock);
	return c ? c : strcmp(x->ref, y->ref);
}

static int by_matter(const void *a, const void *b)
{
	const struct supervised *const *x = a, *const *y = b;

	return compare_matters(&(*x)->matter, &(*y)->matter);
}

static void sort(struct act *a, struct supervised_book *b)
{
	b->by_matter = arena_array(a->arena, b->count ? b->count : 1, sizeof *b->by_matter);
	if (!b->by_matter) {
		a->rc = err_nomem(a->err);
		return;
	}
	for (size_t i = 0; i < b->count; i++)
		b->by_matter[i] = &b->list[i];
	qsort(b->by_matter, b->count, sizeof *b->by_matter, by_matter);
}

void supervised_read(struct act *a, struct supervised_book *out)
{
	struct list l;

	memset(out, 0, sizeof *out);
	list_init(&l, a->arena, sizeof *out->list);
	for (size_t i = 0; !a->rc && i < sizeof sources / sizeof *sources; i++)
		sources[i](a, &l);
	if (!a->rc && arena_failed(a->arena))
		a->rc = err_nomem(a->err);
	if (a->rc)
		return;
	out->list = l.items;
	out->count = l.count;
	sort(a, out);
}

/* The first of the book's order that is not before the matter. */
static size_t lower_bound(const struct supervised_book *b, const struct supervision_matter *m)
{
	size_t low = 0, high = b->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (compare_matters(&b->by_matter[mid]->matter, m) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

enum supervised_fate supervised_fate_of(
	const struct supervised_book *b, const struct supervision_matter *m)
{
	enum supervised_fate fate = SUPERVISED_DONE;

	for (size_t i = lower_bound(b, m);
		i < b->count && compare_matters(&b->by_matter[i]->matter, m) == 0; i++) {
		if (b->by_matter[i]->matter.due == m->due)
			return b->by_matter[i]->waits ? SUPERVISED_WAITS : SUPERVISED_STANDS;
		fate = SUPERVISED_MOVED;
	}
	return fate;
}

const char *supervised_unit(struct act *a, const struct supervised *s)
{
	const struct clock_record c = {
		.clock = s->matter.clock, .subject = s->matter.subject, .who = s->who};
	struct due_clock of = {.addressee = ""};

	if (s->unit)
		return s->unit;
	if (!a->rc)
		a->rc = due_clock_of(a->db, &c, s->matter.due < a->now ? s->matter.due : a->now,
			a->arena, &of, a->err);
	return of.addressee;
}

static int weight(const struct supervised *s)
{
	if (strcmp(s->matter.clock, DUTY_PROMISE) == 0)
		return 3;
	return strcmp(s->matter.clock, deadline_clock_name(DEADLINE_RESPONSE)) == 0 ? 2 : 1;
}

const struct supervised *supervised_find(const struct supervised_book *b, const char *subject)
{
	const struct supervised *best = NULL;

	for (size_t i = 0; i < b->count; i++) {
		const struct supervised *x = &b->list[i];
		if (strcmp(x->matter.subject, subject) != 0)
			continue;
		if (!best || weight(x) > weight(best) ||
			(weight(x) == weight(best) && x->matter.due < best->matter.due))
			best = x;
	}
	return best;
}
