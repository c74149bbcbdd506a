/*
 * search.c - the index of words in the ledger.
 */
#include "ledger/search.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "ledger/search_origin.h"

#define WORN_MIN 2000 /* dead documents that are never worth the trouble */
#define WORN_SHARE 5 /* of all, a fifth */

enum err_code search_marks_get(struct db *db, struct search_marks *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_SEARCH_MARKS_GET, DB_NO_ARGS, &q, e);

	*out = (struct search_marks){0, {0}, {0}};
	if (!rc && db_next(&q)) {
		out->version = db_int(&q, 0);
		for (int i = 0; i < SEARCH_ORIGINS; i++) {
			out->done[i] = out->version == SEARCH_VERSION ? db_int(&q, 1 + i) : 0;
			out->last[i] = db_int(&q, 1 + SEARCH_ORIGINS + i);
		}
	}
	return db_end(&q, rc, e);
}

enum err_code search_marks_set(struct db *db, const struct search_marks *m, struct err *e)
{
	return db_run(db, ST_SEARCH_MARKS,
		DB_ARGS(DB_INT(m->version), DB_INT(m->done[SEARCH_ITEM]),
			DB_INT(m->done[SEARCH_ORDER]), DB_INT(m->done[SEARCH_EVENT])),
		e);
}

enum err_code search_dirty(
	struct db *db, enum search_origin origin, int64_t limit, struct list *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_SEARCH_DIRTY,
		DB_ARGS(DB_TEXT(search_origin_name(origin)), DB_INT(limit)), &q, e);

	while (!rc && db_next(&q)) {
		int64_t *key = list_add(out);
		if (key)
			*key = db_int(&q, 0);
		else
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}

enum err_code search_kill(struct db *db, enum search_origin origin, int64_t key, struct err *e)
{
	const char *name = search_origin_name(origin);
	enum err_code rc = db_run(db, ST_SEARCH_KILL, DB_ARGS(DB_TEXT(name), DB_INT(key)), e);

	return rc ? rc : db_run(db, ST_SEARCH_CLEAN, DB_ARGS(DB_TEXT(name), DB_INT(key)), e);
}

enum err_code search_add(struct db *db, const struct search_doc *d, const char *title,
	size_t title_size, const char *body, size_t body_size, struct err *e)
{
	enum err_code rc = db_run(db, ST_SEARCH_DOC_ADD,
		DB_ARGS(DB_TEXT(search_origin_name(d->origin)), DB_INT(d->key), DB_TEXT(d->kind),
			DB_TEXT(d->subject), DB_INT(d->at), DB_TEXT(d->case_id), DB_TEXT(d->unit)),
		e);

	if (!rc)
		rc = db_run(db, ST_SEARCH_WORDS_ADD,
			DB_ARGS(DB_INT(db_last_id(db)), DB_TEXTN(title, title_size),
				DB_TEXTN(body, body_size)),
			e);
	return rc;
}

enum err_code search_is_worn(struct db *db, bool *out, struct err *e)
{
	int64_t dead = 0, all = 0;
	enum err_code rc = db_get_int(db, ST_SEARCH_DEAD, DB_NO_ARGS, &dead, e);

	if (!rc)
		rc = db_get_int(db, ST_SEARCH_ROWS, DB_NO_ARGS, &all, e);
	*out = dead > WORN_MIN && dead > all / WORN_SHARE;
	return rc;
}

bool search_within(const struct search_bounds *b, const struct search_doc *d)
{
	return (!b->kind || strcmp(b->kind, d->kind) == 0) &&
	       (b->since == TIME_NONE || d->at >= b->since) &&
	       (b->until == TIME_NONE || d->at < b->until);
}

enum err_code search_each(struct db *db, const char *match, const struct search_bounds *b,
	enum err_code (*each)(void *data, const struct search_doc *d, bool *go, struct err *e),
	void *data, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool go = true;
	enum err_code rc = db_query(db, ST_SEARCH_HITS,
		DB_ARGS(DB_TEXT(match), DB_TEXT(b->kind), DB_TIME(b->since), DB_TIME(b->until)), &q,
		e);

	while (!rc && go && db_next(&q)) {
		struct search_doc d = {
			.origin = search_origin_of(db_text(&q, 0)),
			.key = db_int(&q, 1),
			.kind = db_text(&q, 2),
			.subject = db_text(&q, 3),
			.at = db_int(&q, 4),
			.case_id = db_text(&q, 5),
			.unit = db_text(&q, 6),
			.title = "",
			.body = "",
		};
		rc = each(data, &d, &go, e);
	}
	return db_end(&q, rc, e);
}

enum err_code search_home(
	struct db *db, const struct search_doc *d, struct search_home *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_SEARCH_HOME,
		DB_ARGS(DB_TEXT(search_origin_name(d->origin)), DB_INT(d->key),
			DB_TEXT(d->subject)),
		&q, e);

	*out = (struct search_home){0, ""};
	snprintf(out->case_id, sizeof out->case_id, "%s", d->case_id);
	if (!rc && db_next(&q)) {
		out->story = db_is_null(&q, 0) ? 0 : db_int(&q, 0);
		if (!*d->case_id)
			snprintf(out->case_id, sizeof out->case_id, "%s", db_text(&q, 1));
	}
	return db_end(&q, rc, e);
}

enum err_code search_fits(struct db *db, const struct search_doc *d, const struct search_home *home,
	const char *topic, const char *unit, bool *out, struct err *e)
{
	int64_t fits = 0;
	enum err_code rc = db_get_int(db, ST_SEARCH_FITS,
		DB_ARGS(DB_INT(home->story), DB_TEXT(home->case_id), DB_TEXT(d->unit),
			DB_TEXT(topic), DB_TEXT(unit), DB_TEXT(d->subject)),
		&fits, e);

	*out = fits != 0;
	return rc;
}

enum err_code search_forget_all(struct db *db, struct err *e)
{
	const struct search_marks none = {.version = SEARCH_VERSION};
	enum err_code rc = db_run(db, ST_SEARCH_DROP_WORDS, DB_NO_ARGS, e);

	if (!rc)
		rc = db_run(db, ST_SEARCH_DROP_DOCS, DB_NO_ARGS, e);
	if (!rc)
		rc = db_run(db, ST_SEARCH_DROP_DIRTY, DB_NO_ARGS, e);
	return rc ? rc : search_marks_set(db, &none, e);
}
