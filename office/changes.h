/*
 * changes.h - what a revision or a copy changes in a story that was decided (DESIGN §6.3).
 *
 * Compared is with everything that was known: the texts of the story's items, what the item
 * itself said before, and what its alerts were raised for. Towns are the units of level
 * 镇街 in units.conf, found by any of their names of today.
 */
#ifndef OFFICE_CHANGES_H
#define OFFICE_CHANGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/items.h"
#include "ledger/stories.h"
#include "office/intake.h"

#define CHANGES_MAX 64 /* reasons of one return; beyond, the first are enough */

struct changes {
	struct stories_change change[CHANGES_MAX];
	size_t count;
};

/* Strings are kept as they are. */
void changes_add(struct changes *c, const char *what, const char *topic, const char *before,
	const char *after);
/* All words of an item and of the page behind it, as the ledger has them now. */
enum err_code changes_words(struct db *db, struct arena *a, const struct item_record *r,
	const char **out, struct err *e);
/* Figures of killed and hurt that are higher, towns that are new. To be called before the
 * item raises anything; r->id may belong to the story (a revision) or not. before: the
 * item's words until now, NULL for a new one. */
enum err_code changes_in_text(const struct intake *in, const struct item_record *r,
	const char *text, const char *before, int64_t story, struct changes *c, struct err *e);
/* More copies within the hour up to r->at than the office wants to miss. The item has
 * joined. */
enum err_code changes_in_copies(const struct intake *in, const struct item_record *r, int64_t story,
	struct changes *c, struct err *e);

#endif
