/*
 * texts.c - free text by salted digest.
 */
#include "ledger/texts.h"

#include <string.h>

#include "base/i18n.h"

#define SALT_SIZE 16

static enum err_code digest_of(const void *salt, size_t salt_size, const char *body, size_t n,
	char out[HASH_HEX_SIZE], struct err *e)
{
	static const char domain[] = "huiying-text-1";
	struct hash_state *h = hash_new();
	struct hash digest;

	if (!h)
		return err_nomem(e);
	hash_add(h, domain, sizeof domain - 1);
	hash_add(h, salt, salt_size);
	hash_add(h, body, n);
	digest = hash_end(h);
	hash_to_hex(&digest, out);
	return ERR_OK;
}

enum err_code texts_put(
	struct db *db, const char *body, size_t n, char digest[HASH_HEX_SIZE], struct err *e)
{
	unsigned char salt[SALT_SIZE];
	enum err_code rc;

	if (n > TEXTS_BODY_MAX)
		return err_set(e, ERR_LIMIT, _("a text of %zu bytes is over the limit of %zu"), n,
			TEXTS_BODY_MAX);
	hash_random(salt, sizeof salt);
	rc = digest_of(salt, sizeof salt, body, n, digest, e);
	if (!rc)
		rc = db_run(db, ST_TEXT_ADD,
			DB_ARGS(DB_TEXT(digest), DB_BLOB(salt, sizeof salt), DB_TEXTN(body, n)), e);
	return rc;
}

static enum err_code missing(const char *digest, struct err *e)
{
	return err_set(
		e, ERR_INTEGRITY, _("the text %.12s… that an event refers to is gone"), digest);
}

enum err_code texts_get(
	struct db *db, const char *digest, struct arena *a, const char **body, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc;

	*body = NULL;
	if (!digest || !digest[0])
		return ERR_OK;
	rc = db_query(db, ST_TEXT_GET, DB_ARGS(DB_TEXT(digest)), &q, e);
	if (!rc && db_next(&q)) {
		const char *s = db_text(&q, 1);
		found = true;
		*body = s ? arena_strndup(a, s, db_size(&q, 1)) : NULL;
		if (s && !*body)
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc || found ? rc : missing(digest, e);
}

enum err_code texts_expect(struct db *db, const char *digest, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_TEXT_EXISTS, DB_ARGS(DB_TEXT(digest)), &one, e);

	return rc == ERR_NOT_FOUND ? missing(digest, e) : rc;
}

enum err_code texts_verify(struct db *db, int64_t *count, int64_t *erased, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char want[HASH_HEX_SIZE];
	enum err_code rc = db_query(db, ST_TEXT_ALL, DB_NO_ARGS, &q, e);

	*count = *erased = 0;
	while (!rc && db_next(&q)) {
		const char *digest = db_text(&q, 0), *body = db_text(&q, 2);
		++*count;
		if (!body) {
			++*erased;
			continue;
		}
		rc = digest_of(db_blob(&q, 1), db_size(&q, 1), body, db_size(&q, 2), want, e);
		if (!rc && (!digest || strcmp(digest, want) != 0))
			rc = err_set(e, ERR_INTEGRITY,
				_("the text %.12s… has been changed: its digest is another now"),
				digest ? digest : "?");
	}
	return db_end(&q, rc, e);
}
