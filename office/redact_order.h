/*
 * redact_order.h - erasing what an order of a hotline (工单) says. Its words are no texts of
 * events: they stand in its row (ledger/orders.h), so that an erasure names the hotline, the
 * number and fields, and no digests.
 */
#ifndef OFFICE_REDACT_ORDER_H
#define OFFICE_REDACT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/orders.h"
#include "office/act.h"

#define REDACT_ORDER_FIELDS 5

/* "title" "content" "place" "result" "link"; NULL past the end. */
const char *redact_order_field(size_t i);
/* NULL: the order says nothing there, or it was erased. */
const char *redact_order_body(const struct order_record *o, size_t i);
/* A place and a link are those of others too: of a whole order they are not looked for elsewhere.
 */
bool redact_order_is_own(size_t i);

/* The order of that number, of one hotline or (NULL) of whichever has it. NULL and a->rc:
 * ERR_NOT_FOUND, ERR_USAGE when several have it. */
const struct order_record *redact_order_find(
	struct act *a, const char *hotline, const char *number);
/* An order that an erasure was asked for of. */
struct redact_order {
	const struct order_record *order; /* NULL: the erasure is of no order */
	bool gone; /* purged since: its hotline and number are all that is known */
	bool changed; /* read in anew since, with other words */
};

/* Its event names the hotline. */
void redact_order_asked(struct act *a, int64_t seq, struct redact_order *out);
/* The item that stands for it in the queue; 0: another order of its matter does, or none. */
int64_t redact_order_item(struct act *a, const struct order_record *o);

#endif
