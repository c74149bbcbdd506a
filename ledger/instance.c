/*
 * instance.c - the first event of a ledger and its projection.
 */
#include "ledger/instance.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "ledger/projection.h"

enum err_code instance_create(
	struct db *db, const struct event_draft *by, bool demo, const char *office, struct err *e)
{
	return instance_create_with_key(db, by, demo, office, NULL, e);
}

enum err_code instance_create_with_key(struct db *db, const struct event_draft *by, bool demo,
	const char *office, const char *key, struct err *e)
{
	struct event_draft d = *by;
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, 4096);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_int(&w, "demo", demo);
	json_put_str(&w, "key", key);
	json_put_str(&w, "office", office);
	json_end_object(&w);
	rc = buf_check(&b, _("the first event"), e);
	d.kind = "instance.created/1";
	d.subject = "";
	d.payload = buf_str(&b);
	if (!rc)
		rc = events_append(db, &d, NULL, e);
	buf_fini(&b);
	return rc;
}

static enum err_code apply_created(struct db *db, const struct event *ev, struct err *e)
{
	const char *office = NULL;
	int64_t demo = 0;
	enum err_code rc = events_need_int(ev, "demo", &demo, e);

	if (!rc)
		rc = events_need_str(ev, "office", &office, e);
	if (!rc && ev->seq != 1)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: only the first makes an instance"),
			(long long)ev->seq);
	if (!rc)
		rc = db_run(db, ST_INSTANCE_ADD,
			DB_ARGS(DB_INT(demo != 0), DB_TEXT(office), DB_INT(ev->at)), e);
	return rc;
}

enum err_code instance_get(struct db *db, struct arena *a, struct instance *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_INSTANCE_GET, DB_NO_ARGS, &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		out->demo = db_int(&q, 0) != 0;
		out->office = arena_strdup(a, db_text(&q, 1));
		out->created_at = db_int(&q, 2);
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

static const struct projection_kind kinds[] = {
	{"instance.created/1", apply_created},
	{"sources.changed/1", projection_nothing}, /* office/sources_change.h */
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"instance", "id"},
	{NULL, NULL},
};

const struct projection_module instance_projection = {kinds, tables};
