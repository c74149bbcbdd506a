/*
 * similar.h - the index by which copies of a text are found among a million.
 *
 * An item has a sketch (opaque here) and a few prints; two items that share a print may be
 * copies, and the caller judges by their sketches and texts. Intake data, not part of the
 * record of account. An item is in the index once; storing it again replaces what was there.
 */
#ifndef LEDGER_SIMILAR_H
#define LEDGER_SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/db.h"

#define SIMILAR_SKETCH_MAX 512 /* bytes */
#define SIMILAR_PRINT_SHARERS 64 /* items looked at for one print, the newest */

struct similar_row {
	int64_t item, at;
	size_t size;
	unsigned char sketch[SIMILAR_SKETCH_MAX];
};

/* Inside db_begin_write(). Prints that stood for the item before are dropped first by
 * similar_drop(). */
enum err_code similar_put(struct db *db, const struct similar_row *row, const uint64_t *prints,
	size_t count, struct err *e);
enum err_code similar_drop(
	struct db *db, int64_t item, const uint64_t *prints, size_t count, struct err *e);
/* ERR_NOT_FOUND when the item is not in the index. */
enum err_code similar_get(struct db *db, int64_t item, struct similar_row *out, struct err *e);

struct similar_candidate {
	int64_t item;
	int shared; /* prints */
};

/* Items other than `item` that share a print, those that share most first, at most max. */
enum err_code similar_find(struct db *db, int64_t item, const uint64_t *prints, size_t count,
	struct similar_candidate *out, size_t max, size_t *found, struct err *e);

/* Items from before `at`, oldest first, at most max. */
enum err_code similar_oldest(struct db *db, int64_t at, struct similar_row *out, size_t max,
	size_t *found, struct err *e);

#endif
