/*
 * proposals.c - the table of what was noticed on the office's own channels.
 */
#include "ledger/proposals.h"

#include "base/i18n.h"
#include "ledger/rows.h"

enum err_code proposals_add(struct db *db, const struct proposal *p, bool *added, struct err *e)
{
	enum err_code rc = db_run(db, ST_PROPOSAL_ADD,
		DB_ARGS(DB_INT(p->at), DB_INT(p->item), DB_TEXT(p->kind), DB_TEXT(p->case_id),
			DB_TEXT(p->commitment), DB_TEXT(p->channel), DB_INT(p->closeness)),
		e);

	*added = !rc && db_changes(db) > 0;
	return rc;
}

enum err_code proposals_set_state(struct db *db, int64_t id, const char *state, struct err *e)
{
	return db_run(db, ST_PROPOSAL_SET, DB_ARGS(DB_INT(id), DB_TEXT(state)), e);
}

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct proposal *p = record;

	p->id = db_int(q, 0);
	p->at = db_int(q, 1);
	p->item = db_int(q, 2);
	p->closeness = db_int(q, 3);
	p->kind = arena_strdup(a, db_text(q, 4));
	p->case_id = arena_strdup(a, db_text(q, 5));
	p->commitment = arena_strdup(a, db_text(q, 6));
	p->channel = arena_strdup(a, db_text(q, 7));
	p->state = arena_strdup(a, db_text(q, 8));
	p->title = arena_strdup(a, db_text(q, 9));
	p->link = arena_strdup(a, db_text(q, 10));
	p->published = db_int(q, 11);
}

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct proposal **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code proposals_get(
	struct db *db, int64_t id, struct arena *a, struct proposal *out, struct err *e)
{
	struct proposal *found = NULL;
	size_t count = 0;
	enum err_code rc = read_all(db, ST_PROPOSAL_GET, DB_ARGS(DB_INT(id)), a, &found, &count, e);

	if (!rc && count == 0)
		return err_set(e, ERR_NOT_FOUND, _("there is no proposal %lld"), (long long)id);
	if (!rc)
		*out = found[0];
	return rc;
}

enum err_code proposals_list(struct db *db, bool all, struct arena *a, struct proposal **out,
	size_t *count, struct err *e)
{
	return read_all(db, ST_PROPOSAL_LIST, DB_ARGS(DB_INT(all)), a, out, count, e);
}
