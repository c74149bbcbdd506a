/*
 * alerts.c - raising alerts, and applying the events that tell of them; reading is in
 * alerts_read.c.
 */
#include "ledger/alerts.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "ledger/ids.h"
#include "ledger/projection.h"
#include "ledger/texts.h"

#define RAISED_MEMORY (4 * (size_t)EVENTS_PAYLOAD_MAX)

/* --- raising --- */

static bool set_time(struct json *j, const char *key, int64_t t)
{
	return t == INT64_MIN || json_set_int(j, key, t);
}

static bool set_snapshot(struct json *j, const struct alert_snapshot *s)
{
	return json_set_int(j, "alert", s->alert) && json_set_int(j, "story", s->story) &&
	       json_set_int(j, "item", s->item) && json_set_str(j, "source", s->source) &&
	       json_set_str(j, "source_name", s->source_name) &&
	       set_time(j, "published", s->published) && set_time(j, "fetched", s->fetched) &&
	       json_set_str(j, "topic", s->topic) && json_set_str(j, "code", s->code) &&
	       json_set_str(j, "lead", s->lead) && json_set_int(j, "score", s->score) &&
	       json_set_int(j, "threshold", s->threshold) && json_set_int(j, "grade", s->grade) &&
	       json_set_str(j, "grade_name", s->grade_name) && json_set_str(j, "why", s->why) &&
	       json_set_str(j, "grounds", s->grounds) &&
	       json_set_str(j, "rules_hash", s->rules_hash) && json_set_str(j, "warc", s->warc) &&
	       json_set_int(j, "warc_offset", (int64_t)s->warc_offset) &&
	       json_set_int(j, "review_due", s->review_due) &&
	       json_set_str(j, "review_rule", s->review_rule);
}

static enum err_code set_text(
	struct db *db, struct json *j, const char *key, const char *body, struct err *e)
{
	char digest[HASH_HEX_SIZE];
	enum err_code rc;

	if (!body || !body[0])
		return ERR_OK;
	rc = texts_put(db, body, strlen(body), digest, e);
	return rc || json_set_str(j, key, digest) ? rc : err_nomem(e);
}

/* *out is the caller's also after a failure. */
static enum err_code make_payload(
	struct db *db, const struct alert_snapshot *s, struct json **out, struct err *e)
{
	struct json *j = json_new_object();
	enum err_code rc;

	*out = j;
	if (!j || !set_snapshot(j, s))
		return err_nomem(e);
	rc = set_text(db, j, "title_text", s->title, e);
	if (!rc)
		rc = set_text(db, j, "link_text", s->link, e);
	return rc ? rc : set_text(db, j, "excerpt_text", s->excerpt, e);
}

static enum err_code take_numbers(struct db *db, struct alert_snapshot *s, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (s->alert == 0)
		rc = projection_id_next(db, "A", 0, &s->alert, e);
	if (!rc && s->story == 0)
		rc = projection_id_next(db, "S", 0, &s->story, e);
	return rc;
}

static enum err_code append(struct db *db, const struct event_draft *by, const char *kind,
	const struct alert_snapshot *s, struct err *e)
{
	struct event_draft d = *by;
	char subject[IDS_SIZE];
	struct json *payload;
	enum err_code rc = make_payload(db, s, &payload, e);

	ids_format(IDS_ALERT, 0, s->alert, subject);
	d.kind = kind;
	d.subject = subject;
	if (!rc)
		rc = events_append_tree(db, &d, payload, NULL, e);
	json_free(payload);
	return rc;
}

enum err_code alerts_raise(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e)
{
	enum err_code rc = take_numbers(db, s, e);

	return rc ? rc : append(db, by, "alert.raised/1", s, e);
}

enum err_code alerts_regrade(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e)
{
	return append(db, by, "alert.regraded/1", s, e);
}

enum err_code alerts_restore(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e)
{
	return append(db, by, "alert.restored/1", s, e);
}

enum err_code alerts_restore_first(
	struct db *db, const struct event_draft *by, const struct alert *alert, struct err *e)
{
	struct event_draft d = *by;
	struct arena *a = arena_new(RAISED_MEMORY);
	char subject[IDS_SIZE];
	struct event raised;
	enum err_code rc = a ? events_get(db, alert->raised_seq, a, &raised, e) : err_nomem(e);

	ids_format(IDS_ALERT, 0, alert->id, subject);
	d.kind = "alert.restored/1";
	d.subject = subject;
	d.payload = rc ? NULL : raised.payload;
	if (!rc)
		rc = events_append(db, &d, NULL, e);
	arena_free(a);
	return rc;
}

/* --- the projection --- */

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static int64_t or_zero(int64_t v)
{
	return v == INT64_MIN ? 0 : v;
}

static enum err_code apply_story(
	struct db *db, const struct event *ev, int64_t story, int64_t alert, struct err *e)
{
	int64_t due = 0, grade = 0, score = 0, there;
	enum err_code rc = events_need_int(ev, "review_due", &due, e);

	if (!rc)
		rc = events_need_int(ev, "grade", &grade, e);
	if (!rc)
		rc = events_need_int(ev, "score", &score, e);
	if (rc)
		return rc;
	rc = db_get_int(db, ST_STORY_EXISTS, DB_ARGS(DB_INT(story)), &there, e);
	if (rc == ERR_OK)
		return db_run(db, ST_STORY_RAISE,
			DB_ARGS(DB_INT(story), DB_INT(due), DB_INT(grade), DB_INT(score)), e);
	if (rc == ERR_NOT_FOUND)
		rc = db_run(db, ST_STORY_ADD,
			DB_ARGS(DB_INT(story), DB_INT(alert), DB_INT(ev->at), DB_INT(due),
				DB_INT(grade), DB_INT(score)),
			e);
	return rc;
}

