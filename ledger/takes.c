/*
 * takes.c - reading the rows that somebody has taken.
 */
#include "ledger/takes.h"

#include "ledger/rows.h"

static void read_take(struct db_rows *q, struct arena *a, void *record)
{
	struct take *t = record;

	*t = (struct take){.story = db_int(q, 0),
		.by = arena_strdup(a, db_text(q, 1)),
		.name = arena_strdup(a, db_text(q, 2)),
		.at = db_int(q, 3),
		.session = db_int(q, 4)};
}

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct take **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_take, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code takes_of(struct db *db, const char *by, struct arena *a, struct take **out,
	size_t *count, struct err *e)
{
	return read_all(db, ST_TAKES_OF, DB_ARGS(DB_TEXT(by)), a, out, count, e);
}

enum err_code takes_idle(struct db *db, int64_t since, struct arena *a, struct take **out,
	size_t *count, struct err *e)
{
	return read_all(db, ST_TAKES_IDLE, DB_ARGS(DB_INT(since)), a, out, count, e);
}
