/*
 * record_named.h - any record by what people type: "YQ-2026-000123", "c45", "A12"; a bare
 * number is a case.
 */
#ifndef OFFICE_RECORD_NAMED_H
#define OFFICE_RECORD_NAMED_H

#include "office/act.h"

/* Its full id; refused when there is none. An item ("I12") only where `items` allows: it is
 * no record of account. */
void act_record_named(struct act *a, const char *typed, bool items, char id[IDS_SIZE]);

#endif
