/*
 * sources_file.h - the home's sources.conf, held for one change: read, edited in
 * memory, checked as a whole, written atomically with its mode kept.
 *
 * Only one at a time: a second officer's command waits until the first has written. The
 * shipped file is never written; a home without a sources.conf begins with a copy of it.
 */
#ifndef CLI_SOURCES_FILE_H
#define CLI_SOURCES_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/path.h"
#include "cli/command.h"
#include "crawler/source.h"
#include "office/office.h"

struct sources_file {
	char *path, *dir;
	struct buf text;
	struct sources *sources; /* what `text` said when it was opened */
	struct hash before; /* of `text` as it was opened */
	mode_t mode;
	int lock; /* of the directory */
};

/* ERR_REFUSED when only the shipped file is there and no home was named. *f is always
 * fit for sources_file_close(). */
enum err_code sources_file_open(
	const struct path_home *home, struct sources_file *f, struct err *e);
/* The text as it is now is checked by the loader (ERR_CONFIG: nothing is written). */
enum err_code sources_file_check(const struct sources_file *f, struct err *e);
/* With the event sources.changed/1 where the home has a ledger: through `o`, or NULL: opened for
 * it. how: office/sources_change.h. */
enum err_code sources_file_save(const struct call *call, struct office *o,
	const struct sources_file *f, const char *how, struct err *e);
void sources_file_close(struct sources_file *f);

/* For source_edit_propose_id(): arg is a struct sources *. */
bool sources_file_has_id(const char *id, const void *arg);

#endif
