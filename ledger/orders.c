/*
 * orders.c - storing and reading orders.
 */
#include "ledger/orders.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/erase.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const struct projection_kind kinds[] = {
	{"orders.imported/1", projection_nothing},
	{"orders.recounted/1", projection_nothing},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{NULL, NULL},
};

const struct projection_module orders_projection = {kinds, tables};

/* --- writing --- */

enum err_code orders_digest(const struct order_record *o, struct hash *out, struct err *e)
{
	const char *const fields[] = {o->type, o->title, o->content, o->place, o->unit, o->channel,
		o->state, o->result, o->satisfaction, o->link, o->limit};
	const int64_t times[] = {o->published, o->accepted, o->finished, o->due};
	struct hash_state *h = hash_new();

	if (!h)
		return err_nomem(e);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		hash_add_text(h, fields[i]);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		char text[TIME_TEXT_SIZE] = "";
		if (times[i] != TIME_NONE)
			time_format_rfc3339(times[i], text);
		hash_add_text(h, text);
	}
	*out = hash_end(h);
	return ERR_OK;
}

enum err_code orders_compare(struct db *db, struct order_record *o, const struct hash *digest,
	enum order_change *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_ORDER_FIND, DB_ARGS(DB_TEXT(o->source), DB_TEXT(o->number)), &q, e);

	*out = ORDER_NEW;
	o->story = 0;
	if (!rc && db_next(&q)) {
		const void *had = db_blob(&q, 1);
		bool same = had && db_size(&q, 1) == HASH_SIZE &&
			    memcmp(had, digest->byte, HASH_SIZE) == 0;
		*out = same ? ORDER_SAME : ORDER_CHANGED;
		o->id = db_int(&q, 0);
		if (!db_is_null(&q, 2))
			o->story = db_int(&q, 2);
	}
	return db_end(&q, rc, e);
}

enum err_code orders_keep_erased(
	struct db *db, struct order_record *o, struct arena *a, struct err *e)
{
	struct order_record *had = NULL;
	size_t count = 0;
	int64_t one;
	enum err_code rc = db_get_int(
		db, ST_ORDER_IS_BURIED, DB_ARGS(DB_TEXT(o->source), DB_TEXT(o->number)), &one, e);

	if (rc)
		return rc == ERR_NOT_FOUND ? ERR_OK : rc;
	rc = orders_get(db, o->source, o->number, a, &had, &count, e);
	if (rc)
		return rc;
	o->title = count ? had->title : ERASE_MARK;
	o->content = count ? had->content : ERASE_MARK;
	o->place = count ? had->place : NULL;
	o->result = count ? had->result : NULL;
	o->link = count ? had->link : NULL;
	return ERR_OK;
}

/* All but how its limit was counted. */
static enum err_code put_fields(struct db *db, struct order_record *o, const struct hash *digest,
	enum order_change change, struct err *e)
{
	enum err_code rc = db_run(db, change == ORDER_NEW ? ST_ORDER_ADD : ST_ORDER_REVISE,
		DB_ARGS(DB_TEXT(o->source), DB_TEXT(o->number), DB_BLOB(digest->byte, HASH_SIZE),
			DB_TEXT(o->type), DB_TEXT(o->title), DB_TEXT(o->content), DB_TEXT(o->place),
			DB_TEXT(o->unit), DB_TEXT(o->channel), DB_TEXT(o->state),
			DB_TEXT(o->result), DB_TEXT(o->satisfaction), DB_TEXT(o->link),
			DB_TIME(o->published), DB_TIME(o->accepted), DB_TIME(o->finished),
			DB_TEXT(o->limit), DB_TIME(o->due), DB_INT(o->at), DB_TEXT(o->title_key),
			DB_TEXT(o->place_key), DB_TEXT(o->codes), DB_INT(o->grade),
			DB_INT(o->score), DB_TEXT(o->rules_hash), DB_INT(o->imported),
			DB_TEXT(o->file), DB_INT(o->row)),
		e);

	if (!rc && change == ORDER_NEW)
		o->id = db_last_id(db);
	return rc;
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

enum err_code orders_set_due(struct db *db, const struct order_record *o, struct err *e)
{
	struct hash digest;
	enum err_code rc = orders_digest(o, &digest, e);

	if (rc)
		return rc;
	return db_run(db, ST_ORDER_SET_DUE,
		DB_ARGS(DB_TEXT(o->source), DB_TEXT(o->number), DB_TIME(o->due),
			DB_BLOB(digest.byte, HASH_SIZE), DB_INT(o->limit_amount),
			DB_TEXT(or_empty(o->limit_unit)), DB_TEXT(or_empty(o->limit_rule)),
			DB_TEXT(o->limit_roll ? o->limit_roll : "none"),
			DB_TEXT(or_empty(o->calendar)), DB_INT(o->tentative)),
		e);
}

enum err_code orders_put(struct db *db, struct order_record *o, const struct hash *digest,
	enum order_change *out, struct err *e)
{
	enum err_code rc = orders_compare(db, o, digest, out, e);

