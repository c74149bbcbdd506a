/*
 * search.h - the index of words: what stands in it, how it is filled, asked and forgotten.
 *
 * Documents are items (with the page behind them), orders of hotlines, and events that
 * carry texts. It is intake data: made of them, again at any time, no projection. It is
 * always behind a little: what stands above its marks or changed since is named by
 * search_behind() and has to be looked at by itself, so that nothing is missed.
 *
 * Rows are never taken out of it. SQLite's own way needs the exact old text and leaves its
 * words readable in the file; search_forget_all() leaves nothing (with secure_delete and a
 * truncated log) and cannot fail half-way. It is made again by the next ticks.
 */
#ifndef LEDGER_SEARCH_H
#define LEDGER_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/ids.h"
#include "ledger/list.h"

/* Of the form in which texts are handed in, and of how they are cut: another one makes the
 * index anew. */
#define SEARCH_VERSION 1

enum search_origin { SEARCH_ITEM, SEARCH_ORDER, SEARCH_EVENT, SEARCH_ORIGINS };

struct search_doc { /* strings are never NULL */
	enum search_origin origin;
	int64_t key; /* number of the item, order or event */
	const char *kind; /* "item" "order" "alert" "case" "response" "promise" … */
	const char *subject; /* "I12", "YQ-2026-000123"; of an order its number */
	int64_t at; /* published or done */
	int64_t taken; /* when it came into the ledger */
	const char *case_id; /* "" when it belongs to none */
	const char *unit; /* that it names itself, or "" */
	const char *title, *body; /* as they stand; "" when absent or erased. Not of hits */
};

/* The kinds that documents can have, NULL past the end. */
const char *search_kind_at(size_t i);

/* Documents of one origin with keys from `from` to `to`, the lowest `limit`, added to a list
 * of struct search_doc. *last: the highest key that was looked at, `to` when there are no
 * more. Events without a text are no documents. */
enum err_code search_docs_read(struct db *db, enum search_origin origin, int64_t from, int64_t to,
	int64_t limit, struct list *out, int64_t *last, struct err *e);

/* --- the index --- */

struct search_marks {
	int64_t version; /* SEARCH_VERSION, else nothing of it counts */
	int64_t done[SEARCH_ORIGINS]; /* keys up to these stand in it */
	int64_t last[SEARCH_ORIGINS]; /* the highest there are */
};

enum err_code search_marks_get(struct db *db, struct search_marks *out, struct err *e);
/* Inside db_begin_write(). */
enum err_code search_marks_set(struct db *db, const struct search_marks *m, struct err *e);

/* Keys below the marks whose texts changed since, the lowest `limit`: a list of int64_t. */
enum err_code search_dirty(
	struct db *db, enum search_origin origin, int64_t limit, struct list *out, struct err *e);

/* Inside db_begin_write(): title and body in the one form. What stood there for the same
 * origin and key was killed before: all of a batch, since each statement that changes several
 * rows makes FTS5 write out what it has gathered. */
enum err_code search_add(struct db *db, const struct search_doc *d, const char *title,
	size_t title_size, const char *body, size_t body_size, struct err *e);
/* Inside db_begin_write(): it is no longer there, or about to be added anew. */
enum err_code search_kill(struct db *db, enum search_origin origin, int64_t key, struct err *e);
/* So much of it is dead that it had better be made anew. */
enum err_code search_is_worn(struct db *db, bool *out, struct err *e);

struct search_bounds {
	const char *kind; /* NULL: all */
	int64_t since, until; /* [since, until) of at; TIME_NONE: open */
};

bool search_within(const struct search_bounds *b, const struct search_doc *d);

/* Calls `each` for what matches an expression of FTS5, last taken in first, without what is
 * dirty. *go false ends it. */
enum err_code search_each(struct db *db, const char *match, const struct search_bounds *b,
	enum err_code (*each)(void *data, const struct search_doc *d, bool *go, struct err *e),
	void *data, struct err *e);

/* Where a document belongs as things stand now. */
struct search_home {
	int64_t story; /* 0: none */
	char case_id[IDS_SIZE]; /* "" when none */
};

enum err_code search_home(
	struct db *db, const struct search_doc *d, struct search_home *out, struct err *e);
/* It belongs to a story or case of the topic (name or code) and to a unit, that it names
 * itself or that held its case; NULL: not asked. */
enum err_code search_fits(struct db *db, const struct search_doc *d, const struct search_home *home,
	const char *topic, const char *unit, bool *out, struct err *e);

/* Inside db_begin_write(): all words are gone, the marks stand at the beginning. */
enum err_code search_forget_all(struct db *db, struct err *e);

#endif
