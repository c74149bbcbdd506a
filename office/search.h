/*
 * search.h - finding words in all that was taken in and written down: items with the page
 * behind them, orders of hotlines, and the texts of events (answers, promises, notes …).
 *
 * Complete: what the index does not hold yet is read. A record is told once, with the text
 * that was found last, and so is a story of the queue, whichever of its items and alerts
 * was found; asked for items or alerts alone each is told. All words of a search must stand
 * in one text. Of an item only what it says now is searched.
 */
#ifndef OFFICE_SEARCH_H
#define OFFICE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/search.h"
#include "office/office.h"

#define SEARCH_LIMIT_DEFAULT 50

struct search_asked {
	const char *words; /* search_query.h */
	const char *topic; /* name or code; NULL: all */
	const char *unit; /* NULL: all */
	struct search_bounds bounds;
	int64_t limit;
	bool count; /* how many there are, instead */
};

struct search_hit { /* strings live in the arena */
	const char *kind, *subject, *case_id;
	int64_t at;
	const char *unit; /* that it names or that has its case; "" */
	const char *title; /* its own or its case's; "" when there is none */
	const char *text; /* round the first word that stands in the body; "": in the title */
};

struct search_found {
	struct search_hit *hits; /* the newest first */
	size_t count;
	bool more;
	int64_t total; /* asked for by count; else as many as hits */
};

enum err_code office_search(struct office *o, const struct search_asked *asked, struct arena *a,
	struct search_found *out, struct err *e);

#endif
