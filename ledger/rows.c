/*
 * rows.c - runs the query and collects.
 */
#include "ledger/rows.h"

#include "ledger/texts.h"

enum err_code rows_read(struct db *db, enum statement id, const struct db_value *args, size_t n,
	size_t size, rows_read_fn *read, struct arena *a, struct list *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, id, args, n, &q, e);

	list_init(out, a, size);
	while (!rc && db_next(&q)) {
		void *record = list_add(out);
		if (record)
			read(&q, a, record);
		else
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code rows_texts(
	struct db *db, const struct list *l, const size_t *members, size_t n, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < l->count; i++) {
		char *record = (char *)l->items + i * l->size;
		for (size_t m = 0; !rc && m < n; m++) {
			const char **text = (void *)(record + members[m]);
			rc = texts_get(db, *text, l->arena, text, e);
		}
	}
	return rc;
}
