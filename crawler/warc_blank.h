/*
 * warc_blank.h - taking records out of a WARC file without moving the others.
 *
 * The place of every record is counted and written down elsewhere, so a record that must go
 * by order of law is overwritten where it stands: its gzip member by another one of exactly
 * the same length, that holds a record of the type "erased" (ISO 28500 lets readers skip
 * types that they do not know) filled with blanks.
 */
#ifndef CRAWLER_WARC_BLANK_H
#define CRAWLER_WARC_BLANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct warc_span {
	uint64_t start, end; /* a record's own gzip member in the file */
	const char *id; /* its WARC-Record-ID, which stays: other records name it */
};

/* In place, then fsync: what was there is gone from the file. A file that its owner made
 * read-only is opened all the same and left so. ERR_INPUT when there is no gzip member at a
 * start, ERR_LIMIT when one is too short; nothing is written then. */
enum err_code warc_blank(
	const char *path, const struct warc_span *spans, size_t count, struct err *e);

#endif
