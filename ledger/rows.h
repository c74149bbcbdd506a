/*
 * rows.h - the rows of a query as an array of records.
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

#endif
