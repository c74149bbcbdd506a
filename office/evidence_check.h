/*
 * evidence_check.h - evidence is looked at again (DESIGN §6.6): every file that we keep is
 * hashed, every published page is fetched once more.
 *
 * The fetcher brings a page's answer later, by ingest, which says whether it is the same, its
 * text has changed, or a promise that was on it is gone; a page that is given up after all
 * tries is dead, which `tick` says. Each is one event, and what was captured first stands.
 */
#ifndef OFFICE_EVIDENCE_CHECK_H
#define OFFICE_EVIDENCE_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/evidence.h"
#include "office/act.h"
#include "office/evidence.h"
#include "office/office.h"

struct evidence_checkup {
	int64_t queued; /* pages for the fetcher */
	int64_t files, same, changed, missing; /* that we keep; files is the sum */
	int64_t unread; /* files that could not be looked at; `why` of the first */
	int64_t nameless; /* whose name was erased by order of law: not looked at */
	char why[ERR_TEXT_MAX];
	struct evidence_record *wrong; /* what is not as it was now, links too; in the arena */
	size_t wrong_count;
};

/* ids as typed; none: all that was published or entered as a file. Everything that is not a
 * publication, an answer's page or a reason is fetched again only when it is named. */
enum err_code office_evidence_check(struct office *o, const char *const *ids, size_t count,
	struct arena *a, struct evidence_checkup *out, struct err *e);

/* Inside the record's act: a page that had been captured has come again. */
void evidence_check_page(
	struct act *a, const struct evidence_record *x, const struct evidence_capture *c);

#endif
