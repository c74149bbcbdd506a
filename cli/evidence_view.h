/*
 * evidence_view.h - what became of a piece of evidence since it was captured: lines under it
 * in `show`, members of its object in JSON.
 */
#ifndef CLI_EVIDENCE_VIEW_H
#define CLI_EVIDENCE_VIEW_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "base/time.h"
#include "ledger/evidence.h"
#include "office/office.h"

/* Nothing when page and file are as they were. */
void evidence_view_print(const struct evidence_record *x, const struct time_zone *zone);
void evidence_view_put(struct json_writer *w, const struct evidence_record *x);

/* Each time that it was looked at. */
enum err_code evidence_view_checks(
	const struct office *o, const char *id, struct arena *a, struct err *e);
enum err_code evidence_view_put_checks(struct json_writer *w, const struct office *o,
	const char *id, struct arena *a, struct err *e);

#endif
