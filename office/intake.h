/*
 * intake.h - taking in what a source published: store, match, same story?, alert.
 */
#ifndef OFFICE_INTAKE_H
#define OFFICE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "crawler/document.h"
#include "crawler/item.h"
#include "crawler/source.h"
#include "office/office.h"

/* Where the items come from. */
struct intake {
	struct office *office;
	const struct source *source; /* NULL: not in sources.conf */
	const char *source_id; /* "import" when nothing is known */
	const char *warc; /* file name, "" for none */
	uint64_t warc_offset;
	int64_t fetched;
	bool none_erased; /* no item was ever erased: known of a whole document at once */
	bool again; /* ingest --again: a better parser's view of the same answer */
	struct arena *arena; /* for one document; the caller resets it */
};

struct intake_counts {
	int64_t items, revisions, alerts;
};

#define INTAKE_TOLD_SOURCE "manual" /* of what was registered by hand */
#define INTAKE_TOLD_NAME "人工登记"

/* What people brought to the office - registered by hand, or as an order -, not a source that
 * is read: it is ours whatever its text says, and stands in the queue whatever rules say. */
enum err_code intake_is_told(struct office *o, const char *source, bool *out, struct err *e);

/* Of an item that the ledger has: as if it came again. a is for what is made of it. */
struct item_record;
enum err_code intake_of_item(struct office *o, const struct item_record *r, struct arena *a,
	struct intake *out, struct err *e);

/* Inside db_begin_write(), for the items of one document, in its order. An item that is
 * known and unchanged changes nothing; the second of two with one identity in the same
 * document is left out. drafts: of all its items (draft.h), or NULL: they are made here.
 * Counts are added to. */
struct draft;
enum err_code intake_document(const struct intake *in, const struct document *doc,
	struct draft *drafts, struct intake_counts *counts, struct err *e);

/* Inside db_begin_write(): what is known of the item says more now (its page was fetched);
 * the rules look at it again. before: changes_words() of it without the new words. */
enum err_code intake_weigh(const struct intake *in, int64_t item, const char *before,
	struct intake_counts *counts, struct err *e);

#endif
