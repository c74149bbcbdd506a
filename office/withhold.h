/*
 * withhold.h - taking a record off the next public build, at once and by one person
 * (DESIGN §6.1). Nothing is erased; `show` tells that it is withheld.
 */
#ifndef OFFICE_WITHHOLD_H
#define OFFICE_WITHHOLD_H

#include "base/err.h"
#include "ledger/ids.h"
#include "office/office.h"

/* ERR_REFUSED when it is withheld already, or is not and shall be released. */
enum err_code office_withhold(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e);
enum err_code office_unwithhold(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e);

#endif
