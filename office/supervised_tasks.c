/*
 * supervised_tasks.c - tasks of plans under supervision, and as lines of a round: every unit
 * of an open occasion that must still act.
 */
#include <string.h>

#include "base/calendar.h"
#include "base/time.h"
#include "ledger/tasks.h"
#include "office/deadlines.h"
#include "office/rounds.h"
#include "office/supervised.h"

/* Calls `each` for the lines of open occasions whose unit must still act. */
static void each_waiting(struct act *a, struct list *out,
	void (*each)(struct act *a, struct list *out, const struct task_occasion *o,
		const struct task_line *l))
{
	struct task_occasion *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = tasks_occasions(a->db, NULL, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		struct task_line *lines = NULL;
		struct task_record t;
		size_t n = 0;
		a->rc = tasks_get(a->db, list[i].task, a->arena, &t, a->err);
		if (a->rc || strcmp(t.state, "open") != 0)
			continue;
		a->rc = tasks_lines(a->db, list[i].task, list[i].ref, a->arena, &lines, &n, a->err);
		for (size_t k = 0; !a->rc && k < n; k++)
			if (tasks_is_waiting(&lines[k]))
				each(a, out, &list[i], &lines[k]);
	}
}

static void supervise_line(
	struct act *a, struct list *out, const struct task_occasion *o, const struct task_line *l)
{
	struct supervised *s = o->due_at == TIME_NONE ? NULL : list_add(out);

	if (!s) {
		if (o->due_at != TIME_NONE)
			a->rc = err_nomem(a->err);
		return;
	}
	s->matter.subject = o->task;
	s->matter.case_id = s->who = "";
	s->matter.clock = *o->clock ? o->clock : deadline_clock_name(DEADLINE_TASK);
	s->matter.ref = arena_printf(a->arena, "%s%s%s", o->ref, *o->ref ? " " : "", l->unit);
	s->matter.due = o->due_at;
	s->unit = l->unit;
	s->start = o->at;
	s->grouped = true;
}

void supervised_tasks(struct act *a, struct list *out)
{
	each_waiting(a, out, supervise_line);
}

static void list_line(
	struct act *a, struct list *out, const struct task_occasion *o, const struct task_line *l)
{
	struct round_open_line *x = list_add(out);
	char date[11] = "";

	if (o->due_at != TIME_NONE)
		calendar_date_of(o->due_at, a->office->settings.zone, date);
	if (x)
		*x = (struct round_open_line){o->task, l->unit, arena_strdup(a->arena, date)};
	if (!x || !x->due_date)
		a->rc = err_nomem(a->err);
}

void round_list_tasks(struct act *a, struct list *out)
{
	each_waiting(a, out, list_line);
}

/* Done when nothing that was open waits for this unit any more. */
void round_look_tasks(struct act *a, const struct round_line *x, struct round_look *out)
{
	struct task_occasion *list = NULL;
	struct task_record t;
	size_t count = 0;
	bool waits = false;

	if (!a->rc)
		a->rc = tasks_get(a->db, x->subject, a->arena, &t, a->err);
	if (!a->rc)
		a->rc = tasks_occasions(a->db, x->subject, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		struct task_line *lines = NULL;
		size_t n = 0;
		a->rc = tasks_lines(a->db, x->subject, list[i].ref, a->arena, &lines, &n, a->err);
		for (size_t k = 0; !a->rc && k < n; k++)
			waits = waits || (strcmp(lines[k].unit, x->unit) == 0 &&
						 tasks_is_waiting(&lines[k]));
	}
	if (a->rc)
		return;
	out->about = t.words;
	out->done = strcmp(t.state, "open") == 0 && !waits;
	out->cannot = strcmp(t.state, "open") != 0 && waits;
}
