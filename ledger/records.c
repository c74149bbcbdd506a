/*
 * records.c - from a typed id to the one record that it means.
 */
#include "ledger/records.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "ledger/projection.h"

/* How a record is found by its number and year (0: any). */
static const struct {
	enum ids_type type;
	enum statement finder;
} finders[] = {
	{IDS_CASE, ST_CASE_BY_NUMBER},
	{IDS_RESPONSE, ST_RESPONSE_BY_NUMBER},
	{IDS_COMMITMENT, ST_COMMITMENT_BY_NUMBER},
	{IDS_EVIDENCE, ST_EVIDENCE_BY_NUMBER},
	{IDS_TASK, ST_TASK_BY_NUMBER},
	{IDS_ORDER, ST_SUPERVISION_BY_NUMBER},
	{IDS_ROUND, ST_ROUND_BY_NUMBER},
	{IDS_OBJECTION, ST_OBJECTION_BY_NUMBER},
};

static bool find_finder(enum ids_type type, enum statement *out)
{
	for (size_t i = 0; i < sizeof finders / sizeof *finders; i++) {
		if (finders[i].type != type)
			continue;
		*out = finders[i].finder;
		return true;
	}
	return false;
}

enum err_code records_find(
	struct db *db, enum ids_type want, const char *typed, char out[IDS_SIZE], struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct buf all;
	enum statement finder = ST_CASE_BY_NUMBER;
	struct ids id;
	size_t found = 0;
	enum err_code rc;

	if (!ids_parse(typed, &id) || !find_finder(want, &finder) ||
		(id.type != IDS_PLAIN && id.type != want))
		return err_set(e, ERR_USAGE, _("“%s” is no id like %s-2026-000001"), typed,
			ids_prefix(want));
	buf_init(&all, 1024);
	rc = db_query(db, finder, DB_ARGS(DB_INT(id.number), DB_INT(id.year)), &q, e);
	while (!rc && db_next(&q)) {
		const char *name = db_text(&q, 0);
		if (strlen(name) < IDS_SIZE)
			memcpy(out, name, strlen(name) + 1);
		buf_addf(&all, "%s%s", found++ ? ", " : "", name);
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no %s of number %s"), ids_prefix(want),
			typed);
	if (!rc && found > 1)
		rc = err_set(
			e, ERR_REFUSED, _("“%s” may mean %s: give the year"), typed, buf_str(&all));
	buf_fini(&all);
	return rc;
}

enum err_code records_next(struct db *db, enum ids_type type, int year, int64_t *number,
	char out[IDS_SIZE], struct err *e)
{
	enum err_code rc = projection_id_next(db, ids_prefix(type), year, number, e);

	if (!rc)
		ids_format(type, year, *number, out);
	return rc;
}
