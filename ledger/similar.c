/*
 * similar.c - storing prints and counting who shares them.
 */
#include "ledger/similar.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define GROUP 16 /* prints that a statement takes */

/* Some of the prints as the first values of a statement; what is left over is NULL. */
static size_t take_group(const uint64_t *prints, size_t count, struct db_value out[GROUP])
{
	for (size_t i = 0; i < GROUP; i++)
		out[i] = i < count ? DB_INT((int64_t)prints[i]) : DB_NULL;
	return count < GROUP ? count : GROUP;
}

enum err_code similar_put(struct db *db, const struct similar_row *row, const uint64_t *prints,
	size_t count, struct err *e)
{
	struct db_value args[GROUP + 1];
	enum err_code rc = db_run(db, ST_SKETCH_PUT,
		DB_ARGS(DB_INT(row->item), DB_INT(row->at), DB_BLOB(row->sketch, row->size)), e);

	args[GROUP] = DB_INT(row->item);
	for (size_t i = 0; !rc && i < count;) {
		i += take_group(prints + i, count - i, args);
		rc = db_run(db, ST_PRINTS_ADD, args, GROUP + 1, e);
	}
	return rc;
}

enum err_code similar_drop(
	struct db *db, int64_t item, const uint64_t *prints, size_t count, struct err *e)
{
	enum err_code rc = db_run(db, ST_SKETCH_DROP, DB_ARGS(DB_INT(item)), e);

	for (size_t i = 0; !rc && i < count; i++)
		rc = db_run(
			db, ST_PRINT_DROP, DB_ARGS(DB_INT((int64_t)prints[i]), DB_INT(item)), e);
	return rc;
}

static enum err_code read_sketch(struct db_rows *q, struct similar_row *out, struct err *e)
{
	const void *sketch = db_blob(q, 1);

	out->size = db_size(q, 1);
	if (out->size > sizeof out->sketch)
		return err_set(e, ERR_INTEGRITY, _("the sketch of I%lld has %zu bytes"),
			(long long)out->item, out->size);
	if (out->size)
		memcpy(out->sketch, sketch, out->size);
	return ERR_OK;
}

enum err_code similar_get(struct db *db, int64_t item, struct similar_row *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_SKETCH_GET, DB_ARGS(DB_INT(item)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		out->item = item;
		out->at = db_int(&q, 0);
		rc = read_sketch(&q, out, e);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

/* --- finding --- */

#define SHARERS_MAX 1024 /* of all prints together */

struct sharers {
	int64_t item[SHARERS_MAX];
	size_t count;
};

static enum err_code add_sharers(
	struct db *db, const struct db_value args[GROUP + 2], struct sharers *s, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_PRINTS_FIND, args, GROUP + 2, &q, e);

	while (!rc && s->count < SHARERS_MAX && db_next(&q))
		s->item[s->count++] = db_int(&q, 0);
	return db_end(&q, rc, e);
}

static int by_item(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Keeps the best `max`, the most shared first, then the oldest. */
static size_t insert(
	struct similar_candidate *out, size_t n, size_t max, struct similar_candidate c)
{
	size_t at = n;

	while (at > 0 && out[at - 1].shared < c.shared)
		at--;
	if (at == max)
		return n;
	n = n < max ? n + 1 : max;
	memmove(out + at + 1, out + at, (n - at - 1) * sizeof *out);
	out[at] = c;
	return n;
}

enum err_code similar_find(struct db *db, int64_t item, const uint64_t *prints, size_t count,
	struct similar_candidate *out, size_t max, size_t *found, struct err *e)
{
	struct db_value args[GROUP + 2];
	struct sharers s;
	enum err_code rc = ERR_OK;

	s.count = 0;
	*found = 0;
	args[GROUP] = DB_INT(item);
	args[GROUP + 1] = DB_INT(SIMILAR_PRINT_SHARERS);
	for (size_t i = 0; !rc && i < count;) {
		i += take_group(prints + i, count - i, args);
		rc = add_sharers(db, args, &s, e);
	}
	if (rc)
		return rc;
	qsort(s.item, s.count, sizeof *s.item, by_item);
	for (size_t i = 0, n; i < s.count; i += n) {
		for (n = 1; i + n < s.count && s.item[i + n] == s.item[i];)
			n++;
		*found = insert(out, *found, max, (struct similar_candidate){s.item[i], (int)n});
	}
	return ERR_OK;
}

enum err_code similar_oldest(struct db *db, int64_t at, struct similar_row *out, size_t max,
	size_t *found, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_SKETCH_OLDEST, DB_ARGS(DB_INT(at), DB_INT((int64_t)max)), &q, e);

	*found = 0;
	while (!rc && *found < max && db_next(&q)) {
		out[*found].item = db_int(&q, 0);
		rc = read_sketch(&q, &out[*found], e);
		++*found;
	}
	return db_end(&q, rc, e);
}
