/*
 * decisions.c - applies the events about queue rows to `stories` and `decisions`.
 */
#include "ledger/decisions.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/ids.h"
#include "ledger/projection.h"
#include "ledger/rows.h"
#include "ledger/texts.h"

/* The story that an event is about, from its subject. */
static enum err_code story_of(const struct event *ev, int64_t *out, struct err *e)
{
	struct ids id;

	if (!ids_parse(ev->subject, &id) || id.type != IDS_STORY)
		return err_set(e, ERR_INTEGRITY, _("event %lld: subject “%s” is no story"),
			(long long)ev->seq, ev->subject);
	*out = id.number;
	return ERR_OK;
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

enum err_code decisions_settle(struct db *db, const struct event *ev, int64_t story,
	const char *outcome, const char *case_id, struct err *e)
{
	const char *note = or_empty(events_str(ev, "note_text"));
	enum err_code rc;

	rc = db_run(db, ST_STORY_DECIDE,
		DB_ARGS(DB_INT(story), DB_TEXT(outcome), DB_TEXT(note), DB_TEXT(ev->actor_key),
			DB_INT(ev->at), DB_TEXT(case_id)),
		e);
	if (rc)
		return rc;
	return db_run(db, ST_DECISION_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(story), DB_INT(ev->at), DB_TEXT(ev->actor_key),
			DB_TEXT(ev->actor_name), DB_TEXT(outcome),
			DB_TEXT(or_empty(events_str(ev, "reason"))),
			DB_TEXT(or_empty(events_str(ev, "unit"))), DB_TEXT(note), DB_TEXT(case_id)),
		e);
}

static enum err_code apply_taken(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story;
	enum err_code rc = story_of(ev, &story, e);

	if (rc)
		return rc;
	return db_run(db, ST_STORY_TAKE,
		DB_ARGS(DB_INT(story), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
			DB_INT(ev->at)),
		e);
}

/* TIME_NONE, which is what an absent session reads as, is NULL. */
static enum err_code apply_taken_in_session(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = apply_taken(db, ev, e);
	if (rc)
		return rc;
	return db_run(db, ST_STORY_TAKE_IN_SESSION,
		DB_ARGS(DB_INT(story), DB_TIME(events_int(ev, "session"))), e);
}

static enum err_code apply_reopened(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story, due;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = events_need_int(ev, "review_due", &due, e);
	if (!rc)
		rc = db_run(db, ST_STORY_OPEN_AGAIN, DB_ARGS(DB_INT(story), DB_INT(due)), e);
	return rc ? rc : db_run(db, ST_DECISION_REOPEN, DB_ARGS(DB_INT(story), DB_INT(ev->seq)), e);
}

static enum err_code apply_released(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story;
	enum err_code rc = story_of(ev, &story, e);

	return rc ? rc : db_run(db, ST_STORY_RELEASE, DB_ARGS(DB_INT(story)), e);
}

static enum err_code apply_registered(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story, at;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = events_need_int(ev, "discovered_at", &at, e);
	return rc ? rc : db_run(db, ST_STORY_DISCOVERED, DB_ARGS(DB_INT(story), DB_INT(at)), e);
}

static enum err_code apply_dismissed(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story;
	const char *outcome;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = events_need_str(ev, "outcome", &outcome, e);
	return rc ? rc : decisions_settle(db, ev, story, outcome, "", e);
}

static enum err_code apply_merged(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story;
	const char *case_id;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = events_need_str(ev, "case_id", &case_id, e);
	if (!rc)
		rc = decisions_settle(db, ev, story, DECISIONS_MERGED, case_id, e);
	if (rc)
		return rc;
	return db_run(db, ST_CASE_TOUCH,
		DB_ARGS(DB_TEXT(case_id), DB_INT(ev->at), DB_TEXT(ev->actor_name),
			DB_TEXT(ev->kind)),
		e);
}

