/*
 * due.h - what falls due and what waits for somebody.
 *
 * Each kind of thing is found by one function, a line in due.def:
 *   DUE_LIMIT(name)    things with a limit: `tick` writes down that it was reached
 *   DUE_CLOCK(name)    clocks with a limit: `tick` writes it down on its own (tick_clocks)
 *   DUE_WAITING(name)  things that only wait
 * declared here as `enum err_code due_<name>(struct due *d)`; it hands each one to
 * due_add(), those with a limit only when that is at or before d->until.
 */
#ifndef OFFICE_DUE_H
#define OFFICE_DUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/list.h"
#include "office/office.h"

struct due_entry {
	const char *subject; /* "S12", case, response, commitment */
	const char *what; /* "triage" "response" "press" "decide" "due" "review" "capture" */
	const char *about; /* title or quote; NULL: erased */
	const char *unit; /* who must act, "" when it is the office */
	const char *rule; /* that gave the limit, "" when a date was given */
	int64_t due_at; /* TIME_NONE: no limit, it just waits */
	int64_t tentative; /* 暂定: the first year without holidays that due_at runs into; 0: none
			    */
};

struct due {
	struct office *office;
	struct db *db;
	struct arena *arena; /* what entries point into */
	struct list list; /* of struct due_entry */
	int64_t until;
	bool news; /* what tick has written down already may be left out */
	struct err *err;
};

enum err_code due_add(struct due *d, struct due_entry entry);
/* `what` in words, translated. */
const char *due_word(const char *what);
/* What stands behind every due time that is 暂定, a space included; "" of others. */
const char *due_mark(int64_t tentative);

#define DUE_LIMIT(name) enum err_code due_##name(struct due *d);
#define DUE_CLOCK(name) enum err_code due_##name(struct due *d);
#define DUE_WAITING(name) enum err_code due_##name(struct due *d);
#include "office/due.def"
#undef DUE_LIMIT
#undef DUE_CLOCK
#undef DUE_WAITING

/* Those with a limit but clocks, in any order; inside a transaction. Sets d->list up. */
enum err_code due_limits(struct due *d);

/* Open limits up to `until`, the earliest first; those without a limit last. */
enum err_code office_due(struct office *o, int64_t until, struct arena *a, struct due_entry **out,
	size_t *count, struct err *e);

#endif
