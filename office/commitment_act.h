/*
 * commitment_act.h - what the acts on a promise that is there have in common; inside an act
 * (office/act.h), like which they do nothing once it has failed.
 */
#ifndef OFFICE_COMMITMENT_ACT_H
#define OFFICE_COMMITMENT_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/share.h"
#include "ledger/commitments.h"
#include "ledger/ids.h"
#include "office/act.h"

/* "YYYY-MM-DD" to the last second of that day; ERR_USAGE names the flag. */
int64_t commitment_end_of_date(struct act *a, const char *date, const char *flag);
/* A date that is today or before. */
void commitment_need_past(struct act *a, const char *flag, const char *date);
/* What was told of something on its way: words or a share ("60%", "38/45"; of 0 when none was
 * said), and a day that is not to come. The last two may be NULL. */
void commitment_check_told(struct act *a, const char *note, const char *typed_share, const char *on,
	struct share *out);
/* The commitment as it is now; refused when its case is closed. */
void commitment_read(
	struct act *a, const char *typed, struct commitment_record *c, char id[IDS_SIZE]);
/* Evidence that is named must be about this promise or its case, and be captured; typed NULL:
 * none, id "". */
void commitment_find_evidence(
	struct act *a, const struct commitment_record *c, const char *typed, char id[IDS_SIZE]);

#endif
