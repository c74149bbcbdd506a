/*
 * line_dismissals.c - applies the events that decide and reopen the rows of a rule line.
 */
#include "ledger/line_dismissals.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/decisions.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/ranges.h"
#include "ledger/rows.h"

#define ROWS_MEMORY ((size_t)16 << 20)

/* --- the projection --- */

/* The stories of an event; their number must be the one that it says. */
static enum err_code read_stories(
	const struct event *ev, struct arena *a, int64_t **out, size_t *count, struct err *e)
{
	const char *text = NULL;
	int64_t rows = 0;
	enum err_code rc = events_need_str(ev, "stories", &text, e);

	if (!rc)
		rc = events_need_int(ev, "rows", &rows, e);
	if (!rc && ranges_read(text, a, out, count, NULL) != ERR_OK)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: “stories” is no list of rows"),
			(long long)ev->seq);
	if (!rc && (int64_t)*count != rows)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: “rows” does not count its stories"),
			(long long)ev->seq);
	return rc;
}

static enum err_code add_dismissal(struct db *db, const struct event *ev, struct err *e)
{
	const char *place = NULL, *rule = NULL, *topic = NULL, *code = NULL;
	int64_t since = 0, rows = 0;
	enum err_code rc = events_need_str(ev, "place", &place, e);

	if (!rc)
		rc = events_need_str(ev, "rule", &rule, e);
	if (!rc)
		rc = events_need_str(ev, "topic", &topic, e);
	if (!rc)
		rc = events_need_str(ev, "code", &code, e);
	if (!rc)
		rc = events_need_int(ev, "since", &since, e);
	if (!rc)
		rc = events_need_int(ev, "rows", &rows, e);
	if (rc)
		return rc;
	return db_run(db, ST_LINE_DISMISSAL_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(ev->actor_name), DB_TEXT(place),
			DB_TEXT(rule), DB_TEXT(topic), DB_TEXT(code), DB_INT(since), DB_INT(rows)),
		e);
}

static enum err_code apply_dismissed(struct db *db, const struct event *ev, struct err *e)
{
	struct arena *a = arena_new(ROWS_MEMORY);
	const char *outcome = NULL;
	int64_t *stories = NULL;
	size_t count = 0;
	enum err_code rc = a ? events_need_str(ev, "outcome", &outcome, e) : err_nomem(e);

	if (!rc)
		rc = read_stories(ev, a, &stories, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		rc = decisions_settle(db, ev, stories[i], outcome, "", e);
	arena_free(a);
	return rc ? rc : add_dismissal(db, ev, e);
}

static enum err_code reopen(
	struct db *db, const struct event *ev, int64_t dismissal, int64_t story, struct err *e)
{
	enum err_code rc = db_run(db, ST_STORY_REOPEN, DB_ARGS(DB_INT(story)), e);

	if (rc)
		return rc;
	return db_run(db, ST_DECISION_UNDO,
		DB_ARGS(DB_INT(dismissal), DB_INT(story), DB_INT(ev->seq)), e);
}

static enum err_code apply_restored(struct db *db, const struct event *ev, struct err *e)
{
	struct arena *a = arena_new(ROWS_MEMORY);
	int64_t dismissal = 0, *stories = NULL;
	size_t count = 0;
	enum err_code rc = a ? events_need_int(ev, "dismissal", &dismissal, e) : err_nomem(e);

	if (!rc)
		rc = read_stories(ev, a, &stories, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		rc = reopen(db, ev, dismissal, stories[i], e);
	arena_free(a);
	if (rc)
		return rc;
	return db_run(db, ST_LINE_DISMISSAL_UNDO,
		DB_ARGS(DB_INT(dismissal), DB_INT(ev->seq), DB_INT(ev->at),
			DB_TEXT(ev->actor_name)),
		e);
}

static const struct projection_kind kinds[] = {
	{"line.dismissed/1", apply_dismissed},
	{"line.restored/1", apply_restored},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"line_dismissals", "seq"},
	{NULL, NULL},
};

const struct projection_module line_dismissals_projection = {kinds, tables};

/* --- reading --- */

static void read_row(struct db_rows *q, struct arena *a, struct line_dismissal *out)
{
	*out = (struct line_dismissal){.seq = db_int(q, 0),
		.at = db_int(q, 1),
		.by_name = arena_strdup(a, db_text(q, 2)),
		.place = arena_strdup(a, db_text(q, 3)),
		.rule = arena_strdup(a, db_text(q, 4)),
		.topic = arena_strdup(a, db_text(q, 5)),
		.since = db_int(q, 6),
		.rows = db_int(q, 7),
		.undone = db_int(q, 8),
		.undone_at = db_int(q, 9),
		.undone_name = arena_strdup(a, db_text(q, 10))};
}

enum err_code line_dismissals_get(
	struct db *db, int64_t seq, struct arena *a, struct line_dismissal *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_LINE_DISMISSAL_GET, DB_ARGS(DB_INT(seq)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		read_row(&q, a, out);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(
			e, ERR_NOT_FOUND, _("event %lld is no dismissal by line"), (long long)seq);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

static void read_dismissed(struct db_rows *q, struct arena *a, void *record)
{
	struct line_dismissed_row *r = record;

	(void)a;
	*r = (struct line_dismissed_row){db_int(q, 0), db_int(q, 1) != 0};
}

enum err_code line_dismissals_rows(struct db *db, int64_t seq, struct arena *a,
	struct line_dismissed_row **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_LINE_DISMISSAL_ROWS, DB_ARGS(DB_INT(seq)), sizeof **out,
		read_dismissed, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}
