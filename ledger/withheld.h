/*
 * withheld.h - records that are in no public build until they are released: one person,
 * at once; nothing is erased.
 *
 * Kinds (subject: the record's id): record.withheld/1 {reason_text}, record.released/1
 * {reason_text}. Table: withheld.
 */
#ifndef LEDGER_WITHHELD_H
#define LEDGER_WITHHELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct withheld {
	const char *subject, *by_name;
	const char *reason; /* NULL: erased */
	int64_t at;
};

/* What every public page, feed and export asks before it shows a record. */
enum err_code withheld_is(struct db *db, const char *subject, bool *out, struct err *e);
/* subject NULL: all, in the order of the acts. */
enum err_code withheld_list(struct db *db, const char *subject, struct arena *a,
	struct withheld **out, size_t *count, struct err *e);

#endif
