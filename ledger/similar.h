/*
 * similar.h - the index by which copies of a text are found among a million.
 *
 * An item has a sketch and a few prints, which the sketch begins with (the rest of it is
 * opaque here); two items that share a print may be copies, and the caller judges by their
 * sketches and texts. Intake data, not part of the record of account. An item is in the
 * index once; storing it again replaces what was there.
 *
 * The handle remembers the newest entries. It notices by itself when a transaction was rolled
 * back or another program wrote, and reads them again.
 */
#ifndef LEDGER_SIMILAR_H
#define LEDGER_SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/db.h"

#define SIMILAR_SKETCH_MAX 512 /* bytes */
#define SIMILAR_PRINT_SIZE 5 /* bytes, little-endian */
#define SIMILAR_PRINTS 16 /* of an item, fewer when its sketch is shorter */
#define SIMILAR_PRINTS_MAX 64 /* looked for at once */
#define SIMILAR_PRINT_SHARERS 64 /* items looked at for one print, the newest */
#define SIMILAR_FILE_AT 16384 /* items remembered before they are filed */

struct similar_row {
	int64_t item, at;
	size_t size;
	unsigned char sketch[SIMILAR_SKETCH_MAX];
};

struct similar;

/* `db` is borrowed. */
enum err_code similar_open(struct db *db, struct similar **out, struct err *e);
void similar_close(struct similar *s); /* NULL is fine */

/* Inside db_begin_write(). */
enum err_code similar_put(struct similar *s, const struct similar_row *row, struct err *e);
enum err_code similar_drop(struct similar *s, const struct similar_row *row, struct err *e);
/* ERR_NOT_FOUND when the item is not in the index. */
enum err_code similar_get(struct similar *s, int64_t item, struct similar_row *out, struct err *e);
/* The same without a copy; *out is borrowed until the next call. */
enum err_code similar_look(
	struct similar *s, int64_t item, const struct similar_row **out, struct err *e);

struct similar_candidate {
	int64_t item;
	int shared; /* prints */
};

/* Items other than `item` that share a print, those that share most first, at most max. An
 * item that left the index may be among them: similar_get() does not find it. */
enum err_code similar_find(struct similar *s, int64_t item, const uint64_t *prints, size_t count,
	struct similar_candidate *out, size_t max, size_t *found, struct err *e);

/* Items from before `at`, oldest first, at most max. */
enum err_code similar_oldest(struct similar *s, int64_t at, struct similar_row *out, size_t max,
	size_t *found, struct err *e);

#endif
