/*
 * due_tasks.c - what falls due of the tasks of plans: one entry an occasion, with how many
 * of its units are done.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/tasks.h"
#include "office/due.h"
#include "office/due_clocks.h"

/* The only unit that must still act, "" when there are several or none. */
static enum err_code waiting_unit(struct db *db, const struct task_occasion *o, struct arena *a,
	const char **out, struct err *e)
{
	struct task_line *lines = NULL;
	size_t count = 0, waiting = 0;
	enum err_code rc = tasks_lines(db, o->task, o->ref, a, &lines, &count, e);

	*out = "";
	for (size_t i = 0; !rc && i < count; i++) {
		if (!tasks_is_waiting(&lines[i]))
			continue;
		*out = waiting++ ? "" : lines[i].unit;
	}
	return rc;
}

/* "(2021Q3) 38/45, 2 to verify: …". */
static const char *about_of(struct arena *a, const struct task_occasion *o, const char *words)
{
	long long done = o->lines - o->open, lines = o->lines, claimed = o->claimed;
	const char *ref = *o->ref ? arena_printf(a, "(%s) ", o->ref) : "";

	if (!ref)
		return NULL;
	if (claimed)
		return arena_printf(
			a, _("%s%lld/%lld, %lld to verify: %s"), ref, done, lines, claimed, words);
	return arena_printf(a, "%s%lld/%lld %s", ref, done, lines, words);
}

static enum err_code add(struct due *d, const struct task_occasion *o)
{
	struct task_record t;
	const char *unit, *about;
	enum err_code rc = tasks_get(d->db, o->task, d->arena, &t, d->err);

	if (rc || strcmp(t.state, "open") != 0)
		return rc;
	rc = waiting_unit(d->db, o, d->arena, &unit, d->err);
	if (rc)
		return rc;
	about = about_of(d->arena, o, t.words ? t.words : "");
	if (!about)
		return err_nomem(d->err);
	return due_add(d, (struct due_entry){o->task, *o->clock ? o->clock : "task", about, unit,
				  o->rule, o->due_at, o->tentative});
}

/* by_clock: those whose limit is a clock, else those whose date was given. */
static enum err_code add_occasions(struct due *d, bool by_clock)
{
	struct task_occasion *list = NULL;
	size_t count = 0;
	enum err_code rc = tasks_occasions(d->db, NULL, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++)
		if ((*list[i].clock != '\0') == by_clock && list[i].due_at != TIME_NONE &&
			list[i].due_at <= d->until)
			rc = add(d, &list[i]);
	return rc;
}

/* What has no date, and what goes on, is looked at by the office; not what is done whole. */
static enum err_code add_reviews(struct due *d)
{
	struct task_record *list = NULL;
	size_t count = 0;
	enum err_code rc = tasks_to_review(d->db, d->until, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++)
		rc = due_add(d, (struct due_entry){list[i].id, "review", list[i].words, "",
					list[i].review_rule, list[i].review_at, 0});
	return rc;
}

enum err_code due_task_dates(struct due *d)
{
	enum err_code rc = add_occasions(d, false);

	return rc ? rc : add_reviews(d);
}

enum err_code due_task_clocks(struct due *d)
{
	return add_occasions(d, true);
}

enum err_code clock_subject_task(struct db *db, const char *id, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e)
{
	struct task_record t;
	struct task_unit *units = NULL;
	size_t count = 0;
	enum err_code rc = tasks_get(db, id, a, &t, e);

	(void)at;
	if (!rc)
		rc = tasks_units(db, id, a, &units, &count, e);
	if (rc)
		return rc;
	out->about = t.words;
	out->unit = count == 1 ? units[0].unit : "";
	out->live = strcmp(t.state, "open") == 0;
	return ERR_OK;
}
