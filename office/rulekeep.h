/*
 * rulekeep.h - one rule file, held for one change: chosen, locked, and put in its place
 * together with its event and its archived text.
 *
 * The file is written into the home (--home / $HUIYING_HOME); without one, where the file
 * in use lies, and /etc/huiying for one that came with the program: that is never written.
 * When the first overlay of a home is made, the overlays in use are copied beside it, since a
 * local.d replaces another as a whole. One person at a time: state/rules.lock says who.
 */
#ifndef OFFICE_RULEKEEP_H
#define OFFICE_RULEKEEP_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "matcher/backtest.h"
#include "matcher/check.h"
#include "matcher/rules_files.h"
#include "office/office.h"
#include "office/rules_lines.h"

struct rulekeep {
	struct office *office;
	struct rules_files files; /* the set in use */
	struct rules *rules; /* NULL: it cannot be loaded */
	struct arena *arena;
	const char *name; /* "local.d/city.conf"; as messages call it */
	char *path; /* where it is written */
	struct str text; /* in use; "" when there is none yet */
	bool is_new;
	int lock; /* -1: not held */
};

/* `name` as in rulekeep.name, without "local.d/", or a path; NULL: the only overlay in use.
 * create: an overlay that is not there yet. ERR_BUSY says who holds the lock, ERR_USAGE which
 * files there are. *k is always fit for rulekeep_close(). */
enum err_code rulekeep_open(
	struct office *o, const char *name, bool create, struct rulekeep *k, struct err *e);
void rulekeep_close(struct rulekeep *k);

/* What an editor gets: as in use, but UTF-8. Lives in the arena. */
enum err_code rulekeep_draft(struct rulekeep *k, struct str *out, struct err *e);
/* A file beside the one in use, never loaded and never overwritten. *path is malloc'd. */
enum err_code rulekeep_write_draft(
	const struct rulekeep *k, struct str text, char **path, struct err *e);

/* The newest draft that an earlier edit left, given up or killed; NULL: none. In the arena. */
enum err_code rulekeep_left_draft(struct rulekeep *k, const char **out, struct err *e);

/* The set with the file's text replaced, compiled, its tests run: faults, failing tests and
 * advice about this file go to the report. ERR_CONFIG: not right. */
enum err_code rulekeep_check(struct rulekeep *k, struct str text, struct rules **out,
	struct buf *report, struct check_result *checked, struct err *e);

struct rulekeep_change {
	const char *how; /* "edit" "revert" */
	struct str text;
	const struct rules *rules; /* of rulekeep_check() */
	const struct rules_lines *lines;
	const struct backtest_result *result;
	int64_t days; /* that it looked back */
};

/* Event, archive and file, or nothing. ERR_REFUSED when the rules in use are not any more
 * what was opened. */
enum err_code rulekeep_install(struct rulekeep *k, const struct rulekeep_change *c, struct err *e);

/* The version to go back to, by a prefix of its hash; NULL: what the last install replaced.
 * *name of its file and *text live in the arena. */
enum err_code rulekeep_version(struct office *o, const char *prefix, struct arena *a,
	const char **name, struct str *text, struct err *e);

#endif
