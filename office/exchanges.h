/*
 * exchanges.h - which records of a WARC file belong together, and what our metadata
 * says about them.
 *
 * Our writer puts the metadata before the answer, so one pass is enough. When an answer
 * comes without, its metadata may still stand behind it (WARC sets no order): then the
 * whole file is looked over once.
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

/* Of the file at `path`, which is read record by record; `path` is borrowed. */
enum err_code exchanges_new(const char *path, struct exchanges **out, struct err *e);
void exchanges_free(struct exchanges *x); /* NULL is fine */

/* Called with every record in turn. *out is the exchange of a response, revisit or metadata
 * record, else NULL; valid until the next call. Bad records that are met when the file is
 * looked over are passed over: their turn comes. */
enum err_code exchanges_note(struct exchanges *x, const struct warc_record *rec,
	const struct exchange **out, struct err *e);

#endif
