/*
 * clocks.h - time limits that run, each with the rule that gave it (DESIGN §6.4).
 *
 * Kinds (subject: case, commitment, task …; "clock" is the number of the event that
 * started it, but in clock.started its name):
 *   clock.started/1    {clock, rule, amount, unit, basis, start_event, start_at, due_at,
 *                      shown_from_published}
 *   clock.started/2    and {roll, who, ref, tentative, calendar, near_at, pauses,
 *                      extension_amount, extension_unit}
 *   clock.paused/1     {clock, third_party_text}: a third party is asked
 *   clock.paused/2     and {at}: since when it stands still again, which lies before the event:
 *                      an answer was accepted while the third party was asked, and that was
 *                      taken back
 *   clock.resumed/1    {clock, due_at, near_at, tentative, calendar}
 *   clock.resumed/2    and {at}: since when it runs on, which may lie before the event
 *   clock.extended/1   {clock, amount, unit, due_at, near_at, tentative, calendar,
 *                      reason_text}
 *   clock.recomputed/1 {clock, due_at, near_at, tentative, calendar}: by other holidays
 *   clock.ended/1      {clock, how: met | void, at, by}, for those that no answer meets
 *   calendar.changed/1 no subject; {calendar, years, changed}: running clocks were
 *                      reckoned again by it
 *   limit.reached/1    subject as above or "S12"; {what, due_at, rule}: the due time
 *                      passed and what it waited for had not happened
 *   limit.reached/2    and {clock, unit, step, role}: unit held it then; step "near" or "due";
 *                      role "co": it is that of a co-unit, whose own answer is missing
 * A clock of a case (response, press, order) is met by the first accepted response, at its
 * publication time, however late that is entered; when that acceptance is taken back it runs on
 * as if there had been none, or is met by the next. Nothing is reset: case.graded marks the clocks
 * of the old grade replaced and new ones run from the original start. Tables: clocks,
 * clock_changes, calendars, limits_reached.
 */
#ifndef LEDGER_CLOCKS_H
#define LEDGER_CLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct clock_record {
	const char *clock, *subject, *rule, *unit, *basis, *start_event;
	const char *state; /* "running" "paused" "met" "replaced" "void" */
	const char *met_by; /* id of the response, unit, "" */
	const char *who; /* the unit that must act; "": who holds the subject, or the office */
	const char *ref; /* which of several: "2", "2021Q3"; "" */
	const char *roll; /* "none" "next-workday" */
	const char *calendar; /* hash of the list of holidays; "": not needed */
	const char *extension_unit;
	int64_t seq, amount, start_at, due_at, first_due_at;
	int64_t shown_from_published, met_at, paused_at, near_at; /* TIME_NONE when absent */
	int64_t tentative; /* 暂定: the first year not listed; 0: none */
	int64_t extension_amount, extended; /* how far it may be, how often it was */
	bool pauses; /* stands still while a third party is asked */
};

struct clock_change {
	const char *what; /* "paused" "resumed" "extended" "recomputed" "ended" "unmet" */
	const char *unit, *by_name;
	const char *reason; /* NULL: erased by order of law; "": none */
	int64_t seq, at, due_before, due_after, amount;
};

/* In the order they were started. */
enum err_code clocks_of(struct db *db, const char *subject, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e);
/* Running ones that are due at or before `until`, the earliest first. */
enum err_code clocks_running(struct db *db, int64_t until, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e);
/* Of those that `tick` did not write down yet: due at or before `until`; and the ones whose
 * limit is near at `now`. */
enum err_code clocks_passed(struct db *db, int64_t until, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e);
enum err_code clocks_near(struct db *db, int64_t now, struct arena *a, struct clock_record **out,
	size_t *count, struct err *e);
/* Running ones that were reckoned by another list of holidays than this. */
enum err_code clocks_of_other_calendar(struct db *db, const char *calendar, struct arena *a,
	struct clock_record **out, size_t *count, struct err *e);
enum err_code clocks_changes(struct db *db, int64_t clock, struct arena *a,
	struct clock_change **out, size_t *count, struct err *e);
/* Running limits that are 暂定. */
enum err_code clocks_count_tentative(struct db *db, int64_t *count, struct err *e);
/* The list by which running clocks were last reckoned again; "" when they never were. */
enum err_code clocks_last_calendar(
	struct db *db, struct arena *a, const char **hash, struct err *e);
/* Subjects of which a limit stands still although the third party's own has passed. */
enum err_code clocks_asked_in_vain(struct db *db, int64_t now, struct arena *a, const char ***out,
	size_t *count, struct err *e);
/* An answer meets these, press: one that was (also) given at a press conference; the others end
 * by clock.ended/1. */
bool clocks_is_met_by(const char *clock, bool press);
bool clocks_is_late(const struct clock_record *c, int64_t now);
/* The limit was written down before; clock 0: it is of none. */
enum err_code clocks_is_reached(struct db *db, const char *subject, const char *what,
	int64_t due_at, int64_t clock, bool *reached, struct err *e);
/* The same of one of several units that a limit holds for; step "near" or "due". */
enum err_code clocks_is_told(struct db *db, const char *subject, int64_t clock, int64_t due_at,
	const char *step, const char *unit, bool *told, struct err *e);

/* For apply functions: an accepted response stops the case's clocks. */
enum err_code clocks_meet(struct db *db, const char *case_id, const char *clock, int64_t at,
	const char *by, struct err *e);
/* The acceptance of the event's subject was taken back: what it met runs on, or is met by the
 * first of those that stand. reason: the digest of the words. */
enum err_code clocks_unmeet(struct db *db, const char *case_id, const struct event *ev,
	const char *reason, struct err *e);

#endif
