/*
 * alerts_read.c - reading alerts, the grounds that they were raised on, and the queue of stories
 * that they add up to.
 */
#include "ledger/alerts.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/events.h"
#include "ledger/ids.h"
#include "ledger/rows.h"

/* --- alerts --- */

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

static void read_alert(struct db_rows *q, struct arena *a, void *record)
{
	struct alert *o = record;

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
	o->title = arena_strdup(a, db_text(q, 5));
	o->link = arena_strdup(a, db_text(q, 6));
	o->excerpt = arena_strdup(a, db_text(q, 7));
}

static const size_t alert_texts[] = {offsetof(struct alert, title), offsetof(struct alert, link),
	offsetof(struct alert, excerpt)};

static enum err_code read_alerts(struct db *db, enum statement which, int64_t id, struct arena *a,
	struct alert **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, which, DB_ARGS(DB_INT(id)), sizeof **out, read_alert, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(alert_texts), e);
}

enum err_code alerts_get(
	struct db *db, int64_t id, struct arena *a, struct alert *out, struct err *e)
{
	struct alert *found = NULL;
	size_t count = 0;
	enum err_code rc = read_alerts(db, ST_ALERT_GET, id, a, &found, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no alert A%lld"), (long long)id);
	if (!rc)
		*out = found[0];
	return rc;
}

enum err_code alerts_of_story(struct db *db, int64_t story, struct arena *a, struct alert **out,
	size_t *count, struct err *e)
{
	return read_alerts(db, ST_ALERT_OF_STORY, story, a, out, count, e);
}

/* --- what they were raised on --- */

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

/* --- the queue --- */

static void read_story(struct db_rows *q, struct arena *a, void *record)
{
	struct story *o = record;

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
	o->title = arena_strdup(a, db_text(q, 9));
	o->link = arena_strdup(a, db_text(q, 10));
}

static const size_t story_texts[] = {offsetof(struct story, title), offsetof(struct story, link)};

static enum err_code read_stories(struct db *db, enum statement which, const struct db_value *args,
	size_t n, struct arena *a, struct story **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, which, args, n, sizeof **out, read_story, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(story_texts), e);
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
	struct story *found = NULL;
	size_t count = 0;
	enum err_code rc =
		read_stories(db, ST_STORY_GET, DB_ARGS(DB_INT(id)), a, &found, &count, e);

	if (!rc && !count)
		rc = no_story(id, e);
	if (!rc)
		*out = found[0];
	return rc;
}

enum err_code alerts_queue(struct db *db, const struct alerts_page *page, struct arena *a,
	struct story **out, size_t *count, struct err *e)
{
	const struct story *after = page->after;

	return read_stories(db, page->all ? ST_STORY_QUEUE : ST_STORY_QUEUE_OPEN,
		DB_ARGS(DB_INT(after && strcmp(after->state, "open") != 0),
			DB_INT(after ? after->review_due : INT64_MIN),
			DB_INT(after ? after->id : 0), DB_TEXT(page->topic),
			DB_INT(page->limit ? page->limit : -1)),
		a, out, count, e);
}
