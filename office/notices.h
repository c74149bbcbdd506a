/*
 * notices.h - telling people: what the record says since the last time becomes messages,
 * messages become files for huiying-send, its receipts become states (crawler/message.h).
 *
 * Told are: a row suggested 重大 or above, also when it comes back after a decision (urgent,
 * wants to be acknowledged), a limit that was reached (an overdue triage is urgent and wants
 * to be acknowledged), an order of supervision that waits for a supervisor's confirmation,
 * one that was issued (to those whom supervision.conf names in `told`), a page that could
 * not be captured; a digest of what is due; a message a day that the program is alive.
 * Whoever takes or decides a row has acknowledged it; of a row that was decided before
 * anybody could be told of it nobody is.
 *
 * What is urgent is told first: 5,000 events a turn in a lane of their own, beside 500 others.
 * What was surely not delivered is tried again after 1, 2, 4, 8, 15 … minutes until it
 * expires. What may have arrived is never repeated: it stands in `status` and goes to the
 * next stage at once, as does what could not be delivered. The time to acknowledge runs from
 * when a message may first be sent. A crash at any point neither loses nor doubles a message;
 * nor do two turns at once, of which the second does nothing.
 */
#ifndef OFFICE_NOTICES_H
#define OFFICE_NOTICES_H

#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

struct notices_done {
	int64_t made, handed, sent, bad;
};

/* A turn of `tick`, in transactions of its own. */
enum err_code office_notices(struct office *o, struct notices_done *out, struct err *e);

/* By number ("N12", "12") or subject ("S12", "DB-2026-000001"): all its open messages.
 * *count of them; ERR_NOT_FOUND when there is none. */
enum err_code office_notices_ack(
	struct office *o, const char *typed, int64_t *count, struct err *e);
/* A failed or unknown one is sent again: a person has decided that (notice.renewed/1). */
enum err_code office_notices_retry(struct office *o, const char *typed, int64_t *id, struct err *e);
/* A message that only says that it is a test. */
enum err_code office_notices_test(struct office *o, const char *target, int64_t *id, struct err *e);
/* Files that wait for the sender may hold words that were just erased: they go, and the next turn
 * writes them as the ledger has them now. */
enum err_code office_notices_write_anew(struct office *o, struct err *e);

#endif
