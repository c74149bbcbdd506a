/*
 * response_times.h - the publication time that was typed for an answer, against what its pages
 * say: those that are known when it is entered, and those that are captured later. Inside
 * office/ only.
 *
 * The reason of the check page-time, one for each page: PAGE/TYPED URL, joined with "; ".
 */
#ifndef OFFICE_RESPONSE_TIMES_H
#define OFFICE_RESPONSE_TIMES_H

#include "base/buf.h"
#include "ledger/evidence.h"
#include "office/act.h"
#include "office/evidence.h"
#include "office/response_checks.h"

#define RESPONSE_TIMES_CHECK "page-time"

/* Inside an act: appends the reason, nothing when no page says otherwise. A page is known as an
 * item that was read in, or as evidence of the case. */
void response_times_check(struct act *a, const struct response_entry *x, struct buf *reason);
/* Inside an act: a page of an answer was captured. What it says otherwise is written down with
 * the answer (response.noticed/1), once. */
void response_times_captured(
	struct act *a, const struct evidence_record *x, const struct evidence_capture *c);

#endif
