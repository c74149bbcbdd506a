/*
 * supervision.h - orders of supervision (督办单): issued by tick or by hand, confirmed,
 * answered, settled, withdrawn (DESIGN §6.3; 政府督查工作条例).
 *
 * An order is typed as DESIGN §6.8 has it ("DB-2026-000001", "db1"). Whoever entered a
 * unit's answer does not settle the order.
 */
#ifndef OFFICE_SUPERVISION_H
#define OFFICE_SUPERVISION_H

#include <stdint.h>

#include "base/calendar.h"
#include "base/err.h"
#include "ledger/ids.h"
#include "office/act.h"
#include "office/ladder.h"
#include "office/office.h"
#include "office/supervised.h"

struct office_order {
	const char *subject; /* case, promise or task, as typed */
	const char *level; /* a section of supervision.conf */
	const char *unit; /* NULL: who holds the matter */
	const char *reason; /* required */
	int64_t days; /* working days for the answer; 0: as the level has it */
};

struct office_ordered {
	char id[IDS_SIZE], subject[IDS_SIZE];
	char unit[256], level[64];
	int64_t due; /* until when the unit answers; TIME_NONE: nobody is asked yet */
	int64_t tentative; /* 暂定: the first year without holidays; 0 */
	int64_t lines; /* how many things it is about */
	bool late; /* what was done came after that */
};

/* ERR_REFUSED when this level was reached about it before. */
enum err_code office_order_issue(
	struct office *o, const struct office_order *in, struct office_ordered *out, struct err *e);
/* Which proposals are issued. One that is named is refused when its matter is none any more or a
 * claim about it waits, and nothing is issued then; of a span, and of all, those are left out. */
struct office_confirm {
	const char *const *typed; /* ids, spans ("db3-db9", "3-9") */
	size_t count;
	bool all;
	const char *level; /* only of this one; NULL: every */
};
/* What tick proposed: a supervisor issues it, each by its own event. *out lives in the arena. */
enum err_code office_order_confirm(struct office *o, const struct office_confirm *in,
	struct arena *arena, struct office_ordered **out, size_t *count, size_t *left_out,
	struct err *e);
/* unit NULL: --for, else the one it was issued to. */
enum err_code office_order_answer(struct office *o, const char *typed, const char *unit,
	const char *text, struct office_ordered *out, struct err *e);
/* result: done explained talked circulated, or 已办理 已说明 约谈 通报. */
enum err_code office_order_settle(struct office *o, const char *typed, const char *result,
	const char *note, struct office_ordered *out, struct err *e);
enum err_code office_order_withdraw(struct office *o, const char *typed, const char *reason,
	struct office_ordered *out, struct err *e);

/* "红 YQ-2026-000001", "蓝 RW-2026-000001 and 12 more"; NULL: no memory. */
const char *order_about(struct arena *a, const struct supervision_order *x);

/* --- parts of acts --- */

/* Refuses what has ended, with who ended it. */
void supervision_need_open(struct act *a, const struct supervision_order *x);
/* From `at` on the unit has to answer. */
void supervision_asks(
	struct act *a, const struct supervision_order *x, int64_t at, struct calendar_result *due);
/* It has gone out: from now on the unit has to answer, and reminders of the same are over. */
void supervision_went_out(
	struct act *a, const struct supervision_order *x, struct calendar_result *due);
/* Proposals and reminders about limits of a case that ended by themselves, the matter being done,
 * which it is not any more: they stand again, whichever of several answers had ended them. Adds to
 * *count. */
void supervision_revive(struct act *a, const char *case_id, int64_t *count);
/* As acts tell of it. */
void supervision_tell(const struct supervision_order *x, struct office_ordered *out);

/* An order that is written inside an act. */
struct supervision_draft {
	const struct supervision_matter *matters; /* due TIME_NONE: about nothing that runs */
	size_t count;
	const struct ladder_level *level;
	const char *unit, *reason;
	struct calendar_rule feedback;
	bool proposed;
};

/* due (may be NULL): until when the unit answers, its `due` TIME_NONE of a proposal. */
void supervision_append(struct act *a, const struct supervision_draft *d, char id[IDS_SIZE],
	struct calendar_result *due);

#endif
