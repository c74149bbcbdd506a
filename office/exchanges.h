/*
 * exchanges.h - which records of a WARC file belong together, and what our metadata
 * says about them: gathered in a first pass, because the metadata stands behind the
 * answer that it describes.
 */
#ifndef OFFICE_EXCHANGES_H
#define OFFICE_EXCHANGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "crawler/warc.h"

#define EXCHANGES_OFFSETS 8

struct exchange {
	const char *id; /* of the response or revisit record (or of the metadata alone) */
	const struct warc_metadata *meta; /* NULL: a foreign file */
	uint64_t offsets[EXCHANGES_OFFSETS]; /* of its records, in file order */
	int offset_count;
};

struct exchanges;

/* Reads from the beginning to the end of the file; bad records are passed over (the
 * second pass reports them). */
enum err_code exchanges_read(struct warc_reader *r, struct exchanges **out, struct err *e);
void exchanges_free(struct exchanges *x);
/* NULL when nothing is known of it. */
const struct exchange *exchanges_find(const struct exchanges *x, const char *id);

#endif
