/*
 * warc_parts.h - what writing and reading WARC share: block digests and our metadata
 * record. For warc_*.c only.
 */
#ifndef CRAWLER_WARC_PARTS_H
#define CRAWLER_WARC_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/hash.h"
#include "crawler/warc.h"

/* Appends "NAME: sha256:BASE32" and CRLF. */
void warc_digest_add(struct buf *out, const char *name, const struct hash *h);
/* The last header lines of a record: the digest and the length of its block, a blank line. */
void warc_head_end(struct buf *out, const struct hash *digest, size_t size);
#define WARC_RECORD_END "\r\n\r\n" /* behind its block */
/* False only when the label is a SHA-256 or SHA-1 and not that of the data; NULL agrees. */
bool warc_digest_agrees(const char *label, const void *data, size_t n);
/* One that warc_digest_agrees() can judge. */
bool warc_digest_is_known(const char *label);

/* The JSON block of a metadata record; warc_metadata_parse() reads it. */
void warc_metadata_add(struct buf *out, const struct warc_metadata *m);

#endif
