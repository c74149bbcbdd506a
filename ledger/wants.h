/*
 * wants.h - what the fetcher shall get next: articles of items, next pages of lists,
 * pages that prove something. Rows, not events. (The list file that the fetcher reads
 * is crawler/wanted.h's.)
 *
 * The next page of a list that is wanted again is opened again. A row is closed when its answer was
 * taken in, or after WANTS_TRIES failures.
 */
#ifndef LEDGER_WANTS_H
#define LEDGER_WANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "ledger/db.h"

#define WANTS_TRIES 3
#define WANTS_DEPTH_MAX 3
#define WANTS_NEW_MAX 200 /* new rows a source and hour */

struct want {
	int64_t id;
	const char *url, *source, *kind, *subject, *state;
	int64_t depth, tries, created;
};

/* Inside db_begin_write(). kind: "article" "page" "evidence". url is http(s). A row that is
 * there already is left as it is (*id says which); *added is false then, and also when the
 * source has used up its WANTS_NEW_MAX (*id 0): wants_add_later() then. Both may be NULL. Evidence
 * has no such limit. */
enum err_code wants_add(struct db *db, const char *kind, const char *url, const char *source,
	const char *subject, int64_t depth, int64_t now, int64_t *id, bool *added, struct err *e);
/* What wants_add() has no room for, or what is in no hurry: nothing of it is lost, it waits for
 * wants_take_later(). kind: "article" "page". at: when it was published or changed. */
enum err_code wants_add_later(struct db *db, const char *kind, const char *url, const char *source,
	const char *subject, int64_t depth, int64_t at, struct err *e);
/* Of each source as many as there is room for, the newest first. In a transaction of its own, when
 * there is anything to do. */
enum err_code wants_take_later(struct db *db, int64_t now, struct err *e);
enum err_code wants_later_count(struct db *db, int64_t *out, struct err *e);
/* The same for what was fetched before and shall be fetched again: a row that is closed is
 * opened, with all its tries. */
enum err_code wants_again(struct db *db, const char *kind, const char *url, const char *source,
	const char *subject, int64_t now, struct err *e);
/* The row's own id, from the text that a WARC metadata record carries; ERR_NOT_FOUND. */
enum err_code wants_get(
	struct db *db, const char *id, struct arena *a, struct want *out, struct err *e);
enum err_code wants_done(struct db *db, int64_t id, int64_t now, struct err *e);
/* One failed try; the row is given up after the third. */
enum err_code wants_failed(
	struct db *db, int64_t id, const char *error, int64_t now, struct err *e);
enum err_code wants_open_count(struct db *db, int64_t *out, struct err *e);
/* Of these, those that no try has failed for yet. */
enum err_code wants_untried_count(struct db *db, int64_t *out, struct err *e);
/* The open rows as the lines that huiying-fetch reads. */
enum err_code wants_add_lines(struct db *db, struct buf *out, struct err *e);
/* The same without those that failed before: one run tries a page once. */
enum err_code wants_add_untried_lines(struct db *db, struct buf *out, struct err *e);

#endif
