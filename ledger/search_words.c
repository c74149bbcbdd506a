/*
 * search_words.c - the tokenizer that FTS5 calls.
 */
#include "ledger/search_words.h"

#include <sqlite3.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ledger/db_private.h"

typedef int take_token(void *data, int flags, const char *token, int n, int start, int end);

/* It has no state; SQLite wants an address. */
static int create(void *data, const char **args, int count, Fts5Tokenizer **out)
{
	(void)args;
	if (count)
		return SQLITE_ERROR;
	*out = data;
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *t)
{
	(void)t;
}

static int cut(
	Fts5Tokenizer *t, void *data, int flags, const char *text, int size, take_token *take)
{
	size_t n = size > 0 ? (size_t)size : 0, at = 0, len, next;
	int rc = SQLITE_OK;

	(void)t;
	while (at < n && rc == SQLITE_OK) {
		(void)utf8_decode(text + at, n - at, &len);
		next = at + len;
		if (next < n)
			(void)utf8_decode(text + next, n - next, &len);
		else if (at > 0 && (flags & FTS5_TOKENIZE_QUERY))
			break; /* the pair before has said it */
		else
			len = 0;
		rc = take(data, 0, text + at, (int)(next + len - at), (int)at, (int)(next + len));
		at = next;
	}
	return rc;
}

static int find_fts5(sqlite3 *handle, fts5_api **out)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &s, NULL);

	*out = NULL;
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_pointer(s, 1, out, "fts5_api_ptr", NULL);
	if (rc == SQLITE_OK)
		(void)sqlite3_step(s);
	if (rc == SQLITE_OK)
		rc = sqlite3_finalize(s);
	else
		sqlite3_finalize(s);
	return rc;
}

enum err_code search_words_register(struct db *db, struct err *e)
{
	fts5_tokenizer tokenizer = {create, destroy, cut}; /* SQLite copies it */
	fts5_api *api = NULL;
	int rc = find_fts5(db->handle, &api);

	if (rc == SQLITE_OK && !api)
		return err_set(e, ERR_IO, _("ledger: this SQLite was built without FTS5"));
	if (rc == SQLITE_OK)
		rc = api->xCreateTokenizer(api, "huiying", db, &tokenizer, NULL);
	return rc == SQLITE_OK ? ERR_OK : db_error(db, rc, _("ledger"), e);
}
