/*
 * articles.h - the page behind an item: title, time and whole text.
 *
 * Rows that come from WARC files, like items; never part of the record of account.
 */
#ifndef LEDGER_ARTICLES_H
#define LEDGER_ARTICLES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct article_record { /* title may be NULL, published TIME_NONE */
	int64_t item;
	const char *url, *title, *content;
	int64_t published, fetched;
	int64_t pages; /* that content is made of; set by reading */
	const char *warc;
	uint64_t warc_offset;
};

/* Inside db_begin_write(). Replaces what an earlier fetch said. Nothing is kept of an item
 * whose words were erased by order, here or behind it. */
enum err_code articles_put(struct db *db, const struct article_record *r, struct err *e);
/* The text of the page that follows. */
enum err_code articles_add_page(struct db *db, int64_t item, const char *content, struct err *e);
/* ERR_NOT_FOUND (e untouched) when the item's page was not fetched. */
enum err_code articles_get(
	struct db *db, int64_t item, struct arena *a, struct article_record *out, struct err *e);

#endif
