/*
 * projection.c - the table from kinds of events to what they change, and the counters
 * of ids.
 */
#include "ledger/projection.h"

#include <string.h>

#include "base/i18n.h"

static const struct projection_module *const modules[] = {
#define PROJECTION(name) &name##_projection,
#include "ledger/projection.def"
#undef PROJECTION
};

#define MODULES (sizeof modules / sizeof *modules)

/* Shared by all modules: the counters of ids. */
static const struct projection_table ids_table = {"ids", "prefix, year"};

static const struct projection_kind *find_kind(
	const struct projection_module *module, const char *kind)
{
	for (const struct projection_kind *k = module->kinds; k && k->kind; k++)
		if (strcmp(k->kind, kind) == 0)
			return k;
	return NULL;
}

bool projection_knows(const char *kind)
{
	for (size_t m = 0; m < MODULES; m++)
		if (find_kind(modules[m], kind))
			return true;
	return false;
}

enum err_code projection_apply(struct db *db, const struct event *ev, struct err *e)
{
	enum err_code rc = ERR_OK;
	bool known = false;

	for (size_t m = 0; !rc && m < MODULES; m++) {
		const struct projection_kind *k = find_kind(modules[m], ev->kind);
		if (!k)
			continue;
		known = true;
		rc = k->apply(db, ev, e);
	}
	if (rc || known)
		return rc;
	return err_set(e, ERR_INTEGRITY,
		_("event %lld is of a kind that this program does not know: %s"),
		(long long)ev->seq, ev->kind);
}

const struct projection_table *projection_table_at(size_t i)
{
	if (i == 0)
		return &ids_table;
	i--;
	for (size_t m = 0; m < MODULES; m++)
		for (const struct projection_table *t = modules[m]->tables; t && t->name; t++)
			if (i-- == 0)
				return t;
	return NULL;
}

enum err_code projection_nothing(struct db *db, const struct event *ev, struct err *e)
{
	(void)db;
	(void)ev;
	(void)e;
	return ERR_OK;
}

enum err_code projection_id_next(
	struct db *db, const char *prefix, int year, int64_t *out, struct err *e)
{
	enum err_code rc =
		db_get_int(db, ST_ID_LAST, DB_ARGS(DB_TEXT(prefix), DB_INT(year)), out, e);

	if (rc == ERR_NOT_FOUND) {
		*out = 0;
		rc = ERR_OK;
	}
	++*out;
	return rc;
}

enum err_code projection_id_used(
	struct db *db, const char *prefix, int year, int64_t number, struct err *e)
{
	return db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT(prefix), DB_INT(year), DB_INT(number)), e);
}
