/*
 * stories.c - applies story.returned and story.split.
 */
#include "ledger/stories.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "ledger/ids.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static bool is_for_copies(const struct stories_return *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->change[i].what, STORIES_COPIES) == 0)
			return true;
	return false;
}

static void add_changes(struct buf *b, const struct stories_return *r)
{
	struct json_writer w;

	json_writer_init(&w, b);
	json_begin_array(&w);
	for (size_t i = 0; i < r->count; i++) {
		json_begin_object(&w);
		json_put_str(&w, "what", r->change[i].what);
		json_put_str(&w, "topic", r->change[i].topic);
		json_put_str(&w, "before", r->change[i].before);
		json_put_str(&w, "after", r->change[i].after);
		json_end_object(&w);
	}
	json_end_array(&w);
}

static void add_payload(struct buf *b, const struct stories_return *r, const char *changes)
{
	struct json_writer w;

	json_writer_init(&w, b);
	json_begin_object(&w);
	json_put_int(&w, "item", r->item);
	json_put_str(&w, "changes", changes);
	json_put_int(&w, "copies", is_for_copies(r));
	json_put_int(&w, "review_due", r->review_due);
	json_put_str(&w, "review_rule", r->review_rule);
	json_end_object(&w);
}

enum err_code stories_return(
	struct db *db, const struct event_draft *by, const struct stories_return *r, struct err *e)
{
	struct event_draft d = *by;
	char subject[IDS_SIZE];
	struct buf changes, payload;
	enum err_code rc;

	buf_init(&changes, EVENTS_PAYLOAD_MAX / 2);
	buf_init(&payload, EVENTS_PAYLOAD_MAX);
	add_changes(&changes, r);
	add_payload(&payload, r, buf_str(&changes));
	rc = buf_check(&changes, _("what changed"), e);
	if (!rc)
		rc = buf_check(&payload, _("what changed"), e);
	ids_format(IDS_STORY, 0, r->story, subject);
	d.kind = "story.returned/1";
	d.subject = subject;
	d.payload = buf_str(&payload);
	if (!rc)
		rc = events_append(db, &d, NULL, e);
	buf_fini(&changes);
	buf_fini(&payload);
	return rc;
}

/* --- the projection --- */

static enum err_code story_of(const struct event *ev, int64_t *out, struct err *e)
{
	struct ids id;

	if (!ids_parse(ev->subject, &id) || id.type != IDS_STORY)
		return err_set(e, ERR_INTEGRITY, _("event %lld: subject “%s” is no story"),
			(long long)ev->seq, ev->subject);
	*out = id.number;
	return ERR_OK;
}

static enum err_code apply_returned(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story = 0, item = 0, due = 0, copies = 0;
	const char *changes = NULL;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = events_need_int(ev, "item", &item, e);
	if (!rc)
		rc = events_need_int(ev, "review_due", &due, e);
	if (!rc)
		rc = events_need_int(ev, "copies", &copies, e);
	if (!rc)
		rc = events_need_str(ev, "changes", &changes, e);
	if (!rc)
		rc = db_run(db, ST_STORY_RETURN, DB_ARGS(DB_INT(story), DB_INT(due)), e);
	if (rc)
		return rc;
	return db_run(db, ST_RETURN_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(story), DB_INT(ev->at), DB_INT(item),
			DB_TEXT(changes), DB_INT(copies)),
		e);
}

struct moving {
	int64_t from, to, due;
	size_t moved;
};

static enum err_code move_alert(struct db *db, struct moving *m, int64_t alert, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (m->moved++ == 0)
		rc = db_run(db, ST_STORY_FROM_ALERT,
			DB_ARGS(DB_INT(m->to), DB_INT(alert), DB_INT(m->due)), e);
	return rc ? rc
		  : db_run(db, ST_ALERT_MOVE,
			    DB_ARGS(DB_INT(alert), DB_INT(m->from), DB_INT(m->to)), e);
}

