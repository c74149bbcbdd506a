/*
 * warc_check.h - is a WARC file whole? For `huiying warc verify`.
 *
 * Damage: what cannot be read (broken compression, cut short, a header that is none);
 * a block or payload that does not agree with its digest; a Content-Length that is not
 * the length; a mandatory field that is missing (ISO 28500 §5.2); two records of one id;
 * our metadata record whose answer is not in the file, or stands before it.
 * A note is what a reader copes with, or cannot judge: no warcinfo in front, several
 * records in one gzip member, a digest of an unknown kind, an HTTP Content-Length that
 * is not the body's.
 */
#ifndef CRAWLER_WARC_CHECK_H
#define CRAWLER_WARC_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct warc_finding {
	bool damage; /* else a note */
	uint64_t offset; /* of the record, as warc_record.offset; of the last whole one when
			  * what follows cannot be read (the text tells the place) */
	const char *text; /* for people */
};

struct warc_tally {
	uint64_t records, damages, notes;
	uint64_t digests, unchecked; /* that agreed; of an unknown kind or absent */
};

struct sig;

/* Reads the file to its end, telling each finding as it is met. Damage is no error;
 * ERR_STOPPED, ERR_IO and ERR_NOMEM are. sig may be NULL. */
enum err_code warc_check(const char *path, struct sig *sig,
	void (*tell)(void *arg, const struct warc_finding *finding), void *arg,
	struct warc_tally *out, struct err *e);

#endif
