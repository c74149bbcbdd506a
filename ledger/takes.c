/*
 * takes.c - reading the rows that somebody has taken.
 */
#include "ledger/takes.h"

#include "ledger/list.h"

static enum err_code read_all(struct db_rows *q, enum err_code rc, struct arena *a,
	struct take **out, size_t *count, struct err *e)
{
	struct list l;

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(q)) {
		struct take *t = list_add(&l);
		if (t)
			*t = (struct take){.story = db_int(q, 0),
				.by = arena_strdup(a, db_text(q, 1)),
				.name = arena_strdup(a, db_text(q, 2)),
				.at = db_int(q, 3),
				.session = db_int(q, 4)};
		else
			rc = err_nomem(e);
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(q, rc, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code takes_of(struct db *db, const char *by, struct arena *a, struct take **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_TAKES_OF, DB_ARGS(DB_TEXT(by)), &q, e);

	return read_all(&q, rc, a, out, count, e);
}

enum err_code takes_idle(struct db *db, int64_t since, struct arena *a, struct take **out,
	size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_TAKES_IDLE, DB_ARGS(DB_INT(since)), &q, e);

	return read_all(&q, rc, a, out, count, e);
}
