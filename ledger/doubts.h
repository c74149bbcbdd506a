/*
 * doubts.h - alerts that the rules of a later day would not raise any more.
 *
 * A mark for the person who decides: nothing is taken out of the queue by it. Kinds
 * (subject "A12"): alert.doubted/1 {rules_hash} and alert.upheld/1 {rules_hash}, when rules
 * give reason for it again. Table: alert_doubts.
 */
#ifndef LEDGER_DOUBTS_H
#define LEDGER_DOUBTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

/* Inside db_begin_write(). `by` gives at, actor and for_whom. */
enum err_code doubts_set(struct db *db, const struct event_draft *by, int64_t alert, bool doubted,
	const char *rules_hash, struct err *e);

struct doubt {
	int64_t at; /* TIME_NONE: there is none */
	const char *rules_hash;
};

enum err_code doubts_get(
	struct db *db, int64_t alert, struct arena *a, struct doubt *out, struct err *e);

#endif
