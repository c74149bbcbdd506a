/*
 * restore_tail.h - what is left to do once the restored ledger stands in its place; every
 * step may be repeated. state/restore.pending names the set until all of it is done.
 */
#ifndef OFFICE_RESTORE_TAIL_H
#define OFFICE_RESTORE_TAIL_H

#include "office/restore.h"

/* No ingest and no fetch at the same time. -1: not held. */
struct restore_locks {
	int ingest, spool;
};

enum err_code restore_lock(const char *home, struct restore_locks *out, struct err *e);
void restore_unlock(struct restore_locks *l);

enum err_code restore_tail_mark(const char *home, const char *set, struct arena *a, struct err *e);
void restore_tail_unmark(const char *home, struct arena *a);
/* With the locks held. ERR_NOT_FOUND: nothing is pending. */
enum err_code restore_tail(const struct office_options *options, struct arena *a,
	struct restore_told *out, struct err *e);

#endif
