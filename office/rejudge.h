/*
 * rejudge.h - what rules make today of something that was judged when it came. Nothing is
 * written.
 */
#ifndef OFFICE_REJUDGE_H
#define OFFICE_REJUDGE_H

#include "base/arena.h"
#include "base/err.h"
#include "matcher/match.h"
#include "office/office.h"

struct rejudged { /* all in the arena */
	struct match_input input; /* its texts end with NUL */
	struct match_result match;
	const char *then_hash; /* of the rules then; "" when it was never judged */
	const char *then; /* JSON array {"topic","code","score","grade","why"}: what alerted then */
	const char *code; /* of an alert: its topic; NULL for an item */
};

/* An item as it is now (its last revision, its page). ERR_NOT_FOUND. */
enum err_code rejudge_item(struct office *o, const struct rules *rules, int64_t item,
	struct arena *a, struct rejudged *out, struct err *e);
/* The text that an alert keeps. ERR_NOT_FOUND; ERR_INPUT when it was erased. */
enum err_code rejudge_alert(struct office *o, const struct rules *rules, int64_t alert,
	struct arena *a, struct rejudged *out, struct err *e);

#endif
