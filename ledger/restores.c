/*
 * restores.c - that the ledger was put back to what a backup held. What came behind is
 * lost; that it was, and how far it is known to have gone, stands in the chain, so that an
 * anchor of the lost part reads "restored", not "tampered".
 *
 * Kind (subject ""): instance.restored/1 {count, hash: of the backup; lost_count, lost_hash:
 * the furthest head known; ids: counters from which numbers go on, JSON; backup: its name;
 * note_text}. It is the event behind event `count`. Table: restores.
 */
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/head.h"
#include "ledger/projection.h"

/* Numbers that the world has seen are not given out again. The items' counter is SQLite's
 * own and no projection. */
static enum err_code use_ids(struct db *db, const char *text, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct head_id *ids = NULL;
	struct json *j = NULL;
	size_t count = 0;
	enum err_code rc = a ? json_read(text, strlen(text), &j, e) : err_nomem(e);

	if (!rc)
		rc = head_ids_of(j, a, &ids, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		if (ids[i].number > 0 && strcmp(ids[i].prefix, "I") != 0)
			rc = projection_id_used(db, ids[i].prefix, ids[i].year, ids[i].number, e);
	json_free(j);
	arena_free(a);
	return rc;
}

/* It must name what stands before it. */
static enum err_code check_place(
	const struct event *ev, int64_t count, const char *hash, struct err *e)
{
	struct hash h;

	if (ev->seq == count + 1 && hash_from_hex(hash, &h) && hash_eq(&h, &ev->prev_hash))
		return ERR_OK;
	return err_set(e, ERR_INTEGRITY,
		_("event %lld says that the ledger was restored at %lld, and stands elsewhere"),
		(long long)ev->seq, (long long)count);
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static enum err_code apply_restored(struct db *db, const struct event *ev, struct err *e)
{
	const char *hash = NULL, *ids = NULL, *backup = NULL;
	int64_t count = 0, lost = events_int(ev, "lost_count");
	enum err_code rc = events_need_int(ev, "count", &count, e);

	if (!rc)
		rc = events_need_str(ev, "hash", &hash, e);
	if (!rc)
		rc = events_need_str(ev, "ids", &ids, e);
	if (!rc)
		rc = events_need_str(ev, "backup", &backup, e);
	if (!rc)
		rc = check_place(ev, count, hash, e);
	if (!rc)
		rc = db_run(db, ST_RESTORE_ADD,
			DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(ev->actor_name),
				DB_INT(count), DB_TEXT(hash), DB_INT(lost == TIME_NONE ? 0 : lost),
				DB_TEXT(or_empty(events_str(ev, "lost_hash"))), DB_TEXT(backup),
				DB_TEXT(or_empty(events_str(ev, "note_text")))),
			e);
	return rc ? rc : use_ids(db, ids, e);
}

static const struct projection_kind kinds[] = {
	{"instance.restored/1", apply_restored},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"restores", "seq"},
	{NULL, NULL},
};

const struct projection_module restores_projection = {kinds, tables};
