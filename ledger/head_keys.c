/*
 * head_keys.c - public keys, as the events enter them.
 */
#include "ledger/head_keys.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/events.h"
#include "ledger/projection.h"

static enum err_code add(struct db *db, const struct event *ev, const char *key, struct err *e)
{
	if (strlen(key) != SIGN_KEY_HEX - 1)
		return err_set(
			e, ERR_INTEGRITY, _("event %lld: “%s” is no key"), (long long)ev->seq, key);
	return db_run(db, ST_HEAD_KEY_ADD,
		DB_ARGS(DB_TEXT(key), DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(ev->actor_name)), e);
}

/* Instances made before heads were signed name none. */
static enum err_code apply_created(struct db *db, const struct event *ev, struct err *e)
{
	const char *key = events_str(ev, "key");

	return key ? add(db, ev, key, e) : ERR_OK;
}

static enum err_code apply_made(struct db *db, const struct event *ev, struct err *e)
{
	const char *key;
	enum err_code rc = events_need_str(ev, "key", &key, e);

	return rc ? rc : add(db, ev, key, e);
}

enum err_code head_keys_last(struct db *db, struct head_key *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_HEAD_KEY_LAST, DB_NO_ARGS, &q, e);

	memset(out, 0, sizeof *out);
	if (!rc && db_next(&q)) {
		found = true;
		snprintf(out->key, sizeof out->key, "%s", db_text(&q, 0));
		out->since = db_int(&q, 1);
		snprintf(out->by_name, sizeof out->by_name, "%s", db_text(&q, 2));
	}
	rc = db_end(&q, rc, e);
	return rc || found ? rc : ERR_NOT_FOUND;
}

enum err_code head_keys_known(struct db *db, const char *key, bool *out, struct err *e)
{
	int64_t since;
	enum err_code rc = db_get_int(db, ST_HEAD_KEY_SINCE, DB_ARGS(DB_TEXT(key)), &since, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static const struct projection_kind kinds[] = {
	{"instance.created/1", apply_created},
	{"key.made/1", apply_made},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"head_keys", "key"},
	{NULL, NULL},
};

const struct projection_module head_keys_projection = {kinds, tables};
