/*
 * balance.h - what came into the queue and what went out of it (DESIGN §6.3): new + carried
 * over = the sum of outcomes + open.
 *
 * It keeps each row's turns: in when it is raised, comes back, is split off, is opened again
 * by a person or because a dismissal was undone; out by each decision. It listens to the
 * kinds of alerts.h, stories.h, decisions.h, line_dismissals.h and cases.h. Table:
 * queue_moves.
 */
#ifndef LEDGER_BALANCE_H
#define LEDGER_BALANCE_H

#include <stdint.h>

#include "base/err.h"
#include "ledger/db.h"

/* How rows came in. */
enum balance_in {
	BALANCE_RAISED,
	BALANCE_RETURNED,
	BALANCE_REOPENED,
	BALANCE_UNDONE,
	BALANCE_SPLIT,
	BALANCE_INS
};

#define BALANCE_OUTCOMES 6 /* 立项 合并 转报 线索移交 知悉 误报 */

struct balance {
	int64_t carried; /* in the queue at the beginning */
	int64_t in[BALANCE_INS], out[BALANCE_OUTCOMES];
	int64_t open; /* in the queue at the end */
};

/* "raised" "returned" …, NULL past the end; the outcomes as above. */
const char *balance_in_name(int i);
const char *balance_outcome(int i);
int64_t balance_new(const struct balance *b); /* the sum of in */

/* Of [from, to); from INT64_MIN: since the beginning. ERR_INTEGRITY when the ledger holds an
 * outcome that is none. */
enum err_code balance_between(
	struct db *db, int64_t from, int64_t to, struct balance *out, struct err *e);

#endif
