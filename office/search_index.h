/*
 * search_index.h - bringing the index of words up to date (ledger/search.h), beside what
 * else is written: in short transactions, and others first.
 */
#ifndef OFFICE_SEARCH_INDEX_H
#define OFFICE_SEARCH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

/* What came in within the last hour waits, since a page behind an item comes a little later
 * and would make its first words dead; `all` takes it too. Ends after some two seconds, the
 * rest is for the next time. Not inside a transaction. *added may be NULL. */
enum err_code office_search_catch_up(struct office *o, bool all, int64_t *added, struct err *e);

#endif
