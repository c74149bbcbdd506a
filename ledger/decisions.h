/*
 * decisions.h - what staff do with queue rows: take, release, dismiss, register.
 *
 * Kinds (subject "S12"):
 *   story.taken/1       {}                      the actor works on it
 *   story.taken/2       {over, over_name, session}  the same, from `over` if somebody had it,
 *                       in this login session if there is one (takes.h)
 *   story.released/1    {}
 *   story.released/2    {why, of}               of whom; why: given-back idle duty-off
 *                       disconnect
 *   story.reopened/1    {reason_text, review_due, review_rule}  by a person, wrongly decided
 *   story.registered/1  {channel, discovered_at, told_by_text}  entered by hand
 *   story.dismissed/1   {outcome, reason, unit, note_text}
 *   story.merged/1      {case_id, note_text}    joined an existing case
 * The outcome 立项 is set by case.opened/1 (cases.h), many rows at once are decided and
 * reopened by the kinds of line_dismissals.h. Tables: decisions; writes stories.
 */
#ifndef LEDGER_DECISIONS_H
#define LEDGER_DECISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

#define DECISIONS_CASE "立项"
#define DECISIONS_MERGED "合并"

/* The state of a queue row as an act must see it, read inside its transaction. */
struct decisions_state {
	bool decided;
	const char *outcome, *by_name, *case_id; /* "" while open */
	int64_t at, discovered_at; /* TIME_NONE while open / unknown */
	const char *reason, *unit, *note; /* note NULL: none, or erased */
};

/* ERR_NOT_FOUND when there is no such story. */
enum err_code decisions_get(
	struct db *db, int64_t story, struct arena *a, struct decisions_state *out, struct err *e);

/* One decision about a queue row; a row that came back has several. */
struct decision {
	int64_t seq; /* its event */
	int64_t at;
	const char *by_name, *outcome;
	const char *reason, *unit; /* kind of 误报, who it was handed to; "" when absent */
	const char *note; /* NULL: none, or erased */
	const char *case_id; /* "" when none */
	const char
		*line; /* decided along with all rows of this line (line_dismissals.h); or NULL */
	int64_t rows; /* how many those were; 0 without a line */
	int64_t undone; /* the event that took it back; TIME_NONE: it stands */
	int64_t undone_at;
	const char *undone_name;
	int64_t reopened; /* the event by which a person opened the row again; TIME_NONE */
	int64_t reopened_at;
	const char *reopened_name;
	const char *reopened_reason; /* NULL: none, or erased */
};

/* In the order in which they were made. */
enum err_code decisions_of(struct db *db, int64_t story, struct arena *a, struct decision **out,
	size_t *count, struct err *e);

/* The post that told of a row that was registered by hand; NULL: not said, or erased. */
enum err_code decisions_told_by(
	struct db *db, int64_t story, struct arena *a, const char **out, struct err *e);

/* For apply functions of other modules: writes the decision and settles the story. */
enum err_code decisions_settle(struct db *db, const struct event *ev, int64_t story,
	const char *outcome, const char *case_id, struct err *e);

#endif
