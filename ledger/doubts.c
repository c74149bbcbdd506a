/*
 * doubts.c - applies alert.doubted and alert.upheld.
 */
#include "ledger/doubts.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "ledger/ids.h"
#include "ledger/projection.h"

static enum err_code alert_of(const struct event *ev, int64_t *out, struct err *e)
{
	struct ids id;

	if (!ids_parse(ev->subject, &id) || id.type != IDS_ALERT)
		return err_set(e, ERR_INTEGRITY, _("event %lld: subject “%s” is no alert"),
			(long long)ev->seq, ev->subject);
	*out = id.number;
	return ERR_OK;
}

static enum err_code apply_doubted(struct db *db, const struct event *ev, struct err *e)
{
	const char *rules = NULL;
	int64_t alert = 0;
	enum err_code rc = alert_of(ev, &alert, e);

	if (!rc)
		rc = events_need_str(ev, "rules_hash", &rules, e);
	return rc ? rc
		  : db_run(db, ST_ALERT_DOUBT,
			    DB_ARGS(DB_INT(alert), DB_INT(ev->at), DB_TEXT(rules)), e);
}

static enum err_code apply_upheld(struct db *db, const struct event *ev, struct err *e)
{
	int64_t alert = 0;
	enum err_code rc = alert_of(ev, &alert, e);

	return rc ? rc : db_run(db, ST_ALERT_UPHOLD, DB_ARGS(DB_INT(alert)), e);
}

static const struct projection_kind kinds[] = {
	{"alert.doubted/1", apply_doubted},
	{"alert.upheld/1", apply_upheld},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"alert_doubts", "alert"},
	{NULL, NULL},
};

const struct projection_module doubts_projection = {kinds, tables};

enum err_code doubts_set(struct db *db, const struct event_draft *by, int64_t alert, bool doubted,
	const char *rules_hash, struct err *e)
{
	struct event_draft d = *by;
	char subject[IDS_SIZE];
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, 4096);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "rules_hash", rules_hash);
	json_end_object(&w);
	ids_format(IDS_ALERT, 0, alert, subject);
	d.kind = doubted ? "alert.doubted/1" : "alert.upheld/1";
	d.subject = subject;
	d.payload = buf_str(&b);
	rc = buf_check(&b, "alert", e);
	if (!rc)
		rc = events_append(db, &d, NULL, e);
	buf_fini(&b);
	return rc;
}
