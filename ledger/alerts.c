/*
 * alerts.c - raising alerts, and the queue of stories that they add up to.
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

/* --- reading --- */

enum err_code alerts_find(
	struct db *db, int64_t story, const char *code, int64_t *alert, int *grade, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc =
		db_query(db, ST_ALERT_FIND, DB_ARGS(DB_INT(story), DB_TEXT(code)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		*alert = db_int(&q, 0);
		*grade = (int)db_int(&q, 1);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

static enum err_code read_alert(
	struct db *db, struct db_rows *q, struct arena *a, struct alert *o, struct err *e)
{
	enum err_code rc;

	memset(o, 0, sizeof *o);
	o->id = db_int(q, 0);
	o->story = db_int(q, 1);
	o->item = db_int(q, 2);
	o->raised_seq = db_int(q, 3);
	o->raised_at = db_int(q, 4);
	o->source = arena_strdup(a, db_text(q, 8));
	o->source_name = arena_strdup(a, db_text(q, 9));
	o->published = db_int(q, 10);
	o->fetched = db_int(q, 11);
	o->topic = arena_strdup(a, db_text(q, 12));
	o->code = arena_strdup(a, db_text(q, 13));
	o->lead = arena_strdup(a, db_text(q, 14));
	o->score = db_int(q, 15);
	o->grade = (int)db_int(q, 16);
	o->grade_name = arena_strdup(a, db_text(q, 17));
	o->why = arena_strdup(a, db_text(q, 18));
	o->rules_hash = arena_strdup(a, db_text(q, 19));
	o->warc = arena_strdup(a, db_text(q, 20));
	o->warc_offset = db_int(q, 21);
	o->review_due = db_int(q, 22);
	o->review_rule = arena_strdup(a, db_text(q, 23));
	o->doubted_at = db_int(q, 24);
	rc = texts_get(db, db_text(q, 5), a, &o->title, e);
	if (!rc)
		rc = texts_get(db, db_text(q, 6), a, &o->link, e);
	if (!rc)
		rc = texts_get(db, db_text(q, 7), a, &o->excerpt, e);
	return rc ? rc : arena_failed(a) ? err_nomem(e) : ERR_OK;
}

enum err_code alerts_get(
	struct db *db, int64_t id, struct arena *a, struct alert *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_ALERT_GET, DB_ARGS(DB_INT(id)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		rc = read_alert(db, &q, a, out, e);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no alert A%lld"), (long long)id);
	return rc;
}

static enum err_code read_story(
	struct db *db, struct db_rows *q, struct arena *a, struct story *o, struct err *e)
{
	enum err_code rc;

	memset(o, 0, sizeof *o);
	o->id = db_int(q, 0);
	o->first_alert = db_int(q, 1);
	o->raised_at = db_int(q, 2);
	o->review_due = db_int(q, 3);
	o->state = arena_strdup(a, db_text(q, 4));
	o->outcome = arena_strdup(a, db_text(q, 5));
	o->case_id = arena_strdup(a, db_text(q, 6));
	o->taken_by = arena_strdup(a, db_text(q, 7));
	o->taken_name = arena_strdup(a, db_text(q, 8));
	o->source_name = arena_strdup(a, db_text(q, 11));
	o->topics = arena_strdup(a, db_text(q, 12));
	o->score = db_int(q, 13);
	o->grade = (int)db_int(q, 14);
	o->grade_name = arena_strdup(a, db_text(q, 15));
	o->alerts = db_int(q, 16);
	o->again = db_int(q, 17);
	o->published = db_int(q, 18);
	o->fetched = db_int(q, 19);
	o->copies = db_int(q, 20);
	o->changed = arena_strdup(a, db_text(q, 21));
	rc = texts_get(db, db_text(q, 9), a, &o->title, e);
	if (!rc)
		rc = texts_get(db, db_text(q, 10), a, &o->link, e);
	return rc ? rc : arena_failed(a) ? err_nomem(e) : ERR_OK;
}

static enum err_code no_story(int64_t id, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, _("there is no story S%lld"), (long long)id);
}

enum err_code alerts_is_decided(struct db *db, int64_t story, bool *out, struct err *e)
{
	int64_t decided = 0;
	enum err_code rc = db_get_int(db, ST_STORY_IS_DECIDED, DB_ARGS(DB_INT(story)), &decided, e);

	*out = decided != 0;
	return rc == ERR_NOT_FOUND ? no_story(story, e) : rc;
}

enum err_code alerts_get_story(
	struct db *db, int64_t id, struct arena *a, struct story *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_STORY_GET, DB_ARGS(DB_INT(id)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		rc = read_story(db, &q, a, out, e);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = no_story(id, e);
	return rc;
}

/* Doubles the array in the arena when it is full. */
static void *grow(struct arena *a, void *old, size_t count, size_t *room, size_t size)
{
	void *bigger;

	if (count < *room)
		return old;
	*room = *room ? *room * 2 : 64;
	bigger = arena_array(a, *room, size);
	if (bigger && count)
		memcpy(bigger, old, count * size);
	return bigger;
}

enum err_code alerts_of_story(struct db *db, int64_t story, struct arena *a, struct alert **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t room = 0;
	enum err_code rc = db_query(db, ST_ALERT_OF_STORY, DB_ARGS(DB_INT(story)), &q, e);

	*out = NULL;
	*count = 0;
	while (!rc && db_next(&q)) {
		*out = grow(a, *out, *count, &room, sizeof **out);
		rc = *out ? read_alert(db, &q, a, &(*out)[*count], e) : err_nomem(e);
		++*count;
	}
	return db_end(&q, rc, e);
}

struct grounds {
	struct arena *arena;
	const char *text;
};

static bool is_snapshot(const struct event *ev)
{
	static const char *const names[] = {
		"alert.raised/1", "alert.regraded/1", "alert.restored/1"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(ev->kind, names[i]) == 0)
			return true;
	return false;
}

static enum err_code take_grounds(void *data, const struct event *ev, struct err *e)
{
	struct grounds *g = data;
	const char *text = events_str(ev, "grounds");

	if (!is_snapshot(ev))
		return ERR_OK;
	g->text = text ? arena_strdup(g->arena, text) : NULL;
	return text && !g->text ? err_nomem(e) : ERR_OK;
}

enum err_code alerts_grounds(
	struct db *db, int64_t id, struct arena *a, const char **out, struct err *e)
{
	struct grounds g = {a, NULL};
	char subject[IDS_SIZE];
	enum err_code rc;

	ids_format(IDS_ALERT, 0, id, subject);
	rc = events_each(db, subject, take_grounds, &g, e);
	*out = g.text;
	return rc;
}

enum err_code alerts_queue(struct db *db, bool all, const char *topic, struct arena *a,
	struct story **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t room = 0;
	enum err_code rc =
		db_query(db, ST_STORY_QUEUE, DB_ARGS(DB_INT(all), DB_TEXT(topic)), &q, e);

	*out = NULL;
	*count = 0;
	while (!rc && db_next(&q)) {
		*out = grow(a, *out, *count, &room, sizeof **out);
		rc = *out ? read_story(db, &q, a, &(*out)[*count], e) : err_nomem(e);
		++*count;
	}
	return db_end(&q, rc, e);
}