/* The alerts that follow the item make its new story. */
static enum err_code move_alerts(
	struct db *db, const struct event *ev, struct moving *m, struct err *e)
{
	const char *list = NULL;
	struct json *all = NULL;
	int64_t alert;
	enum err_code rc = events_need_str(ev, "moved", &list, e);

	if (!rc)
		rc = events_need_int(ev, "review_due", &m->due, e);
	if (!rc)
		rc = json_read(list, strlen(list), &all, e);
	for (size_t i = 0; !rc && i < json_size(all); i++) {
		if (json_int(json_at(all, i), &alert))
			rc = move_alert(db, m, alert, e);
		else
			rc = err_set(e, ERR_INTEGRITY,
				_("event %lld: “moved” is no list of alerts"), (long long)ev->seq);
	}
	if (!rc && m->moved)
		rc = db_run(db, ST_STORY_RECOUNT, DB_ARGS(DB_INT(m->from)), e);
	if (!rc && m->moved)
		rc = db_run(db, ST_STORY_RECOUNT, DB_ARGS(DB_INT(m->to)), e);
	json_free(all);
	return rc;
}

static enum err_code apply_split(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story = 0, item = 0, to = 0;
	const char *reason = events_str(ev, "reason_text");
	struct moving m;
	enum err_code rc = story_of(ev, &story, e);

	if (!rc)
		rc = events_need_int(ev, "item", &item, e);
	if (!rc)
		rc = events_need_int(ev, "to_story", &to, e);
	if (!rc)
		rc = db_run(db, ST_SPLIT_ADD,
			DB_ARGS(DB_INT(ev->seq), DB_INT(story), DB_INT(item), DB_INT(to),
				DB_INT(ev->at), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
				DB_TEXT(reason ? reason : "")),
			e);
	if (!rc && to)
		rc = projection_id_used(db, "S", 0, to, e);
	m = (struct moving){.from = story, .to = to};
	return rc || !to ? rc : move_alerts(db, ev, &m, e);
}

static const struct projection_kind kinds[] = {
	{"story.returned/1", apply_returned},
	{"story.split/1", apply_split},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"story_returns", "seq"},
	{"story_splits", "seq"},
	{NULL, NULL},
};

const struct projection_module stories_projection = {kinds, tables};

/* --- reading --- */

static void read_return(struct db_rows *q, struct arena *a, void *record)
{
	struct stories_came_back *r = record;

	r->seq = db_int(q, 0);
	r->at = db_int(q, 1);
	r->item = db_int(q, 2);
	r->changes = arena_strdup(a, db_text(q, 3));
}

enum err_code stories_returns(struct db *db, int64_t story, struct arena *a,
	struct stories_came_back **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_RETURNS_OF, DB_ARGS(DB_INT(story)), sizeof **out, read_return, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

static void read_split(struct db_rows *q, struct arena *a, void *record)
{
	struct stories_left *l = record;

	l->at = db_int(q, 0);
	l->item = db_int(q, 1);
	l->to = db_int(q, 2);
	l->by_name = arena_strdup(a, db_text(q, 3));
	l->reason = arena_strdup(a, db_text(q, 4));
}

static const size_t split_texts[] = {offsetof(struct stories_left, reason)};

enum err_code stories_splits(struct db *db, int64_t story, struct arena *a,
	struct stories_left **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_SPLITS_OF, DB_ARGS(DB_INT(story)), sizeof **out, read_split, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(split_texts), e);
}

enum err_code stories_returns_for_copies(struct db *db, int64_t story, int64_t *out, struct err *e)
{
	return db_get_int(db, ST_RETURNS_FOR_COPIES, DB_ARGS(DB_INT(story)), out, e);
}

enum err_code stories_is_split(struct db *db, int64_t item, int64_t story, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc =
		db_get_int(db, ST_SPLIT_FROM, DB_ARGS(DB_INT(item), DB_INT(story)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
