/*
 * withheld.c - what no public build shows.
 */
#include "ledger/withheld.h"

#include <stddef.h>

#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static enum err_code apply_withheld(struct db *db, const struct event *ev, struct err *e)
{
	const char *reason = NULL;
	enum err_code rc = events_need_str(ev, "reason_text", &reason, e);

	return rc ? rc
		  : db_run(db, ST_WITHHELD_ADD,
			    DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(ev->at),
				    DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
				    DB_TEXT(reason)),
			    e);
}

static enum err_code apply_released(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_WITHHELD_DROP, DB_ARGS(DB_TEXT(ev->subject)), e);
}

enum err_code withheld_is(struct db *db, const char *subject, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_WITHHELD_IS, DB_ARGS(DB_TEXT(subject)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static void read_withheld(struct db_rows *q, struct arena *a, void *record)
{
	struct withheld *w = record;

	w->subject = arena_strdup(a, db_text(q, 0));
	w->at = db_int(q, 1);
	w->by_name = arena_strdup(a, db_text(q, 2));
	w->reason = arena_strdup(a, db_text(q, 3));
}

static const size_t texts_of_withheld[] = {offsetof(struct withheld, reason)};

enum err_code withheld_list(struct db *db, const char *subject, struct arena *a,
	struct withheld **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_WITHHELD_LIST, DB_ARGS(DB_TEXT(subject)), sizeof **out,
		read_withheld, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_withheld), e);
}

static const struct projection_kind kinds[] = {
	{"record.withheld/1", apply_withheld},
	{"record.released/1", apply_released},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"withheld", "subject"},
	{NULL, NULL},
};

const struct projection_module withheld_projection = {kinds, tables};
