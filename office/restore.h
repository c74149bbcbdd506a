/*
 * restore.h - making an instance of a backup again (DESIGN §6.1).
 *
 * The set is checked file by file and its chain verified in a copy beside the ledger; what
 * was erased by order since is erased in it; it gets the event instance.restored/1, by
 * which numbers go on beyond what the world has seen and anchors of the lost part read
 * "restored at N". Then the copy takes the ledger's place in one step, when nobody works on
 * it; the old one stays beside it, retired. What follows can be repeated until it is done:
 * files of evidence, the fetcher's validators forgotten (a 304 would hide what was lost), the
 * WARC files of archive/ and spool/ that the copy does not know read in.
 */
#ifndef OFFICE_RESTORE_H
#define OFFICE_RESTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/list.h"
#include "office/ingest.h"
#include "office/office.h"

struct restore_ask {
	const char *set;
	const char *anchor; /* file of a head that was published, or NULL */
	const char *note;
	int64_t skip; /* without an anchor and without the old ledger: so many numbers of each
		       * kind are left out */
};

struct restore_told {
	int64_t made; /* when the backup was */
	int64_t count; /* events that it holds */
	int64_t lost; /* the furthest event known to be lost, 0: none known */
	const char *retired; /* where the old ledger is, NULL: there was none */
	int64_t erased; /* texts that were erased again */
	int64_t evidence, kept; /* files put back; files that were there and are others */
	struct ingest_result read;
};

/* options: home and person of the call. Strings of *out live in the arena. ERR_REFUSED when
 * nothing says how far the numbers had gone. */
enum err_code restore_set(const struct office_options *options, const struct restore_ask *ask,
	struct arena *a, struct restore_told *out, struct err *e);
/* Where ledgers are that others took the place of; they hold what was erased since. */
enum err_code restore_retired(const struct office *o, struct list *out, struct err *e);
/* The end of one that was cut short. ERR_NOT_FOUND: there is none. */
enum err_code restore_continue(const struct office_options *options, struct arena *a,
	struct restore_told *out, struct err *e);

#endif
