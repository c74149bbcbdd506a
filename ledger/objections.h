/*
 * objections.h - objections against how a case was dealt with (异议, 复核申请): projection
 * and reading.
 *
 * Kinds (subject: the objection's id, but of the last the case's):
 *   objection.raised/1  {year, number, case_id, source: public | unit, unit, body_text}
 *   objection.decided/1 {case_id, result: upheld | rejected, reason_text}
 *   case.reopened/2     {objection, reason_text}: upheld after the case was closed, which is
 *                       open again; its closing stays in the record
 * Until when it must be decided is a clock (clocks.h) of the objection.
 * Table: objections; writes cases.
 */
#ifndef LEDGER_OBJECTIONS_H
#define LEDGER_OBJECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct objection_record {
	const char *id, *case_id;
	const char *source; /* "public" "unit" */
	const char *unit; /* "" of the public */
	const char *raised_by, *raised_name, *decided_by, *decided_name;
	const char *state; /* "open" "upheld" "rejected" */
	const char *body, *reason; /* NULL: none, or erased */
	int64_t raised_at, decided_at, decide_due; /* or TIME_NONE */
	int64_t decide_tentative; /* 暂定: as in clocks.h */
};

/* ERR_NOT_FOUND when there is none. */
enum err_code objections_get(struct db *db, const char *id, struct arena *a,
	struct objection_record *out, struct err *e);
enum err_code objections_list(struct db *db, bool open, struct arena *a,
	struct objection_record **out, size_t *count, struct err *e);
enum err_code objections_of(struct db *db, const char *case_id, struct arena *a,
	struct objection_record **out, size_t *count, struct err *e);

#endif
