/*
 * redact_files.h - taking words out of the WARC files: every record of archive/ and spool/
 * whose answer holds them is blanked where it stands (crawler/warc_blank.h); evidence/ is
 * only looked through. Words are looked for as UTF-8, GB18030 and \uXXXX. Also the list of
 * erasures, redacted.jsonl, which backups carry and `restore` applies again.
 */
#ifndef OFFICE_REDACT_FILES_H
#define OFFICE_REDACT_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "office/office.h"
#include "office/redact.h"

/* With the ingest lock held. words: those to look for, in UTF-8. Adds to *counts. */
enum err_code redact_files(struct office *o, const char *const *words, size_t count,
	struct redact_counts *counts, void (*progress)(void *data, size_t done, size_t total),
	void *data, struct err *e);
/* evidence/ID.*: records of a WARC are blanked, other files overwritten and removed. */
enum err_code redact_evidence_file(
	struct office *o, const char *id, struct redact_counts *counts, struct err *e);
/* Writes the list anew from the ledger. */
enum err_code redact_write_list(struct office *o, const char *path, struct err *e);

#endif
