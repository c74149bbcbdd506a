/*
 * proposals.c - the table of what was noticed on the office's own channels.
 */
#include "ledger/proposals.h"

#include "base/i18n.h"
#include "ledger/list.h"

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

static void read_row(struct db_rows *q, struct arena *a, struct proposal *p)
{
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

static enum err_code read_all(struct db_rows *q, enum err_code rc, struct arena *a,
	struct proposal **out, size_t *count, struct err *e)
{
	struct list l;

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(q)) {
		struct proposal *p = list_add(&l);
		if (p)
			read_row(q, a, p);
		if (!p || arena_failed(a))
			rc = err_nomem(e);
	}
	*out = l.items;
	*count = l.count;
	return db_end(q, rc, e);
}

enum err_code proposals_get(
	struct db *db, int64_t id, struct arena *a, struct proposal *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct proposal *found = NULL;
	size_t count = 0;
	enum err_code rc = db_query(db, ST_PROPOSAL_GET, DB_ARGS(DB_INT(id)), &q, e);

	rc = read_all(&q, rc, a, &found, &count, e);
	if (!rc && count == 0)
		return err_set(e, ERR_NOT_FOUND, _("there is no proposal %lld"), (long long)id);
	if (!rc)
		*out = found[0];
	return rc;
}

enum err_code proposals_list(struct db *db, bool all, struct arena *a, struct proposal **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_PROPOSAL_LIST, DB_ARGS(DB_INT(all)), &q, e);

	return read_all(&q, rc, a, out, count, e);
}
