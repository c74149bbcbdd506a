/*
 * evidence_checks.c - applies and reads what became of evidence.
 */
#include "ledger/evidence_checks.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/events.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static enum err_code add_check(struct db *db, const struct event *ev, const char *of,
	const char *result, int64_t at, struct err *e)
{
	return db_run(db, ST_EVIDENCE_CHECK_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_INT(at), DB_TEXT(of),
			DB_TEXT(result), DB_TIME(events_int(ev, "status")),
			DB_TEXT(or_empty(events_str(ev, "digest"))),
			DB_TEXT(or_empty(events_str(ev, "warc"))),
			DB_TEXT(or_empty(events_str(ev, "error")))),
		e);
}

static enum err_code apply_checked(struct db *db, const struct event *ev, struct err *e)
{
	const char *of = NULL, *result = NULL;
	int64_t at = 0;
	enum statement set;
	enum err_code rc = events_need_str(ev, "of", &of, e);

	if (!rc)
		rc = events_need_str(ev, "result", &result, e);
	if (!rc)
		rc = events_need_int(ev, "checked_at", &at, e);
	if (!rc)
		rc = add_check(db, ev, of, result, at, e);
	if (rc)
		return rc;
	set = strcmp(of, "link") == 0 ? ST_EVIDENCE_LINK_STATE : ST_EVIDENCE_FILE_STATE;
	return db_run(db, set,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(at),
			DB_TEXT(strcmp(result, EVIDENCE_SAME) == 0 ? "" : result)),
		e);
}

static const struct projection_kind kinds[] = {
	{"evidence.checked/1", apply_checked},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"evidence_checks", "evidence, seq"},
	{NULL, NULL},
};

const struct projection_module evidence_checks_projection = {kinds, tables};

static void read_check(struct db_rows *q, struct arena *a, void *record)
{
	struct evidence_check *c = record;

	*c = (struct evidence_check){.seq = db_int(q, 0),
		.at = db_int(q, 1),
		.of = arena_strdup(a, db_text(q, 2)),
		.result = arena_strdup(a, db_text(q, 3)),
		.status = db_int(q, 4),
		.sha256 = arena_strdup(a, db_text(q, 5)),
		.warc = arena_strdup(a, db_text(q, 6)),
		.error = arena_strdup(a, db_text(q, 7))};
}

/* --- reading --- */

enum err_code evidence_checks_of(struct db *db, const char *evidence, struct arena *a,
	struct evidence_check **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_EVIDENCE_CHECKS_OF, DB_ARGS(DB_TEXT(evidence)),
		sizeof **out, read_check, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code evidence_checks_count(
	struct db *db, const char *evidence, int64_t *out, struct err *e)
{
	return db_get_int(db, ST_EVIDENCE_CHECKS_COUNT, DB_ARGS(DB_TEXT(evidence)), out, e);
}

static void read_lost(struct db_rows *q, struct arena *a, void *record)
{
	struct evidence_lost_page *p = record;

	*p = (struct evidence_lost_page){
		arena_strdup(a, db_text(q, 0)), arena_strdup(a, db_text(q, 1))};
}

enum err_code evidence_checks_given_up(struct db *db, struct arena *a,
	struct evidence_lost_page **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, ST_EVIDENCE_GIVEN_UP, DB_NO_ARGS, sizeof **out, read_lost, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}
