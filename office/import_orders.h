/*
 * import_orders.h - what the two halves of an import of orders share: making and storing
 * them (office/import_orders.c), and what of them reaches the queue
 * (office/import_orders_queue.c).
 */
#ifndef OFFICE_IMPORT_ORDERS_H
#define OFFICE_IMPORT_ORDERS_H

#include "ledger/orders.h"
#include "matcher/match.h"
#include "office/import_private.h"

#define IMPORT_KEY_BYTES ((size_t)64 << 10)
/* The item that stands for an order in the queue: its id is this and the number. */
#define IMPORT_ORDER_ITEM "order:"

struct import_order { /* one record on its way */
	const struct table_record *from;
	struct order_record r;
	struct hash digest;
	enum order_change change;
	bool refused;
};

struct import_orders {
	struct import_job *job;
	const char *source_name;
	const struct rules *rules;
	struct import_order *orders;
	size_t count;
	struct import_order **touched; /* new, changed, or in no row yet; in the file's order */
	size_t touched_count;
	struct arena *scratch; /* for one order */
};

/* For qsort() over pointers: by number, then by row. */
int import_order_by_number(const void *a, const void *b);
/* Content and place, as the rules read them. NULL: out of memory. */
const char *import_order_text(const struct order_record *o, struct arena *a);
enum err_code import_order_match(const struct import_orders *r, const struct order_record *o,
	struct arena *a, struct match_result *out, struct err *e);
/* Why the order alerts for a topic of that result, raise_grounds(). */
enum err_code import_order_grounds(const struct import_orders *r, const struct order_record *o,
	const struct match_result *m, const struct match_topic *t, struct arena *a,
	const char **out, struct err *e);

/* Groups the touched orders with those of the days around them; adds rows, and orders to
 * rows that are there; fills the result's queue. */
enum err_code import_orders_queue(struct import_orders *r, struct err *e);

#endif