	if (rc || *out == ORDER_SAME)
		return rc;
	rc = put_fields(db, o, digest, *out, e);
	if (rc || (*out == ORDER_NEW && !o->limit_amount))
		return rc;
	return orders_set_due(db, o, e);
}

enum err_code orders_set_story(
	struct db *db, const char *source, const char *number, int64_t story, struct err *e)
{
	return db_run(db, ST_ORDER_SET_STORY,
		DB_ARGS(DB_TEXT(source), DB_TEXT(number), DB_INT(story)), e);
}

/* --- reading --- */

static void read_order(struct db_rows *q, struct arena *a, void *record)
{
	struct order_record *o = record;

	const char **const texts[] = {&o->type, &o->title, &o->content, &o->place, &o->unit,
		&o->channel, &o->state, &o->result, &o->satisfaction, &o->link};
	int k = 0;

	o->id = db_int(q, k++);
	o->source = arena_strdup(a, db_text(q, k++));
	o->number = arena_strdup(a, db_text(q, k++));
	o->revision = db_int(q, k++);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = arena_strdup(a, db_text(q, k++));
	o->published = db_int(q, k++);
	o->accepted = db_int(q, k++);
	o->finished = db_int(q, k++);
	o->limit = arena_strdup(a, db_text(q, k++));
	o->due = db_int(q, k++);
	o->at = db_int(q, k++);
	o->title_key = arena_strdup(a, db_text(q, k++));
	o->place_key = arena_strdup(a, db_text(q, k++));
	o->codes = arena_strdup(a, db_text(q, k++));
	o->grade = db_int(q, k++);
	o->score = db_int(q, k++);
	o->rules_hash = arena_strdup(a, db_text(q, k++));
	o->story = db_is_null(q, k) ? 0 : db_int(q, k);
	k++;
	o->imported = db_int(q, k++);
	o->file = arena_strdup(a, db_text(q, k++));
	o->row = db_int(q, k++);
	o->limit_amount = db_int(q, k++);
	o->limit_unit = arena_strdup(a, db_text(q, k++));
	o->limit_rule = arena_strdup(a, db_text(q, k++));
	o->limit_roll = arena_strdup(a, db_text(q, k++));
	o->calendar = arena_strdup(a, db_text(q, k++));
	o->tentative = db_int(q, k++);
	o->case_due = db_int(q, k++);
	o->case_tentative = db_int(q, k++);
	o->stands = db_int(q, k++) != 0;
}

static void read_light(struct db_rows *q, struct arena *a, void *record)
{
	struct order_record *o = record;

	o->source = arena_strdup(a, db_text(q, 0));
	o->number = arena_strdup(a, db_text(q, 1));
	o->at = db_int(q, 2);
	o->title_key = arena_strdup(a, db_text(q, 3));
	o->place_key = arena_strdup(a, db_text(q, 4));
	o->codes = arena_strdup(a, db_text(q, 5));
	o->grade = db_int(q, 6);
	o->score = db_int(q, 7);
	o->story = db_is_null(q, 8) ? 0 : db_int(q, 8);
}

static enum err_code collect(struct db *db, enum statement id, const struct db_value *args,
	size_t n, rows_read_fn *read, struct arena *a, struct order_record **out, size_t *count,
	struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code orders_get(struct db *db, const char *source, const char *number, struct arena *a,
	struct order_record **out, size_t *count, struct err *e)
{
	return collect(db, ST_ORDER_GET, DB_ARGS(DB_TEXT(source), DB_TEXT(number)), read_order, a,
		out, count, e);
}

enum err_code orders_of_story(struct db *db, int64_t story, struct arena *a,
	struct order_record **out, size_t *count, struct err *e)
{
	return collect(db, ST_ORDER_OF_STORY, DB_ARGS(DB_INT(story)), read_order, a, out, count, e);
}

enum err_code orders_list(struct db *db, const char *source, int64_t late_at, bool all,
	struct arena *a, struct order_record **out, size_t *count, struct err *e)
{
	return collect(db, ST_ORDER_LIST, DB_ARGS(DB_TEXT(source), DB_TIME(late_at), DB_INT(all)),
		read_order, a, out, count, e);
}

enum err_code orders_window(struct db *db, int64_t from, int64_t to, struct arena *a,
	struct order_record **out, size_t *count, struct err *e)
{
	return collect(db, ST_ORDER_WINDOW, DB_ARGS(DB_INT(from), DB_INT(to)), read_light, a, out,
		count, e);
}

enum err_code orders_of_other_calendar(struct db *db, const char *calendar, struct arena *a,
	struct order_record **out, size_t *count, struct err *e)
{
	return collect(db, ST_ORDERS_OTHER_CALENDAR, DB_ARGS(DB_TEXT(calendar)), read_order, a, out,
		count, e);
}

enum err_code orders_waiting(struct db *db, int64_t until, bool news, struct arena *a,
	struct order_record **out, size_t *count, struct err *e)
{
	return collect(db, ST_ORDERS_WAITING, DB_ARGS(DB_INT(until), DB_INT(news)), read_order, a,
		out, count, e);
}

enum err_code orders_count_tentative(struct db *db, int64_t *count, struct err *e)
{
	return db_get_int(db, ST_ORDERS_TENTATIVE, DB_NO_ARGS, count, e);
}

static bool is_by_case(const struct order_record *o)
{
	return o->case_due != TIME_NONE && o->case_due > o->due;
}

int64_t orders_due(const struct order_record *o)
{
	return is_by_case(o) ? o->case_due : o->due;
}

int64_t orders_tentative(const struct order_record *o)
{
	return is_by_case(o) ? o->case_tentative : o->tentative;
}

static void read_joined(struct db_rows *q, struct arena *a, void *record)
{
	struct orders_joined *x = record;

	x->case_id = arena_strdup(a, db_text(q, 0));
	x->story = db_int(q, 1);
}

enum err_code orders_joined(
	struct db *db, struct arena *a, struct orders_joined **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_ORDERS_JOINED, DB_NO_ARGS, sizeof **out, read_joined, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}
