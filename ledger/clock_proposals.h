/*
 * clock_proposals.h - extensions of limits that wait for a second person (DESIGN §6.2: who
 * approves differs from who entered it; 国令第711号 第三十三条, 信访工作条例 第三十四条: 经批准).
 *
 * Kinds (subject: the limit's subject; "clock" is the number of the event that started it):
 *   clock.extension_proposed/1 {clock, amount, unit, reason_text}
 *   clock.extension_dropped/1  {clock, reason_text}   withdrawn, or not approved
 * Approving is clock.extended/1 (clocks.h) by the second person; it ends what waits, and so
 * does the end of the limit itself. Table: clock_proposals, at most one row a limit.
 */
#ifndef LEDGER_CLOCK_PROPOSALS_H
#define LEDGER_CLOCK_PROPOSALS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct clock_proposal {
	const char *subject, *unit; /* of the amount */
	const char *by, *by_name; /* key and login of whoever proposed it */
	const char *reason, *reason_digest; /* reason NULL: erased */
	int64_t clock, at, amount;
};

/* Those of limits that run still, the oldest first; subject NULL: of all. */
enum err_code clock_proposals_of(struct db *db, const char *subject, struct arena *a,
	struct clock_proposal **out, size_t *count, struct err *e);

#endif
