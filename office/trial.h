/*
 * trial.h - trying rules on what the ledger took in: nothing is written.
 *
 * An item counts by when it was last fetched with something new. Items of one story, and
 * items without a story that share a title or an address, are copies and make one alert of
 * a topic. What the office's own channels publish alerts by no rules; what people told the
 * office stands in the queue whatever rules say, and is left out.
 */
#ifndef OFFICE_TRIAL_H
#define OFFICE_TRIAL_H

#include <stdint.h>

#include "base/err.h"
#include "base/sig.h"
#include "matcher/backtest.h"
#include "office/office.h"

#define TRIAL_DAYS 7

struct trial_watch { /* all may be NULL */
	struct sig *sig; /* asked between items: ERR_STOPPED */
	void (*on_progress)(void *data, size_t done, size_t total);
	void *data;
};

/* Calls `each` for the items fetched at `since` or later, in that order; the item lives during
 * the call only, and `scratch` is reset after it. */
struct item_record;
enum err_code trial_items(struct office *o, int64_t since, const struct trial_watch *watch,
	enum err_code (*each)(
		void *data, struct item_record *item, struct arena *scratch, struct err *e),
	void *data, struct err *e);

/* What an item's copies share, as far as the ledger knows without looking at texts; NULL: it
 * has none. In the arena. */
const char *trial_group(const struct item_record *item, struct arena *a);

/* All of them into the backtest. */
enum err_code trial_run(struct office *o, int64_t since, const struct trial_watch *watch,
	struct backtest *b, struct err *e);

#endif
