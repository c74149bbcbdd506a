/*
 * dismiss_line.c - dismissing the rows of a rule line, and taking that back.
 */
#include "office/dismiss_line.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "ledger/events.h"
#include "ledger/ranges.h"
#include "matcher/match.h"
#include "office/act.h"
#include "office/queue.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)
#define OUTCOME "误报"

/* --- the plan --- */

static void add_row(struct dismiss_line_plan *out, const struct line_queue *q,
	const struct line_row *row, const char *actor)
{
	enum line_row_state state = line_queue_state(q, row, &out->line, actor);

	if (state == LINE_ROW_ALONE) {
		out->stories[out->count++] = row->story;
		if (row->grade >= (int)GRADE_MAJOR)
			out->grave[out->grave_count++] = row->story;
	} else if (state != LINE_ROW_NO_HIT) {
		out->kept[out->kept_count++] = (struct dismiss_line_kept){row->story, state};
	}
}

/* out->line and out->since are set; the rest follows from the queue. */
static enum err_code sort_rows(const struct line_queue *q, const char *actor, struct arena *a,
	struct dismiss_line_plan *out, struct err *e)
{
	out->count = out->grave_count = out->kept_count = 0;
	out->stories = arena_array(a, q->count + 1, sizeof *out->stories);
	out->grave = arena_array(a, q->count + 1, sizeof *out->grave);
	out->kept = arena_array(a, q->count + 1, sizeof *out->kept);
	if (!out->stories || !out->grave || !out->kept)
		return err_nomem(e);
	for (size_t i = 0; i < q->count; i++)
		add_row(out, q, &q->rows[i], actor);
	return ERR_OK;
}

static enum err_code plan_with(struct office *o, const struct line_places *places,
	const char *typed, const char *actor, struct arena *a, struct dismiss_line_plan *out,
	struct err *e)
{
	struct line_queue q;
	enum err_code rc = line_queue_read(o->db, out->since, a, &q, e);

	if (!rc)
		rc = line_queue_find(&q, places, typed, a, &out->line, e);
	return rc ? rc : sort_rows(&q, actor, a, out, e);
}

enum err_code office_dismiss_line_plan(struct office *o, const char *typed, int64_t since,
	struct arena *a, struct dismiss_line_plan *out, struct err *e)
{
	struct line_places *places = NULL;
	const struct rules *rules;
	char *actor = people_key(&o->person);
	enum err_code rc = actor ? office_rules(o, &rules, e) : err_nomem(e);

	*out = (struct dismiss_line_plan){.since = since};
	if (!rc)
		rc = line_places_new(rules, &places, e);
	if (!rc)
		rc = plan_with(o, places, typed, actor, a, out, e);
	line_places_free(places);
	free(actor);
	return rc;
}

/* --- the act --- */

/* What may still be dismissed of what the person has agreed to. */
static void keep_agreed(struct dismiss_line_plan *now, const struct dismiss_line_plan *agreed)
{
	size_t n = 0;

	for (size_t i = 0; i < now->count; i++)
		if (agreed->count && bsearch(&now->stories[i], agreed->stories, agreed->count,
					     sizeof *agreed->stories, ranges_order))
			now->stories[n++] = now->stories[i];
	now->count = n;
}

static void look_again(
	struct act *a, const struct dismiss_line_plan *agreed, struct dismiss_line_plan *now)
{
	struct line_queue q;

	*now = *agreed;
	if (!a->rc)
		a->rc = line_queue_read(a->db, agreed->since, a->arena, &q, a->err);
	if (!a->rc)
		a->rc = sort_rows(&q, a->key, a->arena, now, a->err);
	if (a->rc)
		return;
	keep_agreed(now, agreed);
	if (!now->count)
		act_fail(a, ERR_REFUSED, _("no row is there because of %s alone"), now->line.place);
}

static void put_ranges(struct act *a, const char *key, const int64_t *stories, size_t count)
{
	struct buf b;

	if (a->rc)
		return;
	buf_init(&b, EVENTS_PAYLOAD_MAX);
	ranges_add(&b, stories, count);
	a->rc = buf_check(&b, _("the rows of one event"), a->err);
	act_str(a, key, buf_str(&b));
	buf_fini(&b);
}

static int64_t last_event(struct act *a)
{
	struct hash head;
	int64_t seq = 0;

	if (!a->rc)
		a->rc = events_head(a->db, &seq, &head, a->err);
	return seq;
}

enum err_code office_dismiss_line(struct office *o, const struct dismiss_line_plan *plan,
	const char *reason, const char *note, struct dismiss_line_done *out, struct err *e)
{
	struct dismiss_line_plan now;
	struct act a;

	act_begin(&a, o, STAFF, _("dismiss alerts"), e);
	look_again(&a, plan, &now);
	act_event(&a);
	act_str(&a, "code", plan->line.code);
	act_str(&a, "outcome", OUTCOME);
	act_str(&a, "place", plan->line.place);
	act_str(&a, "reason", reason);
	act_str_always(&a, "rule", plan->line.rule);
	act_int(&a, "since", plan->since);
	act_str(&a, "topic", plan->line.topic);
	act_int(&a, "rows", (int64_t)now.count);
	put_ranges(&a, "stories", now.stories, now.count);
	act_text(&a, "note_text", note);
	act_append(&a, "line.dismissed/1", "");
	*out = (struct dismiss_line_done){last_event(&a), now.count};
	return act_end(&a);
}

/* --- taking back --- */

struct undoing {
	int64_t *again;
	size_t count;
};

static void split_rows(struct act *a, int64_t seq, struct arena *arena, struct undoing *u,
	struct dismiss_line_undone *out)
{
	struct line_dismissed_row *rows = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = line_dismissals_rows(a->db, seq, a->arena, &rows, &n, a->err);
	u->again = arena_array(a->arena, n + 1, sizeof *u->again);
	out->left = arena_array(arena, n + 1, sizeof *out->left);
	if (!a->rc && (!u->again || !out->left))
		a->rc = err_nomem(a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (rows[i].touched)
			out->left[out->left_count++] = rows[i].story;
		else
			u->again[u->count++] = rows[i].story;
	out->rows = u->count;
}

static void need_standing(struct act *a, const struct line_dismissal *d)
{
	if (!a->rc && d->undone != TIME_NONE)
		act_fail(a, ERR_REFUSED, _("dismissal %lld was taken back by %s at %s already"),
			(long long)d->seq, d->undone_name, act_when(a, d->undone_at));
}

enum err_code office_dismiss_line_undo(struct office *o, int64_t seq, struct arena *arena,
	struct dismiss_line_undone *out, struct err *e)
{
	struct undoing u = {NULL, 0};
	struct act a;

	*out = (struct dismiss_line_undone){.rows = 0};
	act_begin(&a, o, STAFF, _("take back a dismissal"), e);
	if (!a.rc)
		a.rc = line_dismissals_get(a.db, seq, arena, &out->dismissal, e);
	need_standing(&a, &out->dismissal);
	split_rows(&a, seq, arena, &u, out);
	if (!a.rc && !u.count)
		act_fail(&a, ERR_REFUSED,
			_("every row of dismissal %lld was touched since; nothing is taken back"),
			(long long)seq);
	act_event(&a);
	act_int(&a, "dismissal", seq);
	act_int(&a, "rows", (int64_t)u.count);
	put_ranges(&a, "stories", u.again, u.count);
	put_ranges(&a, "left", out->left, out->left_count);
	act_append(&a, "line.restored/1", "");
	return act_end(&a);
}
