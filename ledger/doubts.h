/*
 * doubts.h - alerts that the rules of a later day would not raise any more.
 *
 * A mark for the person who decides: nothing is taken out of the queue by it. Kinds
 * (subject "A12"): alert.doubted/1 {rules_hash} and alert.upheld/1 {rules_hash}, when rules
 * give reason for it again. Table: alert_doubts, read with the alert (alerts.h).
 */
#ifndef LEDGER_DOUBTS_H
#define LEDGER_DOUBTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

/* Inside db_begin_write(). `by` gives at, actor and for_whom. */
enum err_code doubts_set(struct db *db, const struct event_draft *by, int64_t alert, bool doubted,
	const char *rules_hash, struct err *e);

#endif
