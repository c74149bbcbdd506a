/*
 * articles.c - the table of pages behind items.
 */
#include "ledger/articles.h"

#include "base/time.h"

static enum err_code is_erased(struct db *db, int64_t item, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_TOMBSTONE_OF, DB_ARGS(DB_INT(item)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code articles_put(struct db *db, const struct article_record *r, struct err *e)
{
	bool erased;
	enum err_code rc = is_erased(db, r->item, &erased, e);

	if (rc || erased)
		return rc;
	return db_run(db, ST_ARTICLE_PUT,
		DB_ARGS(DB_INT(r->item), DB_TEXT(r->url), DB_TEXT(r->title), DB_TIME(r->published),
			DB_TEXT(r->content), DB_INT(r->fetched), DB_TEXT(r->warc),
			DB_INT((int64_t)r->warc_offset)),
		e);
}

enum err_code articles_add_page(struct db *db, int64_t item, const char *content, struct err *e)
{
	bool erased;
	enum err_code rc = is_erased(db, item, &erased, e);

	if (rc || erased)
		return rc;
	return db_run(db, ST_ARTICLE_ADD_PAGE, DB_ARGS(DB_INT(item), DB_TEXT(content)), e);
}

enum err_code articles_get(
	struct db *db, int64_t item, struct arena *a, struct article_record *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_ARTICLE_GET, DB_ARGS(DB_INT(item)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		out->item = item;
		out->url = arena_strdup(a, db_text(&q, 0));
		out->title = arena_strdup(a, db_text(&q, 1));
		out->published = db_int(&q, 2);
		out->content = arena_strdup(a, db_text(&q, 3));
		out->pages = db_int(&q, 4);
		out->fetched = db_int(&q, 5);
		out->warc = arena_strdup(a, db_text(&q, 6));
		out->warc_offset = (uint64_t)db_int(&q, 7);
		if (arena_failed(a))
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}
