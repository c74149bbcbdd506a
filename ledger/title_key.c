/*
 * title_key.c - the key, and the function of SQL that makes it.
 */
#include "ledger/title_key.h"

#include <sqlite3.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "ledger/db_private.h"

void title_key_make(const char *title, size_t n, char out[TITLE_KEY_SIZE])
{
	struct hash h = hash_of(title, n);
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&h, hex);
	memcpy(out, hex, TITLE_KEY_SIZE - 1);
	out[TITLE_KEY_SIZE - 1] = '\0';
}

static void make(sqlite3_context *c, int count, sqlite3_value **arg)
{
	const char *title = (const char *)sqlite3_value_text(arg[0]);
	char key[TITLE_KEY_SIZE];

	(void)count;
	if (!title) {
		if (sqlite3_value_type(arg[0]) != SQLITE_NULL)
			sqlite3_result_error_nomem(c);
		return;
	}
	title_key_make(title, (size_t)sqlite3_value_bytes(arg[0]), key);
	sqlite3_result_text(c, key, -1, SQLITE_TRANSIENT);
}

enum err_code title_key_register(struct db *db, struct err *e)
{
	int rc = sqlite3_create_function_v2(db->handle, "title_key_make", 1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, make, NULL, NULL,
		NULL);

	return rc == SQLITE_OK ? ERR_OK : db_error(db, rc, _("ledger"), e);
}
