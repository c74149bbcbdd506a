/*
 * rounds.h - rounds of checking (专项检查): everything that was open at one time, line by
 * line, and what was found; projection and reading.
 *
 * Kinds (subject: the round's id):
 *   round.opened/1 {year, number, name_text, lines (JSON list of ids), units, dates (JSON
 *                  lists beside it)}
 *   round.marked/1 {line, result, note_text}
 *   round.closed/1 {bulletin_text, total, done, going, late, none, cannot}
 * Tables: rounds, round_lines.
 */
#ifndef LEDGER_ROUNDS_H
#define LEDGER_ROUNDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct round_record {
	const char *id, *opened_by, *opened_name, *closed_name;
	const char *name, *bulletin; /* NULL: none, or erased */
	int64_t opened_at, closed_at; /* closed_at TIME_NONE: open */
	int64_t lines, blank;
};

struct round_line {
	const char *subject, *unit;
	const char *due_date; /* that stood when the round was opened; "" none */
	int64_t tentative; /* 暂定: that date of a promise is, the first year not listed; 0: no */
	const char *result; /* 完成 推进中 滞后 未启动 无法完成; "" blank */
	const char *note; /* NULL: none, or erased */
	const char *marked_name;
	int64_t n, marked_at;
};

/* ERR_NOT_FOUND when there is none. */
enum err_code rounds_get(
	struct db *db, const char *id, struct arena *a, struct round_record *out, struct err *e);
enum err_code rounds_list(
	struct db *db, struct arena *a, struct round_record **out, size_t *count, struct err *e);
enum err_code rounds_lines(struct db *db, const char *id, struct arena *a, struct round_line **out,
	size_t *count, struct err *e);

#endif
