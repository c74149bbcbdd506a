/*
 * items.c - items, their revisions, and which story they are copies of.
 */
#include "ledger/items.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"

enum err_code items_digest(const struct item_record *it, struct hash *out, struct err *e)
{
	struct hash_state *h = hash_new();
	char published[TIME_TEXT_SIZE] = "";

	if (!h)
		return err_nomem(e);
	if (it->published != TIME_NONE)
		snprintf(published, sizeof published, "%lld", (long long)it->published);
	hash_add_text(h, it->title);
	hash_add_text(h, it->summary);
	hash_add_text(h, it->content);
	hash_add_text(h, it->link);
	hash_add_text(h, published);
	*out = hash_end(h);
	return ERR_OK;
}

struct key {
	char text[ITEMS_IDENTITY_MAX + 1];
};

/* A guid may be as long as its feed; the index must not. */
static const char *short_identity(const char *identity, struct key *k)
{
	size_t n = strlen(identity);
	struct hash h;

	if (n <= ITEMS_IDENTITY_MAX)
		return identity;
	h = hash_of(identity, n);
	memcpy(k->text, "h:", 2);
	hash_to_hex(&h, k->text + 2);
	return k->text;
}

enum err_code items_is_erased(struct db *db, const struct item_record *it, bool *out, struct err *e)
{
	char hex[HASH_HEX_SIZE];
	struct key k;
	const char *identity = short_identity(it->identity, &k);
	struct hash h = hash_of(identity, strlen(identity));
	int64_t item;
	enum err_code rc;

