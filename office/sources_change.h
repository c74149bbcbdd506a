/*
 * sources_change.h - sources.conf changed by a command: the file and the event of it, both or
 * none (DESIGN §6.1: settings).
 *
 * Kind (subject ""): sources.changed/1 {how: add|enable|disable|import|probe; added, on, off:
 * ids, blank-separated; file_before, file_after: SHA-256}. For the record, no projection; what
 * is edited by hand shows as another file_before. The file takes its place inside the
 * transaction: a crash between the two leaves the new file without its event.
 */
#ifndef OFFICE_SOURCES_CHANGE_H
#define OFFICE_SOURCES_CHANGE_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "crawler/source.h"
#include "office/office.h"

struct sources_change {
	const char *how;
	const struct sources *before, *after;
	struct hash hash_before;
	const char *path; /* where the text goes */
	const struct buf *text;
	mode_t mode;
};

/* A text that changes nothing is no event. */
enum err_code office_sources_change(
	struct office *o, const struct sources_change *in, struct err *e);

#endif
