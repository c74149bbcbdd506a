/*
 * handover.h - what one shift leaves to the next: the balance of the queue, what must be done
 * within a day, what waits.
 *
 * It is kept as a text of lines, so that every reader gets it in their own language:
 *   balance<TAB>CARRIED<TAB>NEW<TAB>N N N N N N<TAB>OPEN     outcomes as in balance.h
 *   due<TAB>SUBJECT<TAB>WHAT<TAB>DUE<TAB>UNIT<TAB>ABOUT      DUE: seconds, "" when it waits;
 *                                                            then ~ when it is 暂定
 *   more<TAB>N                                             as many that are not listed
 */
#ifndef OFFICE_HANDOVER_H
#define OFFICE_HANDOVER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "ledger/balance.h"
#include "office/due.h"

#define HANDOVER_AHEAD INT64_C(86400) /* what falls due within it is listed */
#define HANDOVER_LINES 500 /* at most; beyond it they are counted */

struct handover {
	int64_t carried, fresh, open;
	int64_t out[BALANCE_OUTCOMES];
	struct due_entry *lines; /* rule is "", tentative 0 or 1 */
	size_t count;
	int64_t more;
};

void handover_write(
	struct buf *out, const struct balance *b, const struct due_entry *list, size_t count);
/* Strings live in the arena. ERR_INTEGRITY when the text is no such list. */
enum err_code handover_read(const char *text, struct arena *a, struct handover *out, struct err *e);

#endif
