/*
 * list.h - an array of unknown length that grows inside an arena: what a query's
 * rows are collected in. Elements move while it grows; use `items` when it is full.
 */
#ifndef LEDGER_LIST_H
#define LEDGER_LIST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct list {
	struct arena *arena;
	void *items; /* NULL when empty */
	size_t count, room, size;
};

void list_init(struct list *l, struct arena *a, size_t element_size);
/* The new last element, zeroed; NULL: no memory. */
void *list_add(struct list *l);
/* The first column of a query's rows, as strings; ends it. rc: what db_query() said. */
enum err_code list_strings(struct db_rows *q, enum err_code rc, struct arena *a, const char ***out,
	size_t *count, struct err *e);

#endif
