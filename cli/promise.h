/*
 * promise.h - a commitment as listings and `show` write it.
 */
#ifndef CLI_PROMISE_H
#define CLI_PROMISE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/json.h"
#include "ledger/commitments.h"

/* "yes", "pending", "capture failed" or "no": whether its fulfilment is public. Translated. */
const char *promise_public(const struct commitment_record *c);
/* The outcome as it stands in listings, with the share beside what is not kept:
 * 逾期未兑现（已办 38/45）. */
void promise_add_outcome(struct buf *b, const struct commitment_record *c, int64_t now);
/* By the last later date that counts: "2026-10-25 按期兑现"; "-" when there is none. */
void promise_add_extended(struct buf *b, const struct commitment_record *c, int64_t now);
/* Members of an open object. */
void promise_put(struct json_writer *w, const struct commitment_record *c, int64_t now);

#endif
