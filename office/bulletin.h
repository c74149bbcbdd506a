/*
 * bulletin.h - the text of a round's bulletin (通报): totals, then the laggards by unit, each
 * with its number, its date and the orders that stand about it. What is marked 推进中 beyond its
 * date is among them; what is marked 完成 without a verification is told apart. A paper of the
 * office: its language is the office's own whatever the reader's is.
 */
#ifndef OFFICE_BULLETIN_H
#define OFFICE_BULLETIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ledger/rounds.h"
#include "office/act.h"

struct bulletin {
	const struct round_record *round;
	const struct round_line *lines; /* every one is marked */
	size_t count;
	const int64_t *counts; /* by enum round_result */
};

/* Inside an act; adds to `out`. */
void bulletin_write(struct act *a, const struct bulletin *b, struct buf *out);

#endif
