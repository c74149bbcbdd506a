/*
 * pages.h - what a document leads on to: the page behind an item, the next page of a
 * list or of an article, the sitemaps that an index names.
 *
 * A page behind an item is fetched when the item raised an alert and its own text is
 * short, or when its source asks for it (article = yes or an XPath); its text then
 * counts for the rules like the item's own. What has no title either has nothing but its page;
 * of these the newest go first, as there is room (ledger/wants.h). A list's next page is fetched
 * while the one before it brought new items, WANTS_DEPTH_MAX deep.
 */
#ifndef OFFICE_PAGES_H
#define OFFICE_PAGES_H

#include <stdbool.h>

#include "crawler/document.h"
#include "ledger/items.h"
#include "ledger/wants.h"
#include "office/intake.h"

/* The functions run inside db_begin_write(). */

/* Asks for the page behind the item, if it is worth it and was not asked for yet. */
enum err_code pages_want_article(
	const struct intake *in, const struct item_record *r, struct err *e);
/* Of an entry that is an address alone (a sitemap's): it was changed too long ago to be news. It is
 * not taken in until it is changed. */
bool pages_is_history(const struct intake *in, const struct item_record *r);
/* Asks for what follows the document of a source: the list's next page, the sitemaps of an
 * index. depth: of the document, 0 the source's own URL. fresh: items that were new. */
enum err_code pages_want_more(const struct intake *in, const struct document *doc, int64_t depth,
	int64_t fresh, struct err *e);
/* An answer to pages_want_article(): stores it, has the item weighed anew, asks for the
 * article's next page. doc is of DOCUMENT_ARTICLE. */
enum err_code pages_take_article(const struct intake *in, const struct want *w,
	const struct document *doc, struct intake_counts *counts, struct err *e);

#endif
