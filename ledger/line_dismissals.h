/*
 * line_dismissals.h - rows that stood in the queue because of one rule line alone, decided
 * together and taken back together: projections of the event log.
 *
 * Kinds (no subject):
 *   line.dismissed/1  {code, note_text, outcome, place, reason, rows, rule, since, stories,
 *                      topic}
 *   line.restored/1   {dismissal, left, rows, stories}: the rows of event `dismissal` that
 *                      nobody had touched are open again; `left` stay as they are
 * `stories` and `left` are lists of from/to pairs (ranges.h), `rows` counts `stories`.
 * Tables: line_dismissals; writes decisions and stories.
 */
#ifndef LEDGER_LINE_DISMISSALS_H
#define LEDGER_LINE_DISMISSALS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct line_dismissal {
	int64_t seq, at, since, rows;
	const char *by_name, *place, *rule, *topic;
	int64_t undone, undone_at; /* TIME_NONE: it stands */
	const char *undone_name; /* "" when it stands */
};

/* ERR_NOT_FOUND when event `seq` is no such dismissal. */
enum err_code line_dismissals_get(
	struct db *db, int64_t seq, struct arena *a, struct line_dismissal *out, struct err *e);

struct line_dismissed_row {
	int64_t story;
	bool touched; /* somebody did something with it since, or it came back */
};

/* Its rows, ascending. */
enum err_code line_dismissals_rows(struct db *db, int64_t seq, struct arena *a,
	struct line_dismissed_row **out, size_t *count, struct err *e);

#endif
