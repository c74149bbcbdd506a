/*
 * tally.h - the figures of a period (domain.md §7, T1-T9): computed anew from the record
 * each time, never typed and never stored.
 *
 * A period takes the cases that were discovered in it, and the promises that were due in
 * it by their original date; what became of them is told as of `asof`. Rows of the queue,
 * cases and promises are balanced: what was carried in and what came = what went out and
 * what is carried on, each counted from two sides (ERR_INTEGRITY when they differ).
 *
 * No figure stands without its definition (struct tally_column). A rate is two figures;
 * of nothing it is no number ("—").
 */
#ifndef OFFICE_TALLY_H
#define OFFICE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/office.h"
#include "office/term.h"

enum tally_form {
	TALLY_COUNT,
	TALLY_RATE, /* of two other columns of the row */
	TALLY_HOURS, /* tenths of hours */
};

struct tally_column {
	const char *code; /* "on_time" */
	const char *title; /* N_() */
	const char *definition; /* N_() */
	enum tally_form form;
	int n, of; /* columns that a rate divides */
};

#define TALLY_WIDTH 16

struct tally_table {
	const char *code; /* "T1" */
	const char *title; /* N_() */
	const char *about; /* N_(): what a row is, NULL: a period */
	const struct tally_column *columns;
	size_t count;
};

struct tally_row {
	const struct tally_table *table;
	const char *label; /* of a period: "this" "previous" "year-before" */
	int64_t v[TALLY_WIDTH]; /* TIME_NONE: nothing to tell */
};

/* A unit that did not answer a case in time, a promise that was not kept: T9. */
struct tally_late {
	const char *id, *unit; /* who held it when it fell due; "" the office */
	const char *role; /* of a case: "lead" "co" "office"; of a promise NULL */
	const char *words; /* title, or words promised; NULL: erased */
	int64_t due_at, days; /* late: as of now, or when it was answered */
	int64_t tentative; /* 暂定: as in ledger/clocks.h */
	bool promise, settled; /* settled: answered or kept since */
	int64_t extensions, counting; /* of a promise: all, and those public in time */
	const char *link; /* where it was promised; NULL: none, erased */
};

struct tally {
	struct term period;
	int64_t asof;
	const struct tally_row *rows; /* in the order of tally_tables */
	size_t row_count;
	const struct tally_late *late; /* cases, then promises, each by due time */
	size_t late_count;
};

/* NULL past the end. */
const struct tally_table *tally_table_at(size_t i);

/* Everything lives in the arena. */
enum err_code tally_make(
	struct office *o, const struct term *p, struct arena *a, struct tally *out, struct err *e);
/* The row, NULL when there is none. */
const struct tally_row *tally_find(const struct tally *t, const char *table, const char *label);
/* Tenths of a per cent of column `c`, rounded half up; -1: of nothing. */
int64_t tally_rate(const struct tally_row *r, const struct tally_column *c);

#endif
