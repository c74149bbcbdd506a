/*
 * stories.h - stories that come back after a decision (▲) and stories that were split
 * (DESIGN §6.3): projections of the event log.
 *
 * Kinds (subject "S12"):
 *   story.returned/1  {item, changes, copies, review_due, review_rule}
 *   story.split/1     {item, to_story, moved, review_due, reason_text}
 * `changes` and `moved` are JSON text (a list in a string, events.h). Tables: story_returns,
 * story_splits; writes stories and alerts.
 */
#ifndef LEDGER_STORIES_H
#define LEDGER_STORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

/* What may change: the suggested grade of a topic, a new topic, the killed, the hurt, a new
 * town, copies within an hour; or a person registers it anew. */
#define STORIES_GRADE "grade"
#define STORIES_TOPIC "topic"
#define STORIES_DEAD "dead"
#define STORIES_HURT "hurt"
#define STORIES_TOWN "town"
#define STORIES_COPIES "copies"
#define STORIES_TOLD "told" /* somebody told the office of it again; after: who */

struct stories_change { /* strings of a few words; NULL: absent */
	const char *what; /* one of the above */
	const char *topic; /* of a grade */
	const char *before, *after;
};

struct stories_return {
	int64_t story, item;
	const struct stories_change *change;
	size_t count;
	int64_t review_due;
	const char *review_rule;
};

/* Inside db_begin_write(). `by` gives at, actor and for_whom. A decided story is open again,
 * with `review_due` as its limit; one that is open already keeps the earlier one. */
enum err_code stories_return(
	struct db *db, const struct event_draft *by, const struct stories_return *r, struct err *e);

struct stories_came_back {
	int64_t seq, at, item;
	const char *changes; /* JSON array */
};

/* In order. */
enum err_code stories_returns(struct db *db, int64_t story, struct arena *a,
	struct stories_came_back **out, size_t *count, struct err *e);
/* How often it came back for its number of copies. */
enum err_code stories_returns_for_copies(struct db *db, int64_t story, int64_t *out, struct err *e);

struct stories_left { /* an item that was taken out */
	int64_t at, item;
	int64_t to; /* its own story, 0: none */
	const char *by_name;
	const char *reason; /* NULL: erased */
};

/* In order. */
enum err_code stories_splits(struct db *db, int64_t story, struct arena *a,
	struct stories_left **out, size_t *count, struct err *e);
/* A person has taken this item out of this story. */
enum err_code stories_is_split(
	struct db *db, int64_t item, int64_t story, bool *out, struct err *e);

#endif
