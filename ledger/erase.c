/*
 * erase.c - taking words out of items and orders.
 */
#include "ledger/erase.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "ledger/ids.h"
#include "ledger/list.h"

#define HIDDEN "erased:" /* before the hash of what an identity was */

struct item_keys {
	int64_t id;
	const char *source, *identity;
};

enum err_code erase_find_texts(struct db *db, const char *words, struct arena *a,
	struct erase_text **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc = db_query(db, ST_TEXT_HOLDING, DB_ARGS(DB_TEXT(words)), &q, e);

	list_init(&l, a, sizeof(struct erase_text));
	while (!rc && db_next(&q)) {
		struct erase_text *t = list_add(&l);
		if (t) {
			t->digest = arena_strdup(a, db_text(&q, 0));
			t->body = arena_strndup(a, db_text(&q, 1), db_size(&q, 1));
		}
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	*out = l.items;
	*count = l.count;
	return db_end(&q, rc, e);
}

static enum err_code find_items(struct db *db, enum statement which, const struct db_value *args,
	size_t n, struct arena *a, struct list *l, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, which, args, n, &q, e);

	list_init(l, a, sizeof(struct item_keys));
	while (!rc && db_next(&q)) {
		struct item_keys *k = list_add(l);
		if (k) {
			k->id = db_int(&q, 0);
			k->source = arena_strdup(a, db_text(&q, 1));
			k->identity = arena_strdup(a, db_text(&q, 2));
		}
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}

static enum err_code drop_wants(struct db *db, int64_t item, struct err *e)
{
	char id[IDS_SIZE];

	ids_format(IDS_ITEM, 0, item, id);
	return db_run(db, ST_WANTED_DROP_OF, DB_ARGS(DB_TEXT(id)), e);
}

/* An identity may be an address or a title: it goes too, what is kept is its hash. */
static enum err_code bury(struct db *db, const struct item_keys *k, int64_t now, struct err *e)
{
	struct hash h = hash_of(k->identity, strlen(k->identity));
	char hex[HASH_HEX_SIZE], hidden[HASH_HEX_SIZE + 8];
	enum err_code rc = ERR_OK;

	hash_to_hex(&h, hex);
	snprintf(hidden, sizeof hidden, HIDDEN "%s", hex);
	if (strncmp(k->identity, HIDDEN, sizeof HIDDEN - 1) != 0) {
		rc = db_run(db, ST_TOMBSTONE_ADD,
			DB_ARGS(DB_TEXT(k->source), DB_TEXT(hex), DB_INT(k->id), DB_INT(now),
				DB_INT(0)),
			e);
		if (!rc)
			rc = db_run(db, ST_ITEM_HIDE_IDENTITY,
				DB_ARGS(DB_INT(k->id), DB_TEXT(hidden)), e);
	}
	if (!rc)
		rc = drop_wants(db, k->id, e);
	if (!rc)
		rc = db_run(db, ST_SKETCH_DROP, DB_ARGS(DB_INT(k->id)), e);
	return rc ? rc : db_run(db, ST_RECENT_DROP, DB_ARGS(DB_INT(k->id)), e);
}

static enum err_code replace_in_item(
	struct db *db, const struct item_keys *k, const char *words, int64_t now, struct err *e)
{
	static const enum statement each[] = {
		ST_ITEM_REPLACE, ST_REVISION_REPLACE, ST_ARTICLE_REPLACE};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof each / sizeof *each; i++)
		rc = db_run(db, each[i],
			DB_ARGS(DB_TEXT(words), DB_TEXT(ERASE_MARK), DB_INT(k->id)), e);
	return rc ? rc : bury(db, k, now, e);
}

enum err_code erase_words(struct db *db, const char *words, int64_t now, struct arena *a,
	int64_t *items, int64_t *orders, struct err *e)
{
	struct list l;
	enum err_code rc = find_items(db, ST_ITEM_HOLDING, DB_ARGS(DB_TEXT(words)), a, &l, e);

	for (size_t i = 0; !rc && i < l.count; i++)
		rc = replace_in_item(db, (const struct item_keys *)l.items + i, words, now, e);
	*items += (int64_t)l.count;
	if (!rc)
		rc = db_run(db, ST_ORDER_BURY_HOLDING, DB_ARGS(DB_TEXT(words), DB_INT(now)), e);
	if (!rc)
		rc = db_run(db, ST_ORDER_REPLACE, DB_ARGS(DB_TEXT(words), DB_TEXT(ERASE_MARK)), e);
	if (!rc)
		*orders += db_changes(db);
	return rc;
}

