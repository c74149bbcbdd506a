/*
 * redact.h - erasing words by order of law (DESIGN §6.1): one person asks, another one
 * looks at what it would erase and does it. The chain still verifies and the tables can be
 * rebuilt; verification says 已依法删除.
 *
 * What goes: the named texts with their salts (of an item: the snapshots that alerts have of it,
 * and its pages that were still to be fetched), and wherever else the same words stand -
 * other texts, items with their revisions, pages and sketches, orders of hotlines, the
 * search index, records of WARC files in archive/ and spool/. Words are looked for
 * elsewhere when they are long enough to mean nothing else (REDACT_SPAN_MIN, for whole
 * fields REDACT_FIELD_MIN code points). An erased item is not taken in again. Evidence that
 * shows the words is named and stays: it is erased as a record of its own (field "file").
 */
#ifndef OFFICE_REDACT_H
#define OFFICE_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "ledger/ids.h"
#include "ledger/redactions.h"
#include "office/office.h"

#define REDACT_ID_SIZE 264 /* the number of an order has up to 64 characters */
#define REDACT_SPAN_MIN 4
#define REDACT_FIELD_MIN 8

struct redact_ask {
	const char *subject; /* as typed; items (I12) and numbers of orders (工单) too */
	const char *hotline; /* subject is the number of an order of it; NULL: not said */
	const char *field; /* "title" …; of an order "title" "content" "place" "result" "link";
			      NULL: everything that the record says */
	const char *words; /* only these, NULL: the whole field */
	int64_t start, end; /* or code points start … end - 1; TIME_NONE */
	const char *reason;
	const char *document; /* number of the order, or NULL */
	bool only_here;
};

struct redact_counts {
	int64_t texts, items, orders; /* erased, or to be */
	int64_t records, files; /* of WARC files */
	int64_t unlooked; /* words too short to be looked for elsewhere */
	int64_t left; /* records that cannot be blanked: foreign WARC files */
	int64_t retired; /* ledgers that restores left: they hold the words still */
	bool in_log; /* the old words are in the ledger's log until every program closes it */
	struct buf evidence; /* ids of evidence that shows the words, blank-separated */
};

void redact_counts_init(struct redact_counts *c);
void redact_counts_fini(struct redact_counts *c);

/* *seq is the number by which the other person confirms it. Counts what the ledger holds;
 * files are not looked through. */
enum err_code office_redact_ask(struct office *o, const struct redact_ask *in,
	char id[REDACT_ID_SIZE], int64_t *seq, struct redact_counts *counts, struct err *e);
/* A supervisor or admin, with a login of one's own, who is not the one who asked. Looks
 * through all WARC files: may take a while; `progress` may be NULL. */
enum err_code office_redact_confirm(struct office *o, int64_t seq, char id[REDACT_ID_SIZE],
	struct redact_counts *counts, void (*progress)(void *data, size_t done, size_t total),
	void *data, struct err *e);
enum err_code office_redact_refuse(
	struct office *o, int64_t seq, const char *reason, char id[REDACT_ID_SIZE], struct err *e);
/* What a reader held back in the log goes as soon as it can: called by tick. */
enum err_code office_redact_settle(struct office *o, struct err *e);

#endif
