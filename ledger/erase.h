/*
 * erase.h - taking words out of everything the ledger keeps beside its events: items,
 * their revisions, pages and sketches, orders of hotlines. Texts that events refer to are
 * erased by the act, an event each (ledger/redactions.h).
 *
 * All inside db_begin_write(). An item or order whose words were taken out gets a tombstone: told
 * again by a WARC file or a sheet it stays as it is. What was still to be fetched for the item is
 * not: its page holds the words too (the caller writes the list of wanted pages anew).
 */
#ifndef LEDGER_ERASE_H
#define LEDGER_ERASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

/* What stands where words were. */
#define ERASE_MARK "［依法删除］"

struct erase_text {
	const char *digest, *body;
};

/* Texts that hold the words, in the arena. */
enum err_code erase_find_texts(struct db *db, const char *words, struct arena *a,
	struct erase_text **out, size_t *count, struct err *e);
/* The mark takes the place of the words wherever they stand; *items, *orders: how many rows
 * held them, added. */
enum err_code erase_words(struct db *db, const char *words, int64_t now, struct arena *a,
	int64_t *items, int64_t *orders, struct err *e);
/* Nothing of what the item said is left. ERR_NOT_FOUND: there is no such item. */
enum err_code erase_item(struct db *db, int64_t item, int64_t now, struct err *e);
/* It is older than its time: no row is left of it but the tombstone. */
enum err_code erase_purge_item(struct db *db, int64_t item, int64_t now, struct err *e);
/* Nothing of what the order said is left, and what a later sheet says of it is not taken in. It
 * need not be there. */
enum err_code erase_order(
	struct db *db, const char *source, const char *number, int64_t now, struct err *e);
/* The mark takes the place of the words wherever they stand in this order. */
enum err_code erase_order_words(struct db *db, const char *source, const char *number,
	const char *words, int64_t now, struct err *e);
/* As erase_item() of an item that another ledger had erased, here or not. */
enum err_code erase_item_of(
	struct db *db, const char *source, const char *identity, int64_t now, struct err *e);

#endif
