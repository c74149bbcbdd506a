/*
 * draft.h - an item as it will be stored: all that can be said of it without the ledger.
 *
 * Any thread may make drafts of new items, each with tools of its own; what they read of
 * the office - rules, channels, settings - does not change once the tools are made.
 */
#ifndef OFFICE_DRAFT_H
#define OFFICE_DRAFT_H

#include <stdbool.h>

#include "base/err.h"
#include "crawler/item.h"
#include "ledger/items.h"
#include "matcher/neardup.h"
#include "office/intake.h"
#include "office/raise.h"

struct explain_grounds;
/* The rules, and memory that is kept from item to item. */
struct draft_tools;

/* Loads what of the office is not loaded yet. */
enum err_code draft_tools_new(struct office *o, struct draft_tools **out, struct err *e);
void draft_tools_free(struct draft_tools *t); /* NULL is fine */
/* For one text after the other, by the thread whose tools they are. */
struct neardup_look *draft_tools_look(const struct draft_tools *t);
struct match_work *draft_tools_work(const struct draft_tools *t);
/* Of one result of their rules after the other (matcher/explain.h). */
enum err_code draft_tools_grounds(struct draft_tools *t, const struct match_input *in,
	const struct match_result *m, struct explain_grounds **out, struct err *e);

struct draft { /* strings live in in->arena */
	struct item_record record; /* id 0 */
	struct hash digest;
	bool is_judged; /* what follows is set */
	struct judged judged;
	struct neardup_sketch sketch; /* of title and text; count 0: they are too short */
};

/* record and digest */
enum err_code draft_make(const struct intake *in, struct draft_tools *t, const struct item *it,
	struct draft *out, struct err *e);
/* The rest; the record may have got an id, and then its page is looked at too. */
enum err_code draft_judge(
	const struct intake *in, struct draft_tools *t, struct draft *d, struct err *e);

/* The drafts of all items of a document, judged, in in->arena; none is stored yet. *out is
 * NULL when they are too many to be made at once. */
enum err_code draft_all(const struct intake *in, struct draft_tools *t, const struct document *doc,
	struct draft **out, struct err *e);

#endif
