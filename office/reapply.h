/*
 * reapply.h - judging what the ledger took in by the rules of today.
 *
 * What alerts now and did not is raised as by ingest, with the same stories; a decided
 * story that gets another topic or a graver one comes back. Open alerts that no item of
 * their story gives reason for any more are marked (ledger/doubts.h) and stay for a person
 * to decide on; the mark goes when rules give reason again. Short transactions: others
 * write in between. Interrupted, what was done is kept, and the next run does the rest.
 */
#ifndef OFFICE_REAPPLY_H
#define OFFICE_REAPPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/office.h"
#include "office/trial.h"

struct reapply_alert {
	int64_t alert; /* 0: it would be raised */
	int64_t story; /* 0: a new one */
	const char *topic, *title; /* title NULL: erased */
};

struct reapply_list {
	const struct reapply_alert *alert;
	size_t count;
};

struct reapply_result {
	int64_t items; /* judged */
	struct reapply_list raised;
	struct reapply_list doubted; /* open alerts without reason, those known for it too */
	struct reapply_list upheld; /* had been in doubt */
};

/* The items fetched at `since` or later. Lists live in the arena a. dry: nothing is written, and
 * copies that only their words show count one by one. With ERR_STOPPED *out says what was
 * done; alerts are put in doubt at the end only. */
enum err_code office_reapply(struct office *o, int64_t since, bool dry,
	const struct trial_watch *watch, struct arena *a, struct reapply_result *out,
	struct err *e);

#endif