static const struct projection_kind kinds[] = {
	{"story.taken/1", apply_taken},
	{"story.taken/2", apply_taken_in_session},
	{"story.released/1", apply_released},
	{"story.released/2", apply_released},
	{"story.reopened/1", apply_reopened},
	{"story.registered/1", apply_registered},
	{"story.dismissed/1", apply_dismissed},
	{"story.merged/1", apply_merged},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"decisions", "seq, story"},
	{NULL, NULL},
};

const struct projection_module decisions_projection = {kinds, tables};

/* Why a decided row was settled; texts are read here, not when events are applied. */
static enum err_code read_decision(
	struct db *db, int64_t story, struct arena *a, struct decisions_state *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	const char *note = NULL;
	enum err_code rc = db_query(db, ST_DECISION_LAST, DB_ARGS(DB_INT(story)), &q, e);

	if (!rc && db_next(&q)) {
		out->by_name = arena_strdup(a, db_text(&q, 2));
		out->reason = arena_strdup(a, db_text(&q, 4));
		out->unit = arena_strdup(a, db_text(&q, 5));
		note = arena_strdup(a, db_text(&q, 6));
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : texts_get(db, note, a, &out->note, e);
}

enum err_code decisions_get(
	struct db *db, int64_t story, struct arena *a, struct decisions_state *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_STORY_TIMES, DB_ARGS(DB_INT(story)), &q, e);
	bool found = false;

	*out = (struct decisions_state){.outcome = "",
		.by_name = "",
		.case_id = "",
		.reason = "",
		.unit = "",
		.at = TIME_NONE,
		.discovered_at = TIME_NONE};
	if (!rc && db_next(&q)) {
		found = true;
		out->decided = *db_text(&q, 0) == 'd';
		out->outcome = arena_strdup(a, db_text(&q, 1));
		out->discovered_at = db_int(&q, 2);
		out->case_id = arena_strdup(a, db_text(&q, 4));
		out->at = db_int(&q, 5);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no queue row S%lld"), (long long)story);
	if (!rc && out->decided)
		rc = read_decision(db, story, a, out, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct decision *d = record;

	d->seq = db_int(q, 0);
	d->at = db_int(q, 1);
	d->by_name = arena_strdup(a, db_text(q, 2));
	d->outcome = arena_strdup(a, db_text(q, 3));
	d->reason = arena_strdup(a, db_text(q, 4));
	d->unit = arena_strdup(a, db_text(q, 5));
	d->case_id = arena_strdup(a, db_text(q, 7));
	d->line = arena_strdup(a, db_text(q, 8));
	d->rows = d->line ? db_int(q, 9) : 0;
	d->undone = db_int(q, 10);
	d->undone_at = db_int(q, 11);
	d->undone_name = arena_strdup(a, db_text(q, 12));
	d->reopened = db_int(q, 13);
	d->reopened_at = db_int(q, 14);
	d->reopened_name = arena_strdup(a, db_text(q, 15));
	d->reopened_reason = arena_strdup(a, db_text(q, 16));
	d->note = arena_strdup(a, db_text(q, 6));
}

static const size_t decision_texts[] = {
	offsetof(struct decision, reopened_reason), offsetof(struct decision, note)};

enum err_code decisions_of(struct db *db, int64_t story, struct arena *a, struct decision **out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_DECISIONS_OF, DB_ARGS(DB_INT(story)), sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(decision_texts), e);
}

struct telling {
	struct arena *arena;
	const char *digest;
};

static enum err_code look_for_teller(void *data, const struct event *ev, struct err *e)
{
	struct telling *t = data;
	const char *digest = events_str(ev, "told_by_text");

	if (!digest || strcmp(ev->kind, "story.registered/1") != 0)
		return ERR_OK;
	t->digest = arena_strdup(t->arena, digest);
	return t->digest ? ERR_OK : err_nomem(e);
}

enum err_code decisions_told_by(
	struct db *db, int64_t story, struct arena *a, const char **out, struct err *e)
{
	struct telling t = {a, NULL};
	char subject[IDS_SIZE];
	enum err_code rc;

	ids_format(IDS_STORY, 0, story, subject);
	rc = events_each(db, subject, look_for_teller, &t, e);
	*out = NULL;
	return rc ? rc : texts_get(db, t.digest, a, out, e);
}
