/*
 * task_view.c - tasks in words and JSON.
 */
#include "cli/task_view.h"

#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "ledger/list.h"
#include "office/due.h"

enum err_code task_view_fill(struct office *o, struct arena *a, struct task_view *v, struct err *e)
{
	enum err_code rc = tasks_lines(o->db, v->t.id, v->o.ref, a, &v->lines, &v->line_count, e);

	v->late = tasks_is_late(&v->o, office_now(o));
	v->waiting = 0;
	for (size_t i = 0; !rc && i < v->line_count; i++)
		v->waiting += tasks_is_waiting(&v->lines[i]);
	return rc;
}

static enum err_code add(struct office *o, const struct task_record *t,
	const struct task_occasion *occasion, struct list *l, struct err *e)
{
	struct task_view *v = list_add(l);

	if (!v)
		return err_nomem(e);
	v->t = *t;
	v->o = *occasion;
	return task_view_fill(o, l->arena, v, e);
}

enum err_code task_view_each(struct office *o, const struct task_record *t, bool every,
	struct arena *a, struct task_view **out, size_t *count, struct err *e)
{
	const struct task_occasion none = {.ref = "",
		.from_date = "",
		.to_date = "",
		.rule = "",
		.clock = "",
		.at = TIME_NONE,
		.due_at = TIME_NONE};
	struct task_occasion *list = NULL;
	struct list l;
	size_t n = 0;
	enum err_code rc = tasks_occasions(o->db, t->id, a, &list, &n, e);

	list_init(&l, a, sizeof **out);
	for (size_t i = 0; !rc && i < n; i++)
		if (every || list[i].open > 0 || (i + 1 == n && !l.count))
			rc = add(o, t, &list[i], &l, e);
	if (!rc && !n)
		rc = add(o, t, &none, &l, e);
	*out = l.items;
	*count = l.count;
	return rc;
}

void task_view_add_due(struct buf *b, const struct task_view *v, const struct time_zone *zone)
{
	char date[11];

	if (v->o.due_at != TIME_NONE) {
		calendar_date_of(v->o.due_at, zone, date);
		buf_addf(b, "%s%s", date, due_mark(v->o.tentative));
	} else if (*v->t.review_date && strcmp(v->t.state, "open") == 0) {
		buf_addf(b, _("look at %s"), v->t.review_date);
	} else {
		buf_add_str(b, "-");
	}
}

void task_view_add_done(struct buf *b, const struct task_view *v)
{
	if (v->o.lines)
		buf_addf(
			b, "%lld/%lld", (long long)(v->o.lines - v->o.open), (long long)v->o.lines);
	else
		buf_add_str(b, "-");
}

void task_view_add_waiting(struct buf *b, const struct task_view *v, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < v->line_count && n < max; i++)
		if (tasks_is_waiting(&v->lines[i]))
			buf_addf(b, "%s%s", n++ ? "、" : "", v->lines[i].unit);
	if (v->waiting > n)
		buf_addf(b, n_(" and %zu more", " and %zu more", v->waiting - n), v->waiting - n);
}

static void put_waiting(struct json_writer *w, const struct task_view *v)
{
	json_key(w, v->late ? "lagging" : "waiting");
	json_begin_array(w);
	for (size_t i = 0; i < v->line_count; i++)
		if (tasks_is_waiting(&v->lines[i]))
			json_add_str(w, v->lines[i].unit);
	json_end_array(w);
}

void task_view_put(struct json_writer *w, const struct task_view *v)
{
	json_put_str(w, "id", v->t.id);
	json_put_str(w, "plan", v->t.plan);
	json_put_str(w, "item", v->t.item);
	json_put_str(w, "task_kind", v->t.kind);
	json_put_str(w, "words", v->t.words);
	json_put_str(w, "state", v->t.state);
	json_put_str(w, "made_on", v->t.made_on);
	json_put_str(w, "review", json_out_or_null(v->t.review_date));
	json_put_str(w, "review_rule", json_out_or_null(v->t.review_rule));
	json_put_str(w, "ref", json_out_or_null(v->o.ref));
	json_put_time(w, "due", v->o.due_at);
	json_put_str(w, "rule", json_out_or_null(v->o.rule));
	json_put_bool(w, "tentative", v->o.tentative != 0);
	json_put_int(w, "lines", v->o.lines);
	json_put_int(w, "done", v->o.lines - v->o.open);
	json_put_int(w, "claimed", v->o.claimed);
	json_put_bool(w, "late", v->late);
	put_waiting(w, v);
	json_put_int(w, "version", v->t.version);
}
