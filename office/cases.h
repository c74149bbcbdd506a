/*
 * cases.h - the acts on a case: open, assign, grade, return, finish, reopen
 * (DESIGN §6.3, §6.4). Closing, with its gate, is in closing.h.
 *
 * Cases are typed as DESIGN §6.8; `seen` is the version the person looked at (0: not
 * said): a case that changed since then is refused with who did what when.
 */
#ifndef OFFICE_CASES_H
#define OFFICE_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/act.h"
#include "office/office.h"
#include "office/units.h"

#define OFFICE_CO_UNITS_MAX 32

struct office_case_units {
	const char *lead; /* any name that units.conf knows */
	const char *co[OFFICE_CO_UNITS_MAX];
	size_t co_count;
};

struct office_case_open {
	const char *row; /* queue row or alert */
	const char *grade;
	struct office_case_units units;
	const char *title; /* NULL: the story's */
	const char *place; /* or NULL */
	const char *category; /* letters a-f, "b,d", or NULL */
	const char *reason; /* why this grade, or NULL */
};

/* The records of the first answer are copied to evidence/ID.warc.gz; *copied says so. */
enum err_code office_case_open(struct office *o, const struct office_case_open *in,
	char id[IDS_SIZE], bool *copied, struct err *e);
/* The same as a part of another act. */
void case_open_in_act(struct act *a, const struct units *all, const struct office_case_open *in,
	char id[IDS_SIZE], bool *copied);
enum err_code office_case_assign(struct office *o, const char *typed, int64_t seen,
	const struct office_case_units *units, const char *reason, char id[IDS_SIZE],
	struct err *e);
/* Runs new clocks from the original start; the old ones stay on record as replaced. */
enum err_code office_case_grade(struct office *o, const char *typed, int64_t seen,
	const char *grade, const char *reason, char id[IDS_SIZE], struct err *e);
enum err_code office_case_return(struct office *o, const char *typed, const char *unit,
	const char *reason, char id[IDS_SIZE], struct err *e);
/* 办结: an accepted answer, nothing waiting for a decision, every promise that was found taken
 * or refused. */
enum err_code office_case_finish(struct office *o, const char *typed, int64_t seen,
	const char *note, char id[IDS_SIZE], struct err *e);
enum err_code office_case_reopen(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e);

#endif
