/*
 * rows.h - the rows of a query as an array of records, and the texts that they name.
 */
#ifndef LEDGER_ROWS_H
#define LEDGER_ROWS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/list.h"

/* How a record is made of a row; *record is zeroed, its strings go into the arena. */
typedef void rows_read_fn(struct db_rows *q, struct arena *a, void *record);

/* Sets the list up and fills it: records of `size`. What DB_ARGS gives is `args, n`. */
enum err_code rows_read(struct db *db, enum statement id, const struct db_value *args, size_t n,
	size_t size, rows_read_fn *read, struct arena *a, struct list *out, struct err *e);
/* In each record the members that hold digests become the words (texts_get()). A member is
 * the offsetof() a `const char *`; ROWS_MEMBERS of an array of them is `members, n`. */
enum err_code rows_texts(
	struct db *db, const struct list *l, const size_t *members, size_t n, struct err *e);
#define ROWS_MEMBERS(array) array, sizeof(array) / sizeof *(array)

#endif
