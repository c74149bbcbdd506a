/*
 * takes.h - who works on which rows of the queue: reading. The events are those of
 * decisions.h.
 */
#ifndef LEDGER_TAKES_H
#define LEDGER_TAKES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct take {
	int64_t story, at;
	int64_t session; /* the audit session it was taken in; TIME_NONE: not known */
	const char *by, *name; /* key (people_key()) and login */
};

/* Of one person, by: their key; NULL: all. In order of story. */
enum err_code takes_of(struct db *db, const char *by, struct arena *a, struct take **out,
	size_t *count, struct err *e);
/* Taken at `since` or before, by people of whom there is no event after it. */
enum err_code takes_idle(struct db *db, int64_t since, struct arena *a, struct take **out,
	size_t *count, struct err *e);

#endif