static enum err_code add_alert(struct db *db, const struct event *ev, int64_t alert, int64_t story,
	int64_t item, struct err *e)
{
	return db_run(db, ST_ALERT_ADD,
		DB_ARGS(DB_INT(alert), DB_INT(story), DB_INT(item), DB_INT(ev->seq), DB_INT(ev->at),
			DB_TEXT(or_empty(events_str(ev, "title_text"))),
			DB_TEXT(or_empty(events_str(ev, "link_text"))),
			DB_TEXT(or_empty(events_str(ev, "excerpt_text"))),
			DB_TEXT(or_empty(events_str(ev, "source"))),
			DB_TEXT(or_empty(events_str(ev, "source_name"))),
			DB_TIME(events_int(ev, "published")), DB_TIME(events_int(ev, "fetched")),
			DB_TEXT(or_empty(events_str(ev, "topic"))),
			DB_TEXT(or_empty(events_str(ev, "code"))),
			DB_TEXT(or_empty(events_str(ev, "lead"))), DB_INT(events_int(ev, "score")),
			DB_INT(events_int(ev, "grade")),
			DB_TEXT(or_empty(events_str(ev, "grade_name"))),
			DB_TEXT(or_empty(events_str(ev, "why"))),
			DB_TEXT(or_empty(events_str(ev, "rules_hash"))),
			DB_TEXT(or_empty(events_str(ev, "warc"))),
			DB_INT(or_zero(events_int(ev, "warc_offset"))),
			DB_INT(events_int(ev, "review_due")),
			DB_TEXT(or_empty(events_str(ev, "review_rule"))),
			DB_INT(or_zero(events_int(ev, "threshold")))),
		e);
}

static enum err_code apply_raised(struct db *db, const struct event *ev, struct err *e)
{
	int64_t alert = 0, story = 0, item = 0;
	enum err_code rc = events_need_int(ev, "alert", &alert, e);

	if (!rc)
		rc = events_need_int(ev, "story", &story, e);
	if (!rc)
		rc = events_need_int(ev, "item", &item, e);
	if (!rc)
		rc = apply_story(db, ev, story, alert, e);
	if (!rc)
		rc = add_alert(db, ev, alert, story, item, e);
	if (!rc)
		rc = projection_id_used(db, "A", 0, alert, e);
	if (!rc)
		rc = projection_id_used(db, "S", 0, story, e);
	return rc;
}

static enum err_code change_alert(
	struct db *db, const struct event *ev, int64_t alert, struct err *e)
{
	return db_run(db, ST_ALERT_REGRADE,
		DB_ARGS(DB_INT(alert), DB_INT(events_int(ev, "item")),
			DB_TEXT(or_empty(events_str(ev, "title_text"))),
			DB_TEXT(or_empty(events_str(ev, "link_text"))),
			DB_TEXT(or_empty(events_str(ev, "excerpt_text"))),
			DB_TEXT(or_empty(events_str(ev, "source"))),
			DB_TEXT(or_empty(events_str(ev, "source_name"))),
			DB_TIME(events_int(ev, "published")), DB_TIME(events_int(ev, "fetched")),
			DB_INT(events_int(ev, "score")), DB_INT(events_int(ev, "grade")),
			DB_TEXT(or_empty(events_str(ev, "grade_name"))),
			DB_TEXT(or_empty(events_str(ev, "why"))),
			DB_TEXT(or_empty(events_str(ev, "rules_hash"))),
			DB_TEXT(or_empty(events_str(ev, "warc"))),
			DB_INT(or_zero(events_int(ev, "warc_offset"))),
			DB_INT(events_int(ev, "review_due")),
			DB_TEXT(or_empty(events_str(ev, "review_rule"))),
			DB_INT(or_zero(events_int(ev, "threshold")))),
		e);
}

static enum err_code apply_regraded(struct db *db, const struct event *ev, struct err *e)
{
	int64_t alert = 0, story = 0;
	enum err_code rc = events_need_int(ev, "alert", &alert, e);

	if (!rc)
		rc = events_need_int(ev, "story", &story, e);
	if (!rc)
		rc = apply_story(db, ev, story, alert, e);
	return rc ? rc : change_alert(db, ev, alert, e);
}

static enum err_code apply_restored(struct db *db, const struct event *ev, struct err *e)
{
	int64_t alert = 0, story = 0;
	enum err_code rc = events_need_int(ev, "alert", &alert, e);

	if (!rc)
		rc = events_need_int(ev, "story", &story, e);
	if (!rc)
		rc = change_alert(db, ev, alert, e);
	return rc ? rc : db_run(db, ST_STORY_RECOUNT, DB_ARGS(DB_INT(story)), e);
}

static const struct projection_kind kinds[] = {
	{"alert.raised/1", apply_raised},
	{"alert.regraded/1", apply_regraded},
	{"alert.restored/1", apply_restored},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"stories", "id"},
	{"alerts", "id"},
	{NULL, NULL},
};

const struct projection_module alerts_projection = {kinds, tables};
