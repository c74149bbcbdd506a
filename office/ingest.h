/*
 * ingest.h - reading WARC files into the ledger (DESIGN §5.4).
 *
 * A record is taken in whole or not at all, up to 256 in a transaction; those before one that
 * fails are kept. A crash at any point loses nothing and doubles nothing; a bad record is
 * noted by file and offset and the rest go on. A finished file is known by its SHA-256 for
 * ever; one that lies in the spool moves to archive/YYYY/MM.
 */
#ifndef OFFICE_INGEST_H
#define OFFICE_INGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/sig.h"
#include "office/intake.h"
#include "office/office.h"

struct ingest_options {
	const char *source; /* --source: for records that name none; NULL: by URL */
	bool again; /* read files that were read before; adds revisions only */
	bool untried_only; /* the wanted list is for the same run: what failed in it waits */
	struct sig *sig; /* may be NULL; asked between records: ERR_STOPPED */
	void (*on_file)(void *data, size_t done, size_t total, const char *name); /* may be NULL */
	void *data;
};

struct ingest_result {
	int64_t files, known; /* read now; known already */
	int64_t records, problems, failures; /* failures: tries that gave no answer */
	struct intake_counts counts;
};

/* Adds to *r. ERR_INPUT only when the file is no WARC at all. */
enum err_code ingest_file(struct office *o, const char *path, const struct ingest_options *opt,
	struct ingest_result *r, struct err *e);
/* One ingest at a time: ERR_BUSY when another one runs. Close *fd to let go. */
enum err_code ingest_lock(struct office *o, int *fd, struct err *e);
/* Every finished .warc.gz of the spool, by name. A file that is no WARC is renamed to
 * .bad and reported, one that cannot be read is left and reported; the rest go on. A file
 * whose name the archive of the month has already gets "-" and 8 hex digits of its
 * SHA-256 behind its name. */
enum err_code ingest_spool(
	struct office *o, const struct ingest_options *opt, struct ingest_result *r, struct err *e);
/* Writes spool/wanted.jsonl anew from the open rows. */
enum err_code ingest_write_wanted(struct office *o, bool untried_only, struct err *e);

#endif
