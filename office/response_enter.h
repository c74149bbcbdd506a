/*
 * response_enter.h - an answer within an act: looked at, then written; for `respond` and for
 * tables of answers.
 */
#ifndef OFFICE_RESPONSE_ENTER_H
#define OFFICE_RESPONSE_ENTER_H

#include "office/act.h"
#include "office/response_checks.h"
#include "office/responses.h"

/* units and channels are borrowed. */
void response_enter_init(struct response_entry *x, const struct office_response *in,
	struct units *units, struct channels *channels);
void response_enter_fini(struct response_entry *x);

/* Reads only: the unit, the case, the links, and what is to be noticed. */
void response_enter_check(struct act *a, struct response_entry *x);
/* The events. *out is filled. */
void response_enter_append(struct act *a, struct response_entry *x, struct office_recorded *out);

#endif