	hash_to_hex(&h, hex);
	rc = db_get_int(db, ST_TOMBSTONE_GET, DB_ARGS(DB_TEXT(it->source), DB_TEXT(hex)), &item, e);
	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code items_any_erased(struct db *db, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_TOMBSTONE_ANY, DB_NO_ARGS, &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code items_find(
	struct db *db, const struct item_record *it, struct item_known *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct key k;
	bool found = false;
	enum err_code rc = db_query(db, ST_ITEM_FIND,
		DB_ARGS(DB_TEXT(it->source), DB_TEXT(short_identity(it->identity, &k))), &q, e);

	if (!rc && db_next(&q)) {
		const void *digest = db_blob(&q, 1);
		found = true;
		out->id = db_int(&q, 0);
		out->revision = db_int(&q, 2);
		out->fetched = db_int(&q, 3);
		memset(&out->digest, 0, sizeof out->digest);
		if (digest && db_size(&q, 1) == HASH_SIZE)
			memcpy(out->digest.byte, digest, HASH_SIZE);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

enum err_code items_add(
	struct db *db, struct item_record *it, const struct hash *digest, struct err *e)
{
	struct key k;
	enum err_code rc = db_run(db, ST_ITEM_ADD,
		DB_ARGS(DB_TEXT(it->source), DB_TEXT(short_identity(it->identity, &k)),
			DB_BLOB(digest->byte, HASH_SIZE), DB_TEXT(it->link), DB_TEXT(it->url),
			DB_TEXT(it->title), DB_TEXT(it->summary), DB_TEXT(it->content),
			DB_TIME(it->published), DB_TIME(it->updated), DB_INT(it->fetched),
			DB_TEXT(it->title_key), DB_INT(it->at), DB_TEXT(it->rules_hash),
			DB_INT(it->topics), DB_TEXT(it->verdict), DB_TEXT(it->warc),
			DB_INT((int64_t)it->warc_offset)),
		e);

	if (!rc)
		it->id = db_last_id(db);
	return rc;
}

enum err_code items_revise(
	struct db *db, const struct item_record *it, const struct hash *digest, struct err *e)
{
	enum err_code rc = db_run(db, ST_ITEM_KEEP_REVISION, DB_ARGS(DB_INT(it->id)), e);

	if (!rc)
		rc = db_run(db, ST_ITEM_REVISE,
			DB_ARGS(DB_INT(it->id), DB_BLOB(digest->byte, HASH_SIZE), DB_TEXT(it->link),
				DB_TEXT(it->url), DB_TEXT(it->title), DB_TEXT(it->summary),
				DB_TEXT(it->content), DB_TIME(it->published), DB_TIME(it->updated),
				DB_INT(it->fetched), DB_TEXT(it->title_key),
				DB_TEXT(it->rules_hash), DB_INT(it->topics), DB_TEXT(it->verdict),
				DB_TEXT(it->warc), DB_INT((int64_t)it->warc_offset)),
			e);
	return rc;
}

enum err_code items_judged(struct db *db, const struct item_record *it, struct err *e)
{
	return db_run(db, ST_ITEM_JUDGED,
		DB_ARGS(DB_INT(it->id), DB_INT(it->topics), DB_TEXT(it->verdict),
			DB_TEXT(it->rules_hash)),
		e);
}

enum err_code items_had(
	struct db *db, int64_t id, const struct hash *digest, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_ITEM_HAS_DIGEST,
		DB_ARGS(DB_INT(id), DB_BLOB(digest->byte, HASH_SIZE)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* --- reading --- */

static void read_item(struct db_rows *q, struct arena *a, struct item_record *o)
{
	int64_t story = db_int(q, 14);

	o->id = db_int(q, 0);
	o->source = arena_strdup(a, db_text(q, 1));
	o->identity = arena_strdup(a, db_text(q, 2));
	o->revision = db_int(q, 3);
	o->link = arena_strdup(a, db_text(q, 4));
	o->url = arena_strdup(a, db_text(q, 5));
	o->title = arena_strdup(a, db_text(q, 6));
	o->summary = arena_strdup(a, db_text(q, 7));
	o->content = arena_strdup(a, db_text(q, 8));
	o->published = db_int(q, 9);
	o->updated = db_int(q, 10);
	o->fetched = db_int(q, 11);
	o->title_key = arena_strdup(a, db_text(q, 12));
	o->at = db_int(q, 13);
	o->story = story == TIME_NONE ? 0 : story;
	o->rules_hash = arena_strdup(a, db_text(q, 15));
	o->topics = db_int(q, 16);
	o->verdict = arena_strdup(a, db_text(q, 17));
	o->warc = arena_strdup(a, db_text(q, 18));
	o->warc_offset = (uint64_t)db_int(q, 19);
}

enum err_code items_get(
	struct db *db, int64_t id, struct arena *a, struct item_record *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_ITEM_GET, DB_ARGS(DB_INT(id)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		read_item(&q, a, out);
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no item I%lld"), (long long)id);
	return rc;
}

static enum err_code collect(struct db_rows *q, enum err_code rc, struct arena *a,
	struct item_record **out, size_t *count, struct err *e)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (!rc && db_next(q)) {
		if (*count == room) {
			room = room ? room * 2 : 64;
			struct item_record *bigger = arena_array(a, room, sizeof *bigger);
			if (!bigger) {
				rc = err_nomem(e);
				break;
			}
			if (*count)
				memcpy(bigger, *out, *count * sizeof *bigger);
			*out = bigger;
		}
		read_item(q, a, &(*out)[(*count)++]);
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	return db_end(q, rc, e);
}

enum err_code items_of_story(struct db *db, int64_t story, struct arena *a,
	struct item_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_ITEM_OF_STORY, DB_ARGS(DB_INT(story)), &q, e);

	return collect(&q, rc, a, out, count, e);
}

enum err_code items_of_source(struct db *db, const char *source, int64_t since, struct arena *a,
	struct item_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_ITEM_OF_SOURCE, DB_ARGS(DB_TEXT(source), DB_INT(since)), &q, e);

	return collect(&q, rc, a, out, count, e);
}

enum err_code items_list(struct db *db, int64_t after, int64_t limit, struct arena *a,
	struct item_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_ITEM_LIST, DB_ARGS(DB_INT(after), DB_INT(limit)), &q, e);

	return collect(&q, rc, a, out, count, e);
}

/* --- stories --- */

enum err_code items_find_story(
	struct db *db, const struct item_record *it, int64_t *story, struct err *e)
{
	int64_t window = (int64_t)ITEMS_STORY_HOURS * 3600, known = TIME_NONE;
	enum err_code rc = db_get_int(db, ST_ITEM_STORY_KNOWN,
		DB_ARGS(DB_TEXT(it->url), DB_INT(it->id), DB_TEXT(it->title_key),
			DB_INT(it->at - window), DB_INT(it->at + window)),
		&known, e);

	*story = rc || known == TIME_NONE ? 0 : known;
	return rc;
}

enum err_code items_set_story(struct db *db, int64_t id, int64_t story, struct err *e)
{
	return db_run(db, ST_ITEM_SET_STORY, DB_ARGS(DB_INT(id), DB_INT(story)), e);
}

enum err_code items_join_story(
	struct db *db, const struct item_record *it, int64_t story, struct err *e)
{
	int64_t window = (int64_t)ITEMS_STORY_HOURS * 3600;
	enum err_code rc = items_set_story(db, it->id, story, e);

	if (!rc && it->url)
		rc = db_run(db, ST_ITEM_JOIN_BY_URL, DB_ARGS(DB_INT(story), DB_TEXT(it->url)), e);
	if (!rc && it->title_key)
		rc = db_run(db, ST_ITEM_JOIN_BY_TITLE,
			DB_ARGS(DB_INT(story), DB_TEXT(it->title_key), DB_INT(it->at - window),
				DB_INT(it->at + window)),
			e);
	return rc;
}

enum err_code items_summary(struct db *db, int64_t *count, struct hash *digest, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct hash_state *h = hash_new();
	enum err_code rc = h ? db_query(db, ST_ITEM_DIGESTS, DB_NO_ARGS, &q, e) : err_nomem(e);

	*count = 0;
	while (!rc && db_next(&q)) {
		const void *d = db_blob(&q, 2);
		hash_add_text(h, db_text(&q, 0));
		hash_add_text(h, db_text(&q, 1));
		if (d)
			hash_add(h, d, db_size(&q, 2));
		++*count;
	}
	rc = db_end(&q, rc, e);
	if (h)
		*digest = hash_end(h);
	return rc;
}
