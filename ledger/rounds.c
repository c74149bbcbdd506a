/*
 * rounds.c - applies and reads rounds of checking.
 */
#include "ledger/rounds.h"

#include <stddef.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* --- applying --- */

struct columns {
	struct json *ids, *units, *dates;
};

static enum err_code read_column(
	const struct event *ev, const char *key, struct json **out, struct err *e)
{
	const char *text;
	enum err_code rc = events_need_str(ev, key, &text, e);

	return rc ? rc : json_read(text, str_of(text).n, out, e);
}

static enum err_code read_columns(const struct event *ev, struct columns *c, struct err *e)
{
	enum err_code rc = read_column(ev, "lines", &c->ids, e);

	if (!rc)
		rc = read_column(ev, "units", &c->units, e);
	if (!rc)
		rc = read_column(ev, "dates", &c->dates, e);
	if (!rc && (json_size(c->ids) != json_size(c->units) ||
			   json_size(c->ids) != json_size(c->dates)))
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: its lists differ in length"),
			(long long)ev->seq);
	return rc;
}

static enum err_code add_lines(
	struct db *db, const struct event *ev, const struct columns *c, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < json_size(c->ids); i++)
		rc = db_run(db, ST_ROUND_LINE_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT((int64_t)i + 1),
				DB_TEXT(or_empty(json_str(json_at(c->ids, i)))),
				DB_TEXT(or_empty(json_str(json_at(c->units, i)))),
				DB_TEXT(or_empty(json_str(json_at(c->dates, i))))),
			e);
	return rc;
}

static enum err_code apply_opened(struct db *db, const struct event *ev, struct err *e)
{
	struct columns c = {NULL, NULL, NULL};
	int64_t year, number = 0;
	const char *name = NULL;
	enum err_code rc = events_need_int(ev, "year", &year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &number, e);
	if (!rc)
		rc = events_need_str(ev, "name_text", &name, e);
	if (!rc)
		rc = read_columns(ev, &c, e);
	if (!rc)
		rc = projection_id_used(db, "DC", (int)year, number, e);
	if (!rc)
		rc = db_run(db, ST_ROUND_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(year), DB_INT(number), DB_TEXT(name),
				DB_INT(ev->at), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	if (!rc)
		rc = add_lines(db, ev, &c, e);
	json_free(c.ids);
	json_free(c.units);
	json_free(c.dates);
	return rc;
}

static enum err_code apply_marked(struct db *db, const struct event *ev, struct err *e)
{
	const char *result = NULL;
	int64_t line;
	enum err_code rc = events_need_int(ev, "line", &line, e);

	if (!rc)
		rc = events_need_str(ev, "result", &result, e);
	return rc ? rc
		  : db_run(db, ST_ROUND_MARK,
			    DB_ARGS(DB_TEXT(ev->subject), DB_INT(line), DB_TEXT(result),
				    DB_TEXT(or_empty(events_str(ev, "note_text"))), DB_INT(ev->at),
				    DB_TEXT(ev->actor_name)),
			    e);
}

static enum err_code apply_closed(struct db *db, const struct event *ev, struct err *e)
{
	const char *bulletin;
	enum err_code rc = events_need_str(ev, "bulletin_text", &bulletin, e);

	return rc ? rc
		  : db_run(db, ST_ROUND_CLOSE,
			    DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->at), DB_TEXT(ev->actor_name),
				    DB_TEXT(bulletin)),
			    e);
}

static const struct projection_kind kinds[] = {
	{"round.opened/1", apply_opened},
	{"round.marked/1", apply_marked},
	{"round.closed/1", apply_closed},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"rounds", "id"},
	{"round_lines", "round, n"},
	{NULL, NULL},
};

const struct projection_module rounds_projection = {kinds, tables};

/* --- reading --- */

static void read_round(struct db_rows *q, struct arena *a, void *record)
{
	struct round_record *r = record;

	r->id = arena_strdup(a, db_text(q, 0));
	r->name = arena_strdup(a, db_text(q, 1));
	r->opened_by = arena_strdup(a, db_text(q, 2));
	r->opened_name = arena_strdup(a, db_text(q, 3));
	r->closed_name = arena_strdup(a, db_text(q, 4));
	r->bulletin = arena_strdup(a, db_text(q, 5));
	r->opened_at = db_int(q, 6);
	r->closed_at = db_int(q, 7);
	r->lines = db_int(q, 8);
	r->blank = db_int(q, 9);
}

static const size_t texts_of_round[] = {
	offsetof(struct round_record, name), offsetof(struct round_record, bulletin)};

static enum err_code read_rounds(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct round_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_round, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_round), e);
}

enum err_code rounds_get(
	struct db *db, const char *id, struct arena *a, struct round_record *out, struct err *e)
{
	struct round_record *list = NULL;
	size_t count = 0;
	enum err_code rc = read_rounds(db, ST_ROUND_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no round %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code rounds_list(
	struct db *db, struct arena *a, struct round_record **out, size_t *count, struct err *e)
{
	return read_rounds(db, ST_ROUND_LIST, DB_NO_ARGS, a, out, count, e);
}

static void read_line(struct db_rows *q, struct arena *a, void *record)
{
	struct round_line *x = record;

	x->n = db_int(q, 0);
	x->subject = arena_strdup(a, db_text(q, 1));
	x->unit = arena_strdup(a, db_text(q, 2));
	x->due_date = arena_strdup(a, db_text(q, 3));
	x->result = arena_strdup(a, db_text(q, 4));
	x->note = arena_strdup(a, db_text(q, 5));
	x->marked_name = arena_strdup(a, db_text(q, 6));
	x->marked_at = db_int(q, 7);
	x->tentative = db_int(q, 8);
}

static const size_t texts_of_line[] = {offsetof(struct round_line, note)};

enum err_code rounds_lines(struct db *db, const char *id, struct arena *a, struct round_line **out,
	size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_ROUND_LINES, DB_ARGS(DB_TEXT(id)), sizeof **out, read_line, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_line), e);
}
