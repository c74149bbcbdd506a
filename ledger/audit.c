/*
 * audit.c - verifying the chain and recomputing the projections.
 */
#include "ledger/audit.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rulebook.h"
#include "ledger/texts.h"

#define ANCHOR_MAX ((size_t)64 << 10)

/* --- verify --- */

struct walk {
	struct db *db;
	const struct audit_anchor *anchor;
	struct audit_result *result;
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

static enum err_code check_event(void *data, const struct event *ev, struct err *e)
{
	struct walk *w = data;
	struct hash want = events_hash(ev);
	int64_t number = w->result->events + 1;

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
	if (w->anchor && number == w->anchor->count && !hash_eq(&ev->hash, &w->anchor->head))
		return err_set(e, ERR_INTEGRITY,
			_("event %lld is not the one that the anchor names: the chain was "
			  "rewritten"),
			(long long)number);
	w->result->events = number;
	w->result->head = ev->hash;
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

enum err_code audit_verify(
	struct db *db, const struct audit_anchor *anchor, struct audit_result *out, struct err *e)
{
	struct walk w = {db, anchor, out};
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
		rc = rulebook_verify(db, e);
	if (!rc && anchor && out->events < anchor->count)
		rc = err_set(e, ERR_INTEGRITY,
			_("the chain has %lld events, the anchor names %lld: its end was cut off"),
			(long long)out->events, (long long)anchor->count);
	if (!rc && anchor)
		out->anchored = anchor->count;
	db_rollback(db);
	return rc;
}

/* --- anchors --- */

static bool anchor_from_json(const char *text, size_t n, struct audit_anchor *out)
{
	struct json *j = NULL;
	const char *hex;
	bool ok = false;

	if (json_read(text, n, &j, NULL) == ERR_OK) {
		hex = json_get_str(j, "hash");
		ok = json_get_int(j, "count", &out->count) && hex && hash_from_hex(hex, &out->head);
	}
	json_free(j);
	return ok;
}

static bool anchor_from_words(struct str s, struct audit_anchor *out)
{
	char hex[HASH_HEX_SIZE];
	struct str count = str_split(&s, ' ');

	s = str_trim(s);
	if (s.n != HASH_HEX_SIZE - 1 || !str_to_int(count, 0, INT64_MAX, &out->count))
		return false;
	memcpy(hex, s.p, s.n);
	hex[s.n] = '\0';
	return hash_from_hex(hex, &out->head);
}

enum err_code audit_read_anchor(const char *path, struct audit_anchor *out, struct err *e)
{
	struct buf b;
	struct str s;
	enum err_code rc;

	buf_init(&b, ANCHOR_MAX);
	rc = path_read(path, &b, e);
	s = str_trim((struct str){buf_str(&b), b.len});
	if (!rc && !anchor_from_words(s, out) && !anchor_from_json(s.p, s.n, out))
		rc = err_set(e, ERR_INPUT,
			_("%s holds no anchor: wanted is the line that “huiying audit head” "
			  "prints"),
			path);
	buf_fini(&b);
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
