/*
 * refusal.h - a person who may not do something leaves a trace: access.refused/1
 * (DESIGN §6.2), in a transaction of its own after that of the act was rolled back.
 *
 * The same refusal of the same person within a minute is one event, so that a
 * program which tries for ever does not fill the record. What cannot be recorded -
 * the ledger may not be written by this person - is logged; the refusal stands.
 */
#ifndef OFFICE_REFUSAL_H
#define OFFICE_REFUSAL_H

#include "office/office.h"

/* subject: an id or ""; said: the words of the refusal. Outside of any transaction. */
void refusal_record(struct office *o, const char *subject, const char *said);

#endif
