/*
 * response_others.h - where an answer contradicts those of other units to the same case;
 * inside office/response*.c only.
 */
#ifndef OFFICE_RESPONSE_OTHERS_H
#define OFFICE_RESPONSE_OTHERS_H

#include "base/buf.h"
#include "matcher/normalise.h"
#include "office/act.h"
#include "office/response_checks.h"

/* Inside an act: against the answers of other units that were not rejected. Appends
 * "HY-2026-000003 工人 34名/43名、…; HY-…", nothing when none contradicts. */
void response_others_compare(struct act *a, const struct response_entry *x,
	const struct normalise_table *shadows, struct buf *reason);

#endif