static enum err_code blank(struct db *db, const struct item_keys *k, int64_t now, struct err *e)
{
	enum err_code rc =
		db_run(db, ST_ITEM_BLANK, DB_ARGS(DB_INT(k->id), DB_TEXT(ERASE_MARK)), e);

	if (!rc)
		rc = db_run(db, ST_REVISION_DROP, DB_ARGS(DB_INT(k->id)), e);
	if (!rc)
		rc = db_run(db, ST_ARTICLE_DROP, DB_ARGS(DB_INT(k->id)), e);
	return rc ? rc : bury(db, k, now, e);
}

enum err_code erase_item(struct db *db, int64_t item, int64_t now, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct list l = {NULL, NULL, 0, 0, 0};
	enum err_code rc =
		a ? find_items(db, ST_ITEM_KEYS, DB_ARGS(DB_INT(item)), a, &l, e) : err_nomem(e);

	if (!rc && !l.count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no item I%lld"), (long long)item);
	if (!rc)
		rc = blank(db, l.items, now, e);
	arena_free(a);
	return rc;
}

enum err_code erase_order(
	struct db *db, const char *source, const char *number, int64_t now, struct err *e)
{
	enum err_code rc = db_run(
		db, ST_ORDER_BURY, DB_ARGS(DB_TEXT(source), DB_TEXT(number), DB_INT(now)), e);

	return rc ? rc
		  : db_run(db, ST_ORDER_BLANK,
			    DB_ARGS(DB_TEXT(source), DB_TEXT(number), DB_TEXT(ERASE_MARK)), e);
}

enum err_code erase_order_words(struct db *db, const char *source, const char *number,
	const char *words, int64_t now, struct err *e)
{
	enum err_code rc = db_run(
		db, ST_ORDER_BURY, DB_ARGS(DB_TEXT(source), DB_TEXT(number), DB_INT(now)), e);

	return rc ? rc
		  : db_run(db, ST_ORDER_REPLACE_IN,
			    DB_ARGS(DB_TEXT(words), DB_TEXT(ERASE_MARK), DB_TEXT(source),
				    DB_TEXT(number)),
			    e);
}

static enum err_code drop(struct db *db, const struct item_keys *k, int64_t now, struct err *e)
{
	static const enum statement each[] = {ST_REVISION_DROP, ST_ARTICLE_DROP, ST_PROPOSAL_DROP,
		ST_SKETCH_DROP, ST_RECENT_DROP, ST_ITEM_DROP};
	struct hash h = hash_of(k->identity, strlen(k->identity));
	char hex[HASH_HEX_SIZE];
	enum err_code rc = ERR_OK;

	hash_to_hex(&h, hex);
	if (strncmp(k->identity, HIDDEN, sizeof HIDDEN - 1) != 0)
		rc = db_run(db, ST_TOMBSTONE_ADD,
			DB_ARGS(DB_TEXT(k->source), DB_TEXT(hex), DB_INT(k->id), DB_INT(now),
				DB_INT(1)),
			e);
	for (size_t i = 0; !rc && i < sizeof each / sizeof *each; i++)
		rc = db_run(db, each[i], DB_ARGS(DB_INT(k->id)), e);
	return rc;
}

enum err_code erase_purge_item(struct db *db, int64_t item, int64_t now, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct list l = {NULL, NULL, 0, 0, 0};
	enum err_code rc =
		a ? find_items(db, ST_ITEM_KEYS, DB_ARGS(DB_INT(item)), a, &l, e) : err_nomem(e);

	if (!rc && l.count)
		rc = drop(db, l.items, now, e);
	arena_free(a);
	return rc;
}

/* Only hashes of identities are known; items are looked through once for each source. */
enum err_code erase_item_of(
	struct db *db, const char *source, const char *identity, int64_t now, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct list l = {NULL, NULL, 0, 0, 0};
	enum err_code rc =
		a ? find_items(db, ST_ITEM_KEYS_OF_SOURCE, DB_ARGS(DB_TEXT(source)), a, &l, e)
		  : err_nomem(e);

	if (!rc)
		rc = db_run(db, ST_TOMBSTONE_ADD,
			DB_ARGS(DB_TEXT(source), DB_TEXT(identity), DB_INT(0), DB_INT(now),
				DB_INT(0)),
			e);
	for (size_t i = 0; !rc && i < l.count; i++) {
		const struct item_keys *k = (const struct item_keys *)l.items + i;
		struct hash h = hash_of(k->identity, strlen(k->identity));
		char hex[HASH_HEX_SIZE];
		hash_to_hex(&h, hex);
		if (strcmp(hex, identity) == 0)
			rc = blank(db, k, now, e);
	}
	arena_free(a);
	return rc;
}
