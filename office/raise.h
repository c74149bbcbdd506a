/*
 * raise.h - from an item to its alerts: what intake and the splitting of stories share.
 */
#ifndef OFFICE_RAISE_H
#define OFFICE_RAISE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/items.h"
#include "matcher/match.h"
#include "office/intake.h"

/* What the rules look at besides the title: the long text, and the summary where it says
 * something else. The page behind the item, where it was fetched, is its long text, and
 * gives its title to an item that has none (r->title is set). */
enum err_code raise_text(
	struct db *db, struct arena *a, struct item_record *r, const char **out, struct err *e);

/* What the rules are shown of the item, `text` being raise_text() of it. All is borrowed. */
void raise_input(const struct intake *in, const struct item_record *r, const char *text,
	struct match_input *out);

/* What stands for its title: of an item without one the beginning of the text. In in->arena, or
 * borrowed. */
const char *raise_title(const struct intake *in, const struct item_record *r, const char *text);

struct judged {
	struct match_result match;
	const char *text; /* what the rules looked at besides the title */
	bool own; /* what we publish ourselves is an answer, no complaint: it raises nothing */
};

/* Sets the item's rules_hash, topics and verdict. Everything lives in in->arena. `work` is
 * kept from item to item; NULL: this one alone is judged. */
enum err_code raise_judge(const struct intake *in, struct match_work *work, struct item_record *r,
	struct judged *out, struct err *e);

/* Why the topic alerts, as JSON (matcher/explain.h), in the arena. */
enum err_code raise_grounds(struct office *o, const struct match_input *in,
	const struct match_result *m, const struct match_topic *t, struct arena *a,
	const char **out, struct err *e);

/* When somebody must have looked at a row of this grade, counted from `start`, and by which
 * rule. */
enum err_code raise_triage(struct office *o, struct arena *a, int64_t start, const char *grade_name,
	int64_t *due, const char **rule, struct err *e);

enum raise_kind {
	RAISE_NEW, /* alert 0; *story 0: of a new story, whose number is set */
	RAISE_GRAVER, /* the alert weighed anew: its story comes back */
	RAISE_RESTORED, /* what it was weighed for has gone; nothing comes back */
};

/* Inside db_begin_write(): one alert of the item's topic t. The review limit counts from
 * when the alert was first raised. */
enum err_code raise_alert(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, enum raise_kind kind, int64_t alert,
	int64_t *story, struct err *e);

#endif
