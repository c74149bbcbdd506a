/*
 * cases.h - the acts on a case: open, assign, grade, finish, reopen (DESIGN §6.3, §6.4).
 * Signing and returning are in case_hold.h, consultations, instructions and leads in
 * case_talk.h, closing with its gate in closing.h.
 *
 * Cases are typed as DESIGN §6.8; office.seen is the version the person looked at (0: not
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
	const char *lead; /* any name that units.conf knows, or ROUTE_AUTO */
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
/* final: a supervisor settles where it stays, with a reason; the only way for a unit that gave
 * it back before, and after two returns. */
enum err_code office_case_assign(struct office *o, const char *typed,
	const struct office_case_units *units, bool final, const char *reason, char id[IDS_SIZE],
	struct err *e);
/* Runs new clocks from the original start; the old ones stay on record as replaced. */
enum err_code office_case_grade(struct office *o, const char *typed, const char *grade,
	const char *reason, char id[IDS_SIZE], struct err *e);
/* 办结: an accepted answer, nothing waiting for a decision, every promise that was found taken
 * or refused. */
enum err_code office_case_finish(
	struct office *o, const char *typed, const char *note, char id[IDS_SIZE], struct err *e);
enum err_code office_case_reopen(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e);

/* --- parts of acts --- */

struct case_record;
struct case_units;

/* Inside an act, of a case that is open: gives it to these units; changes its grade. */
void cases_assign(struct act *a, const struct case_record *c, struct case_units *units, bool final,
	const char *reason);
/* Codes a-f of 国办发〔2016〕61号 第二条, each once: "b,d"; NULL is fine. */
void cases_need_category(struct act *a, const char *category);
void cases_grade(struct act *a, const struct case_record *c, const char *grade, const char *reason);

#endif
