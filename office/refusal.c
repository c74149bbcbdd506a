/*
 * refusal.c - recording that a person was refused.
 */
#include "office/refusal.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/utf8.h"
#include "ledger/refusals.h"
#include "ledger/texts.h"

#define ONCE_IN 60 /* seconds */

static enum err_code append_refused(
	struct office *o, const char *subject, const char *said, struct err *e)
{
	char digest[HASH_HEX_SIZE];
	struct json_writer w;
	struct buf b;
	enum err_code rc = texts_put(o->db, said, utf8_valid_prefix(said, strlen(said)), digest, e);

	buf_init(&b, 4096);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "said_text", digest);
	json_put_str(&w, "verb", o->verb);
	json_end_object(&w);
	if (!rc)
		rc = buf_check(&b, _("an event"), e);
	if (!rc)
		rc = office_append(o, 0, "access.refused/1", subject, buf_str(&b), NULL, e);
	buf_fini(&b);
	return rc;
}

static enum err_code record(struct office *o, const char *subject, const char *said, struct err *e)
{
	char *key = people_key(&o->person);
	bool told = false;
	enum err_code rc = key ? db_begin_write(o->db, e) : err_nomem(e);

	if (!rc)
		rc = refusals_told(o->db, key, o->verb, subject, office_now(o) - ONCE_IN, &told, e);
	if (!rc && !told)
		rc = append_refused(o, subject, said, e);
	if (!rc)
		rc = db_commit(o->db, e);
	db_rollback(o->db);
	free(key);
	return rc;
}

void refusal_record(struct office *o, const char *subject, const char *said)
{
	struct err e = {ERR_OK, ""};

	if (record(o, subject, said, &e) != ERR_OK)
		log_warning(&o->log, _("the refusal could not be recorded: %s"), e.text);
	err_clear(&e);
}
