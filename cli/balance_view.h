/*
 * balance_view.h - the balance of the queue, on one line and as JSON.
 */
#ifndef CLI_BALANCE_VIEW_H
#define CLI_BALANCE_VIEW_H

#include <stdint.h>

#include "base/buf.h"
#include "base/json.h"
#include "ledger/balance.h"

/* "carried over 12 + new 30 = 立项 3 + 合并 5 + … + open 9"; out: BALANCE_OUTCOMES numbers. */
void balance_view_add(
	struct buf *b, int64_t carried, int64_t fresh, const int64_t *out, int64_t open);
/* The members of an open object. */
void balance_view_put(
	struct json_writer *w, int64_t carried, int64_t fresh, const int64_t *out, int64_t open);

#endif
