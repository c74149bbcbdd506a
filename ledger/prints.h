/*
 * prints.h - where the index of texts keeps its entries; for similar.c only.
 *
 * An entry says that an item has a print. What came in last stands in a table in memory
 * (and in the ledger as the beginning of their sketches, from which the table is made again);
 * when it is full its entries are filed: each page of the index is written once for all entries
 * that belong on it. A row for each entry would touch a page of its own for each.
 *
 * A print is known by its tag, 32 bits made of it: two prints of one tag cost a look at a
 * sketch that is no copy. Failures: ERR_NOMEM, those of db.h, ERR_INTEGRITY for a page that
 * is none.
 */
#ifndef LEDGER_PRINTS_H
#define LEDGER_PRINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/db.h"

struct print_entry {
	uint32_t tag;
	int64_t item;
};

#define PRINT_NOBODY INT64_MIN /* the item of an entry that was removed */

uint32_t print_tag(uint64_t print);

/* What was found for one look-up; finding stops when it is full. */
struct print_items {
	int64_t *item;
	size_t count, max;
};

/* --- in memory --- */

struct prints_recent;

struct prints_recent *prints_recent_new(void); /* NULL: out of memory */
void prints_recent_free(struct prints_recent *r); /* NULL is fine */
void prints_recent_clear(struct prints_recent *r);
bool prints_recent_add(struct prints_recent *r, struct print_entry x); /* false: no memory */
void prints_recent_remove(struct prints_recent *r, struct print_entry x);
/* These prints will be looked for: their places are read from memory all at once. */
void prints_recent_expect(const struct prints_recent *r, const uint64_t *prints, size_t count);
/* Items other than `but` with this tag, the newest first. */
void prints_recent_find(
	const struct prints_recent *r, uint32_t tag, int64_t but, struct print_items *out);
/* All that were added, in that order; those of PRINT_NOBODY are gone. malloc'd. */
struct print_entry *prints_recent_list(const struct prints_recent *r, size_t *count);

/* --- in the ledger --- */

/* As prints_recent_find, in filed pages. Items that left the index may be among them. */
enum err_code prints_filed_find(
	struct db *db, uint32_t tag, int64_t but, struct print_items *out, struct err *e);
/* The tag of each entry, in no order, until `each` returns false. */
enum err_code prints_filed_tags(
	struct db *db, bool (*each)(void *data, uint32_t tag), void *data, struct err *e);
/* Inside db_begin_write(). Takes the entries in (puts them in order). On the way, entries of
 * items that have no sketch any more leave full pages, and of a tag that more than
 * `sharers` have the oldest. */
enum err_code prints_filed_add(
	struct db *db, struct print_entry *list, size_t count, size_t sharers, struct err *e);

/* --- which tags are filed, nearly --- */

/* A look-up takes 16 tags, and 15 of them are on no page; a page costs a statement. What is
 * known without one is a bit for each filed tag, in memory: one in sixteen that is not there
 * seems to be. It is made by reading all pages, once so many look-ups were made that this is
 * worth it: a program that takes in a few items never does. */
struct prints_filter;

struct prints_filter *prints_filter_new(void); /* NULL: out of memory */
void prints_filter_free(struct prints_filter *f); /* NULL is fine */
void prints_filter_clear(struct prints_filter *f); /* nothing is known */
/* Before a look-up; now and then it reads the pages. */
enum err_code prints_filter_look(struct prints_filter *f, struct db *db, struct err *e);
bool prints_filter_may(const struct prints_filter *f, uint32_t tag); /* false: it is not filed */
/* These are filed now, too. */
void prints_filter_add(struct prints_filter *f, const struct print_entry *list, size_t count);

#endif
