/*
 * outbox.c - reads and writes messages to people.
 */
#include "ledger/outbox.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

#define RESTORE_GAP 1000000 /* more than anybody is told between a backup and its restoring */

enum err_code outbox_add(struct db *db, const struct outbox_new *n, bool *added, struct err *e)
{
	struct buf key;
	enum err_code rc;

	buf_init(&key, 4096);
	buf_addf(&key, "%s\n%s\n%s\n%s\n%lld", n->target, n->kind, n->subject, n->occasion,
		(long long)n->stage);
	rc = buf_check(&key, N_("a message"), e);
	if (!rc)
		rc = db_run(db, ST_OUTBOX_ADD,
			DB_ARGS(DB_TEXT(n->target), DB_INT(n->stage), DB_TEXT(n->kind),
				DB_TEXT(n->subject), DB_TEXT(buf_str(&key)), DB_TEXT(n->title),
				DB_TEXT(n->body), DB_INT(n->urgent), DB_INT(n->ack),
				DB_INT(n->made_at), DB_INT(n->next_at), DB_INT(n->expires)),
			e);
	*added = !rc && db_changes(db) > 0;
	buf_fini(&key);
	return rc;
}

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct outbox_row *o = record;

	o->id = db_int(q, 0);
	o->target = arena_strdup(a, db_text(q, 1));
	o->stage = db_int(q, 2);
	o->kind = arena_strdup(a, db_text(q, 3));
	o->subject = arena_strdup(a, db_text(q, 4));
	o->title = arena_strdup(a, db_text(q, 5));
	o->body = arena_strdup(a, db_text(q, 6));
	o->urgent = db_int(q, 7) != 0;
	o->ack = db_int(q, 8) != 0;
	o->made_at = db_int(q, 9);
	o->next_at = db_int(q, 10);
	o->expires = db_int(q, 11);
	o->tries = db_int(q, 12);
	o->state = arena_strdup(a, db_text(q, 13));
	o->error = arena_strdup(a, db_text(q, 14));
	o->settled_at = db_int(q, 15);
	o->acked_at = db_int(q, 16);
	o->acked_name = arena_strdup(a, db_text(q, 17));
	o->receivers = arena_strdup(a, db_text(q, 18));
	o->gone = db_int(q, 19);
}

enum err_code outbox_rows(struct db *db, enum statement id, const struct db_value *args, size_t n,
	struct arena *a, struct outbox_row **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code outbox_get(
	struct db *db, int64_t id, struct arena *a, struct outbox_row *out, struct err *e)
{
	struct outbox_row *rows = NULL;
	size_t count = 0;
	enum err_code rc = outbox_rows(db, ST_OUTBOX_GET, DB_ARGS(DB_INT(id)), a, &rows, &count, e);

	if (!rc && !count)
		return err_set(e, ERR_NOT_FOUND, _("there is no message N%lld"), (long long)id);
	if (!rc)
		*out = rows[0];
	return rc;
}

enum err_code outbox_list(struct db *db, bool failed, int64_t limit, struct arena *a,
	struct outbox_row **out, size_t *count, struct err *e)
{
	return outbox_rows(
		db, ST_OUTBOX_LIST, DB_ARGS(DB_INT(failed), DB_INT(limit)), a, out, count, e);
}

enum err_code outbox_count(struct db *db, struct outbox_counts *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_OUTBOX_COUNTS, DB_NO_ARGS, &q, e);

	if (!rc && db_next(&q)) {
		out->unknown = db_int(&q, 0);
		out->failed = db_int(&q, 1);
		out->partly = db_int(&q, 2);
		out->oldest = db_int(&q, 3);
		out->last_sent = db_int(&q, 4);
	}
	return db_end(&q, rc, e);
}

enum err_code outbox_state(struct db *db, const char *name, int64_t *out, struct err *e)
{
	enum err_code rc = db_get_int(db, ST_NOTICE_STATE, DB_ARGS(DB_TEXT(name)), out, e);

	if (rc != ERR_NOT_FOUND)
		return rc;
	*out = 0;
	return ERR_OK;
}

enum err_code outbox_restored(struct db *db, int64_t now, const char *error, struct err *e)
{
	enum err_code rc = db_run(db, ST_OUTBOX_DOUBT, DB_ARGS(DB_TEXT(error), DB_INT(now)), e);

	if (!rc)
		rc = db_run(db, ST_OUTBOX_SEQUENCE_NEW, DB_NO_ARGS, e);
	return rc ? rc : db_run(db, ST_OUTBOX_SEQUENCE_UP, DB_ARGS(DB_INT(RESTORE_GAP)), e);
}

enum err_code outbox_forget_words(struct db *db, struct err *e)
{
	return db_run(db, ST_OUTBOX_FORGET_WORDS, DB_NO_ARGS, e);
}

static const struct projection_kind kinds[] = {
	{"notice.acknowledged/1", projection_nothing},
	{"notice.failed/1", projection_nothing},
	{"notice.renewed/1", projection_nothing},
	{NULL, NULL},
};

static const struct projection_table tables[] = {{NULL, NULL}};

const struct projection_module outbox_projection = {kinds, tables};
