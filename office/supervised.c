/*
 * supervised.c - gathers promises and running clocks.
 */
#include "office/supervised.h"

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
		s->matter.ref = arena_printf(a->arena, "%s%s%s", db_text(&q, 3),
			*db_text(&q, 3) && *db_text(&q, 4) ? " " : "", db_text(&q, 4));
		s->start = db_int(&q, 5);
		s->matter.due = db_int(&q, 6);
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

void supervised_list(struct act *a, struct supervised **out, size_t *count)
{
	struct list l;

	list_init(&l, a->arena, sizeof **out);
	for (size_t i = 0; !a->rc && i < sizeof sources / sizeof *sources; i++)
		sources[i](a, &l);
	if (!a->rc && arena_failed(a->arena))
		a->rc = err_nomem(a->err);
	*out = a->rc ? NULL : l.items;
	*count = a->rc ? 0 : l.count;
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

const struct supervised *supervised_find(
	const struct supervised *list, size_t count, const char *subject)
{
	const struct supervised *best = NULL;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i].matter.subject, subject) != 0)
			continue;
		if (!best || weight(&list[i]) > weight(best) ||
			(weight(&list[i]) == weight(best) && list[i].matter.due < best->matter.due))
			best = &list[i];
	}
	return best;
}
