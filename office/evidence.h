/*
 * evidence.h - evidence: what was published, captured from outside.
 */
#ifndef OFFICE_EVIDENCE_H
#define OFFICE_EVIDENCE_H

#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

/* An answer that a wanted row of kind evidence brought. Everything is borrowed. */
struct evidence_capture {
	const char *url; /* as wanted */
	int status; /* HTTP status, 2xx */
	int64_t date; /* WARC-Date: when it was captured */
	const char *sha256; /* hex, of the body as archived */
	const char *warc; /* file name as it will be in archive/ */
	const char *warc_path; /* where the file is now */
	uint64_t warc_offset; /* of the response record */
	const uint64_t *offsets; /* of all records of the exchange, in order */
	int offset_count;
	const char *body; /* decoded; NULL when it could not be */
	size_t body_size;
	const char *content_type; /* or NULL */
};

/* Called by ingest inside the record's write transaction: appends evidence.captured/1 for
 * the evidence `id` and copies the records to evidence/ID.warc.gz. */
enum err_code office_evidence_captured(
	struct office *o, const char *id, const struct evidence_capture *c, struct err *e);

#endif
