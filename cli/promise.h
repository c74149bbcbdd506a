/*
 * promise.h - a commitment as listings and `show` write it.
 */
#ifndef CLI_PROMISE_H
#define CLI_PROMISE_H

#include <stdint.h>

#include "base/json.h"
#include "ledger/commitments.h"

/* "yes", "pending", "capture failed" or "no": whether its fulfilment is public. Translated. */
const char *promise_public(const struct commitment_record *c);
/* Members of an open object. */
void promise_put(struct json_writer *w, const struct commitment_record *c, int64_t now);

#endif
