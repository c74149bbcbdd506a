/*
 * dismiss_line.h - a rule line was wrong: what it alone put into the queue is dismissed in
 * one event, and taken back in one (ledger/line_dismissals.h).
 */
#ifndef OFFICE_DISMISS_LINE_H
#define OFFICE_DISMISS_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/line_dismissals.h"
#include "office/line_queue.h"
#include "office/office.h"

struct dismiss_line_kept {
	int64_t story;
	enum line_row_state why;
};

struct dismiss_line_plan { /* everything lives in the arena or with the office's rules */
	struct line_ref line;
	int64_t since;
	int64_t *stories; /* that would not be there without the line, ascending */
	size_t count;
	int64_t *grave; /* those of them that weigh 重大 or more */
	size_t grave_count;
	struct dismiss_line_kept *kept; /* that the line hit as well */
	size_t kept_count;
};

/* typed as for line_queue_find(). Writes nothing. */
enum err_code office_dismiss_line_plan(struct office *o, const char *typed, int64_t since,
	struct arena *a, struct dismiss_line_plan *out, struct err *e);

struct dismiss_line_done {
	int64_t seq; /* of the event: what is said to take it back */
	size_t rows;
};

/* Dismisses the rows of the plan as 误报 for `reason` (a kind of 误报); those that somebody
 * decided or took since the plan was made are left. ERR_REFUSED when none is left. */
enum err_code office_dismiss_line(struct office *o, const struct dismiss_line_plan *plan,
	const char *reason, const char *note, struct dismiss_line_done *out, struct err *e);

struct dismiss_line_undone { /* in the arena */
	struct line_dismissal dismissal;
	size_t rows; /* open again */
	int64_t *left; /* touched since: they stay as they are */
	size_t left_count;
};

/* ERR_REFUSED: taken back already, or every row was touched since. */
enum err_code office_dismiss_line_undo(struct office *o, int64_t seq, struct arena *a,
	struct dismiss_line_undone *out, struct err *e);

#endif
