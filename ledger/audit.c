/*
 * audit.c - verifying the chain and recomputing the projections.
 */
#include "ledger/audit.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/head.h"
#include "ledger/head_keys.h"
#include "ledger/projection.h"
#include "ledger/redactions.h"
#include "ledger/rulebook.h"
#include "ledger/texts.h"

/* --- verify --- */

struct walk {
	struct db *db;
	const struct audit_anchor *anchor;
	struct audit_result *result;
	bool differs; /* event number anchor->count is another */
};

/* Every text that the event names is there, erased or not. */
static enum err_code check_texts(struct db *db, const struct event *ev, struct err *e)
{
	const struct json *v;
	const char *key;
	void *iter = NULL;
	enum err_code rc = ERR_OK;

	while (!rc && (key = json_next(ev->data, &iter, &v)) != NULL) {
		const char *s = json_str(v);
		if (s && s[0] && str_has_suffix(str_of(key), "_text"))
			rc = texts_expect(db, s, e);
	}
	if (rc)
		err_prefix(e, _("event %lld: "), (long long)ev->seq);
	return rc;
}

/* The anchor was made before this restoring, of events behind those that it kept: that they
 * are gone is told, not hidden. What it knew of the lost end must agree. */
static void note_restored(struct walk *w, const struct event *ev)
{
	const struct audit_anchor *a = w->anchor;
	const char *hex = events_str(ev, "lost_hash");
	int64_t kept = events_int(ev, "count"), lost = events_int(ev, "lost_count");
	struct hash known;

	if (kept >= a->count || (a->at != TIME_NONE && a->at >= ev->at))
		return;
	if (lost != TIME_NONE && a->at == TIME_NONE && a->count > lost)
		return;
	if (lost == a->count && hex && hash_from_hex(hex, &known) && !hash_eq(&known, &a->head))
		return;
	w->result->restored = kept;
	w->result->restored_at = ev->at;
	snprintf(w->result->restored_by, sizeof w->result->restored_by, "%s", ev->actor_name);
}

static enum err_code check_event(void *data, const struct event *ev, struct err *e)
{
	struct walk *w = data;
	int64_t number = w->result->events + 1;
	struct hash want;
	enum err_code rc = events_hash(ev, &want, e);

	if (rc)
		return rc;
	if (ev->seq != number)
		return err_set(e, ERR_INTEGRITY,
			_("event %lld is missing: the next one is numbered %lld"),
			(long long)number, (long long)ev->seq);
	if (!hash_eq(&ev->prev_hash, &w->result->head))
		return err_set(e, ERR_INTEGRITY,
			_("event %lld does not follow from the one before it: something was taken "
			  "out, put in or moved"),
			(long long)number);
	if (!hash_eq(&ev->hash, &want))
		return err_set(e, ERR_INTEGRITY,
			_("event %lld (%s) has been changed: its hash is another now"),
			(long long)number, ev->kind);
	if (!projection_knows(ev->kind))
		return err_set(e, ERR_INTEGRITY,
			_("event %lld is of a kind that this program does not know: %s"),
			(long long)number, ev->kind);
	if (w->anchor && number == w->anchor->count)
		w->differs = !hash_eq(&ev->hash, &w->anchor->head);
	w->result->events = number;
	w->result->head = ev->hash;
	if (w->anchor && strcmp(ev->kind, "instance.restored/1") == 0)
		note_restored(w, ev);
	return check_texts(w->db, ev, e);
}

/* An empty chain is whole only before the first event: what was made from it must not be
 * there either. */
static enum err_code need_no_instance(struct db *db, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_INSTANCE_GET, DB_NO_ARGS, &q, e);

	if (!rc && db_next(&q))
		rc = err_set(e, ERR_INTEGRITY,
			_("the chain is empty: every event was taken out, the first one too"));
	return db_end(&q, rc, e);
}

/* Who made the anchor must be us; whose it is says the chain. */
static enum err_code check_key(struct db *db, const struct audit_anchor *anchor, struct err *e)
{
	bool ours = false;
	enum err_code rc = head_keys_known(db, anchor->key, &ours, e);

