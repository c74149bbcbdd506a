/*
 * show_case.h - the part of `huiying show` that is about cases, responses, commitments
 * and evidence.
 */
#ifndef CLI_SHOW_CASE_H
#define CLI_SHOW_CASE_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/command.h"
#include "ledger/ids.h"
#include "office/office.h"

/* id->type is IDS_PLAIN (a bare number means a case), IDS_CASE, IDS_RESPONSE,
 * IDS_COMMITMENT, IDS_EVIDENCE or IDS_ORDER. */
enum err_code show_case(
	struct call *call, struct office *o, const struct ids *id, bool why, struct err *e);

#endif
