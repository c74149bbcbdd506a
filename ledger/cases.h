/*
 * cases.h - cases (舆情): projection of the events about them, and reading it.
 *
 * Kinds (subject: the case's id):
 *   case.opened/1    {year, number, story, title_text, topics, grade, suggested, place,
 *                    category, level, lead, co (JSON list), published_at, raised_at,
 *                    discovered_at, clock_start, reason_text, note_text}
 *   case.opened/2    the same and {route: auto or given, coordinator}
 *   case.assigned/1  {lead, level, co, reason_text}
 *   case.assigned/2  the same and {final, route, coordinator}: who stays in its role holds on
 *                    (and has signed), final 1: a supervisor settled where it stays
 *   case.graded/1    {grade, from, reason_text}: replaces the running clocks; the events
 *                    clock.started/1 that follow start the new ones
 *   case.graded/2    the same and {kept}: clocks, joined with ",", whose limit had passed under
 *                    the grade before: they stand, and no new one of the name starts
 *   case.corrected/1 {place, from_place, category, from_category, limits, kept, reason_text}: what
 *                    changed; limits 1: replaces the running clocks but those kept, as a grade
 *   case.returned/1  {unit, reason_text}
 *   case.returned/2  the same and {n, late}: its number in the case, 1 when a supervisor let it
 *                    pass after its own limit
 *   case.signed/1    {unit, at}           签收
 *   case.finished/1  {note_text}          办结
 *   case.reopened/1  {reason_text}        of a finished case
 *   case.closed/1    {fewer_channels_text} 销号
 * Tables: cases, case_units, case_grades.
 */
#ifndef LEDGER_CASES_H
#define LEDGER_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

/* Strings live in the arena; times are TIME_NONE when absent, texts "" . */
struct case_record {
	const char *id, *title; /* title NULL: erased */
	const char *topics, *grade, *suggested, *place, *category, *level, *lead;
	const char *state; /* "open" "finished" "closed" */
	const char *opened_by, *opened_name, *finished_by, *finished_name;
	const char *closed_by, *closed_name, *changed_name, *changed_kind;
	const char *holder; /* the lead that holds it now; "": the office, after a return */
	const char *final_unit, *final_name; /* settled by assign --final: where, by whom; "" */
	const char *coordinator; /* who sees that the units say the same; "" */
	int64_t story, published_at, raised_at, discovered_at, clock_start, opened_at;
	int64_t finished_at, closed_at, changed_at, reopened, version, returns;
};

struct case_unit {
	const char *unit;
	bool lead;
	int64_t since, until; /* until TIME_NONE: still holding */
	int64_t signed_at; /* 签收; TIME_NONE: not yet */
	const char *signed_name; /* who entered that */
	const char *ended; /* "returned" "assigned" (to others) "transferred"; "" while it holds */
};

struct case_grade {
	int64_t at;
	const char *grade, *by, *by_name, *reason; /* reason NULL: none, or erased */
};

/* ERR_NOT_FOUND when there is none. */
enum err_code cases_get(
	struct db *db, const char *id, struct arena *a, struct case_record *out, struct err *e);
/* In order of id; `closed` adds closed ones, unit NULL: of every unit. */
enum err_code cases_list(struct db *db, bool closed, const char *unit, struct arena *a,
	struct case_record **out, size_t *count, struct err *e);
enum err_code cases_units(struct db *db, const char *id, struct arena *a, struct case_unit **out,
	size_t *count, struct err *e);
enum err_code cases_grades(struct db *db, const char *id, struct arena *a, struct case_grade **out,
	size_t *count, struct err *e);
enum err_code cases_stories(struct db *db, const char *id, struct arena *a, int64_t **out,
	size_t *count, struct err *e);
enum err_code cases_holds(
	struct db *db, const char *id, const char *unit, bool *holds, struct err *e);
enum err_code cases_holds_as(
	struct db *db, const char *id, const char *unit, bool lead, bool *holds, struct err *e);

/* For apply functions of records that belong to a case: it changed. */
enum err_code cases_touch(struct db *db, const char *id, const struct event *ev, struct err *e);

#endif