	if (!rc && !ours)
		rc = err_set(e, ERR_INTEGRITY,
			_("the anchor is signed by a key that was never this office's: %.16s…"),
			anchor->key);
	return rc;
}

static enum err_code judge_anchor(struct walk *w, struct err *e)
{
	const struct audit_anchor *anchor = w->anchor;
	struct audit_result *out = w->result;
	bool cut = out->events < anchor->count;

	if (!cut && !w->differs) {
		out->restored = 0;
		out->anchored = anchor->count;
		return ERR_OK;
	}
	if (out->restored)
		return ERR_OK;
	if (cut)
		return err_set(e, ERR_INTEGRITY,
			_("the chain has %lld events, the anchor names %lld: its end was cut off"),
			(long long)out->events, (long long)anchor->count);
	return err_set(e, ERR_INTEGRITY,
		_("event %lld is not the one that the anchor names: the chain was rewritten"),
		(long long)anchor->count);
}

enum err_code audit_verify(
	struct db *db, const struct audit_anchor *anchor, struct audit_result *out, struct err *e)
{
	struct walk w = {db, anchor, out, false};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = db_begin_read(db, e);
	if (!rc)
		rc = events_each(db, NULL, check_event, &w, e);
	if (!rc && out->events == 0)
		rc = need_no_instance(db, e);
	if (!rc)
		rc = texts_verify(db, &out->texts, &out->erased, e);
	if (!rc)
		rc = redactions_verify(db, e);
	if (!rc)
		rc = rulebook_verify(db, e);
	if (!rc && anchor && anchor->is_signed)
		rc = check_key(db, anchor, e);
	if (!rc && anchor)
		rc = judge_anchor(&w, e);
	db_rollback(db);
	return rc;
}

/* --- anchors --- */

enum err_code audit_read_anchor(const char *path, struct audit_anchor *out, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct head h;
	enum err_code rc = a ? head_load(path, a, &h, e) : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc) {
		out->count = h.count;
		out->head = h.hash;
		out->at = h.at;
		out->is_signed = h.is_signed;
		memcpy(out->key, h.key, sizeof out->key);
	}
	arena_free(a);
	return rc;
}

/* --- rebuild --- */

static enum err_code replay(void *data, const struct event *ev, struct err *e)
{
	return projection_apply(data, ev, e);
}

static enum err_code compare_tables(
	struct db *ours, struct db *fresh, int64_t *tables, struct err *e)
{
	struct buf wrong;
	const struct projection_table *t;
	enum err_code rc = ERR_OK;

	buf_init(&wrong, 4096);
	*tables = 0;
	for (size_t i = 0; !rc && (t = projection_table_at(i)) != NULL; i++) {
		struct hash a, b;
		int64_t rows_a, rows_b;
		rc = db_hash_table(ours, t->name, t->order, &a, &rows_a, e);
		if (!rc)
			rc = db_hash_table(fresh, t->name, t->order, &b, &rows_b, e);
		if (!rc && !hash_eq(&a, &b))
			buf_addf(&wrong, "%s%s (%lld/%lld)", wrong.len ? ", " : "", t->name,
				(long long)rows_a, (long long)rows_b);
		++*tables;
	}
	if (!rc && wrong.len)
		rc = err_set(e, ERR_INTEGRITY,
			_("these tables are not what the events say (rows here/rows by events): "
			  "%s"),
			buf_str(&wrong));
	buf_fini(&wrong);
	return rc;
}

enum err_code audit_rebuild(struct db *db, int64_t *tables, struct err *e)
{
	struct db *fresh = NULL;
	enum err_code rc = db_open_temporary(0, &fresh, e);

	*tables = 0;
	if (!rc)
		rc = db_begin_write(fresh, e);
	if (!rc)
		rc = db_begin_read(db, e);
	if (!rc)
		rc = events_each(db, NULL, replay, fresh, e);
	if (!rc)
		rc = compare_tables(db, fresh, tables, e);
	db_rollback(db);
	db_close(fresh);
	return rc;
}
